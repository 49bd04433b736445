"""XPath 1.0 of site files: said in CSS where CSS can say it, else run as it stands.

The grammar is that of https://www.w3.org/TR/1999/REC-xpath-19991116/.
"""

from __future__ import annotations

import re
from typing import Any, Final

from newsclean.sites.ftr_css import NotCss, css_of, tokens

__all__ = ["XPathSelector", "to_selector"]

_FUNCTION: Final = re.compile(
    "last|position|count|id|local-name|namespace-uri|name|string|concat|starts-with|contains|substring-before|"
    "substring-after|substring|string-length|normalize-space|translate|boolean|not|true|false|lang|number|sum|floor|"
    "ceiling|round|text|node|comment|processing-instruction|and|or|div|mod"
)
_NO_ELEMENT: Final = re.compile(r"(?:text\s*\(\s*\)|@\s*[\w:.*-]+)\s*$")
_LONGEST: Final = 4000


class XPathSelector:
    """A compiled XPath 1.0 expression that finds elements, attributes or texts of a page.

    Raises ``ValueError`` with a phrase where ``text`` is not such an expression.
    """

    def __init__(self, text: str) -> None:
        from lxml import etree

        if len(text) > _LONGEST:
            raise ValueError(f"is longer than {_LONGEST} characters")
        parts = tokens(text)
        for (kind, value), after in zip(parts, [*parts[1:], ("", "")], strict=True):
            if value == "$":
                raise ValueError("has a variable; nobody gives it a value")
            if kind == "name" and ":" in value:
                raise ValueError(f"{value!r} has a namespace prefix; a HTML page has none")
            if kind == "name" and after[1] == "(" and not _FUNCTION.fullmatch(value):
                raise ValueError(f"{value}() is not a function of XPath 1.0")
        self._errors = etree.XPathError
        try:
            self._run = etree.XPath(text)
            result = self._run(etree.Element("html"))
        except (etree.XPathError, ValueError) as error:
            raise ValueError(f"is not XPath: {error}") from error
        if isinstance(result, str | float | bool):
            raise ValueError("gives a text or a number that it makes itself, not something that stands on the page")  # noqa: TRY004

    def __call__(self, root: Any) -> list[Any]:
        """Elements below ``root`` that are found; attributes and texts are none."""
        return [element for element, value in self.values(root) if value is None]

    def values(self, root: Any) -> list[tuple[Any, str | None]]:
        """What is found: elements, each with None; for attributes and texts the element they stand in, with them."""
        try:
            found = self._run(root)
        except self._errors:
            return []
        pairs: list[tuple[Any, str | None]] = []
        for node in found if isinstance(found, list) else ():
            if isinstance(node, str):
                holder: Any = node.getparent()  # type: ignore[attr-defined]
                if getattr(node, "is_tail", False) and holder is not None:
                    holder = holder.getparent()
                if holder is not None:
                    pairs.append((holder, str(node)))
            elif isinstance(getattr(node, "tag", None), str):
                pairs.append((node, None))
        return pairs


def to_selector(xpath: str, *, elements: bool = False) -> str:
    """A selector of a site file that finds what ``xpath`` finds: CSS where there is one, else ``xpath:…``.

    ``elements`` asks for whole elements: texts and attributes are refused. Raises ``ValueError`` with a phrase.

    >>> to_selector("//div[@id='story']//p")
    'div#story p'
    >>> to_selector("//h1[contains(concat(' ', normalize-space(@class), ' '), ' head ')] | //meta[@name='t']")
    'h1.head, meta[name="t"]'
    >>> to_selector('//meta[@property="og:title"]/@content')
    'meta[property="og:title"]::attr(content)'
    >>> to_selector("//p[contains(., 'Share')]")
    "xpath://p[contains(., 'Share')]"
    """
    xpath = xpath.strip()
    if not xpath:
        raise ValueError("is empty")
    XPathSelector(xpath)
    if elements and any(_NO_ELEMENT.search(part) for part in _parts(tokens(xpath))):
        raise ValueError("finds a text or an attribute where an element is needed")
    try:
        return css_of(tokens(xpath))
    except NotCss:
        return f"xpath:{xpath}"


def _parts(marks: list[tuple[str, str]]) -> list[str]:
    """The sides of the unions outside of all brackets."""
    parts, depth = [""], 0
    for _, value in marks:
        depth += (value in ("(", "[")) - (value in (")", "]"))
        if value == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += f" {value}" if parts[-1] else value
    return parts
