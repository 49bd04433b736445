from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from batch_help import page, parts

from newsclean.batch.audit import verify
from newsclean.batch.config import BatchConfig, Limits
from newsclean.batch.disk import locked
from newsclean.batch.ledger import Ledger
from newsclean.batch.rows import article_of
from newsclean.batch.runner import run
from newsclean.batch.schema import article_from_arrow, full_schema
from newsclean.batch.sinks import part_rows
from newsclean.errors import ConfigurationError
from newsclean.options import Options

Make = Callable[..., Any]

POISON = {
    20: "x\nmisbehave: raise\n",
    60: "x\nmisbehave: loop\n",
    61: "x\nmisbehave: eat\n",
    110: "x\nmisbehave: kill\n",
    111: "x\nmisbehave: exit\n",
    112: " \n",
    113: "a title only",
}
BECAME = {
    20: ("failed", "exception"),
    60: ("quarantined", "timeout"),
    61: ("quarantined", "memory"),
    110: ("quarantined", "crashed"),
    111: ("quarantined", "crashed"),
    112: ("refused", "empty"),
    113: ("refused", "no-article"),
}


def rows(output: Path) -> list[dict[str, Any]]:
    return list(part_rows(output))


def test_every_input_has_one_record_whatever_becomes_of_it(pages: Make, config: Make) -> None:
    top = pages(150, POISON)
    (top / "000" / "gone.txt").symlink_to(top / "nowhere")
    one = config(top)
    summary = run(one)
    assert (summary.inputs, summary.records, summary.cleaned, summary.not_ok) == (151, 151, 151, 8)
    found = rows(one.output)
    assert [row["id"] for row in found] == sorted(str(p) for p in top.rglob("*.txt"))
    became = {Path(row["id"]).stem: (row["status"], row["reason"]) for row in found if row["status"] != "ok"}
    assert became == {"gone": ("failed", "unreadable"), **{f"{i:05d}": what for i, what in BECAME.items()}}
    articles = [article_of(row) for row in found]
    assert articles[3] is not None
    assert articles[3].title == "title 3"
    assert [a is None for a in articles] == [row["status"] != "ok" for row in found]
    assert verify(one.output).problems == []
    again = run(one)
    assert (again.cleaned, again.records, again.complete) == (0, 151, True)


@pytest.mark.parametrize("output", ["out.jsonl.zst", "out"])
def test_bytes_are_the_same_with_any_number_of_workers(pages: Make, config: Make, output: str) -> None:
    top = pages(200, {i: text for i, text in POISON.items() if BECAME[i][0] != "quarantined"})
    made = []
    for workers in (1, 3):
        chosen = config(top, output=f"{workers}/{output}", workers=workers)
        (chosen.output.parent).mkdir()
        summary = run(chosen)
        assert sum(summary.done_by.values()) == summary.units > 4
        made.append(parts(chosen.output))
    assert made[0] == made[1]


