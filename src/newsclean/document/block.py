"""Blocks, the units of a page, and the labels cleaners put on them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from newsclean.document.roles import Role

__all__ = ["Block", "Evidence", "HtmlSource", "Kind", "Label", "Source", "TextSource"]

Kind = Literal["line", "paragraph", "heading", "list_item", "quote", "table", "caption", "title", "time", "other"]
"""What the markup says a block is; flattened text knows only ``line``, ``list_item`` (a bullet) and ``heading``."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextSource(_Frozen):
    """Where a block of flattened text stands: characters ``start`` to ``end`` of the decoded text (end exclusive),
    beginning on 1-based ``line``. Spans of a page follow each other without gap or overlap."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _forward(self) -> TextSource:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} is not after start {self.start}")
        return self


class HtmlSource(_Frozen):
    """Where a block of HTML stands: a DOM path such as ``/html/body/div[2]/p[1]``."""

    path: Annotated[str, Field(min_length=1)]


Source = TextSource | HtmlSource


class Evidence(_Frozen):
    """What the markup around a block of HTML tells."""

    tag: str
    """Name of the element."""
    tokens: tuple[str, ...] = ()
    """Class and id tokens of the element and its ancestors, nearest first."""
    link_density: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Share of the block's characters that stand inside links."""
    depth: Annotated[int, Field(ge=0)] = 0


class Block(_Frozen):
    """One unit of the page that is kept or removed whole."""

    index: Annotated[int, Field(ge=0)]
    text: Annotated[str, Field(min_length=1)]
    """As shown: NFC, white space folded, nothing invisible (see :func:`newsclean.document.normalize.clean_text`)."""
    source: Source
    kind: Kind = "line"
    level: Annotated[int, Field(ge=1, le=6)] | None = None
    """Level of a heading."""
    blanks: Annotated[int, Field(ge=0)] = 0
    """Empty lines before the block."""
    bullet: str | None = None
    """The list mark that opens the line, if any; it is part of ``text``."""
    evidence: Evidence | None = None


class Label(_Frozen):
    """One cleaner's word on one block."""

    block: Annotated[int, Field(ge=0)]
    role: Role
    cleaner: str
    rule: str
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    values: tuple[tuple[str, str], ...] = ()
    """Values the rule read from the block: pairs of a field (``author``, ``date``, ``section``, ``tag``,
    ``caption``, ``credit``, ``dateline``) and its text."""
