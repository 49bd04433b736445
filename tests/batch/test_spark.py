"""Spark on this machine; run with ``-m spark``. Needs Java."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_help import page, parts

from newsclean.batch.arrow import output_schema
from newsclean.batch.audit import verify
from newsclean.batch.config import Limits
from newsclean.batch.engines.spark import kernel, spark_schema
from newsclean.batch.runner import run
from newsclean.batch.schema import article_from_arrow

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

Make = Callable[..., Any]
POISON = {30: "x\nmisbehave: raise\n", 70: "x\nmisbehave: kill\n", 71: "", 130: "x\nmisbehave: loop\n"}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session on two processors of this machine, in a zone that is not UTC."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", str(Path(__file__).parent))
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.session.timeZone", "Asia/Baghdad")
    session = builder.config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
    patch.undo()


def test_the_same_units_the_same_bytes(pages: Make, config: Make, spark: Any) -> None:
    top = pages(200, POISON)
    here, there = config(top, output="here"), config(top, output="there", engine="spark")
    run(here)
    assert run(there).not_ok == 4
    assert parts(there.output) == parts(here.output)
    assert verify(there.output).clean
    assert run(there).cleaned == 0


def test_map_in_arrow_keeps_every_column_and_every_article(spark: Any, tmp_path: Path) -> None:
    rows = [(str(i), POISON.get(i, page(i))) for i in range(100)]
    frame = spark.createDataFrame(rows, ["id", "text"]).repartition(3)
    limits = Limits(seconds=20, cpu_seconds=1)
    done = frame.mapInArrow(kernel(limits=limits, cleaner="batch_double:clean"), spark_schema())
    assert done.columns == output_schema().names
    done.write.parquet(str(tmp_path / "out"))
    import pyarrow.parquet as pq

    table = pq.read_table(tmp_path / "out")
    assert table.schema.names == output_schema().names
    found = {row["id"]: row for row in table.to_pylist()}
    assert sorted(found) == sorted(str(i) for i in range(100))
    assert {i: row["reason"] for i, row in found.items() if row["status"] != "ok"} == {
        "30": "exception",
        "70": "crashed",
        "71": "empty",
    }
    article = article_from_arrow(found["3"])
    assert article is not None
    import batch_double

    assert article == batch_double.clean(page(3))
    assert article.to_json() == batch_double.clean(page(3)).to_json()


def test_map_in_arrow_goes_by_place_and_drops_the_rest_in_silence(spark: Any) -> None:
    """Why a schema must be ``spark_schema``: here the second column, ``source_id``, comes back under the name given."""
    frame = spark.createDataFrame([("a", page(1))], ["id", "text"])
    done = frame.mapInArrow(kernel(isolate=False, cleaner="batch_double:clean"), "id string, title string")
    assert [row.asDict() for row in done.collect()] == [{"id": "a", "title": "a"}]


def test_rows_collected_by_spark_are_those_of_the_kernel(spark: Any) -> None:
    frame = spark.createDataFrame([("a", page(1)), ("b", page(2))], ["id", "text"])
    done = frame.mapInArrow(kernel(isolate=False, cleaner="batch_double:clean"), spark_schema())
    arrow = done.toArrow()
    assert arrow.schema.names == output_schema().names
    assert sorted(arrow.column("id").to_pylist()) == ["a", "b"]
    assert {str(field.type) for field in arrow.schema if field.name == "published"} <= {
        "timestamp[us, tz=Asia/Baghdad]",
        "timestamp[us, tz=UTC]",
    }
