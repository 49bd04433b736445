"""Who and when: what the elements and the words of a block next to a headline say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from newsclean.cleaners.markup_names import field_of
from newsclean.document.normalize import clean_text
from newsclean.document.roles import Role
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import date_part, find_dates, is_bare_date, is_date_line
from newsclean.metadata.names import is_other_opening
from newsclean.metadata.signatures import is_person, is_signature, signer

__all__ = ["authors_in", "day_in", "day_of", "day_values", "signers", "tells_day"]

_INLINE_PARTS: Final = ("a", "span", "b", "strong", "em", "i", "cite")

_BETWEEN: Final = " ,،•·●・|/-–—"

_NAME_WORDS, _MOST_WORDS = 5, 30
"""Words of a name, and of a line that tells name and date, at most."""

Values = list[tuple[str, str]]
"""Pairs of a field and its text."""


def authors_in(element: Any, shown: str) -> tuple[str, list[str]] | None:
    """Rule and names where a part of ``element`` says that it holds the author; ``shown`` is the text of its block."""
    for part in element.iter("a", "span"):
        if part.get("rel") == "author" or "author" in (part.get("itemprop") or ""):
            return "element: author", [name] if (name := _text(part)) else []
    for part, word in _named_parts(element, Role.BYLINE):
        text = _text(part)
        before, stands, _ = shown.partition(text) if text else ("", "", "")
        if stands and not is_other_opening(before) and (names := signers(text)):
            return f"names: {word}", names
    return None


def signers(text: str) -> list[str]:
    """The authors in a text that stands where authors do: a byline, or a name alone or beside a date.

    >>> signers("By Jane Doe and John Roe"), signers("أحمد علي"), signers("Marketing Director")
    (['Jane Doe', 'John Roe'], ['أحمد علي'], [])
    >>> signers("Dec 17, 2025 Jane Doe")
    ['Jane Doe']
    >>> signers("كريم جابر نشر في: الجمعة 27 يناير 2023 - 10:28 ص")
    ['كريم جابر']
    """
    byline = read_byline(text)
    if byline is not None:
        return list(byline.authors)
    if _is_signer(text):
        return [signer(text)]
    return next(([signer(rest)] for rest, _ in _parted(text) if _is_signer(rest)), [])


def _is_signer(text: str) -> bool:
    cased = text.lower() != text.upper()
    return is_signature(text) if cased else is_person(signer(text))


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """A line as what may be a name, and a date behind or before it."""
    words = text.split()
    if len(words) <= _MOST_WORDS and any(c.isdigit() for c in text):
        for size in range(1, min(_NAME_WORDS, len(words) - 1) + 1):
            for rest, date in ((words[:size], words[size:]), (words[-size:], words[:-size])):
                if is_bare_date(day := " ".join(date).strip(_BETWEEN)):
                    yield " ".join(rest).strip(_BETWEEN), day


def day_in(element: Any, shown: str) -> Values:
    """The date where a part of ``element`` says that it holds it, else the only one in ``shown``, the block's text."""
    for part, _ in _named_parts(element, Role.DATE):
        text = _text(part)
        if text in shown and is_date_line(text):
            return [("date", text)]
    return day_values(shown)


def day_of(when: Any) -> Values:
    """The date of a ``time`` element."""
    stamp = clean_text(when.get("datetime") or "") or _text(when)
    return [("date", stamp)] if stamp else []


def day_values(text: str) -> Values:
    """The day in a line, and the day of a change.

    >>> day_values("By Jane Doe • March 12, 2025"), day_values("From 1 May 2024 to 3 May 2025")
    ([('date', 'March 12, 2025')], [])
    >>> day_values("Jane Doe 1 May 2024, updated 3 May 2024")
    [('date', '1 May 2024'), ('modified', 'updated 3 May 2024')]
    """
    part = date_part(text)
    if part is not None:
        return [("date", part)]
    found = [
        ("modified" if day.kind == "modified" else "date", text[start:end]) for start, end, day in find_dates(text)
    ]
    return found if len(found) == len(dict(found)) else []


def tells_day(text: str, *, labelled: bool = False) -> bool:
    """Whether a line tells a day and nothing else, or (``labelled``: only these) begins as the day of publication does.

    >>> tells_day("March 12, 2025"), tells_day("Published August 7, 2023 by Ann Poe"), tells_day("Talks in March 2025")
    (True, True, False)
    """
    if not labelled and is_date_line(text):
        return True
    found = find_dates(text)
    return len(found) == 1 and not found[0][0] and found[0][2].kind == "published"


def _named_parts(element: Any, role: Role) -> Iterator[tuple[Any, str]]:
    """Inline parts whose class names the field, and the word that does."""
    for part in element.iter(*_INLINE_PARTS):
        field = field_of(part.get("class") or "")
        if field is not None and field[0] is role:
            yield part, field[1]


def _text(element: Any) -> str:
    return clean_text("".join(element.itertext()))
