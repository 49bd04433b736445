"""The Arrow schema of a record, made from the Article model, and the way there and back.

Only types that every engine keeps as they are: strings, 64-bit integers, doubles, booleans, timestamps in microseconds
UTC, lists and structs; everything nullable. A timestamp in UTC forgets the zone it was printed in, and with it the day,
so ``published_offset`` and ``modified_offset`` (seconds east of UTC) stand beside them.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from newsclean.batch.config import BATCH_SCHEMA, need
from newsclean.batch.rows import ARTICLE, DERIVED, HEAD
from newsclean.document.article import SCHEMA_VERSION, Article

__all__ = ["OFFSETS", "arrow_rows", "article_from_arrow", "full_schema", "schema_of", "table_of"]

OFFSETS: Final = {"published": "published_offset", "modified": "modified_offset"}


def _arrow_type(annotation: Any) -> Any:
    pa = need("pyarrow", "batch", "Arrow")
    kind, arguments = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        return _arrow_type(arguments[0])
    if kind in (Union, types.UnionType):
        return _union([a for a in arguments if a is not type(None)])
    if kind in (list, tuple):
        # Parquet's own name for what stands in a list, so that a schema is the same before and after.
        return pa.list_(pa.field("element", _arrow_type(arguments[0])))
    if kind is Literal:
        return pa.string()
    if not isinstance(annotation, type):
        raise TypeError(f"no Arrow type for {annotation!r}")
    if _fields(annotation) is not None:
        return _union([annotation])
    if issubclass(annotation, datetime) or annotation.__name__ == "AwareDatetime":
        return pa.timestamp("us", tz="UTC")
    simple = ((str, pa.string()), (Enum, pa.string()), (bool, pa.bool_()), (int, pa.int64()), (float, pa.float64()))
    for python, arrow in simple:
        if issubclass(annotation, python):
            return arrow
    raise TypeError(f"no Arrow type for {annotation!r}")


def _union(members: list[Any]) -> Any:
    """One type for a union: of models, a struct with the fields of all."""
    pa = need("pyarrow", "batch", "Arrow")
    members = [m for member in members for m in _members(member)]
    models = [_fields(m) for m in members]
    if not all(models):
        found = {str(_arrow_type(m)): _arrow_type(m) for m in members}
        if len(found) != 1:
            raise TypeError(f"no Arrow type for a union of {', '.join(found)}")
        return next(iter(found.values()))
    fields: dict[str, Any] = {}
    for model in models:
        for name, inner in (model or {}).items():
            arrow = _arrow_type(inner)
            if fields.setdefault(name, arrow) != arrow:
                raise TypeError(f"{name} has two types in a union")
    return pa.struct([pa.field(name, arrow) for name, arrow in fields.items()])


@cache
def _fields(annotation: Any) -> dict[str, Any] | None:
    """Names and annotations of the fields of a model or a dataclass, ``None`` for anything else."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {name: field.annotation for name, field in annotation.model_fields.items()}
    if isinstance(annotation, type) and is_dataclass(annotation):
        hints = get_type_hints(annotation)
        return {field.name: hints[field.name] for field in fields_of(annotation)}
    return None


def _members(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [m for a in get_args(annotation) if a is not type(None) for m in _members(a)]
    return [annotation]


@cache
def full_schema() -> Any:
    """Schema of a full record: the head, the Article's fields, and the offsets."""
    pa = need("pyarrow", "batch", "Arrow")
    fields = [pa.field(name, pa.string()) for name in HEAD]
    for name, field in Article.model_fields.items():
        fields.append(pa.field(name, _arrow_type(field.annotation)))
        if name in OFFSETS:
            fields.append(pa.field(OFFSETS[name], pa.int64()))
    return pa.schema(fields, metadata=_metadata())


def _metadata() -> dict[str, str]:
    return {"newsclean.article_schema": SCHEMA_VERSION, "newsclean.batch_schema": BATCH_SCHEMA}


def schema_of(columns: tuple[str, ...] | None) -> Any:
    """Schema of a record with these columns (see ``--columns``)."""
    pa = need("pyarrow", "batch", "Arrow")
    full = full_schema()
    if columns is None:
        return full
    derived = {"text": pa.string(), "word_count": pa.int64()}
    names = ["id", "status", "reason", *(c for c in columns if c not in ("id", "status", "reason"))]
    fields = []
    for name in names:
        fields.append(pa.field(name, derived[name]) if name in DERIVED else full.field(name))
        if name in OFFSETS:
            fields.append(full.field(OFFSETS[name]))
    return pa.schema(fields, metadata=_metadata())


def with_times(row: dict[str, Any]) -> dict[str, Any]:
    """A JSON row with its times as Arrow takes them; the row is changed."""
    for name, offset in OFFSETS.items():
        text = row.get(name)
        if text is not None:
            at = datetime.fromisoformat(text)
            shift = at.utcoffset()
            row[name], row[offset] = at, int(shift.total_seconds()) if shift is not None else None
    return row


def table_of(rows: Iterable[dict[str, Any]], schema: Any) -> Any:
    """Arrow table of JSON rows; the rows are changed."""
    pa = need("pyarrow", "batch", "Arrow")
    return pa.Table.from_pylist([with_times(row) for row in rows], schema=schema)


def arrow_rows(batch: Any) -> list[dict[str, Any]]:
    """Rows of an Arrow table or batch as JSON types, as they stand in JSONL."""
    return [_plain(row) for row in batch.to_pylist()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    for name, offset in OFFSETS.items():
        shift = row.pop(offset, None)
        if row.get(name) is not None:
            row[name] = _restored_time(row[name], shift or 0)
    fields = _fields(Article) or {}
    return {name: _restore(v, fields[name]) if name in fields else v for name, v in row.items()}


def _restored_time(at: datetime, shift: int) -> str:
    there = at.astimezone(timezone(timedelta(seconds=shift)))
    return there.isoformat().replace("+00:00", "Z") if shift == 0 else there.isoformat()


def _restore(value: Any, annotation: Any) -> Any:
    """Take out of unions of models the fields that belong to the other members."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    members = _members(annotation)
    if isinstance(value, list):
        inner = next((get_args(m)[0] for m in members if get_origin(m) in (list, tuple)), None)
        return [_restore(v, inner) for v in value]
    models = [fields for m in members if (fields := _fields(m)) is not None]
    if len(models) > 1:
        return {name: v for name, v in value.items() if v is not None}
    return {name: _restore(v, models[0][name]) for name, v in value.items()}


def article_from_arrow(row: dict[str, Any]) -> Article | None:
    """The article of a full row as Arrow gives it (``table.to_pylist()``), ``None`` where there is none."""
    if row["status"] != "ok":
        return None
    plain = _plain(dict(row))
    return Article.model_validate_json(json.dumps({name: plain[name] for name in ARTICLE}))
