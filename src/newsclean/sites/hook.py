"""Sites that need code: functions that other packages register as entry points ``newsclean.site_code``.

The name of an entry point is a host, its value a function ``(soup, url) -> mapping``. What it returns only points at
the page: a text that is not on the page is refused, and a function that fails costs a warning, never the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text
from newsclean.document.roles import BODY_ROLES
from newsclean.errors import ConfigurationError
from newsclean.metadata.structured import Fact
from newsclean.sites.cleaner import SiteCleaner, apply_site
from newsclean.sites.hook_labels import HookResult, Part, failed, key_of, label_hook
from newsclean.sites.loader import Site, host_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from bs4 import BeautifulSoup

__all__ = ["Applied", "HookResult", "Hooked", "apply_hook", "apply_known", "label_hook", "load_hooks", "run_hook"]

_GROUP: Final = "newsclean.site_code"
_TEXTS: Final = {"title": "title", "lead": "lead", "section": "section"}
_LISTS: Final = {"authors": "author", "tags": "tag"}
_DATES: Final = {"published": "published", "modified": "modified"}
_KEYS: Final = (*_TEXTS, *_LISTS, *_DATES, "body")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


_Made = dict[int, tuple[Any, Any]]
"""By ``id()`` of a tag: the tag, held so that nothing else gets its ``id()``, and the element it was made of."""


class _Fault(Exception):
    """What a function of a site did wrong, as a phrase."""


@dataclass(frozen=True, slots=True)
class Hooked:
    """The word of a site's function on one page: cleaners for the fields and for the body, and facts."""

    rules: SiteCleaner
    region: SiteCleaner
    facts: tuple[Fact, ...]


@lru_cache(maxsize=1)
def load_hooks() -> Mapping[str, EntryPoint]:
    """Entry points of the group ``newsclean.site_code`` by host, none of them imported yet.

    Raises ``ConfigurationError`` where two packages have code for one host.
    """
    from importlib.metadata import entry_points

    hooks: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=_GROUP), key=lambda point: (point.name, point.value)):
        other = hooks.setdefault(point.name.lower().removeprefix("www."), point)
        if other is not point and other.value != point.value:
            raise ConfigurationError(
                f"entry point {_GROUP}:{point.name}: both {other.value} and {point.value} are registered; remove one"
            )
    return hooks


