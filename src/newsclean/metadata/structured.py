"""What a page says of itself to machines: JSON-LD, Open Graph, microdata, meta, ``<time>`` and ``<link>``."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.document.normalize import clean_text
from newsclean.metadata.bylines import clean_authors
from newsclean.metadata.jsonld import article_fields, main_article, nodes, parse_json
from newsclean.metadata.microdata import headline_times, microdata, text_content

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newsclean.metadata.dates import DateReading

__all__ = ["Fact", "best_authors", "best_dates", "json_fields", "structured_facts"]

_ORIGINS = ("json-ld", "open-graph", "meta", "microdata", "time", "link")
_LONGEST = 2000
_MOST_CANDIDATES = 60

_HANDLE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")
_ADDRESSED = frozenset({"url", "canonical_url", "image", "amp"})


class Fact(NamedTuple):
    """One statement: ``field`` (title, lead, author, published, ...), its raw ``value``, and where it stood."""

    field: str
    value: str
    origin: str


@dataclass(slots=True)
class _Found:
    """What the elements tell."""

    times: Sequence[Any]
    heads: Sequence[Any]
    titles: list[str]
    scripts: list[str] = dataclasses.field(default_factory=list)
    metas: list[tuple[int, str, str, str]] = dataclasses.field(default_factory=list)
    links: list[tuple[str, str]] = dataclasses.field(default_factory=list)


class _Names(NamedTuple):
    fields: dict[str, tuple[str, int]]
    locked: frozenset[str]
    itemprops: dict[str, str]


@cache
def _names() -> _Names:
    """Names of meta elements to field and rank, from the data file."""
    import tomllib
    from importlib import resources

    raw = tomllib.loads(resources.files(__package__).joinpath("data/meta.toml").read_text(encoding="utf-8"))
    fields = {name: (field, rank) for field, names in raw["meta"].items() for rank, name in enumerate(names)}
    return _Names(fields, frozenset(raw["content_tier"]["locked"]), raw["itemprop"])


def _collect(told: Mapping[str, Sequence[Any]]) -> _Found:
    found = _Found(times=told["time"], heads=told["h1"], titles=[text_content(title) for title in told["title"][:1]])
    names = _names()
    for meta in told["meta"]:
        _meta(meta, found, names)
    found.scripts = [script.text for script in told["script"] if script.text]
    for link in told["link"]:
        relation = link.get("rel")
        if relation:
            address = link.get("href")
            if address and len(address) < _LONGEST:
                found.links.append((relation.lower(), address.strip()))
    return found


def _meta(element: Any, found: _Found, names: _Names) -> None:
    content = element.get("content")
    if not content or element.get("itemprop"):
        return
    name = element.get("property") or element.get("name") or element.get("http-equiv")
    if not name:
        return
    name = name.strip().lower()
    known = names.fields.get(name)
    if known:
        origin = "open-graph" if name.startswith(("og:", "article:")) else "meta"
        found.metas.append((known[1], known[0], content[:_LONGEST], origin))
    elif name == "article:content_tier" and content.strip().lower() in names.locked:
        found.metas.append((0, "paywalled", "true", "meta"))


def _meta_facts(found: _Found) -> Iterator[Fact]:
    for _, name, content, origin in sorted(found.metas, key=lambda row: row[0]):
        values = re.split(r"\s*[,،;]\s*", content) if name == "tag" else [content]
        for value in values:
            if value.strip():
                yield Fact(name, value, origin)


def _link_facts(found: _Found) -> Iterator[Fact]:
    for relation, address in found.links:
        relations = relation.split()
        if "canonical" in relations:
            yield Fact("canonical_url", address, "link")
        elif "amphtml" in relations:
            yield Fact("amp", address, "link")
        elif "image_src" in relations:
            yield Fact("image", address, "link")


def structured_facts(tree: HtmlElement, url: str | None, told: Mapping[str, Sequence[Any]]) -> list[Fact]:
    """All facts of a parsed page (root element), best origin first; ``url`` helps to know the page's own article.

    ``told`` are the elements of the page that tell of it as a whole, by name (see
    :func:`newsclean.readers.html_page.told_of`).

    Of several JSON-LD or microdata items only the article the page is about is read; teasers, lists, videos and
    comments give nothing. Values are as printed, cleaned of entities and white space, dates unparsed.
    """
    found = _collect(told)
    metas = list(_meta_facts(found))
    links = list(_link_facts(found))
    facts: list[Fact] = []
    if found.scripts:
        values = [value for script in found.scripts[:_MOST_CANDIDATES] for value in parse_json(script)]
        articles, by_id = nodes(values)
        urls = [url or "", *(fact.value for fact in metas + links if fact.field in ("url", "canonical_url"))]
        titles = (
            [fact.value for fact in metas if fact.field == "title"]
            + found.titles
            + [text_content(h) for h in found.heads[:3]]
        )
        node = main_article(articles, urls, titles)
        if node is not None:
            facts += [Fact(field, value, "json-ld") for field, value in article_fields(node, by_id)]
    facts += metas
    properties = microdata(told["itemprop"], _names().itemprops)
    facts += [Fact(field, value, "microdata") for field, value in properties]
    facts += [Fact("title", title, "meta") for title in found.titles if title]
    facts += [Fact(field, value, "time") for field, value in headline_times(found.times, found.heads)]
    facts += links
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        facts.append(Fact("language", language, "meta"))
    return _tidy(facts)


def _tidy(facts: Iterable[Fact]) -> list[Fact]:
    tidy: dict[str, dict[Fact, None]] = {origin: {} for origin in _ORIGINS}
    for fact in facts:
        field, raw, origin = fact
        if field in _ADDRESSED:
            value = raw.strip()
        elif field == "body":
            value = raw.replace("\x00", "").strip()
        else:
            value = _plain(raw)
        if value:
            tidy[origin][fact if value == raw else Fact(field, value, origin)] = None
    return [fact for same in tidy.values() for fact in same]


def _plain(value: str) -> str:
    if "&" in value:
        import html

        value = html.unescape(value)
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", value)
    return clean_text(value)


def json_fields(script_text: str, mapping: Mapping[str, str]) -> list[Fact]:
    """Facts from a site's own JSON: ``mapping`` takes a field to a dotted path ("author": "post.author.name").

    A number in a path picks from a list, ``*`` takes all. What is not there or no text is left out.

    >>> json_fields('{"a": {"names": ["x", "y"]}}', {"author": "a.names.*", "title": "a.title"})
    [Fact(field='author', value='x', origin='json-ld'), Fact(field='author', value='y', origin='json-ld')]
    """
    facts: list[Fact] = []
    for root in parse_json(script_text):
        for field, path in mapping.items():
            values: list[Any] = [root]
            for step in path.split("."):
                values = [below for value in values for below in _step(value, step)][:200]
            facts += [
                Fact(field, str(value), "json-ld")
                for value in values
                if isinstance(value, (str, int, float)) and str(value)
            ]
    return _tidy(facts)


def _step(value: Any, step: str) -> list[Any]:
    if step == "*":
        return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if isinstance(value, dict):
        return [value[step]] if step in value else []
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return [value[int(step)]]
    return []


def best_dates(facts: Iterable[Fact], timezone: str | None = None) -> tuple[DateReading | None, DateReading | None]:
    """(published, modified): JSON-LD before meta, microdata and ``<time>``; the first that can be read.

    ``timezone`` holds where a value names none. A value that cannot be read, or is
    03/05/2024 with nothing to tell day from month, is passed over, never guessed.
    """
    from newsclean.metadata.dates import read_date

    facts = list(facts)
    best: dict[str, DateReading] = {}
    for name in ("published", "modified"):
        for fact in _ordered(facts, name):
            reading = read_date(fact.value, timezone=timezone, day_first=None)
            if reading is None:
                continue
            first = best.setdefault(name, reading)
            if first.precision == "day" and reading.precision != "day" and first.value.date() == reading.value.date():
                best[name] = reading
    return best.get("published"), best.get("modified")


def best_authors(facts: Iterable[Fact], publisher: str | None = None) -> list[str]:
    """The authors of the best origin that names any beside ``publisher``; the publisher itself where nobody else is.

    A name for machines (`jane-doe`, `example.com`) counts only where nobody else is named. An empty list where the page
    says nothing.
    """
    facts = [fact for fact in facts if fact.field == "author"]
    named = [fact for fact in facts if not _HANDLE.fullmatch(fact.value.strip())]
    for some, own in ((named, publisher), (facts, publisher), (facts, None)):
        for origin in _ORIGINS:
            names = clean_authors((fact.value for fact in some if fact.origin == origin), own)
            if names:
                return names
    return []


def _ordered(facts: Iterable[Fact], name: str) -> list[Fact]:
    mine = [fact for fact in facts if fact.field == name and fact.origin in _ORIGINS]
    return sorted(mine, key=lambda fact: _ORIGINS.index(fact.origin))
