"""CSS selectors of a site file, on the tree that was parsed once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.normalize import clean_text, word_count
from newsclean.document.roles import Role

__all__ = ["check_selector", "label_page", "select"]

_SUFFIX: Final = re.compile(r"^(?P<css>.*?)(?:::(?:attr\((?P<attribute>[\w:.-]+)\)|(?P<text>text)))?\s*$", re.DOTALL)
_MIN_WORDS: Final = 8
_FIELD_ROLES: Final = {
    "title": (Role.TITLE, "title"),
    "lead": (Role.LEAD, "lead"),
    "author": (Role.BYLINE, "author"),
    "date": (Role.DATE, "date"),
    "modified": (Role.DATE, "modified"),
    "section": (Role.SECTION, "section"),
    "tags": (Role.TAGS, "tag"),
    "caption": (Role.CAPTION, "caption"),
}
_BODY_ROLE: Final = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "quote": Role.QUOTE,
    "table": Role.TABLE,
}


@dataclass(frozen=True, slots=True)
class _Compiled:
    find: Any
    attribute: str | None

    def pairs(self, root: Any) -> list[tuple[Any, str | None]]:
        """Elements found below ``root``; of an XPath that finds attributes or texts, with those."""
        if hasattr(self.find, "values"):
            return list(self.find.values(root))
        return [(element, None) for element in self.find(root)]


@lru_cache(maxsize=4096)
def _compiled(css: str) -> _Compiled:
    from cssselect import HTMLTranslator
    from lxml import etree

    if css.startswith("xpath:"):
        from newsclean.sites.ftr_xpath import XPathSelector

        return _Compiled(XPathSelector(css.removeprefix("xpath:")), None)
    found = _SUFFIX.match(css)
    if found is None or not found["css"].strip():
        raise ValueError("the selector is empty")
    xpath = HTMLTranslator().css_to_xpath(found["css"].strip(), prefix="descendant-or-self::")
    return _Compiled(etree.XPath(xpath), found["attribute"])


def check_selector(css: str) -> str | None:
    """What is wrong with a CSS selector, as a phrase; ``None`` where nothing is.

    ``::attr(name)`` and ``::text`` may end it, as in Scrapy. ``xpath:`` before it makes it an XPath 1.0 expression.

    >>> check_selector("div.story > p"), check_selector("time::attr(datetime)")
    (None, None)
    >>> check_selector("div..story") is None
    False
    """
    from cssselect import SelectorError
    from lxml import etree

    try:
        _compiled(css)
    except (SelectorError, ValueError, etree.XPathError) as error:
        return str(error) if css.startswith("xpath:") else f"{css!r} is not a CSS selector: {error}"
    return None


def select(root: Any, selectors: Sequence[str]) -> tuple[str, list[tuple[Any, str]]] | None:
    """The first of ``selectors`` that matches below ``root``: itself, and elements with their values in page order.

    The value is the attribute the selector asks for, else the element's text. Raises what cssselect raises for a
    selector that :func:`check_selector` would refuse.
    """
    for css in selectors:
        compiled = _compiled(css)
        found = [(element, _value(element, compiled.attribute, value)) for element, value in compiled.pairs(root)]
        found = [(element, value) for element, value in found if value]
        if found:
            return css, found
    return None


def _value(element: Any, attribute: str | None, value: str | None = None) -> str:
    if value is not None:
        return clean_text(value)
    if attribute is not None:
        return clean_text(element.get(attribute) or "")
    return clean_text("".join(element.itertext())) or clean_text(element.get("content") or "")


def label_page(
    document: Document, selectors: Mapping[str, Sequence[str]], drop: Sequence[str], host: str
) -> list[Label] | None:
    """Labels for every block of ``document`` by the CSS ``selectors`` of the site ``host``.

    ``selectors`` maps ``title``, ``lead``, ``body``, ``author``, ``date``, ``modified``, ``section``, ``tags`` and
    ``caption`` to selectors of which the first that matches wins; blocks inside what ``body`` selects are body, except
    those inside what any of ``drop`` selects. All other blocks are removed. Returns ``None`` where the selectors do not
    fit the page: no body, or next to none.
    """
    root = document.tree.root
    body = select(root, selectors.get("body", ()))
    if body is None:
        return None
    dropped = {element for css in drop for element in _compiled(css).find(root)}
    inside = _inside(document, {element for element, _ in body[1]}, dropped)
    amount = sum(word_count(block.text) for block in document.blocks if inside[block.index])
    if amount < _MIN_WORDS:
        return None
    name = f"site:{host}"
    labels = _field_labels(document, selectors, name)
    rule = f"body: {body[0]}"
    for block in document.blocks:
        if inside[block.index] and block.index not in labels:
            role = _BODY_ROLE.get(block.kind, Role.PARAGRAPH)
            labels[block.index] = Label(block=block.index, role=role, cleaner=name, rule=rule)
    _label_rest(document, labels, inside, name, captions="caption" in selectors)
    return [labels[index] for index in sorted(labels)]


def _inside(document: Document, wanted: set[Any], dropped: set[Any]) -> list[bool]:
    """For each block whether the nearest element around it that is wanted or dropped is a wanted one."""
    known: dict[int, bool] = {}
    page = document.tree
    for owner, element in zip(page.owners, page.elements, strict=True):
        if owner not in known:
            answer = False
            at = element
            while at is not None:
                if at in dropped:
                    break
                if at in wanted:
                    answer = not any(above in dropped for above in at.iterancestors())
                    break
                at = at.getparent()
            known[owner] = answer
    return [known[owner] for owner in page.owners]


def _field_labels(document: Document, selectors: Mapping[str, Sequence[str]], name: str) -> dict[int, Label]:
    labels: dict[int, Label] = {}
    blocks_of: dict[Any, list[int]] = {}
    for index, element in enumerate(document.tree.elements):
        blocks_of.setdefault(element, []).append(index)
    for field, (role, value_name) in _FIELD_ROLES.items():
        found = select(document.tree.root, selectors.get(field, ()))
        if found is None:
            continue
        css, elements = found
        for element, value in elements if field in ("author", "tags", "caption", "lead") else elements[:1]:
            for position, index in enumerate(_blocks_for(document, element, value, blocks_of)):
                values = ((value_name, value),) if position == 0 else ()
                before = labels.get(index)
                if before is not None:
                    labels[index] = before._replace(values=(*before.values, *values))
                else:
                    rule = f"{field}: {css}"
                    labels[index] = Label(block=index, role=role, cleaner=name, rule=rule, values=values)
    return labels


def _blocks_for(document: Document, element: Any, value: str, blocks_of: Mapping[Any, list[int]]) -> list[int]:
    """Blocks inside ``element``; for an inline element or one of the head, the block that shows its value."""
    mine = [index for part in element.iter() for index in blocks_of.get(part, ())]
    if mine:
        return mine
    blocks = document.blocks
    for above in element.iterancestors():
        around = blocks_of.get(above)
        if around:
            return [next((i for i in around if value in blocks[i].text), around[0])]
    return []


def _label_rest(document: Document, labels: dict[int, Label], inside: list[bool], name: str, *, captions: bool) -> None:
    from newsclean.cleaners.markup_body import Verdict
    from newsclean.cleaners.markup_fields import find_fields
    from newsclean.cleaners.markup_furniture import furniture_role

    kept = [index for index, is_inside in enumerate(inside) if is_inside]
    verdict = Verdict(tuple(map(float, inside)), tuple(inside), lost=False, first=kept[0], last=kept[-1])
    for index, label in find_fields(document, verdict, name).items():
        if label.role is Role.CAPTION and not captions:
            if index not in labels or labels[index].rule.startswith("body: "):
                labels[index] = label
        elif label.role is Role.DATE and index not in labels:
            labels[index] = label._replace(cleaner="markup")  # the site file does not say that it is the article's
    for block in document.blocks:
        if block.index not in labels:
            role, rule = furniture_role(document, verdict, block.index)
            labels[block.index] = Label(block=block.index, role=role, cleaner=name, rule=rule, confidence=0.9)
