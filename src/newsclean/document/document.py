"""The document: a page as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Final, Literal, TypeVar, overload

from pydantic import BaseModel, ConfigDict, Field

from newsclean.document.block import Block
from newsclean.document.normalize import fold_lines, is_common
from newsclean.document.shape import Shape, shape_of, shape_of_spaced

__all__ = ["Document", "Lazy", "Notice"]


class Notice(BaseModel):
    """Something the user should know about a result: a stable ``code`` and a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    message: Annotated[str, Field(min_length=1)]


T = TypeVar("T")
_UNKNOWN: Final[Any] = object()


class Lazy(Sequence[T]):
    """Something about each block, worked out by ``look`` (of the block's number) when it is first asked for."""

    __slots__ = ("_known", "_look")

    def __init__(self, size: int, look: Callable[[int], T]) -> None:
        self._known: list[T] = [_UNKNOWN] * size
        self._look = look

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[T]:
        return iter([self[index] for index in range(len(self._known))])

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self._known)))]
        found = self._known[index]
        if found is _UNKNOWN:
            found = self._known[index] = self._look(index)
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
        return tuple(fold_lines([block.text for block in self.blocks]))

    @cached_property
    def folded_text(self) -> str:
        """The folded blocks, a line each."""
        return "\n".join(self.folded)

    @cached_property
    def shapes(self) -> Sequence[Shape]:
        """The shape of each block (see :func:`newsclean.document.shape.shape_of`)."""
        blocks = self.blocks
        look = shape_of_spaced if self.kind == "text" and is_common(self.text) else shape_of
        return Lazy(len(blocks), lambda index: look(blocks[index].text))
