"""Parts: one file for each unit, the same bytes for the same rows."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from pydantic_core import from_json

from newsclean.batch.config import need
from newsclean.batch.disk import file_sha256, sync_file
from newsclean.batch.rows import select

__all__ = [
    "Stats",
    "make_durable",
    "parquet_writer",
    "part_ids",
    "part_lines",
    "part_rows",
    "to_line",
    "write_parquet",
    "write_part",
    "write_zst",
]

_LEVEL: Final = 3
_GROUP: Final = 1000
_NO_SITE: Final = "-"


class Stats:
    """What the summary tells of some records."""

    def __init__(self) -> None:
        self.status: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.failures: list[dict[str, Any]] = []
        """Of each record that is not ok: its head, for ``failures.jsonl``."""
        self.sites: dict[str, list[int]] = {}
        """For each site: records, records that are ok, characters kept, characters removed."""

    def add(self, row: dict[str, Any]) -> None:
        """Count a full row."""
        self.status[row["status"]] += 1
        if row["reason"] is not None:
            self.reasons[row["reason"]] += 1
        site = self.sites.setdefault(row["site"] or _NO_SITE, [0, 0, 0, 0])
        site[0] += 1
        if row["status"] != "ok":
            self.failures.append({name: row[name] for name in ("id", "status", "reason", "error", "message")})
            return
        site[1] += 1
        site[2] += sum(len(item["text"]) for item in (*row["body"], *row["fields"]))
        site[3] += sum(len(item["text"]) for item in row["removed"])
        self.warnings.update(warning["code"] for warning in row["quality"]["warnings"])

    def merge(self, said: dict[str, Any]) -> None:
        """Add what :meth:`to_dict` of another one said."""
        self.status.update(said["status"])
        self.reasons.update(said["reasons"])
        self.warnings.update(said["warnings"])
        for name, numbers in said["sites"].items():
            site = self.sites.setdefault(name, [0, 0, 0, 0])
            self.sites[name] = [a + b for a, b in zip(site, numbers, strict=True)]

    def to_dict(self) -> dict[str, Any]:
        """JSON types only, in one order whatever was counted first."""
        return {
            "status": dict(sorted(self.status.items())),
            "reasons": dict(sorted(self.reasons.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "sites": dict(sorted(self.sites.items())),
        }


def write_part(spools: list[Path], part: Path, columns: tuple[str, ...] | None) -> dict[str, Any]:
    """Make the part of spools of row lines, read it again and count it; returns its receipt. See :func:`make_durable`.

    Raises ``OSError`` where it cannot be written, and where what is read back is not what was written.
    """
    stats = Stats()
    ids: list[str] = []
    rows = (pair for spool in spools for pair in _spooled(spool, stats, ids))
    with part.open("wb") as file:
        if part.name.endswith(".parquet"):
            from newsclean.batch.schema import schema_of

            write_parquet(file, (select(row, columns) for _, row in rows), schema_of(columns))
        else:
            lines = (line if columns is None else to_line(select(row, columns)) for line, row in rows)
            write_zst(file, lines) if part.name.endswith(".zst") else file.writelines(lines)
    if list(part_ids(part)) != ids:
        raise OSError(f"{part}: what was read back is not what was written")
    size, sha256 = part.stat().st_size, file_sha256(part)
    told = {"records": len(ids), "bytes": size, "sha256": sha256, "failures": stats.failures}
    return told | stats.to_dict()


def make_durable(part: Path, receipt: dict[str, Any]) -> None:
    """Sync a part to disk and read it once more; raises ``OSError`` where it is not what its receipt says."""
    sync_file(part)
    if file_sha256(part) != receipt["sha256"]:
        raise OSError(f"{part}: what was read back is not what was written")


def _spooled(spool: Path, stats: Stats, ids: list[str]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    with spool.open("rb") as file:
        for line in file:
            row = from_json(line)
            stats.add(row)
            ids.append(row["id"])
            yield line, row


def to_line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSONL."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write_zst(file: Any, lines: Iterable[bytes]) -> None:
    """Lines as one zstandard frame, so that frames can be strung together."""
    zstandard = need("zstandard", "batch", "writing .zst")
    with zstandard.ZstdCompressor(level=_LEVEL, threads=0).stream_writer(file, closefd=False) as out:
        for line in lines:
            out.write(line)


def parquet_writer(file: Any, schema: Any) -> Any:
    """A Parquet writer with the one fixed set of settings."""
    parquet = need("pyarrow.parquet", "batch", "writing Parquet")
    return parquet.ParquetWriter(
        file, schema, compression="zstd", compression_level=_LEVEL, version="2.6", data_page_version="1.0"
    )


def write_parquet(file: Any, rows: Iterable[dict[str, Any]], schema: Any) -> None:
    """JSON rows as Parquet, a thousand rows in each row group."""
    from newsclean.batch.schema import table_of

    with parquet_writer(file, schema) as writer:
        held: list[dict[str, Any]] = []
        for row in rows:
            held.append(row)
            if len(held) == _GROUP:
                writer.write_table(table_of(held, schema))
                held = []
        if held:
            writer.write_table(table_of(held, schema))


def part_lines(part: Path) -> Iterator[bytes]:
    """Lines of a JSONL part."""
    with part.open("rb") as file:
        if part.name.endswith(".zst"):
            zstandard = need("zstandard", "batch", "reading .zst")
            reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
            yield from cast("Iterator[bytes]", io.BufferedReader(reader, 1 << 20))
        else:
            yield from file


def part_rows(part: Path) -> Iterator[dict[str, Any]]:
    """Rows of a part, of JSON types, in order."""
    if not part.name.endswith(".parquet"):
        yield from map(json.loads, part_lines(part))
        return
    from newsclean.batch.schema import arrow_rows

    parquet = need("pyarrow.parquet", "batch", "reading Parquet")
    with parquet.ParquetFile(part) as file:
        for batch in file.iter_batches(batch_size=200, use_threads=False):
            yield from arrow_rows(batch)


def part_ids(part: Path) -> Iterator[str]:
    """Ids of a part in order, without parsing the rest. Raises ``OSError`` for a torn line."""
    if not part.name.endswith(".parquet"):
        for line in part_lines(part):
            if not line.endswith(b"\n"):
                raise OSError(f"{part}: the last line is torn")
            yield _line_id(line)
        return
    parquet = need("pyarrow.parquet", "batch", "reading Parquet")
    with parquet.ParquetFile(part) as file:
        for batch in file.iter_batches(batch_size=10_000, columns=["id"], use_threads=False):
            yield from batch.column(0).to_pylist()


_HEAD: Final = b'{"id":'
_DECODER: Final = json.JSONDecoder()


def _line_id(line: bytes) -> str:
    if line.startswith(_HEAD):
        try:
            found, _ = _DECODER.raw_decode(line[len(_HEAD) : 4096].decode("utf-8", "ignore"))
        except ValueError:
            found = None
        if isinstance(found, str):
            return found
    name: str = json.loads(line)["id"]
    return name
