"""JSON-LD as pages really carry it: read with patience, and only of the article the page is about."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newsclean.document.normalize import fold

__all__ = ["Node", "article_fields", "main_article", "nodes", "parse_json"]

_LONGEST_SCRIPT = 4_000_000
_DEEPEST = 12
_MOST_NODES = 4000
_WRAPPING = re.compile(
    r"^\s*(?://\s*|/\*\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?://\s*|/\*\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*$"
)
_STRING_OR_COMMA = re.compile(
    r'"(?:[^"\\]|\\.)*(?:"|\Z)|,(?=\s*[}\]])|/\*[^*]{0,500}\*/|(?<![:\w])//[^\n"]*', re.DOTALL
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ARTICLES = {
    "newsarticle": 4,
    "reportagenewsarticle": 4,
    "analysisnewsarticle": 4,
    "backgroundnewsarticle": 4,
    "opinionnewsarticle": 4,
    "reviewnewsarticle": 4,
    "askpublicnewsarticle": 4,
    "liveblogposting": 4,
    "advertisercontentarticle": 3,
    "satiricalarticle": 3,
    "article": 3,
    "blogposting": 3,
    "report": 3,
    "techarticle": 3,
    "scholarlyarticle": 2,
    "socialmediaposting": 1,
    "webpage": 0,
    "itempage": 0,
}
# What hangs below these keys is another entity.
_OTHERS = frozenset(
    [
        "itemlistelement",
        "haspart",
        "mentions",
        "citation",
        "comment",
        "liveblogupdate",
        "subjectof",
        "relatedlink",
        "isbasedon",
        "suggestedanswer",
        "significantlink",
        "blogpost",
        "video",
        "associatedmedia",
        "review",
        "reviews",
        "offers",
    ]
)


class Node(NamedTuple):
    """An object of type article or web page; ``inner`` where it hangs below a list or a part."""

    data: dict[str, Any]
    kind: str
    inner: bool


def parse_json(text: str) -> list[Any]:
    """The JSON values of a script, mending what pages get wrong; an empty list where nothing can be read.

    >>> parse_json('<!-- {"a": [1, 2,], } -->')
    [{'a': [1, 2]}]
    """
    if len(text) > _LONGEST_SCRIPT:
        return []
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        pass
    text = _WRAPPING.sub("", _CONTROL.sub(" ", text)).strip().rstrip(";")
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = html.unescape(text)
    text = _STRING_OR_COMMA.sub(lambda m: m[0] if m[0][0] == '"' else " ", text)
    found: list[Any] = []
    decoder = json.JSONDecoder(strict=False)
    place = 0
    while place < len(text) and len(found) < 50:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        found.append(value)
        while place < len(text) and text[place] in " \t\r\n;,":
            place += 1
    return found


def _kinds(value: Any) -> list[str]:
    kinds = value if isinstance(value, list) else [value]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in kinds[:8] if isinstance(kind, str)]


def nodes(values: Sequence[Any]) -> tuple[list[Node], dict[str, dict[str, Any]]]:
    """Articles and web pages in ``values``, and the objects by ``@id``; bounded in depth and number."""
    found: list[Node] = []
    by_id: dict[str, dict[str, Any]] = {}
    stack: list[tuple[Any, int, bool]] = [(value, 0, False) for value in reversed(values)]
    seen = 0
    while stack and seen < _MOST_NODES:
        value, depth, inner = stack.pop()
        seen += 1
        if isinstance(value, list):
            stack.extend((item, depth + 1, inner) for item in reversed(value[:500]) if isinstance(item, (dict, list)))
        elif isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                by_id.setdefault(name, value)
            kind = next((kind for kind in _kinds(value.get("@type", value.get("type"))) if kind in _ARTICLES), None)
            if kind:
                found.append(Node(value, kind, inner))
            if depth < _DEEPEST:
                below = [
                    (v, depth + 1, inner or k.lower() in _OTHERS)
                    for k, v in value.items()
                    if isinstance(v, (dict, list))
                ]
                stack.extend(reversed(below))
    return found, by_id


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?|[?#].*$|/$", "", value) if isinstance(value, str) else ""


def main_article(found: Sequence[Node], urls: Sequence[str], titles: Sequence[str]) -> Node | None:
    """The node the page is about: by type, address and headline; None where only others are there."""
    addresses = {_address(url) for url in urls if url} - {""}
    headlines = {fold(title) for title in titles if title}
    best: tuple[int, Node] | None = None
    for node in found:
        data = node.data
        headline = text_of(data.get("headline")) or text_of(data.get("name"))
        same_title = bool(headline) and fold(headline) in headlines
        same_place = any(
            _address(data.get(key)) in addresses for key in ("url", "mainEntityOfPage", "@id") if data.get(key)
        )
        dated = isinstance(data.get("datePublished"), str)
        if (node.inner and not (same_title or same_place)) or not (headline or dated):
            continue
        if _ARTICLES[node.kind] == 0 and not dated:
            continue
        # A page may wrap its article, and lists carry the article itself as a teaser.
        score = 4 * _ARTICLES[node.kind] + 5 * same_title + 3 * same_place + 2 * dated - 8 * node.inner
        score += ("author" in data) + ("articleBody" in data)
        if best is None or score > best[0]:
            best = (score, node)
    return best[1] if best else None


def text_of(value: Any) -> str:
    """A string field as text, entities resolved; "" for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    text: str = value
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text.strip()


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:40]:
        if isinstance(item, dict):
            named = item if "name" in item else by_id.get(str(item.get("@id")), item)
            name = named.get("name")
            yield from filter(None, map(text_of, name if isinstance(name, list) else [name]))
        elif isinstance(item, str) and text_of(item):
            yield text_of(item)


