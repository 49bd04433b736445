"""JSONL, plain, gzip or zstandard: one JSON object a line. Blank lines are no inputs."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, cast

from newsclean.batch.config import need
from newsclean.batch.containers import Container, torn
from newsclean.batch.containers.fields import item_of_row
from newsclean.batch.items import Item, container_id
from newsclean.errors import InputError

__all__ = ["Lines"]

_LONGEST = 200_000_000
"""A longer line is not read into memory: it is one refused input."""


class _Line(NamedTuple):
    number: int
    data: bytes
    whole: bool


class Lines(Container):
    """See :class:`newsclean.batch.containers.Container`; a hint is ``[line, offset]``, offset of plain files only."""

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """Marks of the file."""
        plain = not self.path.lower().endswith((".gz", ".zst"))
        count = 0
        with _open(self.path) as file:
            offset, number = 0, 0
            while data := file.readline(_LONGEST):
                start, number = offset, number + 1
                offset += len(data)
                while data and not data.endswith(b"\n") and (more := file.readline(_LONGEST)):
                    data, offset = more, offset + len(more)
                if data.isspace():
                    continue
                if plain and count % self.step == 0:
                    yield count, [number, start]
                count += 1
                yield count, None

    def records(self, hint: Any) -> Iterator[_Line]:
        """Lines from a mark on."""
        number, offset = hint or (1, 0)
        with _open(self.path) as file:
            if offset:
                file.seek(offset)
            while data := file.readline(_LONGEST):
                whole, last = True, data
                while len(last) == _LONGEST and not last.endswith(b"\n"):
                    whole, last = False, file.readline(_LONGEST)
                if not data.isspace():
                    yield _Line(number, data, whole)
                number += 1

    def item(self, raw: _Line) -> Item:
        """The input of one line."""
        name = container_id(self.path, str(raw.number))
        if not raw.whole:
            return Item(id=name, problem=InputError(f"a line of over {_LONGEST:,} bytes", reason="too-large"))
        try:
            row = json.loads(raw.data)
        except (ValueError, RecursionError) as error:
            return Item(id=name, problem=InputError(f"not a line of JSON: {error}", input=name, reason="json"))
        if not isinstance(row, dict):
            return Item(id=name, problem=InputError("the line is not a JSON object", input=name, reason="json"))
        return item_of_row(name, row, self.fields)


def _open(path: str) -> IO[bytes]:
    low = path.lower()
    if low.endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    file = open(path, "rb")  # noqa: SIM115, PTH123 - the caller closes it
    if not low.endswith(".zst"):
        return file
    zstandard = need("zstandard", "batch", "reading .zst")
    return io.BufferedReader(_Zst(file, zstandard.ZstdDecompressor(max_window_size=2**31)), 1 << 20)


class _Zst(io.RawIOBase):
    """zstandard frames as one stream; unlike the library's reader it raises ``EOFError`` where a frame breaks off."""

    def __init__(self, file: IO[bytes], decompressor: Any) -> None:
        self._file, self._decompressor = file, decompressor
        self._frame = decompressor.decompressobj()
        self._begun, self._rest, self._ready = False, b"", b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See ``io.RawIOBase``."""
        while not self._ready:
            data = self._rest or self._file.read(1 << 17)
            if not data:
                if self._begun:
                    raise EOFError("the file ends inside a zstandard frame")
                return 0
            self._begun = True
            self._ready, self._rest = self._frame.decompress(data), b""
            if self._frame.eof:
                self._rest = self._frame.unused_data
                self._frame, self._begun = self._decompressor.decompressobj(), False
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()
