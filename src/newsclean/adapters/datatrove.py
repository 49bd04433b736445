"""A step for datatrove pipelines.

::

    pipeline = [JsonlReader("in/"), Clean(), JsonlWriter("out/")]
    pipeline = [ParquetReader("in/"), Clean(), ParquetWriter("out/", schema=document_schema())]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from newsclean.batch.config import API, Limits, need
from newsclean.options import DEFAULT, Options

__all__ = ["Clean", "document_schema"]


@dataclass(frozen=True)
class Clean:
    """Replaces the text of each document by its article's, and puts the record's other fields into its metadata.

    Documents without an article keep their text; ``metadata["status"]`` and ``metadata["reason"]`` say why. Nothing is
    dropped: put a ``LambdaFilter`` on ``status`` behind this step for that.
    """

    options: Options = DEFAULT
    limits: Limits = field(default_factory=Limits)
    batch_size: int = 200
    isolate: bool = True
    cleaner: str = API

    def __call__(self, data: Iterable[Any] | None, rank: int = 0, world_size: int = 1) -> Iterator[Any]:  # noqa: ARG002
        """Documents in, the same documents out, in their order; ``rank`` and ``world_size`` do not matter."""
        documents = iter(data or ())
        while some := list(islice(documents, self.batch_size)):
            yield from self._cleaned(some)

    def _cleaned(self, documents: list[Any]) -> Iterator[Any]:
        from newsclean.batch.arrow import clean_batch
        from newsclean.batch.schema import arrow_rows, article_from_arrow

        pa = need("pyarrow", "batch", "newsclean in datatrove")
        batch = pa.RecordBatch.from_pydict(
            {
                "id": pa.array([str(d.id) for d in documents], pa.string()),
                "text": pa.array([d.text for d in documents], pa.string()),
                "url": pa.array([d.metadata.get("url") for d in documents], pa.string()),
            }
        )
        done = clean_batch(batch, self.options, isolate=self.isolate, limits=self.limits, cleaner=self.cleaner)
        for document, raw, row in zip(documents, done.to_pylist(), arrow_rows(done), strict=True):
            article = article_from_arrow(raw)
            if article is not None:
                document.text = article.text
            known = {name: value for name, value in row.items() if name not in ("id", "source_id", "url")}
            document.metadata.update(
                known if article is not None else {n: row[n] for n in ("status", "reason", "message")}
            )
            yield document


def document_schema(**more: Any) -> Any:
    """The ``pyarrow.Schema`` of cleaned documents for datatrove's ``ParquetWriter``, which would guess from the first.

    ``more`` are Arrow types of other metadata that is to be kept, by name; ``url`` and ``file_path`` are there. Times
    are ISO 8601 text, as in JSONL.
    """
    from newsclean.batch.schema import OFFSETS, full_schema

    pa = need("pyarrow", "batch", "newsclean in datatrove")
    left_out = {"id", "source_id", *OFFSETS.values()}
    fields = {field.name: field.type for field in full_schema() if field.name not in left_out}
    fields |= {**dict.fromkeys(OFFSETS, pa.string()), "file_path": pa.string(), **more}
    return pa.schema({"text": pa.string(), "id": pa.string(), "metadata": pa.struct(list(fields.items()))})
