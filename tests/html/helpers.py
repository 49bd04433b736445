"""Short ways to read and label a page in tests."""

from __future__ import annotations

import hashlib
import re

from newsclean.assemble.decide import Decision, decide
from newsclean.cleaners.markup import Markup
from newsclean.cleaners.second_opinion import SecondOpinion
from newsclean.document.document import Document
from newsclean.document.roles import BODY_ROLES, Role
from newsclean.options import Options
from newsclean.readers.html import read_html

__all__ = ["body_of", "labelled", "read", "visible_words"]

_HIDDEN = {
    "script",
    "style",
    "template",
    "head",
    "iframe",
    "video",
    "audio",
    "title",
    "noembed",
    "noframes",
    "datalist",
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def read(html: str) -> Document:
    """The document of a page."""
    data = html.encode("utf-8", "replace")
    return read_html(html, url=None, encoding="utf-8", size=len(data), sha256=hashlib.sha256(data).hexdigest())


def labelled(html: str, effort: str = "fast") -> list[Decision]:
    """A page's decisions by the cleaners for HTML."""
    document = read(html)
    options = Options(effort=effort)  # type: ignore[arg-type]
    labels = [label for cleaner in (Markup(), SecondOpinion()) for label in cleaner.label(document, options)]
    return decide(document.blocks, labels)


def body_of(decisions: list[Decision]) -> list[str]:
    """Texts of lead and body."""
    return [d.block.text for d in decisions if d.role in BODY_ROLES or d.role is Role.LEAD]


def visible_words(root: object) -> str:
    """All letters of the text nodes that a reader of the page may see, white space left out."""
    parts: list[str] = []

    def walk(element: object) -> None:
        tag = element.tag  # type: ignore[attr-defined]
        if isinstance(tag, str) and tag not in _HIDDEN and tag != "svg":
            parts.append(element.text or "")  # type: ignore[attr-defined]
            for child in element:  # type: ignore[attr-defined]
                walk(child)
                parts.append(child.tail or "")

    walk(root)
    return re.sub(r"\s+", "", _INVISIBLE.sub("", "".join(parts)))
