"""The examples of docs/batch.md run, each where what it is about is installed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_help import page

from newsclean.batch.arrow import output_schema
from newsclean.batch.config import BatchConfig
from newsclean.batch.runner import run

DOCS = Path(__file__).parents[2] / "docs" / "batch.md"
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL))
NEEDS = {"read": "pyarrow", "kernel": "pyarrow", "spark": "pandas"}
MARKS = {"ray": [pytest.mark.ray], "spark": [pytest.mark.spark]}
HERE = [
    pytest.param(name, marks=MARKS.get(name, [])) for name in EXAMPLES if find_spec(NEEDS.get(name, name)) is not None
]
ISOLATED = [param for param in HERE if param.values[0] != "read"]

# How each example is told to isolate, and the same with the double in place of the cleaner.
_TOLD = 'limits=LIMITS, cleaner="batch_double:clean"'
_CALL = ("isolate=True", f"isolate=True, {_TOLD}")
ISOLATION = {
    **dict.fromkeys(("kernel", "polars", "duckdb", "daft", "dask"), _CALL),
    "ray": ('{"isolate": True}', f"dict(isolate=True, {_TOLD})"),
    "spark": ("kernel()", f"kernel({_TOLD})"),
    "datatrove": ("Clean()", f"Clean({_TOLD})"),
}
LIMITED = """
from newsclean.batch import Limits
LIMITS = Limits(seconds=20, cpu_seconds=1, memory=200_000_000)
"""
POISON = {
    40: "x\nmisbehave: raise\n",
    110: "x\nmisbehave: loop\n",
    111: "x\nmisbehave: eat\n",
    250: "x\nmisbehave: kill\n",
}
BECAME = {
    40: ("failed", "exception"),
    110: ("quarantined", "timeout"),
    111: ("quarantined", "memory"),
    250: ("quarantined", "crashed"),
}

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

IDS = [f"n{i}" for i in range(6)]
PARAGRAPH = "The council of the small town voted on day {} to repair the old stone bridge before winter comes."


def html(i: int) -> str:
    lines = "".join(f"<p>{PARAGRAPH.format(f'{i}{j}')}</p>" for j in range(4))
    return (
        f"<html><head><title>Bridge {i}</title></head><body><article><h1>Bridge {i}</h1>{lines}</article></body></html>"
    )


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """For processes of engines, of which Spark's stay from one test to the next."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = [html(i) if i != 3 else "" for i in range(6)]
    pq.write_table(pa.table({"id": IDS, "text": texts}), tmp_path / "pages.parquet")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def records_of(name: str, code: str, folder: Path) -> list[dict[str, Any]]:
    """What an example makes: its records, by whatever means its engine has to hand them out."""
    said: dict[str, Any] = {"__name__": "example"}
    # A Java machine, and datatrove's file systems, stay in the folder in which an earlier test started them.
    relative = {"spark": ("pages.parquet",), "datatrove": (".", "logs", "cleaned")}
    for path in relative.get(name, ()):
        code = code.replace(f'"{path}"', repr(str(folder / path)))
    exec(compile(code, f"{DOCS.name}: {name}", "exec"), said)  # noqa: S102
    if name == "read":
        return [{"article": said["article"]}]
    if name == "datatrove":
        files = sorted((folder / "cleaned").glob("*.parquet"))
        return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    records = said["records"]
    ways: dict[str, Callable[[], tuple[list[str] | None, list[Any]]]] = {
        "kernel": lambda: (records.schema.names, records.to_pylist()),
        "polars": lambda: (records.columns, records.to_dicts()),
        "duckdb": lambda: (None, [dict(zip(("id", "status", "title"), row, strict=True)) for row in records]),
        "daft": lambda: (records.column_names, records.to_pylist()),
        "dask": lambda: (list(records.columns), pa.Table.from_pandas(records.compute()).to_pylist()),
        "ray": lambda: (records.schema().names, records.take_all()),
        "spark": lambda: (records.columns, [row.asDict() for row in records.collect()]),
    }
    names, rows = ways[name]()
    assert names in (None, output_schema().names)
    if name == "ray":
        said["ray"].shutdown()
    if name == "spark":
        said["spark"].stop()
    return rows


@pytest.mark.parametrize("name", HERE)
def test_example(name: str, folder: Path) -> None:
    if name == "read":
        run(BatchConfig(sources=(str(folder / "pages.parquet"),), output=folder / "articles", workers=1))
    rows = records_of(name, EXAMPLES[name], folder)
    if name == "read":
        assert rows[0]["article"].title == "Bridge 5"
    elif name == "datatrove":
        # datatrove's reader leaves documents without text out itself.
        assert {row["id"]: row["metadata"]["title"] for row in rows} == {
            f"n{i}": f"Bridge {i}" for i in (0, 1, 2, 4, 5)
        }
        assert rows[0]["text"].startswith("The council")
    else:
        assert {row["id"]: (row["status"], row["title"]) for row in rows} == {
            f"n{i}": ("ok", f"Bridge {i}") if i != 3 else ("refused", None) for i in range(6)
        }


@pytest.mark.parametrize("name", ISOLATED)
def test_bad_pages_cost_nobody_else_anything(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples again: 300 pages, with one that raises, one that loops, one that eats memory, one that kills."""
    texts = [POISON.get(i, page(i)) for i in range(300)]
    pq.write_table(pa.table({"id": [f"n{i}" for i in range(300)], "text": texts}), tmp_path / "pages.parquet")
    monkeypatch.chdir(tmp_path)
    plain, with_double = ISOLATION[name]
    assert EXAMPLES[name].count(plain) == 1
    rows = records_of(name, LIMITED + EXAMPLES[name].replace(plain, with_double), tmp_path)
    if name == "datatrove":
        rows = [row["metadata"] | {"id": row["id"]} for row in rows]
    assert len(rows) == 300
    became = {row["id"]: (row["status"], row.get("reason"), row["title"]) for row in rows}
    wanted = {f"n{i}": ("ok", None, f"title {i}") for i in range(300)}
    for i, (status, reason) in BECAME.items():
        wanted[f"n{i}"] = (status, None if name == "duckdb" else reason, None)
    assert became == wanted


def test_all_examples_are_known() -> None:
    assert list(EXAMPLES) == ["read", "kernel", "ray", "spark", "polars", "duckdb", "daft", "dask", "datatrove"]
    assert set(ISOLATION) == set(EXAMPLES) - {"read"}
    assert len(HERE) >= 2
