"""The kernel: a batch of rows in, a batch of records out. All that an engine needs to know.

::

    records = clean_batch(batch)                   # in this process
    records = clean_batch(batch, isolate=True)     # in a process of its own, which a bad page may kill

The page stands in a column ``html`` or ``text`` (see ``Fields`` for others); ``url``, ``id``, ``metadata`` and the
columns of WARC headers are used where they are there. The result has the same rows in the same order, with the same
``id``, and always the schema :func:`output_schema`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newsclean.batch.config import API, BatchConfig, Fields, Limits, need
from newsclean.batch.containers.columns import wanted
from newsclean.batch.containers.fields import item_of_row
from newsclean.batch.rows import Cleaner, clean_item, load_cleaner, lost_row
from newsclean.batch.schema import full_schema, with_times
from newsclean.batch.supervisor import Lane
from newsclean.batch.units import Unit
from newsclean.options import DEFAULT, Options

if TYPE_CHECKING:
    import pyarrow as pa

    Rows = TypeVar("Rows", pa.RecordBatch, pa.Table)
else:
    Rows = TypeVar("Rows")

__all__ = ["clean_batch", "output_schema"]


def output_schema() -> pa.Schema:
    """The one schema of all results: the head, the Article's fields, and the offsets of its times."""
    return full_schema()


def clean_batch(  # one keyword for each thing that may be told
    batch: Rows,
    options: Options = DEFAULT,
    *,
    isolate: bool = False,
    fields: Fields | None = None,
    limits: Limits | None = None,
    cleaner: str = API,
) -> Rows:
    """Clean each row of a ``pyarrow.RecordBatch`` (or ``Table``); a row that cannot be cleaned says so in ``status``.

    With ``isolate`` a page that kills its process, hangs or eats memory is tried once more alone, and then
    ``quarantined``; without it, it takes the caller with it. The process is kept for the next batch.

    Never raises for a row; raises ``ConfigurationError`` and ``WorkerError`` where nothing can be cleaned.
    """
    pa = need("pyarrow", "batch", "Arrow")
    fields = fields or Fields()
    names = wanted(batch.schema.names, fields)
    ids = _ids(batch, fields)
    pages = batch.select(names) if names else batch
    if isolate and batch.num_rows:
        config = BatchConfig(
            sources=(), output=Path("-"), options=options, fields=fields, limits=limits or Limits(), cleaner=cleaner
        )
        lines: Iterable[str] = _isolated(pages, config)
    else:
        lines = _here(pages, options, fields, load_cleaner(cleaner))
    rows = []
    for name, line in zip(ids, lines, strict=True):
        row = with_times(json.loads(line))
        row["id"] = row["source_id"] = name
        rows.append(row)
    made = pa.Table if isinstance(batch, pa.Table) else pa.RecordBatch
    return made.from_pylist(rows, schema=full_schema())


def _ids(batch: Any, fields: Fields) -> list[str | None]:
    from newsclean.batch.containers.fields import ID

    names = [fields.id] if fields.id else [name for name in ID if name in batch.schema.names]
    if not names or names[0] not in batch.schema.names:
        return [None] * batch.num_rows
    return [None if value is None else str(value) for value in batch.column(names[0]).to_pylist()]


def _here(pages: Any, options: Options, fields: Fields, cleaner: Cleaner) -> Iterator[str]:
    for row in pages.to_pylist():
        try:
            yield clean_item(item_of_row("", row, fields), cleaner, options)
        except MemoryError:
            yield lost_row("", "failed", "memory", "out of memory")


def _isolated(pages: Any, config: BatchConfig) -> list[str]:
    pa = need("pyarrow", "batch", "Arrow")
    with tempfile.TemporaryDirectory(prefix="newsclean-") as folder:
        path, spool = Path(folder, "batch.arrow"), Path(folder, "rows")
        with pa.ipc.new_file(str(path), pages.schema) as writer:
            writer.write(pages)
        unit = Unit("kernel", "arrow", ((str(path), path.stat().st_size, path.stat().st_mtime_ns),), pages.num_rows)
        with _LANES.lent(config) as lane:
            lane.rows(unit, spool)
        with spool.open(encoding="utf-8", newline="\n") as file:
            return list(file)


class _Lanes:
    """Worker processes that wait for the next batch of this process. They change how fast it goes, nothing else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: dict[tuple[int, str], list[Lane]] = {}
        atexit.register(self.close)

    @contextlib.contextmanager
    def lent(self, config: BatchConfig) -> Iterator[Lane]:
        """A lane for one batch; after a fork the child starts its own."""
        key = (os.getpid(), config.model_dump_json())
        with self._lock:
            free = self._free.setdefault(key, [])
            lane = free.pop() if free else Lane(config)
        try:
            yield lane
        except BaseException:
            lane.close()
            raise
        with self._lock:
            self._free[key].append(lane)

    def close(self) -> None:
        """End those of this process."""
        with self._lock:
            for (process, _), lanes in self._free.items():
                while lanes and process == os.getpid():
                    lanes.pop().close()


_LANES = _Lanes()
