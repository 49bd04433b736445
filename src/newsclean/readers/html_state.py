"""Article text that a page carries only as data: ``articleBody`` in JSON-LD, or the state of a script.

Read only where the tree itself has almost no prose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from newsclean.document.normalize import clean_text, word_count

__all__ = ["script_paragraphs"]

_MAX_SCRIPT = 8_000_000
_MAX_VALUES = 200_000
_ASSIGNED = re.compile(r"(?:^|[;\s(])(?:window|self|globalThis)?\.?[\w$.\[\]\"']{2,60}\s*=\s*(?=[{\[])")
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|li|blockquote)\b", re.IGNORECASE)
_LINES = re.compile(r"\n+")
_MIN_WORDS = 12
_MIN_BODY_WORDS = 60


def script_paragraphs(root: Any) -> tuple[Any, list[str]] | None:
    """The script of ``root`` that carries an article, and its paragraphs; ``None`` where no script does.

    JSON-LD with an ``articleBody`` comes first; else, of all JSON in scripts, the one kind of value (told by the keys
    that lead to it, positions in lists aside) that holds the most prose.
    """
    scripts = [s for s in root.iter("script") if s.text and len(s.text) <= _MAX_SCRIPT]
    for script in scripts:
        if "ld+json" in (script.get("type") or "") and "articleBody" in script.text:
            for value in _decoded(script.text, whole=True):
                bodies = [text for keys, text in _strings(value) if keys and keys[-1] == "articleBody"]
                lines = _paragraphs(max(bodies, key=len, default=""))
                if _words(lines) >= _MIN_BODY_WORDS:
                    return script, lines
    best: tuple[int, Any, list[str]] | None = None
    for script in scripts:
        for value in _decoded(script.text, whole="json" in (script.get("type") or "")):
            lines = _richest(value)
            words = _words(lines)
            if words >= _MIN_BODY_WORDS and (best is None or words > best[0]):
                best = (words, script, lines)
    return (best[1], best[2]) if best else None


def _decoded(text: str, *, whole: bool) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    starts = [0] if whole else [m.end() for m in _ASSIGNED.finditer(text)][:50]
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            value, end = decoder.raw_decode(text.lstrip() if whole else text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _strings(value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string below ``value`` in order, with the keys that lead to it."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), value)]
    for _ in range(_MAX_VALUES):
        if not stack:
            return
        keys, item = stack.pop()
        if isinstance(item, str):
            yield keys, item
        elif isinstance(item, dict):
            stack.extend((((*keys[-6:], str(key)), child) for key, child in reversed(item.items())))
        elif isinstance(item, list):
            stack.extend((keys, child) for child in reversed(item))


def _richest(value: Any) -> list[str]:
    kinds: dict[tuple[str, ...], list[str]] = {}
    for keys, text in _strings(value):
        if len(text) >= 40 and text.count(" ") >= 6 and not text.lstrip().startswith(("{", "[", "http", "function")):
            kinds.setdefault(keys, []).extend(_paragraphs(text))
    best: list[str] = []
    for lines in kinds.values():
        prose = [line for line in dict.fromkeys(lines) if word_count(line) >= _MIN_WORDS]
        if _words(prose) > _words(best):
            best = list(dict.fromkeys(lines))
    return best


def _paragraphs(text: str) -> list[str]:
    if not text.strip():
        return []
    if _MARKUP.search(text) or "&lt;p" in text:
        from lxml import etree
        from lxml import html as lxml_html

        from newsclean.readers.html_walk import Walker

        if "<" not in text:
            import html

            text = html.unescape(text)
        try:
            tree = lxml_html.fragment_fromstring(text, create_parent="div")
        except (etree.LxmlError, ValueError):
            return []
        walker = Walker()
        walker.run(tree)
        return [cut.text for cut in walker.cuts]
    lines = (clean_text(line) for line in _LINES.split(text))
    return [line for line in lines if line]


def _words(lines: list[str]) -> int:
    return sum(map(word_count, lines))
