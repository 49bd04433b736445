"""From whatever the caller holds to bytes, text or a tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from newsclean.document.document import Notice
from newsclean.errors import EmptyInput, TooLarge, UnreadableInput, UnsupportedInput

__all__ = ["Raw", "load", "name_of"]


@dataclass(frozen=True, slots=True)
class Raw:
    """An input before decoding. ``data`` is ``bytes``, ``str``, or for ``kind == "tree"`` an lxml element."""

    kind: Literal["bytes", "text", "tree"]
    data: Any
    name: str | None = None
    url: str | None = None
    charset: str | None = None
    """Declared outside of the content, by HTTP."""
    notices: tuple[Notice, ...] = ()


def name_of(source: object) -> str | None:
    """A name for error messages: path or URL of ``source``, or None."""
    if isinstance(source, os.PathLike):
        return os.fspath(source) if isinstance(os.fspath(source), str) else None
    if isinstance(source, (str, bytes, bytearray, memoryview)):
        return None
    for attribute in ("name", "url"):
        value = getattr(source, attribute, None)
        if value is not None and not callable(value) and type(value).__module__ in ("builtins", "httpx", "httpx._urls"):
            return value if isinstance(value, str) else str(value) if attribute == "url" else None
    return None


def load(source: object, *, max_bytes: int) -> Raw:
    """Read ``source``: ``str``, ``bytes``, path, file object, httpx or requests response, lxml tree, BeautifulSoup.

    A ``str`` is the page itself, never a path. Raises ``TooLarge``, ``UnreadableInput``, ``UnsupportedInput``.
    """
    if isinstance(source, str):
        if len(source) > max_bytes or (len(source) * 4 > max_bytes and _utf8_size(source) > max_bytes):
            raise _too_large(None, max_bytes)
        return Raw("text", source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _sized(Raw("bytes", bytes(source)), max_bytes)
    if isinstance(source, os.PathLike):
        return _read_path(Path(source), max_bytes)
    module = type(source).__module__.partition(".")[0]
    if module == "lxml" and hasattr(source, "iter"):
        return _tree(source)
    if module == "bs4" and hasattr(source, "decode"):
        return load(source.decode(), max_bytes=max_bytes)
    if hasattr(source, "content") and hasattr(source, "headers"):
        return _response(source, max_bytes)
    if hasattr(source, "read"):
        return _read_file(source, max_bytes)
    raise UnsupportedInput(
        f"clean() takes str, bytes, a path, a file, an HTTP response, an lxml tree or a BeautifulSoup, "
        f"not {type(source).__name__}"
    )


def _utf8_size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _too_large(name: str | None, max_bytes: int) -> TooLarge:
    return TooLarge(
        f"larger than the limit of {max_bytes:,} bytes; raise Options(max_bytes=…) if it really is one page",
        input=name,
    )


def _sized(raw: Raw, max_bytes: int) -> Raw:
    if len(raw.data) > max_bytes:
        raise _too_large(raw.name, max_bytes)
    return raw


def _read_path(path: Path, max_bytes: int) -> Raw:
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except IsADirectoryError as error:
        raise UnreadableInput("is a folder; name its files, or use `newsclean clean FOLDER`", input=name) from error
    except FileNotFoundError as error:
        raise UnreadableInput("no such file", input=name) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(f"cannot be read: {reason}", input=name) from error
    return _sized(Raw("bytes", data, name=name), max_bytes)


def _read_file(file: Any, max_bytes: int) -> Raw:
    name = name_of(file)
    try:
        data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"cannot be read: {error}", input=name) from error
    if isinstance(data, str):
        if _utf8_size(data) > max_bytes:
            raise _too_large(name, max_bytes)
        return Raw("text", data, name=name)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return _sized(Raw("bytes", bytes(data), name=name), max_bytes)
    raise UnsupportedInput(f"read() gave {type(data).__name__}, not bytes or str", input=name)


def _response(response: Any, max_bytes: int) -> Raw:
    url = str(getattr(response, "url", "") or "") or None
    data = response.content
    if not isinstance(data, (bytes, bytearray)):
        raise UnsupportedInput("the response has no bytes as its content", input=url)
    if not data:
        raise EmptyInput("the response has no content", input=url)
    notices: tuple[Notice, ...] = ()
    status = getattr(response, "status_code", None)
    if isinstance(status, int) and status >= 400:
        notices = (Notice(code="http-error", message=f"the server answered {status}; the page may be an error page"),)
    charset = _header_charset(str(response.headers.get("content-type", "") or ""))
    if url is not None and not url.startswith(("http://", "https://")):
        url = None
    return _sized(Raw("bytes", bytes(data), name=url, url=url, charset=charset, notices=notices), max_bytes)


def _header_charset(content_type: str) -> str | None:
    """
    >>> _header_charset('text/html; charset="windows-1256"')
    'windows-1256'
    """
    from email.message import Message

    message = Message()
    message["content-type"] = content_type
    charset = message.get_param("charset")
    return charset.strip() or None if isinstance(charset, str) else None


def _tree(source: Any) -> Raw:
    root = source.getroot() if hasattr(source, "getroot") else source
    if root is None or not isinstance(root.tag, str):
        raise EmptyInput("the tree has no root element")
    return Raw("tree", root)
