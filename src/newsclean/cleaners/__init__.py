"""Cleaners: each looks at a document and labels blocks; none edits text, none knows the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol, runtime_checkable

from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.errors import ConfigurationError
from newsclean.options import Options

__all__ = ["Cleaner", "registered"]


@runtime_checkable
class Cleaner(Protocol):
    """Anything with a name that labels blocks. Third parties register theirs as entry points ``newsclean.cleaners``."""

    name: str

    def label(self, document: Document, options: Options) -> Iterable[Label]:
        """Labels for blocks of ``document``, in any order; a block may get none or several."""
        ...


@lru_cache(maxsize=1)
def registered() -> tuple[Cleaner, ...]:
    """Cleaners that installed packages register, by name of their entry point."""
    from importlib.metadata import entry_points

    found = []
    for point in sorted(entry_points(group="newsclean.cleaners"), key=lambda point: point.name):
        cleaner = point.load()
        cleaner = cleaner() if isinstance(cleaner, type) else cleaner
        if not isinstance(cleaner, Cleaner):
            raise ConfigurationError(f"entry point newsclean.cleaners:{point.name} has no name and label()")
        found.append(_Checked(cleaner))
    return tuple(found)


class _Checked:
    """A cleaner of others, whose labels are looked at before they are believed."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.name = cleaner.name
        self._cleaner = cleaner

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """The labels. Raises ``ConfigurationError`` for one that cannot be."""
        for label in self._cleaner.label(document, options):
            if not (
                isinstance(label, Label)
                and isinstance(label.role, Role)
                and 0 <= label.block < len(document.blocks)
                and 0 <= label.confidence <= 1
            ):
                raise ConfigurationError(
                    f"the cleaner {self.name!r} gave {label!r}: a Label has the number of a block of the page, a Role, "
                    "and a confidence from 0 to 1"
                )
            yield label
