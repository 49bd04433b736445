"""Units as tasks of Spark, and the kernel for people's own Spark jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from newsclean.batch.config import API, Fields, Limits, need
from newsclean.batch.engines import Job
from newsclean.batch.engines.remote import do_unit
from newsclean.batch.units import Unit
from newsclean.options import DEFAULT, Options

__all__ = ["kernel", "run_spark", "spark_schema"]


def run_spark(job: Job) -> None:
    """Do all units on Spark: the active session, else one with the master ``config.address`` (``local[*]``)."""
    sql = need("pyspark.sql", "spark", "--engine spark")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    active = sql.SparkSession.getActiveSession()
    builder = sql.SparkSession.builder.appName("newsclean").master(job.config.address or "local[*]")
    session = active or builder.config("spark.ui.enabled", "false").getOrCreate()
    try:
        context = session.sparkContext
        do = partial(_task, job.config.model_dump_json(), str(job.folder.absolute()))
        while wave := list(islice(iter(job.next, None), 8 * context.defaultParallelism)):
            lines = [(place, unit.to_line()) for place, unit in wave if unit is not None]
            for place, line, part, receipt in context.parallelize(lines, len(lines)).map(do).collect():
                job.commit(place, Unit.from_line(line), Path(part), receipt, "spark")
    finally:
        if active is None:
            session.stop()


def _task(config: str, folder: str, said: tuple[int, str]) -> tuple[int, str, str, dict[str, Any]]:
    place, line = said
    return (place, line, *do_unit(config, place, line, folder))


def spark_schema() -> Any:
    """The records' schema as Spark's, for ``mapInArrow``, which goes by place and silently drops columns beyond it."""
    from newsclean.batch.schema import full_schema

    types = need("pyspark.sql.pandas.types", "spark", "mapInArrow")
    return types.from_arrow_schema(full_schema())


def kernel(
    options: Options = DEFAULT,
    *,
    isolate: bool = True,
    fields: Fields | None = None,
    limits: Limits | None = None,
    cleaner: str = API,
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """A function for ``DataFrame.mapInArrow(kernel(), spark_schema())``."""

    def clean(batches: Iterable[Any]) -> Iterator[Any]:
        from newsclean.batch.arrow import clean_batch

        for batch in batches:
            yield clean_batch(batch, options, isolate=isolate, fields=fields, limits=limits, cleaner=cleaner)

    return clean
