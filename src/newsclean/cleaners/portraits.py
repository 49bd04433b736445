"""Who the author is, in a paragraph that the page sets into its text: "Jane Doe is a senior writer who covers ports"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsclean.cleaners.page import Page
from newsclean.document.block import Label
from newsclean.document.roles import Role
from newsclean.metadata.names import is_title
from newsclean.metadata.signatures import is_person

__all__ = ["WHY", "authors_of", "label_portraits", "portraits"]

WHY = "who the author is"
_LONGEST, _NEAR = 700, 9
"""Letters of a portrait at most, and words behind the name among which it says what the author is."""
_LAST = 3
_PERSON = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s){1,3}[A-ZÀ-Þ][\w'’-]+")
_DO = "covers|covered|writes|reports|joined|schreibt|berichtet|écrit|couvre|escribe|cubre|scrive|schrijft"
_ARE = "is|was|has|works|worked|leads|ist|war|arbeitet|leitet|est|travaille|es|trabaja|è|lavora|é|escreve|trabalha|werkt|är|skriver|er"
_DOES = re.compile(rf",?\s+(?:{_DO})\s")
_IS = re.compile(rf",?\s+(?:{_ARE}|{_DO})\s")
"""What follows the name of an author; behind anybody else's it is a portrait where a title follows, too."""
_ARABIC = re.compile(
    r"(?:صحفي|صحافي|كاتب|باحث|محرر|مراسل|أكاديمي|روائي|إعلامي)ة?\s(?=و|في\s|من\s|صحفي|صحافي|سياسي|مقيم|متخصص|مختص|[\w]+يّ?ة?\s)"
    r"[^:]{20,300}$"
)
"""A portrait without the name that stands above it: no Arabic sentence begins so, and a headline says something after
a colon."""


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
        if key == "author" and is_person(name)
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
            told = place > 0 and _ARABIC.match(text) is not None
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
