"""A page as columns of numbers: what the learned labeler looks at, read in one loop over blocks and one over nodes."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from newsclean.cleaners.markup_head import metas_of, names_of, title_of
from newsclean.cleaners.phrases import languages_for, matcher_for
from newsclean.document.document import Document
from newsclean.document.normalize import clean_text, fold_clean
from newsclean.document.roles import Role
from newsclean.document.shape import rough_words

if TYPE_CHECKING:
    from newsclean.models.blocks_columns import Columns

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
_STEM: Final = 5
_LONG: Final = 15
_COUNTED: Final = 25
"""Punctuation is counted from this length on."""
_ENDINGS: Final = {**dict.fromkeys(":;؛：\"'»”’)]）」』*", 1), **dict.fromkeys(_STOPS, 2)}
_BODY_KEY: Final = re.compile(r"\"articleBody\"\s*:\s*\"")
_DECODER: Final = json.JSONDecoder(strict=False)
_MARKUP: Final = re.compile(r"<[^<>]{1,300}>")
_OPENING: Final = re.compile(r"[^:|]{2,45}[:|] ")
_NEAR: Final = 6
_SHORT: Final = 90


def columns_of(document: Document) -> Columns:
    """The columns of an HTML document."""
    from newsclean.models.blocks_columns import Columns

    page = document.tree
    nodes = page.nodes
    head = _Head(document)
    numbers = defaultdict(count(len(TAGS) + 1).__next__, TAGS)
    named, facts = names_of(document)
    return Columns(
        rows=_rows(document, head),
        owner=page.owners,
        parent=nodes.parent,
        end=nodes.end,
        depth=nodes.depth,
        hints=nodes.hints,
        tag=[numbers[name] for name in nodes.tag],
        tags=len(TAGS),
        named=named,
        names=[fact.numbers for fact in facts],
        words=[fact.words for fact in facts],
        has_body=head.has_body,
    )


def _rows(document: Document, head: _Head) -> list[list[int]]:
    """What ``Columns.rows`` names; one list a number, each with a value a block."""
    blocks = document.blocks
    texts = [block.text for block in blocks]
    sizes = [len(text) for text in texts]
    opened = _opened(texts)
    copies, copy = _copies(texts)
    stops, commas, titles, descriptions, bodies = ([0] * len(texts) for _ in range(5))
    for index, size in enumerate(sizes):
        if size >= _COMPARED:
            text = texts[index]
            titles[index], descriptions[index], bodies[index] = head.compare(text)
            if size >= _COUNTED:
                stops[index], commas[index] = _marks(text)
    phrases = [0] * len(texts)
    for index, role in _phrases(document).items():
        phrases[index] = role
    return [
        sizes,
        [rough_words(text) for text in texts],
        document.tree.linked,
        stops,
        commas,
        [_ENDINGS.get(text[-1], 0) for text in texts],
        [
            1 if first.isupper() else 2 if first.isdigit() else 3 if first.islower() else 0
            for first in [text[0] for text in texts]
        ],
        [_KINDS[block.kind] for block in blocks],
        [block.level or 0 for block in blocks],
        copies,
        copy,
        titles,
        descriptions,
        bodies,
        phrases,
        opened,
    ]


def _copies(texts: list[str]) -> tuple[list[int], list[int]]:
    """For each text how many are equal to it, and which of them it is; at most 9."""
    many = Counter(texts)
    copies = copy = [1] * len(texts)
    if len(many) < len(texts):
        copies, copy = copies.copy(), copy.copy()
        seen: dict[str, int] = {}
        for index, text in enumerate(texts):
            if many[text] > 1:
                number = seen[text] = seen.get(text, 0) + 1
                copies[index], copy[index] = min(many[text], 9), min(number, 9)
    return copies, copy


def _opened(texts: list[str]) -> list[int]:
    """For each text how many begin with the same words before a colon or bar; 0 for those that have none."""
    openings = [_OPENING.match(text) if ": " in text or "| " in text else None for text in texts]
    many = Counter([found[0] for found in openings if found])
    return [many[found[0]] if found else 0 for found in openings]


def _marks(text: str) -> tuple[int, int]:
    """Full stops and commas of ``text``."""
    if text.isascii():
        return text.count(".") + text.count("?") + text.count("!"), text.count(",")
    return sum([text.count(mark) for mark in _STOPS if mark in text]), sum(
        [text.count(mark) for mark in _COMMAS if mark in text]
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


class _Head:
    """What the head of the page says its title, description and text are."""

    def __init__(self, document: Document) -> None:
        titles: list[str] = []
        self._description = ""
        for key, content in metas_of(document):
            if key in ("og:title", "twitter:title"):
                titles.append(clean_text(content).casefold())
            elif key in ("og:description", "description") and len(content) > len(self._description):
                self._description = clean_text(content).casefold()
        if shown := title_of(document):
            titles.append(clean_text(shown).casefold())
        self._titles = dict.fromkeys(titles)
        self._joined = "\n".join(self._titles)
        self._long = [known for known in self._titles if len(known) > _LONG]
        self._shortest = min(map(len, self._long), default=0)
        self._opening = self._description[:60]
        self._body = _article_body(document.tree.told["script"])
        self._words = frozenset(self._body.split(" "))
        self._stems = frozenset([word[:_STEM] for word in self._words])
        self.has_body = len(self._body)

    def compare(self, text: str) -> tuple[int, int, int]:
        """Whether ``text`` is (2) or is part of (1) the title, the description, and the text in the structured data."""
        size = len(text)
        title = description = body = 0
        if 8 <= size <= 300:
            low = text.casefold()
            title = 2 if low in self._titles else 1 if self._in_title(low) else 0
        if size >= 20 and self._description:
            low = text[:400].casefold()
            if low.startswith(self._opening) or self._description.startswith(low[:200]):
                description = 2
            elif low[:60] in self._description:
                description = 1
        if self._body and size >= 12:
            if self._in_body(text[:50]) or (size > 50 and self._in_body(text[-50:])):
                body = 2
            elif size > 120 and self._in_body(text[30:70]):
                body = 1
        return title, description, body

    def _in_body(self, part: str) -> bool:
        # looking for whole words first is quick, and most parts have one that the text has not
        _, *words = part.split(" ")
        if words:
            last = words.pop()
            if len(last) >= _STEM and last[:_STEM] not in self._stems:
                return False
            for word in words:
                if word not in self._words:
                    return False
        return part in self._body

    def _in_title(self, low: str) -> bool:
        if low in self._joined and any(low in known for known in self._titles):
            return True
        return len(low) >= self._shortest and any(known in low for known in self._long)


def _article_body(scripts: Iterable[Any]) -> str:
    """The longest ``articleBody`` of the page's JSON-LD, as one line; empty where there is none."""
    best = ""
    for script in scripts:
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
