"""From an input to a :class:`~newsclean.document.document.Document`: load, decode, sniff, cut into blocks."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from newsclean.document.document import Document, Notice
from newsclean.document.normalize import is_blank
from newsclean.errors import BinaryInput, EmptyInput, NewscleanError
from newsclean.options import Options
from newsclean.readers.source import Raw, load

__all__ = ["read"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def read(source: object, *, url: str | None, options: Options) -> Document:
    """Read ``source`` (see :func:`newsclean.clean`) into blocks. Raises ``InputError`` of the kind that fits."""
    raw = load(source, max_bytes=options.max_bytes)
    try:
        return _document(raw, url or raw.url, options)
    except NewscleanError as error:
        raise (error.named(raw.name) if raw.name else error) from error.__cause__


def _document(raw: Raw, url: str | None, options: Options) -> Document:
    from newsclean.readers.sniff import looks_like_html

    if raw.kind == "tree":
        return _from_tree(raw.data, url, raw.notices)
    text, encoding, data, notices = _decoded(raw, options)
    shared: dict[str, Any] = {
        "url": url,
        "encoding": encoding,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "notices": raw.notices + notices,
    }
    if is_blank(text):
        raise EmptyInput("holds nothing but white space")
    if options.input == "html" or (options.input == "auto" and looks_like_html(text)):
        from newsclean.readers.html import read_html

        utf8 = data if encoding in ("str", "utf-8") and not notices and data[:1] != b"\xef" else None
        return read_html(text, utf8=utf8, **shared)
    from newsclean.readers.text import read_text

    if b"\x00" in data and "\x00" in text:
        message = f"{text.count(chr(0))} NUL characters were left out"
        shared["notices"] += (Notice(code="control-characters", message=message),)
    return read_text(text, **shared)


def _decoded(raw: Raw, options: Options) -> tuple[str, str, bytes, tuple[Notice, ...]]:
    """Text, encoding, the bytes it came in (of a ``str`` its UTF-8 form), and what is to be said."""
    if raw.kind == "text":
        text: str = raw.data
        said: tuple[Notice, ...] = ()
        try:
            data = text.encode()
        except UnicodeEncodeError:
            # lone surrogates are no characters; each becomes U+FFFD, so that offsets stay what they were
            data = text.encode("utf-8", "surrogatepass")
            text, count = _SURROGATES.subn("\ufffd", text)
            said = (Notice(code="encoding-errors", message=f"{count} lone surrogates were replaced"),)
        if b"\x00" in data and data.count(b"\x00") * 100 > len(text):
            raise BinaryInput("holds NUL characters throughout and is no text")
        return text, "str", data, said
    from newsclean.readers.decode import decode

    data = raw.data
    if not data:
        raise EmptyInput("is empty (0 bytes)")
    decoded = decode(data, declared=raw.charset, forced=options.encoding)
    return decoded.text, decoded.encoding, data, decoded.notices


def _from_tree(root: Any, url: str | None, notices: tuple[Notice, ...]) -> Document:
    from lxml import etree

    from newsclean.readers.html import read_tree

    data = etree.tostring(root, encoding="utf-8")
    digest = hashlib.sha256(data).hexdigest()
    return read_tree(root, url=url, encoding="str", size=len(data), sha256=digest, notices=notices)