def _images(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(item, str):
            yield "image", item.strip()
        elif isinstance(item, dict):
            whole = item if len(item) > 1 else by_id.get(str(item.get("@id")), item)
            address = text_of(whole.get("url")) or text_of(whole.get("contentUrl"))
            if address:
                yield "image", address
                caption = text_of(whole.get("caption")) or text_of(whole.get("description"))
                if caption:
                    yield "image_caption", caption


def _words(value: Any) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:100]:
        text = text_of(item)
        for word in re.split(r"\s*[,،;]\s*", text) if not isinstance(value, list) or len(value) == 1 else [text]:
            if word:
                yield word


def article_fields(node: Node, by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(field, value) pairs of an article node."""
    data = node.data
    yield "type", node.kind
    if node.kind not in ("webpage", "itempage"):
        for field, keys in (
            ("title", ("headline", "name")),
            ("lead", ("description",)),
            ("body", ("articleBody", "text")),
        ):
            value = next((text_of(data[key]) for key in keys if text_of(data.get(key))), "")
            if value:
                yield field, value
        yield from (("author", name) for name in _names(data.get("author") or data.get("creator"), by_id))
    for field, key in (("published", "datePublished"), ("modified", "dateModified")):
        if text_of(data.get(key)):
            yield field, text_of(data[key])
    yield from (("section", word) for word in _words(data.get("articleSection")))
    yield from (("tag", word) for word in _words(data.get("keywords")))
    yield from (("publisher", name) for name in _names(data.get("publisher"), by_id))
    for key in ("url", "mainEntityOfPage"):
        place = data.get(key)
        address = place.get("@id") if isinstance(place, dict) else place
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            yield "url", address.strip()
            break
    language = text_of(data.get("inLanguage"))
    if language:
        yield "language", language
    yield from _images(data.get("image"), by_id)
    free = data.get("isAccessibleForFree")
    if free is False or (isinstance(free, str) and free.strip().lower().rsplit("/", 1)[-1] == "false"):
        yield "paywalled", "true"
