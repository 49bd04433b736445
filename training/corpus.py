"""From dataset folders to labelled pages of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.quality.align import body_shares, tokens
from benchmarks.quality.datasets import Page
from benchmarks.quality.flatten import FLATTENERS
from newsclean.document.normalize import clean_text
from training.weak import html_roles, weak_roles

__all__ = ["BODY_SHARE", "Lines", "flat_lines", "pages_to_lines"]

BODY_SHARE = 0.6
"""A line is body from this share of its words on."""
_LONGEST = 1500


@dataclass
class Lines:
    """One flattened page, labelled. ``body`` is 0 or 1 (or -1: unknown) and ``trust`` the weight of ``roles``."""

    key: str
    family: str
    language: str
    texts: list[str]
    blanks: list[int]
    body: list[int]
    roles: list[str]
    trust: list[float]
    listing: bool = False
    flattener: str = ""
    gold: str = ""
    words: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Count the words of each line once."""
        if not self.words:
            self.words = [len(tokens(text)) for text in self.texts]


def flat_lines(text: str) -> tuple[list[str], list[int]]:
    """The visible lines of flat text and the number of blank lines before each.

    >>> flat_lines("a\\n\\n b ")
    (['a', 'b'], [0, 1])
    """
    texts: list[str] = []
    blanks: list[int] = []
    empty = 0
    for line in text.split("\n"):
        shown = clean_text(line)
        if shown:
            texts.append(shown)
            blanks.append(empty)
            empty = 0
        else:
            empty += 1
    return texts, blanks


def pages_to_lines(pages: Iterator[Page], flatteners: Sequence[str] = tuple(FLATTENERS)) -> Iterator[Lines]:
    """Each page in each flattened form. Pages without gold are listings: their lines are never body."""
    for page in pages:
        known = html_roles(page.html)
        for name in flatteners:
            texts, blanks = flat_lines(FLATTENERS[name](page.html))
            if not texts:
                continue
            texts, blanks = texts[:_LONGEST], blanks[:_LONGEST]
            body = (
                [share >= BODY_SHARE for share in body_shares(texts, page.gold)] if page.gold else [False] * len(texts)
            )
            if page.gold and not any(body):
                continue
            roles = weak_roles(page, texts, body, known)
            yield Lines(
                key=f"{page.dataset}/{page.id}/{name}",
                family=page.family,
                language=page.language,
                texts=texts,
                blanks=blanks,
                body=[int(flag) for flag in body],
                roles=[role for role, _ in roles],
                trust=[weight for _, weight in roles],
                listing=not page.gold,
                flattener=name,
                gold=page.gold,
            )
