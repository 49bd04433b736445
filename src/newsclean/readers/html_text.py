"""The text of an element as one line, of a table as rows, and whether a template holds the page."""

from __future__ import annotations

from typing import Any

from newsclean.document.normalize import clean_text
from newsclean.readers.html_tags import FLOW, INLINE, SKIP

__all__ = ["all_text", "data_rows", "template_holds_page"]

_UNSEEN = frozenset(name for name, code in FLOW.items() if code == SKIP) | {"template", "svg"}


def all_text(element: Any) -> str:
    """All visible text of ``element`` as one line, a space where a block begins or ends."""
    parts: list[str] = [element.text or ""]
    stack: list[Any] = [iter(element)]
    tails: list[tuple[str, str]] = []
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            if tails:
                parts.extend(tails.pop())
            continue
        tag = child.tag
        tail = child.tail or ""
        if not isinstance(tag, str) or tag in _UNSEEN:
            parts.append(tail)
            continue
        edge = "" if FLOW.get(tag, INLINE) == INLINE else " "
        parts += (edge, child.text or "")
        tails.append((edge, tail))
        stack.append(iter(child))
    return "".join(parts)


def template_holds_page(root: Any) -> bool:
    """Whether most paragraphs stand inside a ``<template>``, which then was never closed."""
    inside = 0
    for template in root.iter("template"):
        inside = max(inside, sum(1 for _ in template.iter("p")))
    return inside >= 3 and inside * 2 > sum(1 for _ in root.iter("p"))


_LAYOUT = ("table", "form", "article", "section", "h1", "h2", "blockquote", "script", "textarea", "select", "nav")


def data_rows(table: Any) -> str | None:
    """Rows of a data table, cells set apart by `` | ``; ``None`` for a table that only lays out the page."""
    if next(table.iterdescendants(*_LAYOUT), None) is not None:
        return None
    rows: list[str] = []
    cells = 0
    longest = 0
    for part in table.iter("caption", "tr"):
        if part.tag == "caption":
            texts = [clean_text(all_text(part))]
        else:
            texts = [clean_text(all_text(cell)) for cell in part.iterchildren("td", "th")]
            cells += len(texts)
            longest = max([longest, *map(len, texts)])
        line = " | ".join(texts).strip(" |") if any(texts) else ""
        if line:
            rows.append(line)
    if cells < 4 or longest > 700:
        return None
    if sum(1 for _ in table.iter("p")) > 2 * cells:
        return None
    text = "\n".join(rows)
    seen = sum(map(len, clean_text(all_text(table)).split()))
    return text if seen == sum(len(c) for c in text.replace(" | ", " ").split()) else None
