"""One input of a batch: what is cleaned, and the id that leads back to it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from newsclean.errors import NewscleanError, UnreadableInput

__all__ = ["Item", "Page", "container_id", "file_id", "split_id"]

_ESCAPED = re.compile("[\x00-\x1f%#\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def file_id(path: str) -> str:
    """Id of a file: its absolute path, with ``%``, ``#``, control characters and undecodable bytes percent-encoded.

    >>> file_id("/data/a b/صفحة#1.html")
    '/data/a b/صفحة%231.html'
    """
    return _ESCAPED.sub(lambda found: quote(os.fsencode(found[0]), safe=""), path)


def container_id(path: str, key: str) -> str:
    """Id of a record inside a file.

    >>> container_id("/data/a.jsonl", "12")
    '/data/a.jsonl#12'
    """
    return f"{file_id(path)}#{file_id(key)}"


def split_id(name: str) -> tuple[str, str | None]:
    """The path and the key inside it that an id was made of.

    >>> split_id("/data/50%25.zip#3:a.html")
    ('/data/50%.zip', '3:a.html')
    """
    path, mark, key = name.partition("#")
    return os.fsdecode(unquote_to_bytes(path)), os.fsdecode(unquote_to_bytes(key)) if mark else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a server sent it, in the shape ``newsclean.clean`` takes HTTP responses in."""

    content: bytes
    url: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One input: exactly one record comes of it."""

    id: str
    source: Any = None
    """A path, text, bytes or a :class:`Page`; ``None`` with ``problem``."""
    url: str | None = None
    source_id: str | None = None
    """The id the input carries itself: a column of its row, or the WARC record's."""
    encoding: str | None = None
    date: str | None = None
    """When it was fetched, ISO 8601, where the input says so."""
    problem: NewscleanError | None = None
    """Why the input could not be read."""

    @classmethod
    def of_file(cls, path: str) -> Item:
        """The item of a file that is a page."""
        return cls(id=file_id(path), source=Path(path))

    @classmethod
    def broken(cls, name: str, why: str) -> Item:
        """The item that stands for something that cannot be read."""
        return cls(id=name, problem=UnreadableInput(why, input=name))
