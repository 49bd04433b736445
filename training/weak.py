"""Weak roles of a page's lines, from the tags and class names of its HTML, its title, authors and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from benchmarks.quality.align import tokens
from benchmarks.quality.datasets import Page

__all__ = ["ROLES", "html_roles", "weak_roles"]

ROLES = [
    "paragraph",
    "heading",
    "quote",
    "list_item",
    "title",
    "lead",
    "byline",
    "date",
    "caption",
    "section",
    "tags",
    "most_read",
    "related",
    "latest_news",
    "navigation",
    "share",
    "comment_form",
    "comments",
    "newsletter",
    "footer",
    "other_article",
    "other",
]
"""The roles the model tells apart; the order is part of the weights' format."""

_KEY = 60
_TAGS = {
    "nav": "navigation",
    "footer": "footer",
    "figcaption": "caption",
    "blockquote": "quote",
    "time": "date",
    "li": "list_item",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "form": "other",
    "button": "other",
}
_NAMES = (
    (r"comment-?form|respond\b|comment-reply|addcomment", "comment_form"),
    (r"comment|disqus", "comments"),
    (r"newsletter|subscri|signup|sign-up|mailing", "newsletter"),
    (r"most-?(read|pop|view)|popular|trending|meistgelesen|top-?stories|mas-?leid|en-?cok", "most_read"),
    (r"latest|breaking|ticker|live-?feed|newsfeed", "latest_news"),
    (
        r"related|recommend|read-?(next|more|also)|more-?(on|from|stories)|you-?may|also-?like|outbrain|taboola",
        "related",
    ),
    (r"teaser|\bcard|promo|story-?list|article-?list|river", "other_article"),
    (r"share|social|sharing", "share"),
    (r"caption|credit", "caption"),
    (r"byline|author", "byline"),
    (r"breadcrumb|\bnav|menu|navbar|navigation", "navigation"),
    (r"\btags?\b|topics|keywords", "tags"),
    (r"(publish|post|article|entry).*(date|time)|dateline|timestamp|\bdate\b", "date"),
    (r"kicker|overline|section-?(name|label)|category", "section"),
    (r"footer|copyright|imprint|colophon", "footer"),
    (r"cookie|consent|gdpr|advert|\bads?\b|login|search", "other"),
)
_NAME = [(re.compile(pattern), role) for pattern, role in _NAMES]
_STICKY = {
    "comment_form",
    "comments",
    "newsletter",
    "most_read",
    "latest_news",
    "related",
    "other_article",
    "share",
    "navigation",
    "footer",
    "caption",
}
_BODY = {"heading", "quote", "list_item"}


def _own_role(node: Any) -> str | None:
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower().strip()
    if names and node.tag not in ("body", "html", "main", "article"):
        for pattern, role in _NAME:
            if pattern.search(names):
                return role
    return _TAGS.get(node.tag)


def html_roles(html: str) -> dict[str, str]:
    """Beginning of each text node (folded, 60 characters) to the role its ancestors suggest."""
    import lxml.html

    root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    out: dict[str, str] = {}
    stack: list[tuple[Any, str | None]] = [(root, None)]
    while stack:
        node, above = stack.pop()
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "noscript"):
            continue
        own = _own_role(node)
        role = above if above in _STICKY and own != "comment_form" else own or above
        if node.text:
            _put(out, node.text, role)
        for child in reversed(node):
            stack.append((child, role))
            if child.tail:
                _put(out, child.tail, role)
    return out


def _put(out: dict[str, str], text: str, role: str | None) -> None:
    key = " ".join(tokens(text[:400]))[:_KEY]
    if role and key:
        out.setdefault(key, role)


def weak_roles(
    page: Page, lines: Sequence[str], body: Sequence[bool], known: dict[str, str]
) -> list[tuple[str, float]]:
    """A role and how much it is to be trusted (0 to 1) for each line of a flattened ``page``."""
    title = " ".join(tokens(page.title))
    authors = {word for word in tokens(str(page.meta.get("authors") or "")) if len(word) > 2}
    summary = " ".join(tokens(str(page.meta.get("summary") or "")))
    out: list[tuple[str, float]] = []
    for line, kept in zip(lines, body, strict=True):
        words = tokens(line[:400])
        joined = " ".join(words)
        role = _lookup(known, joined)
        if kept:
            if len(words) > 5 and joined[:80] in summary and summary[:200].startswith(joined[:60]):
                out.append(("lead", 1.0))
            elif role in _BODY and (role != "heading" or len(words) < 25):
                out.append((role, 1.0))
            else:
                out.append(("paragraph", 0.5))
        elif title and joined == title:
            out.append(("title", 1.0))
        elif (
            authors and 0 < len(words) < 10 and len(authors & set(words)) * 2 >= min(len(authors), 4) and role != "tags"
        ):
            out.append(("byline", 1.0))
        elif role in _BODY or role is None:
            out.append(("other", 0.2))
        else:
            out.append((role, 0.7 if role != "other" else 0.4))
    return out


def _lookup(known: dict[str, str], joined: str) -> str | None:
    found = known.get(joined[:_KEY])
    if found is None and " " in joined:
        head = joined.split(" ")
        for size in (4, 3, 2):
            found = known.get(" ".join(head[:size]))
            if found:
                return found
    return found
