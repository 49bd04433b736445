"""The headline of an HTML page: the block that agrees best with how the page names itself."""

from __future__ import annotations

import re
from typing import Final

from newsclean.cleaners.markup_around import Around
from newsclean.cleaners.markup_head import metas_of, title_of
from newsclean.document.block import Block
from newsclean.document.document import Document
from newsclean.document.normalize import fold
from newsclean.document.roles import Role
from newsclean.readers.html_tags import Hint

__all__ = ["find_title", "page_titles"]

_TITLE_META: Final = ("og:title", "twitter:title", "title", "parsely-title", "dc.title", "sailthru.title")
_SLACK: Final = 4
_FEW: Final = 3
"""Spaces in a title that is no heading, at least."""
_ELSEWHERE: Final = Hint.HIDDEN | Hint.NAV | Hint.FOOTER | Hint.ASIDE
_SITE_BEHIND: Final = re.compile(r"\s*(?:$|[-–—|•·»:~])")


def page_titles(document: Document) -> list[str]:
    """Titles that the head of the page names, folded: Open Graph first, ``<title>`` last."""
    found: dict[str, str] = {}
    for name, content in metas_of(document):
        key = name.lower()
        if key in _TITLE_META and key not in found:
            found[key] = fold(content)
    titles = [found[key] for key in _TITLE_META if found.get(key)]
    if shown := title_of(document):
        titles.append(fold(shown))
    return titles


def find_title(around: Around) -> None:
    """Label the headline, and what repeats it above the body."""
    titles = page_titles(around.document)
    end = around.verdict.first if around.verdict.last >= 0 else len(around.blocks)
    best: tuple[float, int, str] | None = None
    for block in around.blocks:
        if block.index > max(end, 3) + 2 and best is not None:
            break
        rating = _rating(around, block, titles)
        if rating is not None and (best is None or rating[0] > best[0]):
            best = (rating[0], block.index, rating[1])
    if best is None:
        return
    around.title = best[1]
    around.put(best[1], Role.TITLE, best[2], min(best[0], 0.98))
    text = fold(around.blocks[best[1]].text)
    size = len(around.blocks[best[1]].text)
    for block in around.blocks[: max(end, best[1]) + 1]:
        if block.index != best[1] and abs(len(block.text) - size) <= _SLACK and fold(block.text) == text:
            around.put(block.index, Role.DUPLICATE, "repeats the title", 0.9)


def _rating(around: Around, block: Block, titles: list[str]) -> tuple[float, str] | None:
    if not 3 <= len(block.text) <= 400:
        return None
    heading = block.kind == "heading" and (block.level or 6) <= 2
    text = fold(block.text)
    if not (heading or around.names(block.index, Role.TITLE)):
        return _unnamed(around, block, text, titles)
    first = block.level == 1
    hidden = around.hints(block.index) & _ELSEWHERE
    for title in titles:
        if text == title:
            return (0.97 if first else 0.93) - (0.2 if hidden else 0), "agrees with the page's title"
    for title in titles:
        if (len(text) >= 12 and text in title) or (len(title) >= 12 and title in text and len(text) < 2 * len(title)):
            small = 0.1 if 2 * len(text) < len(title) else 0  # the site's name is a part, too
            return (0.9 if first else 0.85) - (0.2 if hidden else 0) - small, "part of the page's title"
    words = set(text.split())
    shared = max((len(words & set(title.split())) / len(words) for title in titles), default=0.0) if words else 0.0
    if shared >= 0.6 and len(words) >= 3:
        return (0.75 if first else 0.65) - (0.2 if hidden else 0), "shares words with the page's title"
    if first and not hidden:
        return 0.55 + min(len(text), 100) / 2000, "h1"
    return None


def _unnamed(around: Around, block: Block, text: str, titles: list[str]) -> tuple[float, str] | None:
    """A line that is no heading, and with which the page's title begins: only the site's name follows there."""
    if text.count(" ") < _FEW or around.hints(block.index) & (_ELSEWHERE | Hint.LINK):
        return None
    if not any(title.startswith(text) and _SITE_BEHIND.match(title, len(text)) for title in titles):
        return None
    return None if around.furniture(block.index) is not None else (0.6, "begins the page's title")
