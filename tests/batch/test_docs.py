"""The examples of docs/batch.md run, each where what it is about is installed."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

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

IDS = [f"n{i}" for i in range(6)]
PARAGRAPH = "The council of the small town voted on day {} to repair the old stone bridge before winter comes."


def html(i: int) -> str:
    lines = "".join(f"<p>{PARAGRAPH.format(f'{i}{j}')}</p>" for j in range(4))
    return (
        f"<html><head><title>Bridge {i}</title></head><body><article><h1>Bridge {i}</h1>{lines}</article></body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = [html(i) if i != 3 else "" for i in range(6)]
    pq.write_table(pa.table({"id": IDS, "text": texts}), tmp_path / "pages.parquet")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    return tmp_path


def of_table(names: list[str], rows: list[dict[str, Any]]) -> None:
    assert names == output_schema().names
    found = {row["id"]: (row["status"], row["title"]) for row in rows}
    assert found == {f"n{i}": ("ok", f"Bridge {i}") if i != 3 else ("refused", None) for i in range(6)}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", HERE)
def test_example(name: str, folder: Path) -> None:
    if name == "read":
        run(BatchConfig(sources=(str(folder / "pages.parquet"),), output=folder / "articles", workers=1))
    said: dict[str, Any] = {"__name__": "example"}
    # A Java machine that an earlier test started stays in the folder it was started in.
    code = EXAMPLES[name].replace("pages.parquet", str(folder / "pages.parquet")) if name == "spark" else EXAMPLES[name]
    exec(compile(code, f"{DOCS.name}: {name}", "exec"), said)  # noqa: S102
    records = said.get("records")
    if name == "kernel":
        of_table(records.schema.names, records.to_pylist())
    elif name == "read":
        assert said["article"].title == "Bridge 5"
    elif name == "polars":
        of_table(records.columns, records.to_dicts())
    elif name == "duckdb":
        assert sorted(records)[2:4] == [("n2", "ok", "Bridge 2"), ("n3", "refused", None)]
    elif name == "daft":
        of_table(records.column_names, records.to_pylist())
    elif name == "ray":
        of_table(records.schema().names, records.take_all())
        said["ray"].shutdown()
    elif name == "spark":
        of_table(records.columns, [row.asDict() for row in records.collect()])
        said["spark"].stop()
    else:
        lines = pq.read_table(folder / "cleaned").to_pylist()
        # datatrove's reader leaves documents without text out itself.
        assert {line["id"]: line["metadata"]["title"] for line in lines} == {
            f"n{i}": f"Bridge {i}" for i in (0, 1, 2, 4, 5)
        }
        assert lines[0]["text"].startswith("The council")


def test_all_examples_are_known() -> None:
    assert list(EXAMPLES) == ["read", "kernel", "ray", "spark", "polars", "duckdb", "daft", "datatrove"]
    assert len(HERE) >= 2
