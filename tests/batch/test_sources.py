from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsclean.batch import sources
from newsclean.batch.config import BatchConfig
from newsclean.batch.items import file_id, split_id
from newsclean.batch.sources import find
from newsclean.batch.units import Unit, plan
from newsclean.errors import ConfigurationError


def names(tmp_path: Path, *given: str, stdin: list[str] | None = None, **more: object) -> list[str]:
    spill = tmp_path / "spill"
    spill.mkdir(exist_ok=True)
    config = BatchConfig(sources=given, output=tmp_path / "in" / "out", **more)
    top = str(tmp_path / "in")
    found = [f.path.removeprefix(top + "/") for f in find(config, spill, stdin)]
    assert list(spill.iterdir()) == []
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "in"
    for name in ("b.html", "a/2.txt", "a/1.html", "a/deep/3.html", ".hidden", ".git/x.html", "out/part-1.parquet"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("x")
    (top / "loop").symlink_to(top)
    (top / "link.html").symlink_to(top / "b.html")
    return top


def test_folder_in_order_without_hidden_files_links_to_folders_and_own_output(tmp_path: Path, tree: Path) -> None:
    assert names(tmp_path, str(tree)) == ["a/1.html", "a/2.txt", "a/deep/3.html", "b.html", "link.html"]


def test_include_and_exclude_look_at_name_and_path(tmp_path: Path, tree: Path) -> None:
    assert names(tmp_path, str(tree), include=("*.html",), exclude=("a/deep/*", "link*")) == ["a/1.html", "b.html"]


def test_each_file_once_in_the_order_of_the_sources(tmp_path: Path, tree: Path) -> None:
    given = (str(tree / "b.html"), str(tree / "a"), str(tree))
    assert names(tmp_path, *given) == ["b.html", "a/1.html", "a/2.txt", "a/deep/3.html", "link.html"]


def test_relative_sources_are_the_absolute_ones(tmp_path: Path, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert names(tmp_path, ".") == names(tmp_path, str(tree))
    assert names(tmp_path, "a/../b.html") == ["b.html"]


def test_globs(tmp_path: Path, tree: Path) -> None:
    assert names(tmp_path, f"{tree}/**/*.html") == ["a/1.html", "a/deep/3.html", "b.html", "link.html"]
    assert names(tmp_path, f"{tree}/a*") == ["a/1.html", "a/2.txt", "a/deep/3.html"]


def test_list_on_stdin_keeps_its_order_and_its_missing_files(tmp_path: Path, tree: Path) -> None:
    lines = [f"{tree}/b.html\n", f"{tree}/gone.html\n", "\n", f"{tree}/a/1.html"]
    assert names(tmp_path, "-", stdin=lines) == ["b.html", "gone.html", "a/1.html"]


@pytest.mark.parametrize("source", ["nowhere", "no*where"])
def test_a_source_that_does_not_exist_is_a_mistake(tmp_path: Path, source: str) -> None:
    with pytest.raises(ConfigurationError, match=r"no such|matches nothing"):
        names(tmp_path, str(tmp_path / source))


def test_large_folders_are_sorted_through_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tmp_path / "in"
    top.mkdir()
    odd = ["new\nline", "back\\nslash", "back\\slash", "ص", os.fsdecode(b"\xff")]
    for name in [*(f"{i:03d}" for i in range(95)), *odd]:
        (top / name).write_text("x")
    monkeypatch.setattr(sources, "_AT_ONCE", 10)
    found = names(tmp_path, str(top))
    assert len(found) == 100
    assert set(odd) < set(found)
    assert found == sorted(found)


@pytest.mark.parametrize("name", ["/a/b.html", "/a#1/50%.html", "/a/صفحة", os.fsdecode(b"/\xff\n"), "/a/\u2028\ufeff"])
def test_ids_lead_back(name: str) -> None:
    assert split_id(file_id(name)) == (name, None)
    assert file_id(name).isprintable() or "\ufeff" in name
    file_id(name).encode()


def units(config: BatchConfig, files: list[str]) -> list[Unit]:
    found = (sources.Found(f, 10, 1) for f in files)
    return list(plan(found, config, lambda path, why: pytest.fail(f"{path} {why}")))


def test_a_new_file_moves_the_borders_of_its_own_unit_only(tmp_path: Path) -> None:
    config = BatchConfig(sources=(), output=tmp_path, unit_size=100)
    files = [f"/in/{i:05d}.html" for i in range(10_000)]
    before = units(config, files)
    after = units(config, [*files[:3210], "/in/03209b.html", *files[3210:]])
    assert sum(u.count for u in before) == 10_000
    assert all(u.count <= 100 for u in before)
    assert sum(u.count >= 25 for u in before) >= len(before) - 1
    assert len({u.id for u in after} - {u.id for u in before}) <= 4
    assert Unit.from_line(before[0].to_line()) == before[0]


def test_a_unit_is_another_with_another_time_size_name_or_setting(tmp_path: Path) -> None:
    config = BatchConfig(sources=(), output=tmp_path)
    base = sources.Found("/a", 1, 1)
    others = [("/b", 1, 1), ("/a", 2, 1), ("/a", 1, 2)]
    ids = {next(plan(iter([sources.Found(*f)]), config, print)).id for f in [base, *others]}
    changed = config.model_copy(update={"min_quality": 0.5})
    ids.add(next(plan(iter([base]), changed, print)).id)
    assert len(ids) == 5
    same = config.model_copy(update={"workers": 7, "engine": "ray"})
    assert next(plan(iter([base]), same, print)).id in ids


def test_pieces_of_a_unit_are_its_documents_in_order() -> None:
    files = tuple((f"/{i}", i, 1) for i in range(70))
    pieces = Unit("u", "page", files, 70).pieces(32)
    assert [piece.count for piece in pieces] == [32, 32, 6]
    assert tuple(file for piece in pieces for file in piece.files) == files
    rows = Unit("u", "jsonl", files[:1], 40, first=100, hint=[90, [1, 2]]).pieces(32)
    assert [(piece.first, piece.count, piece.hint) for piece in rows] == [
        (100, 32, [90, [1, 2]]),
        (132, 8, [90, [1, 2]]),
    ]
