"""Units of work: a few hundred documents that are done, or not done, together."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from newsclean.batch.config import BatchConfig
from newsclean.batch.containers import Mark, Torn, container, kind_of
from newsclean.batch.sources import Found

__all__ = ["Unit", "plan"]

_MOST_BYTES = 256_000_000
"""A unit of files ends once they are this large together."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Some documents in their order. ``id`` changes with the configuration and with names, sizes and times of inputs."""

    id: str
    kind: str
    """``page`` for files that are a page each, ``broken`` for a file that cannot be read, else that of the container."""
    files: tuple[tuple[str, int, int], ...]
    """Path, size and time (ns since 1970) of the files; of a container: its one file."""
    count: int
    first: int = 0
    """Container: ordinal of the first record."""
    hint: Any = None
    """Container: the nearest mark at or before it, ``[ordinal, hint]``."""
    why: str = ""
    """Of a broken file."""

    def to_line(self) -> str:
        """One line of the manifest; plain ASCII, so that undecodable names survive."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_line(cls, line: str) -> Unit:
        """The unit of a line of the manifest."""
        return cls.of(json.loads(line))

    @classmethod
    def of(cls, said: dict[str, Any]) -> Unit:
        """The unit of its fields as JSON has them."""
        return cls(**said | {"files": tuple((path, size, mtime) for path, size, mtime in said["files"])})

    def pieces(self, most: int) -> list[Unit]:
        """The same documents as units of at most ``most`` each, in order, all with this unit's id."""
        starts = range(0, self.count, most)
        return [self._piece(start, min(most, self.count - start)) for start in starts]

    def _piece(self, start: int, count: int) -> Unit:
        if self.kind == "page":
            return replace(self, files=self.files[start : start + count], count=count)
        return replace(self, first=self.first + start, count=count)


def plan(found: Iterator[Found], config: BatchConfig, unreadable: Callable[[str, str], None]) -> Iterator[Unit]:
    """Units of the files, in order. ``unreadable(path, why)`` is told of containers that break off.

    Units of pages end where the hash of a name says so, between a quarter of ``unit_size`` and ``unit_size``: then
    an input that is added or taken away moves the borders of its own unit only, and the others stay done.
    """
    pages: list[Found] = []
    held, fingerprint = 0, config.unit_fingerprint
    for file in found:
        kind = kind_of(file.path)
        if kind == "page":
            pages.append(file)
            held += max(file.size, 0)
            if held >= _MOST_BYTES or _ends(file.path, len(pages), config.unit_size):
                yield _pages(pages, fingerprint)
                pages, held = [], 0
            continue
        if pages:
            yield _pages(pages, fingerprint)
            pages, held = [], 0
        yield from _container(file, kind, config, fingerprint, unreadable)
    if pages:
        yield _pages(pages, fingerprint)


def _ends(path: str, count: int, most: int) -> bool:
    if count >= most:
        return True
    return count * 4 >= most and zlib.crc32(path.encode("utf-8", "surrogateescape")) % max(most // 4, 1) == 0


def _pages(pages: list[Found], fingerprint: str) -> Unit:
    files = tuple((file.path, file.size, file.mtime_ns) for file in pages)
    return Unit(_id(fingerprint, "page", files, 0, len(files)), "page", files, len(files))


def _id(fingerprint: str, kind: str, files: tuple[tuple[str, int, int], ...], first: int, count: int) -> str:
    said = json.dumps([fingerprint, kind, files, first, count])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _container(
    file: Found, kind: str, config: BatchConfig, fingerprint: str, unreadable: Callable[[str, str], None]
) -> Iterator[Unit]:
    files = ((file.path, file.size, file.mtime_ns),)
    size, first, total, why = config.unit_size, 0, 0, ""
    marks: list[Mark] = [(0, None)]

    def unit(count: int) -> Unit:
        while len(marks) > 1 and marks[1][0] <= first:
            marks.pop(0)
        return Unit(_id(fingerprint, kind, files, first, count), kind, files, count, first, list(marks[0]))

    try:
        for total, hint in container(kind, file.path, config.fields, size).scan():
            if hint is not None:
                marks.append((total, hint))
            while total - first >= size:
                yield unit(size)
                first += size
    except Torn as torn:
        total, why = torn.count, torn.why
    while total > first:
        yield unit(min(size, total - first))
        first += size
    if why:
        unreadable(file.path, why)
        after = f" after {total} records" if total else ""
        yield Unit(
            _id(fingerprint, "broken", files, total, 1),
            "broken",
            files,
            1,
            why=f"cannot be read as {kind}{after}: {why}",
        )
