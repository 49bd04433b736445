"""Where the body of flattened text stands: the stretch of lines whose weights sum highest."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.cleaners.phrases import PhraseMatch
from newsclean.document.block import Block
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import Shape

__all__ = ["END_ROLES", "find_body", "is_furniture", "weigh"]

END_ROLES = frozenset(
    {
        Role.COMMENT_FORM,
        Role.COMMENTS,
        Role.MOST_READ,
        Role.RELATED,
        Role.RECOMMENDED,
        Role.LATEST_NEWS,
        Role.FOOTER,
        Role.COPYRIGHT,
        Role.BACK_TO_TOP,
        Role.OTHER_ARTICLE,
    }
)
"""Furniture that stands around an article, seldom inside it."""

_LONG = 60


def is_furniture(match: PhraseMatch | None) -> bool:
    """Whether the lexicon calls the line a role that is removed."""
    return match is not None and Role(match.role) in REMOVED


def weigh(block: Block, shape: Shape, match: PhraseMatch | None) -> float:
    """How much a line speaks for the body (positive) or against it."""
    if match is not None and is_furniture(match):
        if match.share < 0.3 and shape.prose:
            return 2.0
        outside = Role(match.role) in END_ROLES and (match.heading or match.zone != "any")
        return -25.0 if outside else -2.0
    if match is not None:
        return -1.0
    if shape.prose:
        return 4.0 + min(shape.words, _LONG) * 0.5
    if block.kind == "list_item":
        return -1.5 if shape.words < 6 else -0.5
    return -3.0 if shape.words > 2 else -2.5


def find_body(weights: Sequence[float]) -> tuple[int, int] | None:
    """First and last-plus-one line of the best stretch, or None where no line speaks for a body."""
    best: tuple[float, int, int] | None = None
    total, start = 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, index
        total += weight
        if weight > 0 and total > 0 and (best is None or total > best[0]):
            best = (total, start, index + 1)
    return (best[1], best[2]) if best else None
