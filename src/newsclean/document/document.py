"""The document: a page as blocks."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from newsclean.document.block import Block
from newsclean.document.normalize import fold_clean
from newsclean.document.shape import Shape, shape_of

__all__ = ["Document", "Notice"]


class Notice(BaseModel):
    """Something the user should know about a result: a stable ``code`` and a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    message: Annotated[str, Field(min_length=1)]


class Document(BaseModel):
    """A page that has been read and cut, before anything was decided. Cleaners add labels; nobody changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    kind: Literal["text", "html"]
    text: str
    """The decoded input."""
    blocks: tuple[Block, ...]
    url: str | None = None
    encoding: str
    """Encoding the bytes were decoded with, ``str`` where there were none."""
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the bytes as they came, or of the UTF-8 form of a ``str``."""
    notices: tuple[Notice, ...] = ()
    tree: Annotated[Any, Field(exclude=True, repr=False)] = None
    """HTML: the parsed page, for cleaners to look at and leave as it is."""

    memo: dict[str, Any] = Field(default_factory=dict, exclude=True, repr=False)
    """What cleaners worked out about this page and others may read; it never changes a result, only its cost."""

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The folded text of each block, for matching (see :func:`newsclean.document.normalize.fold`)."""
        return tuple([fold_clean(block.text) for block in self.blocks])

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shape of each block (see :func:`newsclean.document.shape.shape_of`)."""
        return tuple([shape_of(block.text) for block in self.blocks])
