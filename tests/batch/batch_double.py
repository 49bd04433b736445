"""A small cleaner that stands in for the real one, with inputs that misbehave on demand. It is not shipped.

The first line of a page is its title, the others its paragraphs; a line ``misbehave: WHAT`` does what it says.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from newsclean.document.article import Article
from newsclean.errors import ConfigurationError, EmptyInput, NoArticle, UnreadableInput
from newsclean.options import DEFAULT, Options

_HELD: list[bytearray] = []


def clean(source: Any, *, url: str | None = None, options: Options = DEFAULT) -> Article:
    """As ``newsclean.clean``."""
    data = _bytes(source)
    url = url or getattr(source, "url", None)
    text = data.decode(options.encoding or "utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise EmptyInput("nothing but white space")
    for line in lines:
        if line.startswith("misbehave: "):
            _misbehave(line.removeprefix("misbehave: "))
    if len(lines) < 2:
        raise NoArticle("a title is no article")
    head, *body = lines
    site, published = None, None
    if body[0].startswith("site "):
        site, body = body[0].split()[1], body[1:]
    if body[0].startswith("date "):
        published, body = datetime.fromisoformat(body[0].split()[1]), body[1:]
    blocks = [{"kind": "paragraph", "text": t, "source": {"path": f"/p[{i}]"}} for i, t in enumerate(body, 1)]
    return Article.model_validate(
        {
            "title": head,
            "url": url,
            "site": site,
            "published": published,
            "published_precision": "second" if published else None,
            "tags": ["one", "two"] if "tags" in head else [],
            "body": [b for b in blocks if not b["text"].startswith("Share")],
            "removed": [
                {"role": "share", "cleaner": "double", "rule": "share", "confidence": 1.0, **b}
                for b in ({k: v for k, v in b.items() if k != "kind"} for b in blocks)
                if b["text"].startswith("Share")
            ],
            "quality": {
                "score": 0.9 if len(body) > 1 else 0.3,
                "warnings": [{"code": "double", "message": "a double"}],
            },
            "provenance": {
                "input": "html",
                "sha256": hashlib.sha256(data).hexdigest(),
                "encoding": options.encoding or "utf-8",
                "bytes": len(data),
                "cleaners": ["double"],
                "newsclean": "0",
            },
        }
    )


def slow(source: Any, *, url: str | None = None, options: Options = DEFAULT) -> Article:
    """The same, a little slower, so that there is time to interrupt it."""
    time.sleep(0.004)
    return clean(source, url=url, options=options)


def __getattr__(name: str) -> Any:
    """``dies_reading`` is the same cleaner in a process that dies where a second row is read."""
    if name != "dies_reading":
        raise AttributeError(name)
    from newsclean.batch.containers import lines

    item = lines.Lines.item
    lines.Lines.item = lambda self, raw: os._exit(3) if raw.number == 2 else item(self, raw)  # type: ignore[method-assign]
    return clean


def _bytes(source: Any) -> bytes:
    if isinstance(source, Path):
        try:
            return source.read_bytes()
        except OSError as error:
            raise UnreadableInput("no such file", input=str(source)) from error
    if isinstance(source, str):
        return source.encode()
    return source if isinstance(source, bytes) else source.content


def _misbehave(what: str) -> None:
    if what == "raise":
        raise ZeroDivisionError("division by zero in a page")
    if what == "loop":
        while True:
            pass
    if what == "misconfigure":
        raise ConfigurationError("a site file is wrong")
    if what == "sleep":
        time.sleep(3600)
    if what == "eat":
        while True:
            _HELD.append(bytearray(10_000_000))
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "exit":
        os._exit(3)
    if what == "once" and _HELD:
        # Dies unless it is alone: what was cleaned before it in this process is to blame.
        os._exit(3)
    if what == "remember":
        _HELD.append(bytearray(1))
