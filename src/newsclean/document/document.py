"""The document: a page as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, overload

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


class Shapes(Sequence[Shape]):
    """Shapes of blocks, each looked at when it is first asked for."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: list[Shape | None] = [None] * len(blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> Shape: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Shape]: ...
    def __getitem__(self, index: int | slice) -> Shape | Sequence[Shape]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        found = self._known[index]
        if found is None:
            found = self._known[index] = shape_of(self._blocks[index].text)
        return found


@dataclass(frozen=True, eq=False)
class Document:
    """A page that has been read and cut, before anything was decided. Cleaners add labels; nobody changes it."""

    kind: Literal["text", "html"]
    text: str
    """The decoded input."""
    blocks: tuple[Block, ...]
    encoding: str
    """Encoding the bytes were decoded with, ``str`` where there were none."""
    bytes: int
    sha256: str
    """Hexadecimal; of the bytes as they came, or of the UTF-8 form of a ``str``."""
    url: str | None = None
    notices: tuple[Notice, ...] = ()
    tree: Any = field(default=None, repr=False)
    """HTML: the parsed page, for cleaners to look at and leave as it is."""
    memo: dict[str, Any] = field(default_factory=dict, repr=False)
    """What cleaners worked out about this page and others may read; it never changes a result, only its cost."""

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The folded text of each block, for matching (see :func:`newsclean.document.normalize.fold`)."""
        return tuple([fold_clean(block.text) for block in self.blocks])

    @cached_property
    def shapes(self) -> Sequence[Shape]:
        """The shape of each block (see :func:`newsclean.document.shape.shape_of`)."""
        return Shapes(self.blocks)
