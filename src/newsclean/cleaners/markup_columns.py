"""A page as columns of numbers: what the learned labeler looks at, read in one loop over blocks and one over nodes."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final

from newsclean.cleaners.markup_names import facts_of
from newsclean.cleaners.phrases import languages_for, matcher_for
from newsclean.document.document import Document
from newsclean.document.normalize import clean_text, fold_clean
from newsclean.document.roles import Role

if TYPE_CHECKING:
    from newsclean.models.blocks_features import Columns

__all__ = ["TAGS", "columns_of"]

TAGS: Final = {
    name: number
    for number, name in enumerate(
        [
            "div",
            "p",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "span",
            "section",
            "article",
            "td",
            "th",
            "blockquote",
            "figcaption",
            "figure",
            "aside",
            "nav",
            "footer",
            "header",
            "main",
            "ul",
            "ol",
            "dl",
            "dd",
            "dt",
            "table",
            "tr",
            "form",
            "button",
            "time",
            "a",
            "address",
            "body",
            "pre",
            "script",
            "details",
            "summary",
        ],
        1,
    )
}
_KINDS: Final = {
    name: number
    for number, name in enumerate(
        ("other", "paragraph", "heading", "list_item", "quote", "table", "caption", "title", "time", "line")
    )
}
_ROLES: Final = {role: number for number, role in enumerate(Role, 1)}
_STOPS: Final = ".?!؟。۔।…"
_COMMAS: Final = ",،、"
_COMPARED: Final = 8
_COUNTED: Final = 25
"""Punctuation is counted from this length on."""
_ENDS: Final = frozenset(".?!؟。۔।…:;؛：\"'»”’)]）」』*")
_BODY_KEY: Final = re.compile(r"\"articleBody\"\s*:\s*\"")
_DECODER: Final = json.JSONDecoder(strict=False)
_MARKUP: Final = re.compile(r"<[^<>]{1,300}>")
_OPENING: Final = re.compile(r"[^:|]{2,45}[:|] ")
_DENSE: Final = 16
_NEAR: Final = 6
_SHORT: Final = 90


def columns_of(document: Document) -> Columns:
    """The columns of an HTML document."""
    from newsclean.models.blocks_features import Columns

    page = document.tree
    nodes = page.nodes
    head = _Head(page.root)
    rows: list[tuple[int, ...]] = []
    copies: dict[str, int] = {}
    openings: dict[str, int] = {}
    opens: list[str] = []
    for block in document.blocks:
        text = block.text
        copies[text] = copies.get(text, 0) + 1
        opened = _OPENING.match(text)
        opening = "" if opened is None else opened[0]
        opens.append(opening)
        openings[opening] = openings.get(opening, 0) + 1
    openings[""] = 0
    seen: dict[str, int] = {}
    phrases = _phrases(document)
    signatures: list[tuple[int, int, int]] = []
    groups: tuple[dict[object, int], ...] = ({}, {}, {})
    tag, names, parent = nodes.tag, nodes.names, nodes.parent
    one, two, three = groups
    nothing = (0, 0, 0)
    for block, owner, linked, opening in zip(document.blocks, page.owners, page.linked, opens, strict=True):
        text = block.text
        size = len(text)
        words = text.count(" ") + 1
        if words * _DENSE < size:
            words = size // 2
        stops = commas = 0
        if size < _COUNTED:
            pass
        elif text.isascii():
            stops = text.count(".") + text.count("?") + text.count("!")
            commas = text.count(",")
        else:
            for mark in _STOPS:
                if mark in text:
                    stops += text.count(mark)
            for mark in _COMMAS:
                if mark in text:
                    commas += text.count(mark)
        last = text[-1]
        first = text[0]
        number = seen[text] = seen.get(text, 0) + 1
        rows.append(
            (
                size,
                words,
                linked,
                stops,
                commas,
                2 if last in _STOPS else 1 if last in _ENDS else 0,
                1 if first.isupper() else 2 if first.isdigit() else 3 if first.islower() else 0,
                _KINDS[block.kind],
                block.level or 0,
                min(copies[text], 9),
                min(number, 9),
                *(head.compare(text) if size >= _COMPARED else nothing),
                phrases.get(block.index, 0),
                openings[opening],
            )
        )
        above = parent[owner]
        look = (tag[owner], names[owner])
        signatures.append(
            (
                one.setdefault((look, above), len(one)),
                two.setdefault((look, tag[above], names[above]), len(two)),
                three.setdefault((look[0], tag[above], tag[parent[above]], nodes.depth[owner]), len(three)),
            )
        )
    facts = {text: _name_facts(text) for text in set(names)}
    return Columns(
        rows=rows,
        signatures=signatures,
        owner=list(page.owners),
        parent=list(parent),
        end=list(nodes.end),
        depth=list(nodes.depth),
        hints=list(nodes.hints),
        tag=[TAGS.get(name, 0) for name in tag],
        names=[facts[text][0] for text in names],
        words=[facts[text][1] for text in names],
        has_body=head.has_body,
    )


def _phrases(document: Document) -> dict[int, int]:
    """For short lines around prose, the role (its number) of the phrase that such a line is or opens with."""
    blocks, linked = document.blocks, document.tree.linked
    near = [False] * len(blocks)
    longest = []
    for block in blocks:
        size = len(block.text)
        if size > 100 and linked[block.index] * 3 < size:
            longest.append(block)
            for index in range(max(block.index - _NEAR, 0), min(block.index + _NEAR + 1, len(blocks))):
                near[index] = True
    if not longest:
        return {}
    longest.sort(key=lambda block: (-len(block.text), block.index))
    sample = "\n".join(block.text[:800] for block in sorted(longest[:6], key=lambda block: block.index))
    matcher = matcher_for(languages_for(sample))
    found: dict[int, int] = {}
    for block in blocks:
        size = len(block.text)
        if near[block.index] and size <= (_SHORT if linked[block.index] * 2 < size else _SHORT // 3):
            match = matcher.match_folded(fold_clean(block.text))
            if match is not None and (match.share >= 0.6 or match.match == "prefix"):
                found[block.index] = _ROLES[Role(match.role)]
    return found


def _name_facts(names: str) -> tuple[tuple[int, int], tuple[str, ...]]:
    """Furniture role and field role (their numbers) that class and id attributes name, and their words."""
    furniture, field, words = facts_of(names)
    return (_ROLES[furniture[0]] if furniture else 0, _ROLES[field[0]] if field else 0), words


class _Head:
    """What the head of the page says its title, description and text are."""

    def __init__(self, root: Any) -> None:
        self._titles: list[str] = []
        self._description = ""
        for meta in root.iter("meta"):
            key = meta.get("property") or meta.get("name") or ""
            content = meta.get("content")
            if not content:
                continue
            if key in ("og:title", "twitter:title"):
                self._titles.append(clean_text(content).casefold())
            elif key in ("og:description", "description") and len(content) > len(self._description):
                self._description = clean_text(content).casefold()
        element = next(root.iter("title"), None)
        if element is not None and element.text:
            self._titles.append(clean_text(element.text).casefold())
        self._body = _article_body(root)
        self.has_body = len(self._body)

    def compare(self, text: str) -> tuple[int, int, int]:
        """Whether ``text`` is (2) or is part of (1) the title, the description, and the text in the structured data."""
        title = description = body = 0
        size = len(text)
        if 8 <= size <= 300:
            low = text.casefold()
            for known in self._titles:
                if low == known:
                    title = 2
                    break
                if low in known or (len(known) > 15 and known in low):
                    title = 1
        if size >= 20 and self._description:
            low = text[:400].casefold()
            opening = self._description[:60]
            if low.startswith(opening) or self._description.startswith(low[:200]):
                description = 2
            elif low[:60] in self._description:
                description = 1
        if self._body and size >= 12:
            if text[:50] in self._body or text[-50:] in self._body:
                body = 2
            elif size > 120 and text[30:70] in self._body:
                body = 1
        return title, description, body


def _article_body(root: Any) -> str:
    """The longest ``articleBody`` of the page's JSON-LD, as one line; empty where there is none."""
    best = ""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = script.text or ""
        for found in _BODY_KEY.finditer(text):
            try:
                value, _ = _DECODER.raw_decode(text, found.end() - 1)
            except ValueError:
                continue
            if len(value) > len(best):
                best = value
    if "<" in best:
        best = _MARKUP.sub(" ", best)
    if "&" in best:
        best = html.unescape(best)
    return clean_text(best)