def test_workers_share_a_single_unit(pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """And who dies at a document of a piece costs that document only, whoever had it."""
    from newsclean.batch.engines.local import _Shared

    # fewer pages than a quarter of a unit: no name among them ends it
    top = pages(300, {8: POISON[110], 250: POISON[110], 299: POISON[112]})
    alone = config(top, output="alone", unit_size=1300)
    assert run(alone).units == 1
    helped: list[bool] = []
    clean = _Shared.clean

    def count(self: Any, lane: Any, *, mine: bool) -> bool:
        found = clean(self, lane, mine=mine)
        helped.append(found and not mine)
        return found

    monkeypatch.setattr(_Shared, "clean", count)
    together = config(top, output="together", unit_size=1300, workers=3, cleaner="batch_double:slow")
    assert run(together).records == 300
    assert any(helped)
    assert list((together.output / "_newsclean" / "tmp").iterdir()) == []
    dead = [row for row in rows(next(together.output.glob("part-*"))) if row["status"] == "quarantined"]
    assert [Path(row["id"]).stem for row in dead] == ["00008", "00250"]
    table, other = (pq.read_table(c.output) for c in (alone, together))
    assert table.equals(other)


def test_a_row_that_cannot_even_be_read_is_not_taken_for_another(config: Make, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": f"n{i}", "text": page(i)}) + "\n" for i in range(2)))
    chosen = config(path, unit_size=1, cleaner="batch_double:dies_reading")
    run(chosen)
    assert [(r["id"], r["source_id"], r["status"]) for r in rows(chosen.output)] == [
        (f"{path}#1", "n0", "ok"),
        (f"{path}#record-1", None, "quarantined"),
    ]


def test_failures_are_told_to_people(pages: Make, config: Make) -> None:
    chosen = config(pages(120, {5: POISON[20], 7: POISON[112]}))
    summary = run(chosen)
    told = [json.loads(line) for line in summary.failures.read_text().splitlines()]
    assert summary.failures == chosen.output.with_name("out.jsonl.failures.jsonl")
    assert told[0] == {
        "input": str(chosen.sources[0]) + "/000/00005.txt",
        "status": "failed",
        "reason": "exception",
        "error": "ZeroDivisionError",
        "message": "division by zero in a page",
        "again": f"newsclean explain {chosen.sources[0]}/000/00005.txt",
    }
    assert [t["status"] for t in told] == ["failed", "refused"]


def test_a_document_that_only_dies_in_company_is_cleaned_alone(pages: Make, config: Make) -> None:
    top = pages(30, {3: page(3, "x") + "misbehave: remember\n", 9: page(9) + "misbehave: once\n"})
    assert run(config(top)).not_ok == 0


def test_a_page_that_sleeps_is_stopped_by_the_clock(pages: Make, config: Make) -> None:
    chosen = config(pages(30, {9: "x\nmisbehave: sleep"}), limits=Limits(seconds=0.6, cpu_seconds=1))
    run(chosen)
    assert [(r["status"], r["reason"]) for r in rows(chosen.output)][9] == ("quarantined", "timeout")


@pytest.mark.parametrize("output", ["out", "out.jsonl.zst", "out.jsonl"])
def test_articles_read_back_are_equal(pages: Make, config: Make, output: str) -> None:
    chosen = config(pages(60, {5: POISON[112], 6: "tags\nonly text\nmore"}), output=output)
    run(chosen)
    import batch_double

    files = [chosen.output] if chosen.single else sorted(chosen.output.glob("part-*.parquet"))
    found = [row for file in files for row in part_rows(file)]
    made = [batch_double.clean(Path(row["id"])) for row in found if row["status"] == "ok"]
    back = [article_of(row) for row in found if row["status"] == "ok"]
    assert back == made
    assert [a.to_json() for a in back if a] == [a.to_json() for a in made]
    assert [r["fingerprint"] for r in found if r["status"] == "ok"] == [a.fingerprint for a in made]


def test_parquet_folder_is_one_dataset_with_one_schema(pages: Make, config: Make) -> None:
    chosen = config(pages(120, {5: POISON[112]}), output="out")
    summary = run(chosen)
    table = pq.read_table(chosen.output)
    assert table.schema.equals(full_schema(), check_metadata=True)
    assert table.num_rows == 120
    assert table.column("id").to_pylist() == sorted(table.column("id").to_pylist())
    assert len(list(chosen.output.glob("part-*.parquet"))) == summary.units
    assert (chosen.output / "_SUCCESS").exists()
    first = table.slice(0, 1).to_pylist()[0]
    article = article_from_arrow(first)
    assert article is not None
    assert article.published is not None
    assert article.published.isoformat() == "2024-01-01T00:30:00+03:00"
    assert article_from_arrow(table.slice(5, 1).to_pylist()[0]) is None
    assert verify(chosen.output).clean


def test_changed_new_and_removed_inputs(pages: Make, config: Make) -> None:
    top = pages(360)
    chosen = config(top, output="out")
    run(chosen)
    assert run(chosen).cleaned == 0
    (top / "001" / "00150.txt").write_text(page(7, "changed"))
    (top / "002" / "00250b.txt").write_text(page(8, "new"))
    (top / "003" / "00350.txt").unlink()
    summary = run(chosen)
    assert summary.inputs == summary.records == 360
    assert 0 < summary.cleaned <= 300
    table = pq.read_table(chosen.output, columns=["id", "removed"])
    assert table.column("id").to_pylist() == sorted(str(p) for p in top.rglob("*.txt"))
    assert str(table.slice(150, 1).to_pylist()[0]["removed"]).count("changed") == 1
    assert verify(chosen.output).clean
    fresh = config(top, output="fresh")
    run(fresh)
    assert parts(fresh.output) == parts(chosen.output)


def test_other_settings_do_not_mix(pages: Make, config: Make) -> None:
    top = pages(60)
    run(config(top))
    with pytest.raises(ConfigurationError, match=r"other settings \(min_quality\).*--force"):
        run(config(top, min_quality=0.5))
    assert run(config(top)).cleaned == 0
    forced = config(top, min_quality=0.95, force=True)
    assert run(forced).cleaned == 60
    assert {(r["status"], r["reason"], r["title"]) for r in rows(forced.output)} == {("refused", "low-quality", None)}
    assert verify(forced.output).clean


def test_two_runs_on_one_output_refuse_each_other(pages: Make, config: Make) -> None:
    chosen = config(pages(10))
    ledger = Ledger.of(chosen)
    ledger.prepare()
    with locked(ledger.home / "lock"), pytest.raises(ConfigurationError, match=f"another run .process {os.getpid()}"):
        run(chosen)
    assert run(chosen).complete


def test_only_new_leaves_what_was_done(pages: Make, config: Make) -> None:
    top = pages(60)
    run(config(top, output="out"))
    (top / "000" / "00003.txt").write_text(page(3, "changed"))
    (top / "000" / "00004.txt").unlink()
    (top / "000" / "00000a.txt").write_text(page(61))
    summary = run(config(top, output="out", only="new"))
    assert (summary.inputs, summary.cleaned) == (61, 1)
    ids = [Path(i).name for i in pq.read_table(summary.output).column("id").to_pylist()]
    assert ids == [f"{i:05d}.txt" for i in range(60)] + ["00000a.txt"]
    assert verify(summary.output).clean
    assert run(config(top, output="out", only="new")).cleaned == 0


def test_retry_does_failed_inputs_again(pages: Make, config: Make, tmp_path: Path) -> None:
    top = pages(30)
    target = tmp_path / "late.txt"
    (top / "000" / "00005.txt").unlink()
    (top / "000" / "00005.txt").symlink_to(target)
    chosen = config(top)
    assert run(chosen).not_ok == 1
    assert run(chosen).cleaned == 0
    assert run(config(top, retry=True)).not_ok == 1
    target.write_text(page(5))
    assert run(config(top, retry=True)).not_ok == 0


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.zst", "out"])
def test_dedup_marks_and_never_drops(pages: Make, config: Make, output: str) -> None:
    top = pages(60, {40: page(3), 50: page(3, "other furniture"), 55: page(9)})
    chosen = config(top, output=output, dedup=True)
    summary = run(chosen)
    assert summary.duplicates == 3
    files = [chosen.output] if chosen.single else sorted(chosen.output.glob("part-*"))
    found = [row for file in files for row in part_rows(file)]
    assert len(found) == 60
    marks = {Path(r["id"]).stem: Path(r["duplicate_of"]).stem for r in found if r["duplicate_of"]}
    assert marks == {"00040": "00003", "00050": "00003", "00055": "00009"}
    assert verify(chosen.output).clean
    assert run(chosen).cleaned == 0


def test_columns(pages: Make, config: Make) -> None:
    top = pages(40, {5: POISON[112]})
    chosen = config(top, columns=("title", "text", "published"), output="out")
    summary = run(chosen)
    table = pq.read_table(chosen.output)
    assert table.schema.names == ["id", "status", "reason", "title", "text", "published", "published_offset"]
    assert table.column("text").to_pylist()[:2] == [
        "paragraph one of 0\n\nparagraph two",
        "paragraph one of 1\n\nparagraph two",
    ]
    assert table.column("text").to_pylist()[5] is None
    assert json.loads(summary.failures.read_text())["message"] == "nothing but white space"
    assert verify(chosen.output).clean
    lines = config(top, columns=("title",), dedup=True)
    run(lines)
    assert list(rows(lines.output)[0]) == ["id", "status", "reason", "title", "fingerprint", "duplicate_of"]
    with pytest.raises(ValueError, match="'titel' is not a column"):
        config(top, columns=("titel",))


def test_partition_by_site_and_month_sorted_inside(pages: Make, config: Make) -> None:
    top = pages(200, {5: POISON[112], 150: page(2)})
    chosen = config(top, output="out", partition=("site", "month"), dedup=True)
    summary = run(chosen)
    assert summary.duplicates == 1
    table = ds.dataset(chosen.output, partitioning="hive", format="parquet").to_table()
    assert table.num_rows == 200
    assert set(table.column("site").to_pylist()) == {"s0.news", "s1.news", "s2.news", None}
    # Half past midnight in Baghdad is still the month before in UTC; the month is that of the place.
    where = chosen.output / "site=s0.news" / "month=2024-01"
    held = pq.ParquetFile(next(where.glob("*.parquet"))).read()
    assert held.column("published_offset").to_pylist() == [10800] * held.num_rows
    assert held.column("id").to_pylist() == sorted(held.column("id").to_pylist())
    assert sum(1 for r in pq.read_table(chosen.output).column("duplicate_of").to_pylist() if r) == 1
    assert verify(chosen.output).clean
    assert run(chosen).cleaned == 0
    (top / "000" / "00005.txt").write_text(page(5))
    run(chosen)
    assert verify(chosen.output).clean
    fresh = config(top, output="fresh", partition=("site", "month"), dedup=True, workers=2)
    run(fresh)
    assert parts(fresh.output) == parts(chosen.output)


def test_partition_spills_and_gathers(pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsclean.batch import partition

    chosen = config(pages(200), output="out", partition=("site",))
    whole = config(pages(200), output="whole", partition=("site",))
    run(whole)
    for name, value in (("_OPEN", 1), ("_ROWS", 7), ("_FILE_ROWS", 20)):
        monkeypatch.setattr(partition, name, value)
    run(chosen)
    for site in ("s0", "s1", "s2"):
        small = sorted((chosen.output / f"site={site}.news").glob("*"))
        assert len(small) == 4
        (large,) = (whole.output / f"site={site}.news").glob("*")
        held = pa.concat_tables([pq.ParquetFile(path).read() for path in small])
        assert held.equals(pq.ParquetFile(large).read())


def test_inputs_in_containers(config: Make, tmp_path: Path) -> None:
    top = tmp_path / "in"
    top.mkdir()
    (top / "a.jsonl").write_text("".join(json.dumps({"id": str(i), "text": page(i)}) + "\n" for i in range(120)))
    (top / "b.html").write_text(page(1))
    (top / "c.parquet").write_bytes(b"torn")
    for name, workers in (("one.jsonl", 1), ("two.jsonl", 2)):
        summary = run(config(top, output=name, workers=workers))
        assert (summary.inputs, summary.not_ok, summary.units) == (122, 1, 5)
        assert verify(summary.output).clean
    assert parts(tmp_path / "one.jsonl") == parts(tmp_path / "two.jsonl")
    found = rows(tmp_path / "one.jsonl")
    assert [r["source_id"] for r in found[:3]] == ["0", "1", "2"]
    assert found[119]["id"] == f"{top}/a.jsonl#120"
    again = json.loads((tmp_path / "one.jsonl.failures.jsonl").read_text())["again"]
    assert again == f"newsclean explain {top}/c.parquet"


def test_mistakes_about_sources_leave_nothing_that_binds(pages: Make, config: Make, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file or folder"):
        run(config(tmp_path / "nowhere", output="out"))
    assert not (tmp_path / "out").exists()
    (tmp_path / "empty").mkdir()
    (tmp_path / "kept").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for output in ("out", "new/folders/out", "out.jsonl", "kept"):
        with pytest.raises(ConfigurationError, match="empty: no inputs found"):
            run(config(tmp_path / "empty", output=output))
        with pytest.raises(ConfigurationError, match="cannot be loaded"):
            run(config(__file__, output=output, cleaner="nowhere:clean"))
        assert sorted(tmp_path.rglob("*")) == before
    assert run(config(pages(3), output="out", min_quality=0.5)).cleaned == 3


def test_a_cleaner_that_cannot_be_loaded_ends_the_run_at_once(pages: Make, config: Make) -> None:
    with pytest.raises(ConfigurationError, match="'nowhere:clean' cannot be loaded"):
        run(config(pages(10), cleaner="nowhere:clean"))


def test_what_is_wrong_for_every_page_ends_the_run(pages: Make, config: Make) -> None:
    with pytest.raises(ConfigurationError, match="a site file is wrong"):
        run(config(pages(10, {3: "x\nmisbehave: misconfigure"})))


def test_site_files_of_the_user_are_settings(pages: Make, config: Make, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "a.toml").write_text("one = 1")
    chosen = config(pages(10), options=Options(site_folders=(str(folder),)))
    run(chosen)
    assert run(chosen).cleaned == 0
    (folder / "a.toml").write_text("one = 2")
    with pytest.raises(ConfigurationError, match=r"other settings \(site_files\)"):
        run(chosen)


def damage_part(output: Path) -> None:
    part = next(output.glob("part-*"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)


def drop_part(output: Path) -> None:
    next(output.glob("part-*")).unlink()


def drop_receipt(output: Path) -> None:
    next((output / "_newsclean" / "done").glob("*.json")).unlink()


def drop_failures(output: Path) -> None:
    output.with_name("out.failures.jsonl").unlink()


def drop_success(output: Path) -> None:
    (output / "_SUCCESS").unlink()


def shorten_manifest(output: Path) -> None:
    manifest = output / "_newsclean" / "manifest.jsonl"
    manifest.write_text("".join(manifest.read_text().splitlines(keepends=True)[:-1]))


DAMAGE = [damage_part, drop_part, drop_receipt, drop_failures, drop_success, shorten_manifest]


def test_verify_sees_damage_and_a_run_mends_it(pages: Make, config: Make, tmp_path: Path) -> None:
    chosen: BatchConfig = config(pages(120, {5: POISON[112]}), output="out")
    run(chosen)
    before = parts(chosen.output)
    for damage in DAMAGE:
        damage(chosen.output)
        assert not verify(chosen.output).clean, damage.__name__
        run(chosen)
        assert verify(chosen.output).problems == [], damage.__name__
        assert parts(chosen.output) == before, damage.__name__


def test_verify_sees_a_changed_single_file(pages: Make, config: Make) -> None:
    chosen = config(pages(20))
    run(chosen)
    chosen.output.write_bytes(chosen.output.read_bytes().replace(b"title 3", b"title 4"))
    assert not verify(chosen.output).clean
    with pytest.raises(ConfigurationError, match="holds no output"):
        verify(chosen.output.with_name("other"))
