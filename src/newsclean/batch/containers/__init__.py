"""Files that hold many inputs. Each kind counts its records once, for the plan, and hands them out from any place on.

A container's ``scan`` yields marks, ``(ordinal, hint)``: the ordinal of a record (from 0) and what ``records`` needs to
start there, ``None`` where it cannot; the last mark is ``(total, None)``, unless :class:`Torn` is raised. ``item`` makes
an :class:`~newsclean.batch.items.Item` of a raw record, so that records which are only skipped cost no parsing.
"""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

from newsclean.batch.config import Fields
from newsclean.batch.items import Item
from newsclean.errors import ConfigurationError

__all__ = ["Container", "Mark", "Torn", "container", "kind_of", "torn"]

P = ParamSpec("P")

Mark = tuple[int, Any]


class Torn(Exception):
    """A file that cannot be read to its end: ``count`` records stand before the place, and ``why``."""

    def __init__(self, count: int, error: BaseException) -> None:
        self.count = count
        self.why = f"{type(error).__name__}: {error}"
        super().__init__(count, self.why)


def torn(scan: Callable[P, Iterator[Mark]]) -> Callable[P, Iterator[Mark]]:
    """Make a ``scan`` raise :class:`Torn` with the last ordinal it yielded, whatever error its format knows."""

    @functools.wraps(scan)
    def scanned(*args: P.args, **kwargs: P.kwargs) -> Iterator[Mark]:
        count = 0
        try:
            for count, hint in scan(*args, **kwargs):
                yield count, hint
        except ConfigurationError:
            raise
        except Exception as error:
            raise Torn(count, error) from error

    return scanned


class Container(ABC):
    """One file that holds many inputs; all methods raise whatever their format raises for broken files."""

    def __init__(self, path: str, fields: Fields, step: int = 1000) -> None:
        self.path, self.fields, self.step = path, fields, step

    @abstractmethod
    def scan(self) -> Iterator[Mark]:
        """Marks, about ``step`` records apart where the format has any, then ``(total, None)``."""

    @abstractmethod
    def records(self, hint: Any) -> Iterator[Any]:
        """Raw records from the one that ``hint`` marks; from the first with ``None``."""

    @abstractmethod
    def item(self, raw: Any) -> Item:
        """The input a raw record is."""


_SUFFIXES = (
    (("jsonl", "ndjson"), ("", ".gz", ".zst"), "jsonl"),
    (("warc", "wet"), ("", ".gz", ".zst"), "warc"),
    (("tar",), ("", ".gz", ".bz2", ".xz"), "tar"),
    (("tgz", "tbz2", "txz"), ("",), "tar"),
    (("zip",), ("",), "zip"),
    (("parquet", "pq"), ("",), "parquet"),
    (("arrow", "feather", "ipc"), ("",), "arrow"),
)
_KINDS = {f".{stem}{more}": kind for stems, mores, kind in _SUFFIXES for stem in stems for more in mores}


def kind_of(path: str) -> str:
    """Kind of a file by its name: ``jsonl``, ``warc``, ``tar``, ``zip``, ``parquet``, ``arrow``, else ``page``.

    >>> kind_of("CC-MAIN-0001.warc.gz"), kind_of("index.html")
    ('warc', 'page')
    """
    name = path.rpartition("/")[2].lower()
    first, second = name.rpartition("."), name.rpartition(".")[0].rpartition(".")
    if first[1] and f".{first[2]}" in _KINDS:
        return _KINDS[f".{first[2]}"]
    if second[1]:
        return _KINDS.get(f".{second[2]}.{first[2]}", "page")
    return "page"


def container(kind: str, path: str, fields: Fields, step: int = 1000) -> Container:
    """The reader of a file of a kind; raises ``ConfigurationError`` where its extra is missing."""
    from newsclean.batch.containers.archives import Tar, Zip
    from newsclean.batch.containers.columns import ArrowFile, ParquetFile
    from newsclean.batch.containers.lines import Lines
    from newsclean.batch.containers.warc import Warc

    kinds: dict[str, type[Container]] = {
        "jsonl": Lines,
        "warc": Warc,
        "zip": Zip,
        "tar": Tar,
        "parquet": ParquetFile,
        "arrow": ArrowFile,
    }
    return kinds[kind](path, fields, step)
