"""Who the author is, in a paragraph that the page sets into its text: "Jane Doe is a senior writer who covers ports"."""

from __future__ import annotations

import re

from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.metadata.names import is_agency, is_desk, is_name, is_title

__all__ = ["label_portraits"]

_LONGEST, _NEAR = 90, 16
"""Words of a portrait at most, and words behind the name among which it says what the author is."""
_IS = re.compile(
    r",?\s+(?:is|was|has|covers|covered|writes|reports|joined|works|worked|leads|ist|war|schreibt|arbeitet|berichtet|leitet"
    r"|est|écrit|couvre|travaille|es|escribe|trabaja|cubre|è|scrive|lavora|é|escreve|trabalha|schrijft|werkt|är|skriver|er)\s"
)
_DOES = re.compile(
    r",?\s+(?:covers|covered|writes|reports|joined|schreibt|berichtet|écrit|couvre|escribe|cubre|scrive|schrijft)\s"
)


def label_portraits(page: Page) -> None:
    """Paragraphs of the body that begin with the name of an author and say what he or she is are no part of it."""
    names = {
        name
        for label in page.labels.values()
        if label.role is Role.BYLINE
        for key, name in label.values
        if key == "author" and is_name(name, least=2) and not is_agency(name) and not is_desk(name)
    }
    if not names:
        return
    for index in range(page.start, page.end):
        if page.body(index) and page.shapes[index].words <= _LONGEST and _tells_of(page.text(index), names):
            page.put(index, Role.OTHER, "who the author is", 0.7)


def _tells_of(text: str, names: set[str]) -> bool:
    for name in names:
        if text.startswith(name):
            rest = text[len(name) :]
            first = " ".join(rest.split()[:_NEAR])
            return (_IS.match(rest) is not None and is_title(first)) or _DOES.match(rest) is not None
    return False
