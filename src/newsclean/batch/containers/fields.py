"""Which column of a row is the page, its address and its id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from newsclean.batch.config import Fields
from newsclean.batch.items import Item
from newsclean.errors import InputError

__all__ = ["ALL", "item_of_row"]

HTML: Final = ("html", "raw_html", "content_html")
TEXT: Final = ("text", "content", "body", "raw_content")
URL: Final = ("url", "link", "WARC-Target-URI", "warc_target_uri")
ID: Final = ("id", "WARC-Record-ID", "warc_record_id", "_id")
DATE: Final = ("WARC-Date", "warc_date", "fetched", "crawled_at")
METADATA: Final = "metadata"
ALL: Final = frozenset((*HTML, *TEXT, *URL, *ID, *DATE, METADATA))
"""Columns that are looked at unless others are named."""


class _Said(TypedDict):
    url: str | None
    source_id: str | None
    date: str | None


def item_of_row(name: str, row: Mapping[str, Any], fields: Fields) -> Item:
    """The input a row is. HTML is preferred to text; a row with neither becomes a problem, not an exception.

    >>> item_of_row("f#1", {"text": "page", "metadata": {"url": "https://a.news/1"}}, Fields()).url
    'https://a.news/1'
    """
    metadata = row.get(METADATA)
    if isinstance(metadata, str) and metadata.startswith("{"):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = None
    inner = metadata if isinstance(metadata, Mapping) else {}
    html = _first(row, (fields.html,) if fields.html else () if fields.text else HTML)
    page = html if _filled(html) else _first(row, (fields.text,) if fields.text else () if fields.html else TEXT)
    found: _Said = {
        "url": _text(_first(row, (fields.url,)) if fields.url else _first(row, URL) or _first(inner, URL)),
        "source_id": _text(_first(row, (fields.id,)) if fields.id else _first(row, ID)),
        "date": _text(_first(row, DATE)),
    }
    if isinstance(page, (bytearray, memoryview)):
        page = bytes(page)
    if isinstance(page, (str, bytes)):
        return Item(id=name, source=page, **found)
    return Item(id=name, problem=_no_page(name, row, page, fields), **found)


def _no_page(name: str, row: Mapping[str, Any], page: object, fields: Fields) -> InputError:
    tried = [f for f in (fields.html, fields.text) if f] or [*HTML, *TEXT]
    if page is not None:
        return InputError(f"the page is {type(page).__name__}, not text or bytes", input=name, reason="unsupported")
    if any(column in row for column in tried):
        return InputError("the row holds no page", input=name, reason="empty")
    there = ", ".join(list(row)[:12])
    return InputError(f"none of the columns {', '.join(tried)}; there are: {there}", input=name, reason="no-column")


def _first(row: Mapping[str, Any], names: tuple[str | None, ...]) -> Any:
    for name in names:
        if name is not None and row.get(name) is not None:
            return row[name]
    return None


def _filled(value: object) -> bool:
    return isinstance(value, (str, bytes, bytearray, memoryview)) and len(value) > 0


def _text(value: object) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if callable(isoformat) else str(value)
