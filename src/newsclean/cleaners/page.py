"""A flattened page as the structure rules see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from newsclean.cleaners.phrases import PhraseMatch
from newsclean.document.block import Block, Label
from newsclean.document.roles import BODY_ROLES, REMOVED, Role
from newsclean.document.shape import Shape

if TYPE_CHECKING:
    from newsclean.models.lines import LineScore

__all__ = ["LISTS", "TIME", "TIMED", "Page", "caseless", "is_ticker"]

LISTS = frozenset({Role.RELATED, Role.RECOMMENDED, Role.MOST_READ, Role.LATEST_NEWS, Role.READ_ALSO})
"""Lists of other stories."""

TIMED = re.compile(r"^\d{1,2}[:.h]\d\d(?:\s|\s?[|–-]\s)\s*[^\W\d_]")
"""A headline of a ticker with its time."""
TIME = re.compile(r"\d{1,2}[:.]\d\d$")
"""A line that is the time of the headline below it."""
_TICKER_WORDS = 30
_OPENING = 12
"""Lines that fields and pictures between lead and text take at most."""


@dataclass
class Page:
    blocks: Sequence[Block]
    shapes: Sequence[Shape]
    hints: Sequence[PhraseMatch | None]
    scores: Sequence[LineScore]
    cut: float
    start: int
    end: int
    named: frozenset[int] = frozenset()
    """Lines that the site file has named."""
    labels: dict[int, Label] = field(default_factory=dict)

    def put(self, index: int, role: Role, rule: str, confidence: float, *values: tuple[str, str]) -> None:
        self.labels[index] = Label(
            block=index, role=role, cleaner="structure", rule=rule, confidence=confidence, values=values
        )

    def taken(self, index: int) -> bool:
        """Whether a rule has named the line, and not as a part of the body."""
        label = self.labels.get(index)
        return label is not None and label.role not in BODY_ROLES

    def text(self, index: int) -> str:
        return self.blocks[index].text

    def furniture(self, index: int) -> bool:
        hint = self.hints[index]
        return hint is not None and Role(hint.role) in REMOVED

    def is_heading(self, index: int) -> bool:
        """Whether a phrase says that a list begins here."""
        hint = self.hints[index]
        return hint is not None and hint.heading

    @cached_property
    def opening(self) -> int:
        """The second line of prose of the body, if it is near the first: before it, fields and pictures may stand
        between lead and text."""
        prose = [i for i in range(self.start, self.end) if self.shapes[i].prose and self.body(i)][:2]
        if len(prose) == 2 and prose[1] - prose[0] > _OPENING:
            prose.pop()
        return prose[-1] if prose else self.start

    def body(self, index: int) -> bool:
        return self.scores[index].body >= self.cut


def is_ticker(page: Page, index: int) -> bool:
    """Headlines run together into one line: long, no clauses, no end."""
    shape = page.shapes[index]
    return shape.words >= _TICKER_WORDS and not shape.ends and not shape.prose


def caseless(text: str) -> bool:
    """Whether ``text`` is of a script without capitals, whose lines do not show where a sentence begins."""
    letter = next((char for char in text if char.isalpha()), "x")
    return letter.lower() == letter.upper()
