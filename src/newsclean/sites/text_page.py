"""A text layout compiled, and the lines of a page it is laid on."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.document.shape import Shape
from newsclean.sites.model import TextLayout
from newsclean.sites.patterns import Match, Pattern, openings_of

__all__ = ["CompiledText", "Page", "first", "made_label", "page_openings"]

_OPENINGS = "openings of lines"


def page_openings(document: Document) -> AbstractSet[str]:
    """The words that lines of ``document`` open with, folded; looked for once."""
    found: AbstractSet[str] | None = document.memo.get(_OPENINGS)
    if found is None:
        found = document.memo[_OPENINGS] = openings_of(document.folded)
    return found


class CompiledText:
    """A text layout, compiled once."""

    def __init__(self, layout: TextLayout) -> None:
        lines = tuple(layout.dateline)

        def several(sources: Sequence[str]) -> list[Pattern]:
            return [Pattern(source, datelines=lines) for source in sources]

        self.layout = layout
        fields = (
            (Role.DATE, "section_and_date", layout.section_and_date),
            (Role.DATE, "date", layout.date),
            (Role.BYLINE, "byline", layout.byline),
            (Role.SECTION, "section", layout.section),
            (Role.TAGS, "tags", layout.tags),
            (Role.CAPTION, "caption", layout.caption),
        )
        self.fields = [(role, name, pattern) for role, name, sources in fields for pattern in several(sources)]
        self.datelines = [Pattern(source, prefix=True) for source in layout.dateline]
        self.dateline_lines = several(layout.dateline)
        self.starts_after = several(layout.starts_after)
        self.ends = [(role, pattern) for role, sources in layout.body_ends_at.items() for pattern in several(sources)]
        self.drops = [(role, pattern) for role, sources in layout.drop.items() for pattern in several(sources)]

    def on_page(self, document: Document) -> CompiledText:
        """The same without the patterns whose words stand nowhere in ``document``: they cannot fit."""
        page = document.folded_text
        openings = page_openings(document)

        def fits(pattern: Pattern) -> bool:
            return (pattern.opening is None or pattern.opening in openings) and pattern.literal in page

        def here(patterns: list[Pattern]) -> list[Pattern]:
            return [pattern for pattern in patterns if fits(pattern)]

        other = copy(self)
        other.fields = [field for field in self.fields if fits(field[2])]
        other.datelines, other.dateline_lines = here(self.datelines), here(self.dateline_lines)
        other.starts_after = here(self.starts_after)
        other.ends = [end for end in self.ends if fits(end[1])]
        other.drops = [drop for drop in self.drops if fits(drop[1])]
        return other


@dataclass
class Page:
    """Work of one call: what each line is so far."""

    blocks: Sequence[Block]
    folded: Sequence[str]
    shapes: Sequence[Shape]
    named: dict[int, Label] = field(default_factory=dict)
    datelines: dict[int, tuple[Match, bool]] = field(default_factory=dict)

    @cached_property
    def closest(self) -> int:
        """Blank lines between lines that stand together: 0, more in a text that is spaced throughout."""
        return min([block.blanks for block in self.blocks[1:]], default=0)

    def dateline(self, index: int) -> tuple[tuple[str, str]]:
        """The dateline that a line opens with, or is, as the value of a label."""
        match, whole = self.datelines[index]
        text = self.blocks[index].text
        return (("dateline", (text if whole else text[: match.end]).strip(" :،-–—")),)


def first(patterns: Sequence[Pattern], text: str, folded: str) -> tuple[Pattern, Match] | None:
    for pattern in patterns:
        if pattern.literal in folded and (match := pattern.match(text, folded)) is not None:
            return pattern, match
    return None


def made_label(
    block: Block, role: Role, cleaner: str, rule: str, values: tuple[tuple[str, str], ...] = (), confidence: float = 1.0
) -> Label:
    return Label(block=block.index, role=role, cleaner=cleaner, rule=rule, confidence=confidence, values=values)