def apply_hook(document: Document, host: str | None = None) -> Hooked | Notice | None:
    """What the code for the site of ``document`` says of it; a notice where it fails, None where there is none.

    ``host`` stands in for the host of the document's URL.
    """
    hooks = load_hooks()
    host = host or host_of(document.url)
    if not hooks or host is None or document.kind != "html":
        return None
    result = run_hook(host, document.tree.root, document.url)
    if not isinstance(result, HookResult):
        return result
    labels = label_hook(document, result)
    if isinstance(labels, Notice):
        return labels
    name = f"site:{result.host}"
    return Hooked(
        SiteCleaner(name, tuple(label for label in labels if label.role not in BODY_ROLES)),
        SiteCleaner(name, tuple(label for label in labels if label.role in BODY_ROLES)),
        result.facts,
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """All that is known of the site of a page, applied to it."""

    first: tuple[SiteCleaner, ...] = ()
    """Cleaners of the lines that are named, to be asked before all others."""
    region: tuple[SiteCleaner, ...] = ()
    """Cleaners of the body."""
    facts: tuple[Fact, ...] = ()
    """What the site's code says; it stands in for what the page says of the same fields."""
    notices: tuple[Notice, ...] = ()


def apply_known(site: Site | None, document: Document, host: str | None = None) -> Applied:
    """What the code for a site says of ``document``, or where there is none or it names no body, its site file."""
    hooked = apply_hook(document, host)
    code = hooked if isinstance(hooked, Hooked) else None
    notices = [hooked] if isinstance(hooked, Notice) else []
    if code and code.region.labels:
        return Applied((code.rules,), (code.region,), code.facts)
    rules = apply_site(site, document) if site else None
    if isinstance(rules, Notice):
        notices.append(rules)
    first = [code.rules] if code else []
    region = []
    if isinstance(rules, tuple):
        first.append(rules[0])
        region.append(rules[1])
    return Applied(tuple(first), tuple(region), code.facts if code else (), tuple(notices))


def run_hook(host: str, root: Any, url: str | None) -> HookResult | Notice | None:
    """Call the function for ``host`` (or the nearest host above it) with a soup of the page.

    ``root`` is the parsed page, an ``lxml`` element; the soup is a copy of it, and the function may do with it what it
    likes. Returns None where no function is registered, a notice where it fails or returns what cannot be used.
    """
    hooks = load_hooks()
    at = host.lower().removeprefix("www.")
    while at and at not in hooks:
        at = at.partition(".")[2]
    if not at:
        return None
    soup, made = _soup_of(root)
    try:
        said = hooks[at].load()(soup, url)
    except Exception as error:  # noqa: BLE001 — whatever a stranger's code raises, the page goes on
        return failed(at, f"raised {type(error).__name__}: {error}")
    try:
        facts = tuple(_facts(said, root, url))
        return HookResult(at, facts, tuple(_parts(said.get("body"), made)))
    except _Fault as fault:
        return failed(at, str(fault))


def _soup_of(root: Any) -> tuple[BeautifulSoup, _Made]:
    """A soup that is a copy of the tree, and which element each of its tags was made of."""
    from bs4 import BeautifulSoup
    from lxml import etree

    soup = BeautifulSoup("", "lxml")
    made: _Made = {}
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            name = etree.QName(node).localname
            tag = soup.handle_starttag(name, None, None, {str(key): str(value) for key, value in node.items()})
            if tag is not None:
                made[id(tag)] = (tag, node)
            if node.text:
                soup.handle_data(node.text)
            continue
        if event == "end":
            soup.handle_endtag(etree.QName(node).localname)
        if node is not root and node.tail:
            soup.handle_data(node.tail)
    soup.endData()
    return soup, made


def _facts(said: Any, root: Any, url: str | None) -> Iterator[Fact]:
    if not isinstance(said, Mapping):
        raise _Fault(f"returned {type(said).__name__}, not a mapping")
    strange = sorted(str(key) for key in said if key not in _KEYS)
    if strange:
        raise _Fault(f"returned {strange[0]!r}, which is no field ({', '.join(_KEYS)})")
    shown: str | None = None
    for name, value in said.items():
        if name == "body" or value is None:
            continue
        if name in _DATES:
            yield Fact(_DATES[name], _date(name, value), "json-ld")
            continue
        for text in _list(name, value) if name in _LISTS else [_text(name, value)]:
            if not text:
                continue
            if shown is None:
                shown = _everything(root, url)
            if key_of(text) not in shown:
                raise _Fault(f"returned a text that is not on the page as {name}: {text[:80]!r}")
            yield Fact(_TEXTS.get(name) or _LISTS[name], text, "json-ld")


def _text(name: str, value: Any) -> str:
    from bs4 import Tag

    if isinstance(value, Tag):
        value = value.get_text(" ")
    if not isinstance(value, str):
        raise _Fault(f"returned {type(value).__name__} as {name}, not a text")
    return clean_text(value)


def _list(name: str, value: Any) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _Fault(f"returned {type(value).__name__} as {name}, not a list of texts")
    return [_text(name, item) for item in value]


def _date(name: str, value: Any) -> str:
    from newsclean.metadata.dates import read_date

    text = value.isoformat() if isinstance(value, date) else _text(name, value)
    if read_date(text) is None:
        raise _Fault(f"returned {text[:80]!r} as {name}, which is no date")
    return text


def _parts(body: Any, made: _Made) -> Iterator[Part]:
    from bs4 import Tag

    if body is None:
        return
    if isinstance(body, str | Tag) or not isinstance(body, Sequence):
        raise _Fault(f"returned {type(body).__name__} as body, not a list of tags and texts")
    for item in body:
        if isinstance(item, Tag):
            inside = [item, *item.find_all(True)]
            known = frozenset(made[id(tag)][1] for tag in inside if id(tag) in made)
            yield Part(item.get_text("\n"), known)
        elif isinstance(item, str):
            yield Part(str(item))
        else:
            raise _Fault(f"returned {type(item).__name__} in body, not a tag or a text")


def _everything(root: Any, url: str | None) -> str:
    """All text, script and attribute values of a page, and its URL, as keys."""
    whole = "".join(root.itertext())
    values = [value for element in root.iter() for value in element.attrib.values()]
    if "\\" in whole:
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), whole)
        values.append(plain.replace('\\"', '"').replace("\\/", "/"))
    return "\n".join(map(key_of, [whole, *values, url or ""]))
