"""WARC and WET (ISO 28500): response and conversion records are inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from newsclean.batch.config import need
from newsclean.batch.containers import Container, torn
from newsclean.batch.items import Item, Page, container_id
from newsclean.errors import InputError

__all__ = ["Warc"]

_LARGEST = 200_000_000


class _Record(NamedTuple):
    ordinal: int
    record_id: str | None
    uri: str | None
    date: str | None
    page: Page | None
    conversion: bool


class Warc(Container):
    """A hint is ``[ordinal, offset]`` of a record.

    Offsets need one gzip member for each record, as the standard asks; other files are read forward from their start.
    Ids carry the ordinal, as offsets are not unique in files that were compressed as a whole.
    """

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """A mark every ``step`` records."""
        count = 0
        with open(self.path, "rb") as file:  # noqa: PTH123
            for record in _iterate(self.path, 0, parse=False):
                offset, length = record.stream_pos, record.content_length
                if (there := record.consume()) < length or "Content-Length" not in record.headers:
                    raise EOFError(f"a record of {length} bytes breaks off after {there}")
                if count % self.step == 0:
                    file.seek(offset)
                    if file.read(5).startswith((b"\x1f\x8b", b"WARC/")):
                        yield count, [count, offset]
                count += 1
                yield count, None

    def records(self, hint: Any) -> Iterator[_Record]:
        """Records from an offset on."""
        first, start = hint or (0, 0)
        for number, record in enumerate(_iterate(self.path, start, parse=True)):
            yield _taken(record, first + number)

    def item(self, raw: _Record) -> Item:
        """The input of one record."""
        name = container_id(self.path, str(raw.ordinal))
        known = Item(id=name, url=raw.uri, source_id=raw.record_id, date=raw.date)
        if raw.page is None:
            why = InputError(f"a record of over {_LARGEST:,} bytes", input=name, reason="too-large")
            return replace(known, problem=why)
        if raw.conversion:
            return replace(known, source=raw.page.content, encoding="utf-8")
        return replace(known, source=raw.page)


def _iterate(path: str, start: int, *, parse: bool) -> Iterator[Any]:
    warc = need("fastwarc.warc", "warc", "reading WARC files")
    types = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    with open(path, "rb") as file:  # noqa: PTH123
        file.seek(start)
        decode = "all" if parse else "none"
        yield from warc.ArchiveIterator(file, record_types=types, parse_http=parse, auto_decode=decode)


def _taken(record: Any, ordinal: int) -> _Record:
    headers = record.headers
    uri, kind = headers.get("WARC-Target-URI"), headers.get("WARC-Type")
    about = (ordinal, record.record_id, uri.strip("<>") if uri else None, headers.get("WARC-Date"))
    data = record.reader.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return _Record(*about, None, False)
    if kind == "conversion":
        return _Record(*about, Page(data), True)
    http = record.http_headers
    sent = {} if http is None else {name.lower(): value for name, value in http.items()}
    content_type = {"content-type": sent["content-type"]} if "content-type" in sent else {}
    return _Record(*about, Page(data, url=uri, headers=content_type, status_code=_status(http)), False)


def _status(http: Any) -> int | None:
    try:
        return int(http.status_code) if http is not None else None
    except (TypeError, ValueError):
        return None
