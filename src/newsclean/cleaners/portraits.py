"""Who the author is, in a paragraph that the page sets into its text: "Jane Doe is a senior writer who covers ports"."""

from __future__ import annotations

import re

from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.metadata.names import is_agency, is_desk, is_name, is_title

__all__ = ["label_portraits"]

_LONGEST, _NEAR = 90, 16
"""Words of a portrait at most, and words behind the name among which it says what the author is."""
_LAST = 3
_PERSON = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s){1,3}[A-ZÀ-Þ][\w'’-]+")
_IS = re.compile(
    r",?\s+(?:is|was|has|covers|covered|writes|reports|joined|works|worked|leads|ist|war|schreibt|arbeitet|berichtet|leitet"
    r"|est|écrit|couvre|travaille|es|escribe|trabaja|cubre|è|scrive|lavora|é|escreve|trabalha|schrijft|werkt|är|skriver|er)\s"
)
_DOES = re.compile(
    r",?\s+(?:covers|covered|writes|reports|joined|schreibt|berichtet|écrit|couvre|escribe|cubre|scrive|schrijft)\s"
)


def label_portraits(page: Page) -> None:
    """Paragraphs of the body that begin with a name and say what its bearer is are no part of it, where it is an author's;
    and among the last ones where the text has not named the person before."""
    names = {
        name
        for label in page.labels.values()
        if label.role is Role.BYLINE
        for key, name in label.values
        if key == "author" and is_name(name, least=2) and not is_agency(name) and not is_desk(name)
    }
    body = [i for i in range(page.start, page.end) if page.body(i) and i not in page.labels]
    for place, index in enumerate(body):
        text = page.text(index)
        if page.shapes[index].words > _LONGEST:
            continue
        told = any(text.startswith(name) and _IS.match(text, len(name)) for name in names)
        if not told and place >= len(body) - _LAST:
            found = _PERSON.match(text)
            told = found is not None and _says(text[found.end() :]) and not _named_before(page, body[:place], found[0])
        if told:
            page.put(index, Role.OTHER, "who the author is", 0.7)


def _says(rest: str) -> bool:
    """Whether what follows a name says what its bearer is or writes about."""
    if _DOES.match(rest):
        return True
    return _IS.match(rest) is not None and is_title(" ".join(rest.split()[:_NEAR]))


def _named_before(page: Page, lines: list[int], name: str) -> bool:
    return any(name.rsplit(maxsplit=1)[-1] in page.text(index) for index in lines)
