"""Blocks, the units of a page, and the labels cleaners put on them.

A page has hundreds of them, so they are plain tuples and slots; what reaches an article is checked there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Field

from newsclean.document.roles import Role

__all__ = ["Block", "Evidence", "HtmlSource", "Kind", "Label", "Source", "TextSource"]

Kind = Literal["line", "paragraph", "heading", "list_item", "quote", "table", "caption", "title", "time", "other"]
"""What the markup says a block is; flattened text knows only ``line``, ``list_item`` (a bullet) and ``heading``."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where a block of flattened text stands: characters ``start`` to ``end`` of the decoded text (end exclusive),
    beginning on 1-based ``line``. Spans of a page follow each other without gap or overlap."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class HtmlSource:
    """Where a block of HTML stands: a DOM path such as ``/html/body/div[2]/p[1]``."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1)]


Source = TextSource | HtmlSource


class Evidence(NamedTuple):
    """What the markup around a block of HTML tells."""

    tag: str
    """Name of the element."""
    link_density: float = 0.0
    """Share of the block's characters that stand inside links, from 0 to 1."""
    depth: int = 0
    chain: Callable[[int], tuple[str, ...]] | None = None
    """Gives :attr:`tokens` for ``node``; they are put together only for those who ask."""
    node: int = 0
    """Number of the element among those of its page."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Class and id tokens of the element and its ancestors, nearest first, at most 24."""
        return self.chain(self.node) if self.chain else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence) and self[:3] == other[:3] and self.tokens == other.tokens

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:3])


class Block(NamedTuple):
    """One unit of the page that is kept or removed whole."""

    index: int  # type: ignore[assignment]  # hides the method of tuples, which nobody needs here
    """Place on the page, from 0."""
    text: str
    """As shown: NFC, white space folded, nothing invisible (see :func:`newsclean.document.normalize.clean_text`)."""
    source: TextSource | HtmlSource
    kind: Kind = "line"
    level: int | None = None
    """Level of a heading, 1 to 6."""
    blanks: int = 0
    """Empty lines before the block."""
    bullet: str | None = None
    """The list mark that opens the line, if any; it is part of ``text``."""
    evidence: Evidence | None = None


class Label(NamedTuple):
    """One cleaner's word on one block."""

    block: int
    """Number of the block."""
    role: Role
    cleaner: str
    rule: str
    confidence: float = 1.0
    """From 0 to 1."""
    values: tuple[tuple[str, str], ...] = ()
    """Values the rule read from the block: pairs of a field (``author``, ``date``, ``section``, ``tag``,
    ``caption``, ``credit``, ``dateline``) and its text."""
