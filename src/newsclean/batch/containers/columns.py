"""Parquet and Arrow files: each row is one input; only the columns that are needed are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from newsclean.batch.config import Fields, need
from newsclean.batch.containers import Container, torn
from newsclean.batch.containers.fields import ALL, item_of_row
from newsclean.batch.items import Item, container_id

__all__ = ["ArrowFile", "ParquetFile", "wanted"]

_ROWS = 128


class _Row(NamedTuple):
    ordinal: int
    values: dict[str, Any]


def wanted(there: list[str], fields: Fields) -> list[str]:
    """Columns of ``there`` that can matter, in their order."""
    names = ALL | {f for f in (fields.text, fields.html, fields.url, fields.id) if f}
    return [name for name in there if name in names] or there


def _rows(batch: Any, first: int) -> Iterator[_Row]:
    for i, values in enumerate(batch.to_pylist()):
        yield _Row(first + i, values)


def _item(path: str, raw: _Row, fields: Fields) -> Item:
    return item_of_row(container_id(path, str(raw.ordinal)), raw.values, fields)


class ParquetFile(Container):
    """A hint is ``[row group, ordinal of its first row]``."""

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """A mark for each row group."""
        parquet = need("pyarrow.parquet", "batch", "reading Parquet")
        with parquet.ParquetFile(self.path) as file:
            meta = file.metadata
            first = 0
            for group in range(meta.num_row_groups):
                yield first, [group, first]
                first += meta.row_group(group).num_rows
        yield first, None

    def records(self, hint: Any) -> Iterator[_Row]:
        """Rows from a row group on."""
        parquet = need("pyarrow.parquet", "batch", "reading Parquet")
        group, first = hint or (0, 0)
        with parquet.ParquetFile(self.path) as file:
            columns = wanted(file.schema_arrow.names, self.fields)
            groups = list(range(group, file.metadata.num_row_groups))
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups, columns=columns, use_threads=False):
                yield from _rows(batch, first)
                first += batch.num_rows

    def item(self, raw: _Row) -> Item:
        """The input of one row."""
        return _item(self.path, raw, self.fields)


class ArrowFile(Container):
    """Arrow IPC, file or stream format; a hint is ``[record batch, ordinal of its first row]``, of files only."""

    @torn
    def scan(self) -> Iterator[tuple[int, Any]]:
        """A mark for each record batch of a file."""
        first = 0
        for number, batch, seekable in _batches(self.path, 0):
            if seekable:
                yield first, [number, first]
            first += batch.num_rows
        yield first, None

    def records(self, hint: Any) -> Iterator[_Row]:
        """Rows from a record batch on."""
        number, first = hint or (0, 0)
        for _, batch, _ in _batches(self.path, number):
            columns = batch.select(wanted(batch.schema.names, self.fields))
            for start in range(0, columns.num_rows, _ROWS):
                yield from _rows(columns.slice(start, _ROWS), first + start)
            first += batch.num_rows

    def item(self, raw: _Row) -> Item:
        """The input of one row."""
        return _item(self.path, raw, self.fields)


def _batches(path: str, first: int) -> Iterator[tuple[int, Any, bool]]:
    ipc = need("pyarrow.ipc", "batch", "reading Arrow files")
    pa = need("pyarrow", "batch", "reading Arrow files")
    with pa.memory_map(path) as source:
        try:
            reader = ipc.open_file(source)
        except pa.ArrowInvalid:
            source.seek(0)
            for number, batch in enumerate(ipc.open_stream(source)):
                yield number, batch, False
            return
        for number in range(first, reader.num_record_batches):
            yield number, reader.get_batch(number), True
