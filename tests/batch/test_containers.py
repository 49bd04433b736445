from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from newsclean.batch.config import BatchConfig, Fields
from newsclean.batch.containers import kind_of
from newsclean.batch.forward import Forward
from newsclean.batch.items import Item, Page
from newsclean.batch.show import input_of, page_bytes
from newsclean.batch.sources import Found
from newsclean.batch.units import Unit, plan

COUNT = 25


def lines() -> bytes:
    rows = [json.dumps({"id": f"n{i}", "text": f"page {i}", "url": f"https://a.news/{i}"}) for i in range(COUNT)]
    return ("\n".join([*rows[:3], "", *rows[3:9], "  ", *rows[9:]]) + "\n").encode()


def write_jsonl(path: Path) -> None:
    data = lines()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        half = data.index(b"\n", len(data) // 2) + 1
        data = b"".join(zstandard.compress(d) for d in (data[:half], data[half:]))
    path.write_bytes(data)


def write_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        for i in range(COUNT):
            archive.writestr(f"folder/{i}#.html", f"page {i}")


def write_tar(path: Path) -> None:
    mode = {"gz": "w:gz", "bz2": "w:bz2", "xz": "w:xz", "tar": "w", "tgz": "w:gz"}[path.suffix[1:]]
    with tarfile.open(path, mode) as archive:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for i in range(COUNT):
            data = f"page {i}".encode()
            info = tarfile.TarInfo("folder/same.html")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def table() -> pa.Table:
    rows = [{"id": f"n{i}", "text": f"page {i}", "url": f"https://a.news/{i}", "other": i} for i in range(COUNT)]
    return pa.Table.from_pylist(rows)


def write_parquet(path: Path) -> None:
    pq.write_table(table(), path, row_group_size=8)


def write_arrow(path: Path) -> None:
    make = pa.ipc.new_stream if path.suffix == ".arrow" else pa.ipc.new_file
    with make(str(path), table().schema) as writer:
        writer.write_table(table(), max_chunksize=8)


def write_warc(path: Path) -> None:
    wet = ".wet" in path.name
    with path.open("wb") as file:
        whole = gzip.GzipFile(fileobj=file, mode="wb") if path.name.endswith("whole.warc.gz") else None
        frames: list[bytes] = []
        for i in range(-1, COUNT):
            record = WarcRecord()
            kind = WarcRecordType.conversion if wet else WarcRecordType.response
            record.init_headers(record_type=WarcRecordType.warcinfo if i < 0 else kind)
            record.headers["WARC-Target-URI"] = f"https://a.news/{i}"
            record.headers["WARC-Date"] = "2024-05-01T10:00:00Z"
            record.headers["WARC-Record-ID"] = f"n{i}"
            if wet:
                record.set_bytes_content(f"page {i}".encode())
            else:
                record.headers["Content-Type"] = "application/http; msgtype=response"
                head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\nContent-Encoding: gzip\r\n\r\n"
                record.set_bytes_content(head + gzip.compress(f"page {i}".encode()))
            if path.suffix == ".zst":
                held = io.BytesIO()
                record.write(held)
                frames.append(held.getvalue())
                continue
            if whole is not None or path.suffix != ".gz":
                record.write(whole or file)
                continue
            writer = GzipWriter(file)
            record.write(writer)
            writer.close()
        if whole is not None:
            whole.close()
        if "whole" in path.name:
            frames = [b"".join(frames)]
        file.writelines(map(zstandard.compress, frames) if path.suffix == ".zst" else ())


KINDS: dict[str, Callable[[Path], None]] = {
    "a.jsonl": write_jsonl,
    "a.jsonl.gz": write_jsonl,
    "a.ndjson.zst": write_jsonl,
    "a.zip": write_zip,
    "a.tar": write_tar,
    "a.tar.xz": write_tar,
    "a.tar.bz2": write_tar,
    "a.tgz": write_tar,
    "a.parquet": write_parquet,
    "a.arrow": write_arrow,
    "a.feather": write_arrow,
    "a.warc": write_warc,
    "a.warc.gz": write_warc,
    "whole.warc.gz": write_warc,
    "a.warc.wet.gz": write_warc,
    "a.warc.zst": write_warc,
    "whole.warc.zst": write_warc,
    "a.wet.zst": write_warc,
}


def planned(path: Path, tmp_path: Path, size: int) -> tuple[list[Unit], list[str]]:
    config = BatchConfig(sources=(), output=tmp_path / "out", unit_size=size)
    torn: list[str] = []
    found = Found(str(path), path.stat().st_size, path.stat().st_mtime_ns)
    return list(plan(iter([found]), config, lambda _, why: torn.append(why))), torn


def items(units: list[Unit], forward: Forward | None = None) -> list[Item]:
    forward = forward or Forward(Fields(), lambda: None)
    return [item for unit in units for item in forward.items(unit, 0)]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_from_any_place_with_ids_that_lead_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"di#r {name}"
    KINDS[name](path)
    units, torn = planned(path, tmp_path, 4)
    assert torn == []
    assert [u.count for u in units] == [4, 4, 4, 4, 4, 4, 1]
    found = items(units)
    assert [page_bytes(item).decode() for item in found] == [f"page {i}" for i in range(COUNT)]
    assert len({item.id for item in found}) == COUNT
    # Backwards, every second one, and from inside a unit: the same items.
    assert [i.id for u in reversed(units) for i in items([u])] == [
        i.id for u in reversed(range(7)) for i in found[4 * u : 4 * u + 4]
    ]
    one = Forward(Fields(), lambda: None)
    assert items(units[::2], one) == [i for u in (0, 2, 4, 6) for i in found[4 * u : 4 * u + 4]]
    assert list(one.items(units[3], 2)) == found[14:16]
    for item in (found[0], found[17]):
        assert input_of(item.id) == item
    if name.split(".")[1] not in ("zip", "tar", "tgz"):
        assert [(i.url, i.source_id) for i in found] == [(f"https://a.news/{i}", f"n{i}") for i in range(COUNT)]


def test_a_record_of_a_warc_is_a_response(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    write_warc(path)
    item = items(planned(path, tmp_path, 10)[0])[3]
    assert item.source == Page(b"page 3", "https://a.news/3", {"content-type": "text/html; charset=x"}, 200)
    assert item.date == "2024-05-01T10:00:00Z"
    wet = tmp_path / "a.wet.gz"
    write_warc(wet)
    assert (items(planned(wet, tmp_path, 10)[0])[3].encoding) == "utf-8"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.ndjson.zst", "a.tgz", "a.tar", "a.warc.gz", "a.warc.zst"])
def test_what_stands_before_a_tear_is_kept_and_the_tear_is_one_input(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    KINDS[name](path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4 - 7])
    units, torn = planned(path, tmp_path, 4)
    found = items(units)
    whole = [item for item in found if item.problem is None]
    assert [page_bytes(item).decode() for item in whole] == [f"page {i}" for i in range(len(whole))]
    assert len(whole) < COUNT
    assert len(torn) == 1
    assert len({item.id for item in found}) == len(found) == len(whole) + 1
    assert found[-1].id == str(path)
    assert "cannot be read as" in str(found[-1].problem)


@pytest.mark.parametrize("name", ["a.zip", "a.parquet", "a.jsonl.gz", "a.tar", "a.arrow", "a.jsonl.zst", "a.warc.zst"])
def test_a_file_that_is_not_what_it_says_is_one_input(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"something else entirely")
    units, torn = planned(path, tmp_path, 4)
    assert len(torn) == 1
    assert [(i.id, i.problem is None) for i in items(units)] == [(str(path), False)]


def test_a_file_that_changes_under_us_still_gives_one_item_for_each_input(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl(path)
    units, _ = planned(path, tmp_path, 10)
    path.write_bytes(b"".join(lines().splitlines(keepends=True)[:8]))
    found = items(units)
    assert len({item.id for item in found}) == len(found) == COUNT
    assert sum(item.problem is None for item in found) == 7
    path.unlink()
    assert [item.problem is None for item in items(units)] == [False] * COUNT


def test_rows_without_a_page_say_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = ['{"text": "fine"}', "{torn", "[1]", '{"text": null}', '{"title": "t"}', '{"text": 7}', '"\\ud800"']
    path.write_text("\n".join(rows))
    reasons = [i.problem and i.problem.reason for i in items(planned(path, tmp_path, 100)[0])]
    assert reasons == [None, "json", "json", "empty", "no-column", "unsupported", "json"]


CC_NEWS = {"title": "t", "text": "page", "domain": "a.news", "date": "2020-01-01", "url": "https://a.news/1"}
DATATROVE = {"text": "page", "id": "7", "metadata": {"url": "https://a.news/1", "date": "2020"}}
WARC_ROW = {"html": b"page", "WARC-Record-ID": "7", "WARC-Target-URI": "https://a.news/1", "WARC-Date": "2020-01-01"}


@pytest.mark.parametrize(("row", "known"), [(CC_NEWS, None), (DATATROVE, "7"), (WARC_ROW, "7")])
def test_columns_that_others_use(row: dict[str, Any], known: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([row]), path)
    (item,) = items(planned(path, tmp_path, 100)[0])
    assert (page_bytes(item), item.url, item.source_id) == (b"page", "https://a.news/1", known)


def test_named_columns_and_html_before_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "t", "html": "h", "a": "A", "b": "B", "u": "https://a.news", "k": 5}) + "\n")
    unit = planned(path, tmp_path, 10)[0][0]

    def source(**names: str) -> Any:
        return next(Forward(Fields(**names), lambda: None).items(unit, 0)).source

    assert source() == "h"
    assert source(text="a") == "A"
    assert source(html="b", text="a") == "B"
    assert source(html="nothing", text="a") == "A"
    item = next(Forward(Fields(url="u", id="k"), lambda: None).items(unit, 0))
    assert (item.url, item.source_id) == ("https://a.news", "5")


def test_kinds_by_name() -> None:
    assert [kind_of(n) for n in ("x/a.JSONL", "a.json", "jsonl", "a.b.zip", "a.html", "CC.warc.wet.gz")] == [
        "jsonl",
        "page",
        "page",
        "zip",
        "page",
        "warc",
    ]
