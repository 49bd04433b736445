from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from batch_help import page

from newsclean.batch import Limits, clean_batch
from newsclean.batch.arrow import output_schema
from newsclean.batch.config import Fields
from newsclean.batch.schema import _arrow_type, article_from_arrow
from newsclean.document.article import Article
from newsclean.errors import ConfigurationError

CLEANER = "batch_double:clean"
POISON = ["x\nmisbehave: raise", "x\nmisbehave: sleep", "x\nmisbehave: eat", "x\nmisbehave: kill"]


def batch(texts: list[str | None], **more: Any) -> pa.RecordBatch:
    ids = [f"n{i}" for i in range(len(texts))]
    return pa.RecordBatch.from_pydict({"id": ids, "text": texts, "number": list(range(len(texts))), **more})


def test_same_rows_same_ids_one_schema() -> None:
    texts = [page(0), "", None, "x\nmisbehave: raise", page(4)]
    done = clean_batch(batch(texts), cleaner=CLEANER)
    assert done.schema.equals(output_schema(), check_metadata=True)
    assert done.column("id").to_pylist() == ["n0", "n1", "n2", "n3", "n4"]
    assert done.column("status").to_pylist() == ["ok", "refused", "refused", "failed", "ok"]
    assert done.column("reason").to_pylist() == [None, "empty", "empty", "exception", None]
    articles = [article_from_arrow(row) for row in done.to_pylist()]
    assert articles[4] is not None
    assert (articles[4].title, len(articles[4].removed)) == ("title 4", 1)


def test_no_rows_no_ids_tables_and_other_columns() -> None:
    assert clean_batch(batch([]), cleaner=CLEANER).schema == output_schema()
    assert clean_batch(batch([]), cleaner=CLEANER, isolate=True).num_rows == 0
    table = pa.table({"html": [page(1).encode(), None], "link": ["https://a.news/1", "nonsense"]})
    done = clean_batch(table, cleaner=CLEANER)
    assert isinstance(done, pa.Table)
    assert done.column("id").to_pylist() == [None, None]
    assert done.column("url").to_pylist() == ["https://a.news/1", None]
    numbered = pa.RecordBatch.from_pydict({"key": [7, None], "x": [page(1), page(2)]})
    done = clean_batch(numbered, fields=Fields(text="x", id="key"), cleaner=CLEANER)
    assert done.column("id").to_pylist() == ["7", None]
    assert done.column("status").to_pylist() == ["ok", "ok"]


def test_isolated_batches_mark_the_guilty_and_spare_the_others() -> None:
    texts = [page(i) for i in range(12)]
    texts[3:7] = POISON
    limits = Limits(seconds=1.5, cpu_seconds=5, memory=200_000_000)
    done = clean_batch(batch(texts), isolate=True, limits=limits, cleaner=CLEANER)
    assert done.column("id").to_pylist() == [f"n{i}" for i in range(12)]
    became = list(zip(done.column("status").to_pylist(), done.column("reason").to_pylist(), strict=True))
    assert became[3:7] == [
        ("failed", "exception"),
        ("quarantined", "timeout"),
        ("quarantined", "memory"),
        ("quarantined", "crashed"),
    ]
    assert became[:3] + became[7:] == [("ok", None)] * 8
    plain = clean_batch(batch([page(i) for i in range(12)]), cleaner=CLEANER)
    for row in (0, 11):
        assert done.slice(row, 1).equals(plain.slice(row, 1))


def test_the_child_stays_for_the_next_batch() -> None:
    def clean() -> pa.RecordBatch:
        return clean_batch(batch([page(1)]), isolate=True, cleaner=CLEANER)

    first = clean()
    started = time.monotonic()
    assert all(clean().equals(first) for _ in range(5))
    assert time.monotonic() - started < 5 * 0.2


def test_what_cannot_clean_anything_is_an_error() -> None:
    for isolate in (True, False):
        with pytest.raises(ConfigurationError, match="cannot be loaded"):
            clean_batch(batch([page(1)]), isolate=isolate, cleaner="batch_double:nothing")


def kinds(arrow: pa.DataType) -> set[str]:
    if pa.types.is_struct(arrow):
        return {kind for field in arrow for kind in kinds(field.type)}
    return kinds(arrow.value_type) if pa.types.is_list(arrow) else {str(arrow)}


def test_only_types_that_every_engine_keeps() -> None:
    fields = list(output_schema())
    found = {kind for field in fields for kind in kinds(field.type)}
    assert found <= {"string", "int64", "double", "bool", "timestamp[us, tz=UTC]"}
    assert all(field.nullable for field in fields)
    assert set(Article.model_fields) < {field.name for field in fields}


def test_a_type_without_a_place_in_the_schema_is_told() -> None:
    for annotation in (dict[str, int], complex, str | int):
        with pytest.raises(TypeError, match=r"no Arrow type|two types"):
            _arrow_type(annotation)


def test_the_real_cleaner(tmp_path: Path) -> None:
    body = "The council of the small town voted on Tuesday to repair the old stone bridge before the winter."
    html = (
        f"<html><body><h1>Bridge to be repaired</h1><article><p>{body}</p><p>{body[::-1]}</p></article></body></html>"
    )
    done = clean_batch(batch([html, "%PDF-1.7"]), isolate=True)
    assert done.column("status").to_pylist()[0] == "ok"
    assert done.column("status").to_pylist()[1] == "refused"
    assert body in json.dumps(done.column("body").to_pylist()[0])
