"""From dataset folders to labelled pages of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.quality.align import body_shares, tokens
from benchmarks.quality.datasets import Page
from benchmarks.quality.flatten import FLATTENERS, SPOILERS
from newsclean.readers.text import cut
from training.weak import html_roles, weak_roles

__all__ = ["BODY_SHARE", "Lines", "flat_lines", "pages_to_lines"]

BODY_SHARE = 0.6
"""A line is body from this share of its words on."""
_LONGEST = 1500
_SPOILT = "resiliparse"


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
    """The lines of flat text as the library reads them, and the number of blank lines before each.

    >>> flat_lines("a\\n\\n b ")
    (['a', 'b'], [0, 1])
    """
    blocks = cut(text)
    return [block.text for block in blocks], [block.blanks for block in blocks]


def _forms(page: Page, flatteners: Sequence[str], spoilers: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in flatteners:
        text = FLATTENERS[name](page.html)
        yield name, text
        if name == _SPOILT:
            for spoiler in spoilers:
                yield spoiler, SPOILERS[spoiler](text)


def pages_to_lines(
    pages: Iterator[Page], flatteners: Sequence[str] = tuple(FLATTENERS), spoilers: Sequence[str] = ()
) -> Iterator[Lines]:
    """Each page in each flattened form, and spoilt. Pages without gold are listings: their lines are never body."""
    for page in pages:
        known = html_roles(page.html)
        for name, text in _forms(page, flatteners, spoilers):
            texts, blanks = flat_lines(text)
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
