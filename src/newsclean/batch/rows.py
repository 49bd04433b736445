"""Records: what a batch writes for each input, whatever became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, Literal

from newsclean.batch.items import Item
from newsclean.document.article import Article
from newsclean.errors import ConfigurationError, NewscleanError, UnreadableInput
from newsclean.options import Options

__all__ = [
    "ARTICLE",
    "COLUMNS",
    "DERIVED",
    "HEAD",
    "Cleaner",
    "Status",
    "article_of",
    "clean_item",
    "load_cleaner",
    "lost_row",
    "read_rows",
    "select",
]

Status = Literal["ok", "refused", "failed", "quarantined"]
Cleaner = Callable[..., Article]

HEAD: Final = ("id", "source_id", "status", "reason", "error", "message", "fingerprint", "duplicate_of")
ARTICLE: Final = tuple(Article.model_fields)
DERIVED: Final = ("text", "word_count")
"""Columns made from the article on demand (``--columns``)."""
COLUMNS: Final = (*HEAD, *ARTICLE, *DERIVED)

_NULLS: Final = ",".join(f'"{name}":null' for name in ARTICLE)
_ALWAYS: Final = ("id", "status", "reason")


def load_cleaner(name: str) -> Cleaner:
    """The function behind ``module:function``; raises ``ConfigurationError``."""
    import importlib

    module, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationError(f"cleaner {name!r} cannot be loaded: {error}") from error
    if not callable(found):
        raise ConfigurationError(f"cleaner {name!r} is not a function")
    return found  # type: ignore[no-any-return]


def clean_item(item: Item, cleaner: Cleaner, options: Options, min_quality: float | None = None) -> str:
    """One line of JSON (without line feed) for ``item``; raises ``MemoryError``, and ``ConfigurationError`` (as for every page), no other."""
    try:
        _readable(item)
        article = cleaner(item.source, url=_web(item.url), options=_fitted(options, item))
        if min_quality is not None and article.quality.score < min_quality:
            why = f"quality {article.quality.score:.3f} is under {min_quality}"
            return _lost(item, "refused", "low-quality", None, why)
        return _kept(item, article)
    except ConfigurationError:
        raise
    except UnreadableInput as error:
        return _lost(item, "failed", error.reason, type(error).__name__, error.message)
    except NewscleanError as error:
        return _lost(item, "refused", error.reason, type(error).__name__, error.message)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad page must not end a run of ten million
        return _lost(item, "failed", "exception", type(error).__name__, _sentence(error))


def _readable(item: Item) -> None:
    if item.problem is not None:
        raise item.problem


def _web(url: str | None) -> str | None:
    return url if url is not None and url.startswith(("http://", "https://")) else None


def _fitted(options: Options, item: Item) -> Options:
    changes: dict[str, Any] = {}
    if item.date is not None and options.relative_to is None:
        fetched = _instant(item.date)
        if fetched is not None:
            changes["relative_to"] = fetched
    if item.encoding is not None and options.encoding is None:
        changes["encoding"] = item.encoding
    return options.model_copy(update=changes) if changes else options


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _sentence(error: BaseException) -> str:
    """First line of an error's message, with addresses of objects left out, since they differ from run to run."""
    import re

    lines = str(error).strip().splitlines()
    return re.sub(r" at 0x[0-9a-fA-F]+", "", lines[0])[:500] if lines else ""


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _writable(text: str | None) -> str | None:
    """UTF-8 has no lone surrogates, so a message that quotes one loses it."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def _kept(item: Item, article: Article) -> str:
    head: dict[str, Any] = dict.fromkeys(HEAD)
    head |= {"id": item.id, "source_id": _writable(item.source_id), "status": "ok", "fingerprint": article.fingerprint}
    return _dump(head)[:-1] + "," + article.to_json()[1:]


def _lost(item: Item, status: Status, reason: str, error: str | None, message: str) -> str:
    return lost_row(item.id, status, reason, message, error=error, source_id=item.source_id)


def lost_row(
    name: str, status: Status, reason: str, message: str, *, error: str | None = None, source_id: str | None = None
) -> str:
    """The line of an input that has no article."""
    head: dict[str, Any] = dict.fromkeys(HEAD)
    head |= {"id": name, "source_id": _writable(source_id), "status": status, "reason": reason}
    head |= {"error": error, "message": _writable(message)}
    return _dump(head)[:-1] + "," + _NULLS + "}"


def read_rows(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    """Rows of a part's lines."""
    return map(json.loads, lines)


def article_of(row: dict[str, Any]) -> Article | None:
    """The article of a full row (of JSON types, as in JSONL), ``None`` where there is none."""
    if row["status"] != "ok":
        return None
    return Article.model_validate({name: row[name] for name in ARTICLE})


def select(row: dict[str, Any], columns: tuple[str, ...] | None) -> dict[str, Any]:
    """``row`` with ``columns`` only, and always ``id``, ``status`` and ``reason``.

    >>> select({"id": "a", "status": "ok", "reason": None, "title": "T"}, ("title",))
    {'id': 'a', 'status': 'ok', 'reason': None, 'title': 'T'}
    """
    if columns is None:
        return row
    wanted = [*_ALWAYS, *(name for name in columns if name not in _ALWAYS)]
    if any(name in DERIVED for name in wanted):
        article = article_of(row)
        row = row | {
            "text": None if article is None else article.text,
            "word_count": None if article is None else article.word_count,
        }
    return {name: row[name] for name in wanted}
