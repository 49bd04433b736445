"""Ways in which people flatten a page, and two ways in which flat text is spoilt afterwards."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

__all__ = ["FLATTENERS", "SPOILERS", "four", "hard_wrapped", "one_line"]

four = ("resiliparse", "inscriptis", "bs4", "resiliparse-main")
"""The flatteners whose mean is the headline figure."""


def bs4(html: str) -> str:
    """``BeautifulSoup(html).get_text("\\n")``: a line per text node."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "lxml").get_text("\n")


def inscriptis(html: str) -> str:
    """Rendered by inscriptis: blocks keep their indent and bullets."""
    from inscriptis import get_text

    return str(get_text(html))


def resiliparse(html: str) -> str:
    """Resiliparse plain text of the whole page."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(html))


def resiliparse_main(html: str) -> str:
    """Resiliparse plain text of what it takes for the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(html, main_content=True))


def html2text(html: str) -> str:
    """Markdown without links and pictures, unwrapped."""
    from html2text import HTML2Text

    maker = HTML2Text(bodywidth=0)
    maker.ignore_links = True
    maker.ignore_images = True
    return str(maker.handle(html))


def lxml_itertext(html: str) -> str:
    """The text nodes below ``<body>``, scripts and styles left out, a line each."""
    import lxml.html

    root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    skip = {"script", "style", "noscript", "template", "head"}
    out: list[str] = []

    def walk() -> None:
        stack: list[tuple[object, bool]] = [(root, True)]
        while stack:
            node, enter = stack.pop()
            if not enter:
                if node.tail:  # type: ignore[attr-defined]
                    out.append(node.tail)  # type: ignore[attr-defined]
                continue
            stack.append((node, False))
            tag = node.tag  # type: ignore[attr-defined]
            if isinstance(tag, str) and tag not in skip:
                if node.text:  # type: ignore[attr-defined]
                    out.append(node.text)  # type: ignore[attr-defined]
                stack.extend((child, True) for child in reversed(list(node)))  # type: ignore[call-overload]

    walk()
    return "\n".join(out)


def one_line(text: str) -> str:
    """The whole text on one line."""
    return " ".join(text.split())


def hard_wrapped(text: str) -> str:
    """Every line wrapped at 80 columns."""
    lines: list[str] = []
    for line in text.splitlines():
        lines += textwrap.wrap(line, 80, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


FLATTENERS: dict[str, Callable[[str], str]] = {
    "resiliparse": resiliparse,
    "inscriptis": inscriptis,
    "bs4": bs4,
    "resiliparse-main": resiliparse_main,
    "html2text": html2text,
    "lxml": lxml_itertext,
}
"""HTML to text, by name."""

SPOILERS: dict[str, Callable[[str], str]] = {"one-line": one_line, "wrapped-80": hard_wrapped}
"""Text to spoilt text; applied to the resiliparse form."""
