"""zip and tar: each member that is a file is one input."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple, Self

from newsclean.batch.containers import Container, torn
from newsclean.batch.items import Item, container_id
from newsclean.errors import InputError

__all__ = ["Tar", "Zip"]

_LARGEST = 200_000_000
"""A larger member is not read into memory: it is one refused input."""


class _Member(NamedTuple):
    ordinal: int
    name: str
    size: int
    read: Callable[[], bytes]
    """To be called before the next member is asked for."""


def _item(path: str, raw: _Member) -> Item:
    # The ordinal keeps two members of one name apart.
    name = container_id(path, f"{raw.ordinal}:{raw.name}")
    if raw.size > _LARGEST:
        why = f"a member of {raw.size:,} bytes; the most is {_LARGEST:,}"
        return Item(id=name, problem=InputError(why, input=name, reason="too-large"))
    try:
        return Item(id=name, source=raw.read())
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - zlib, lzma and bz2 have errors of their own
        return Item.broken(name, f"the member cannot be read: {type(error).__name__}: {error}")


class Zip(Container):
    """Members in the order of the central directory."""

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """Only the total: members that are passed over cost nothing."""
        with zipfile.ZipFile(self.path) as archive:
            yield sum(not info.is_dir() for info in archive.infolist()), None

    def records(self, hint: Any) -> Iterator[_Member]:  # noqa: ARG002
        """All members."""
        with zipfile.ZipFile(self.path) as archive:
            files = (info for info in archive.infolist() if not info.is_dir())
            for ordinal, info in enumerate(files):
                yield _Member(ordinal, info.filename, info.file_size, partial(archive.read, info))

    def item(self, raw: _Member) -> Item:
        """The input of one member."""
        return _item(self.path, raw)


class _Strict(tarfile.TarInfo):
    """``tarfile`` takes a header that is torn or damaged for the end of the archive; here it is an error."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """See ``tarfile.TarInfo``."""
        if len(buf) != tarfile.BLOCKSIZE:
            raise tarfile.ReadError("the archive breaks off: it has no end mark")
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"a header is damaged: {error}") from error


class Tar(Container):
    """Members in the order of the archive, read as a stream."""

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """Only counts: a tar has no index, so readers go forward through it."""
        for member in self.records(None):
            if member.size <= _LARGEST:
                member.read()  # a member counts once it is known to be there to its end
            yield member.ordinal + 1, None

    def records(self, hint: Any) -> Iterator[_Member]:  # noqa: ARG002
        """All members."""
        ordinal = 0
        with tarfile.open(self.path, "r|*", tarinfo=_Strict) as archive:
            for info in archive:
                file = archive.extractfile(info) if info.isfile() else None
                if file is not None:
                    yield _Member(ordinal, info.name, info.size, file.read)
                    ordinal += 1
                archive.members.clear()  # type: ignore[attr-defined]

    def item(self, raw: _Member) -> Item:
        """The input of one member."""
        return _item(self.path, raw)
