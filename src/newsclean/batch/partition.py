"""Parquet that is written a second time: with duplicates marked, or in folders by site and month, sorted in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from newsclean.batch.config import BatchConfig, need
from newsclean.batch.disk import open_synced, sync_folder
from newsclean.batch.schema import OFFSETS
from newsclean.batch.sinks import parquet_writer

__all__ = ["rewrite"]

_NULL: Final = "__HIVE_DEFAULT_PARTITION__"
_OPEN: Final = 100
"""Partitions that are written to at the same time."""
_ROWS: Final = 1000
_FILE_ROWS: Final = 100_000

Mark = Callable[[str, str], str | None]


def rewrite(parts: Iterator[Path], target: Path, config: BatchConfig, mark: Mark | None, spill: Path) -> None:
    """Write ``parts`` below the empty folder ``target``; memory holds one part, and the sort keys of one partition."""
    parquet = need("pyarrow.parquet", "batch", "Parquet")
    if config.partition:
        _partition(((_marked(parquet.read_table(part), mark)) for part in parts), target, config, spill)
        return
    for part in parts:
        table = _marked(parquet.read_table(part), mark)
        with open_synced(target / part.name) as file, parquet_writer(file, table.schema) as writer:
            writer.write_table(table, row_group_size=_ROWS)


def _marked(table: Any, mark: Mark | None) -> Any:
    if mark is None:
        return table
    pa = need("pyarrow", "batch", "Parquet")
    pairs = zip(table.column("fingerprint").to_pylist(), table.column("id").to_pylist(), strict=True)
    marks = [None if fingerprint is None else mark(fingerprint, name) for fingerprint, name in pairs]
    place = table.schema.get_field_index("duplicate_of")
    return table.set_column(place, table.schema.field(place), pa.array(marks, pa.string()))


def _keys(table: Any, by: tuple[str, ...]) -> list[tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    if "site" in by:
        values["site"] = [_NULL if s is None else quote(s, safe=".-") for s in table.column("site").to_pylist()]
    if "month" in by:
        times = zip(table.column("published").to_pylist(), table.column(OFFSETS["published"]).to_pylist(), strict=True)
        values["month"] = [
            _NULL if at is None else (at + timedelta(seconds=shift)).strftime("%Y-%m") for at, shift in times
        ]
    return list(zip(*(values[name] for name in by), strict=True))


class _Pieces:
    """Rows of each partition in Arrow files, of which only so many are open at once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count()
        self._open: dict[tuple[str, ...], Any] = {}
        self.paths: dict[tuple[str, ...], list[Path]] = {}

    def add(self, key: tuple[str, ...], table: Any) -> None:
        pa = need("pyarrow", "batch", "Parquet")
        writer = self._open.pop(key, None)
        if writer is None:
            if len(self._open) >= _OPEN:
                self._open.pop(next(iter(self._open))).close()
            path = self._folder / f"piece-{next(self._numbers)}.arrow"
            self.paths.setdefault(key, []).append(path)
            writer = pa.ipc.new_file(str(path), table.schema)
        self._open[key] = writer
        writer.write_table(table)

    def close(self) -> None:
        for writer in self._open.values():
            writer.close()
        self._open.clear()


def _partition(tables: Iterator[Any], target: Path, config: BatchConfig, spill: Path) -> None:
    folder = spill / "pieces"
    folder.mkdir()
    pieces = _Pieces(folder)
    try:
        for table in tables:
            rows: dict[tuple[str, ...], list[int]] = {}
            for row, key in enumerate(_keys(table, config.partition)):
                rows.setdefault(key, []).append(row)
            for key, places in rows.items():
                pieces.add(key, table.take(places))
    finally:
        pieces.close()
    for key, paths in sorted(pieces.paths.items()):
        names = [f"{name}={value}" for name, value in zip(config.partition, key, strict=True)]
        where = target.joinpath(*names)
        where.mkdir(parents=True)
        # The folder's name holds the site; readers of such folders take a second column of the name amiss.
        _write_sorted(paths, where, [name for name in config.partition if name == "site"])
        for path in paths:
            path.unlink()


def _write_sorted(paths: list[Path], where: Path, dropped: list[str]) -> None:
    pa = need("pyarrow", "batch", "Parquet")
    compute = need("pyarrow.compute", "batch", "Parquet")
    batches = [batch for path in paths for batch in pa.ipc.open_file(pa.memory_map(str(path))).read_all().to_batches()]
    wanted = [name for name in batches[0].schema.names if name not in dropped]
    sort_by = [name for name in ("published", "id") if name in wanted]
    keys = pa.Table.from_batches([batch.select(sort_by) for batch in batches])
    order = compute.sort_indices(keys, sort_keys=[(name, "ascending") for name in sort_by])
    ends = list(accumulate(batch.num_rows for batch in batches))
    schema = batches[0].select(wanted).schema
    for number, first in enumerate(range(0, len(order), _FILE_ROWS)):
        with open_synced(where / f"part-{number:05d}.parquet") as file, parquet_writer(file, schema) as writer:
            for start in range(first, min(first + _FILE_ROWS, len(order)), _ROWS):
                stop = min(start + _ROWS, first + _FILE_ROWS)
                writer.write_table(_gather(batches, ends, order[start:stop].to_pylist()).select(wanted))
    sync_folder(where)


def _gather(batches: list[Any], ends: list[int], rows: list[int]) -> Any:
    """Rows by their numbers over all batches; only the batches concerned are touched."""
    pa = need("pyarrow", "batch", "Parquet")
    by_batch: dict[int, list[tuple[int, int]]] = {}
    for place, row in enumerate(rows):
        number = bisect_right(ends, row)
        by_batch.setdefault(number, []).append((place, row - (ends[number] - batches[number].num_rows)))
    taken = [batches[number].take(pa.array([row for _, row in pairs])) for number, pairs in by_batch.items()]
    places = [place for pairs in by_batch.values() for place, _ in pairs]
    back = sorted(range(len(places)), key=places.__getitem__)
    return pa.Table.from_batches(taken).take(pa.array(back))
