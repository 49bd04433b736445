"""Cleaners: each looks at a document and labels blocks; none edits text, none knows the article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, runtime_checkable

from newsclean.document.block import Label
from newsclean.document.document import Document
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
        found.append(cleaner)
    return tuple(found)
