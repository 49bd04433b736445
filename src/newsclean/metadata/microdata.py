"""What stands in the visible tree for machines: microdata of the article, and the times beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newsclean.document.normalize import clean_text

__all__ = ["headline_times", "microdata", "text_content"]

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report)\b", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|aktualis|edited|mis à jour|تحديث|تعديل")
_NOT_THE_ARTICLE = frozenset({"aside", "nav", "footer", "li", "a"})
_MOST = 400
_MOST_TIMES = 60
_LONGEST = 2000


def text_content(element: Any) -> str:
    """The text of ``element`` as it is shown, at most 2,000 characters."""
    return clean_text("".join(element.itertext())[:_LONGEST])


def _value(element: Any) -> str:
    return str(element.get("content") or element.get("datetime") or text_content(element))


def _scope(element: Any) -> Any:
    parent = element.getparent()
    while parent is not None and parent.get("itemscope") is None:
        parent = parent.getparent()
    return parent


def microdata(named: Sequence[Any], fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(field, value) of the one article scope of a page; of several the one that holds the body.

    ``named``: the elements with an ``itemprop``, in page order. ``fields``: itemprop in small letters to field name.
    """
    scopes: dict[Any, list[tuple[str, Any]]] = {}
    with_body: list[Any] = []
    for element in named[:_MOST]:
        scope = _scope(element)
        if scope is None or not _ARTICLE_TYPE.search(scope.get("itemtype") or ""):
            continue
        for name in element.get("itemprop").lower().split():
            if name == "articlebody":
                with_body.append(scope)
            elif name in fields:
                scopes.setdefault(scope, []).append((fields[name], element))
    main = with_body[0] if with_body else next(iter(scopes)) if len(scopes) == 1 else None
    for field, element in scopes.get(main, ()):
        if field in ("author", "publisher"):
            yield from _named(field, element)
        else:
            yield field, _value(element)


def _named(field: str, element: Any) -> Iterator[tuple[str, str]]:
    if element.get("itemscope") is None:
        if field == "author":
            yield field, _value(element)
        return
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and inner.get("itemprop") == "name":
            yield field, _value(inner)
            return


def headline_times(times: Sequence[Any], heads: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """(published or modified, value) of the ``<time>`` elements that stand with the first ``<h1>``.

    The nearest ancestor of the headline that holds any decides; if it holds more than three, they belong to a list.
    """
    if not times or not heads:
        return
    paths = [(time, list(time.iterancestors())) for time in times[:_MOST_TIMES]]
    for place, ancestor in enumerate(heads[0].iterancestors()):
        if place > 5 or ancestor.tag in ("body", "html"):
            return
        near = []
        for time, path in paths:
            if ancestor in path and not any(e.tag in _NOT_THE_ARTICLE for e in path[: path.index(ancestor)]):
                near.append(time)
        if near:
            if len(near) <= 3:
                yield from (_time(time) for time in near)
            return


def _time(time: Any) -> tuple[str, str]:
    said = " ".join((time.get("class") or "", time.get("itemprop") or "", text_content(time)[:60])).lower()
    changed = _CHANGED.search(said) and "publi" not in said
    return "modified" if changed else "published", time.get("datetime") or text_content(time)
