"""Who the author is, in a paragraph that the page sets into its text: "Jane Doe is a senior writer who covers ports"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsclean.cleaners.page import Page
from newsclean.document.block import Label
from newsclean.document.roles import Role
from newsclean.metadata.names import is_agency, is_desk, is_name, is_title

__all__ = ["WHY", "authors_of", "label_portraits", "portraits"]

WHY = "who the author is"
_LONGEST, _NEAR = 700, 9
"""Letters of a portrait at most, and words behind the name among which it says what the author is."""
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
    """Paragraphs of a flattened page's body that are :func:`portraits` are no part of it."""
    body = [i for i in range(page.start, page.end) if page.body(i) and i not in page.labels]
    for place in portraits([page.text(index) for index in body], authors_of(page.labels.values())):
        page.put(body[place], Role.OTHER, WHY, 0.7)


def authors_of(labels: Iterable[Label]) -> set[str]:
    """The persons whom bylines name."""
    return {
        name
        for label in labels
        if label.role is Role.BYLINE
        for key, name in label.values
        if key == "author" and is_name(name, least=2) and not is_agency(name) and not is_desk(name)
    }


def portraits(texts: Sequence[str], authors: set[str]) -> list[int]:
    """Which of the body's ``texts`` begin with a name and say what its bearer is: an author, or among the last texts a
    person whom those before have not named."""
    found = []
    for place, text in enumerate(texts):
        if len(text) > _LONGEST:
            continue
        told = any(text.startswith(name) and _IS.match(text, len(name)) for name in authors)
        if not told and place >= len(texts) - _LAST:
            person = _PERSON.match(text)
            told = person is not None and _says(text[person.end() :]) and not _named(texts[:place], person[0])
        if told:
            found.append(place)
    return found


def _says(rest: str) -> bool:
    """Whether what follows a name says what its bearer is or writes about."""
    if _DOES.match(rest):
        return True
    return _IS.match(rest) is not None and is_title(" ".join(rest.split()[:_NEAR]))


def _named(texts: Sequence[str], name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return any(last in text for text in texts)
