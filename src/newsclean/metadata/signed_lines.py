"""Who and when in one line: "By Jane Doe • March 12, 2025", a name and a date beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import date_part, find_dates, is_bare_date, is_date_line
from newsclean.metadata.names import is_arabic, without_title
from newsclean.metadata.signatures import is_arabic_person, is_person, is_signature, signer

__all__ = ["Values", "day_values", "named_beside", "signers", "tells_day"]

_BETWEEN: Final = " ,،•·●・|/-–—"
_EASTERN = re.compile("[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff]{2,4}")
"""A Korean or Chinese name."""
_NAME_WORDS, _MOST_WORDS = 5, 30
"""Words of a name, and of a line that tells name and date, at most."""

Values = list[tuple[str, str]]
"""Pairs of a field and its text."""


def signers(text: str) -> list[str]:
    """The authors in a text that stands where authors do: a byline, or a name alone or beside a date.

    >>> signers("By Jane Doe and John Roe"), signers("أحمد علي"), signers("Marketing Director")
    (['Jane Doe', 'John Roe'], ['أحمد علي'], [])
    >>> signers("Dec 17, 2025 Jane Doe"), signers("홍길동 기자")
    (['Jane Doe'], ['홍길동'])
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
    if text.lower() != text.upper():
        return is_signature(text)
    return is_person(signer(text)) or _EASTERN.fullmatch(without_title(text)) is not None


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """A line as what may be a name, and a date behind or before it."""
    words = text.split()
    if len(words) <= _MOST_WORDS and any(c.isdigit() for c in text) and not is_bare_date(text):
        for size in range(1, min(_NAME_WORDS, len(words) - 1) + 1):
            for rest, date in ((words[:size], words[size:]), (words[-size:], words[:-size])):
                if is_bare_date(day := " ".join(date).strip(_BETWEEN)):
                    yield " ".join(rest).strip(_BETWEEN), day


def named_beside(text: str) -> str | None:
    """The Arabic name beside the date of a line, where nothing but the line itself tells that it is one.

    >>> named_beside("نادية حسن الأربعاء، 29 مارس 2023"), named_beside("العالم العربي 29 مارس 2023")
    ('نادية حسن', None)
    """
    if not is_arabic(text):  # "4:05 PM EST"
        return None
    return next((signer(rest) for rest, _ in _parted(text) if is_arabic_person(rest)), None)


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
