"""Dates as news pages print them: read exactly, or not at all.

>>> read_date("نشر في: الثلاثاء 20 تشرين الأول/أكتوبر 2020 - 9:05 م").value.isoformat()
'2020-10-20T21:05:00+00:00'
>>> read_date("31 فبراير 2020") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsclean.metadata.date_grammar import elements, groups, is_span
from newsclean.metadata.date_lexer import tokens
from newsclean.metadata.date_words import normalise, vocabulary

if TYPE_CHECKING:
    from newsclean.metadata.date_grammar import Element, Group, Time

__all__ = ["DateReading", "date_part", "find_dates", "is_bare_date", "is_date_line", "read_date"]

Precision = Literal["day", "minute", "second"]
Kind = Literal["published", "modified", "unknown"]

_LONGEST_LINE = 300
_LONGEST_DATE_LINE = 160
_LONGEST_RELATIVE = 60
_MOST_WORDS = 8
_NUMERIC = re.compile(
    r"\d(?:\d{3}\s?[年년]|\d{7}[Tt]\d|\d{0,3}\s?[-/.．／－‐‑‒–—−﹣⁄]\s?\d\d?\s?[-/.．／－‐‑‒–—−﹣⁄]\s?\d\d)"
)
_YEAR = re.compile(r"\d{4}")
_THAI = re.compile("[ก-ฮ]")
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
_NEAR = 30
_WINDOW = 70
_PLACE_WORDS = 3


def _places(text: str) -> list[tuple[int, int]]:
    """Where a date may be: numeric dates, and years near a month name. Most lines end here."""
    if _DIGIT.search(text) is None:
        return []
    spans = [m.span() for m in _NUMERIC.finditer(text)]
    for year in _YEAR.finditer(text):
        near = text[max(0, year.start() - _NEAR) : year.end() + _NEAR]
        if _THAI.search(near) or not vocabulary().month_words.isdisjoint(_WORDS.findall(normalise(near)[0])):
            spans.append(year.span())
    return sorted(spans)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as read.

    ``value`` is aware (midnight where only the day is known), ``precision`` says what of it was printed,
    ``zone_assumed`` is true where the text names no zone, ``kind`` comes from labels such as "Updated".
    """

    value: datetime
    precision: Precision
    zone_assumed: bool
    kind: Kind


@lru_cache(maxsize=64)
def _zone(name: str | None) -> tzinfo:
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone name such as 'Asia/Baghdad'") from error


def _offset(zone: int | str) -> tzinfo:
    if isinstance(zone, int):
        return fixed_zone(timedelta(minutes=zone))
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        return fixed_zone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    return _zone(zone)


def _aware(naive: datetime, zone: tzinfo) -> datetime:
    """``naive`` in ``zone``, with the offset of that day fixed, so that values compare and serialise alike."""
    return naive.replace(tzinfo=fixed_zone(naive.replace(tzinfo=zone).utcoffset() or timedelta(0)))


def _pick_day(group: Group, *, day_first: bool | None) -> date | None:
    days: list[date] = []
    for year, month, day in group.core.days if group.core else ():
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            try:
                days.append(date(year, month, day))
            except ValueError:
                continue
    if len(days) < 2:
        return days[0] if days else None
    if group.weekday is not None and days[0].weekday() != days[1].weekday():
        for candidate in days:
            if candidate.weekday() == group.weekday:
                return candidate
    return None if day_first is None else days[0 if day_first else 1]


def _reading(group: Group, timezone: str | None, *, day_first: bool | None) -> DateReading | None:
    """The date of ``group``; None where it cannot be."""
    day = _pick_day(group, day_first=day_first)
    times: list[Time] = list(dict.fromkeys(group.before + group.after))
    if day is None or any(time.state == "bad" for time in times):
        return None
    kind: Kind = "published" if group.label == "published" else "modified" if group.label else "unknown"
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    if len(times) != 1 or times[0].state == "vague":
        return DateReading(_aware(midnight, _zone(timezone)), "day", zone_assumed=True, kind=kind)
    time = times[0]
    naive = midnight.replace(hour=time.hour, minute=time.minute, second=time.second)
    zone = _zone(timezone) if time.zone is None else _offset(time.zone)
    precision: Precision = "second" if time.has_seconds else "minute"
    return DateReading(_aware(naive, zone), precision, zone_assumed=time.zone is None, kind=kind)


@lru_cache(maxsize=256)
def _parse(text: str) -> tuple[list[Element], list[Group]]:
    """Elements and groups of a line, to be looked at only: one date line is asked about again and again."""
    found = elements(tokens(text))
    return found, groups(found)


def read_date(
    text: str, *, timezone: str | None = None, relative_to: datetime | None = None, day_first: bool | None = True
) -> DateReading | None:
    """Read ``text`` that is a date line: label, weekday, section and a Hijri twin may stand beside the date.

    ``timezone`` (IANA name) holds where the text names none, else UTC; both set ``zone_assumed``. "3 hours ago" is
    read only with ``relative_to``. ``day_first`` decides 05/12/2025 where neither the numbers nor the weekday do;
    with None it is left unread.
    A published date wins over a modified one. None for anything impossible, contradictory, outside 1900 to 2100, or
    in the Hijri calendar only. Raises ValueError for an unknown ``timezone``.

    >>> read_date("Updated: 3 May 2024, 10:15 BST").kind
    'modified'
    >>> read_date("الأحد 22 مارس 2026 11:06 مـ 3 شوال 1447 هـ").value.isoformat()
    '2026-03-22T23:06:00+00:00'
    """
    if len(text) > _LONGEST_LINE:
        return None
    reading = None
    if _places(text):
        found, parts = _parse(text)
        if parts:
            if is_span(found) or sum(e.kind in ("word", "relative") for e in found) > _MOST_WORDS:
                return None
            return _best(parts, timezone, day_first=day_first)
        if any(e.kind == "core" for e in found):
            return None
    if relative_to is not None:
        from newsclean.metadata.date_relative import read_relative

        zone = _zone(timezone) if timezone else relative_to.tzinfo or UTC
        relative = read_relative(text, relative_to.replace(tzinfo=relative_to.tzinfo or zone).astimezone(zone))
        if relative is not None:
            value, precision, kind, exact = relative
            naive = value.replace(tzinfo=None)
            reading = DateReading(_aware(naive, zone), precision, zone_assumed=not exact, kind=kind)
    return reading


def _best(parts: list[Group], timezone: str | None, *, day_first: bool | None) -> DateReading | None:
    readings = [_reading(group, timezone, day_first=day_first) for group in parts]
    if any(reading is None for reading in readings):
        return None
    for kind in ("published", "unknown", "modified"):
        same = [r for r in readings if r and r.kind == kind]
        if not same:
            continue
        if len({(r.value, r.precision) for r in same}) == 1:
            return same[0]
        if len({r.value.date() for r in same}) > 1:
            return None
        exact = {r.value: r for r in same if r.precision != "day"}
        if len(exact) == 1:
            return next(iter(exact.values()))
        return replace(_midnight(same[0], timezone), kind=same[0].kind)
    return None


def _midnight(reading: DateReading, timezone: str | None) -> DateReading:
    value = reading.value.replace(hour=0, minute=0, second=0, tzinfo=None)
    return DateReading(_aware(value, _zone(timezone)), "day", zone_assumed=True, kind=reading.kind)


def find_dates(
    text: str, *, timezone: str | None = None, day_first: bool | None = True
) -> list[tuple[int, int, DateReading]]:
    """All dates in a line of any kind, as (start, end, reading); dates that cannot be are left out.

    A clock time counts only where no word stands between it and the date. Relative dates are not looked for.

    >>> [(s, e, r.value.date().isoformat()) for s, e, r in find_dates("صدر القرار في 20 آب 2020 وألغي في 2021")]
    [(14, 24, '2020-08-20')]
    """
    result = []
    for start, end in _windows(text):
        for group in _parse(text[start:end])[1]:
            reading = _reading(group, timezone, day_first=day_first)
            if reading is not None:
                result.append((start + group.start, start + group.end, reading))
    return result


def _windows(text: str) -> list[tuple[int, int]]:
    """Where in ``text`` dates can be; the whole of a short line, the surroundings of years in a long one."""
    places = _places(text)
    if not places or len(text) <= 3 * _WINDOW:
        return [(0, len(text))] if places else []
    spans: list[tuple[int, int]] = []
    for first, last in places:
        start = text.find(" ", first - _WINDOW, first) if first > _WINDOW else 0
        start = first if start < 0 else start
        end = text.rfind(" ", last, last + _WINDOW) if last + _WINDOW < len(text) else len(text)
        end = last if end < 0 else end
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _has_unknown(text: str, *, more_than: int) -> bool:
    """Whether more words of ``text`` than that are none a date line is made of; most lines show it by the first."""
    words, phrases, _ = vocabulary()
    for part in text.split():
        for word in _WORDS.findall(normalise(part)[0]):
            if word not in words and word not in phrases:
                if not more_than:
                    return True
                more_than -= 1
    return False


def is_date_line(text: str) -> bool:
    """True where ``text`` is nothing but a date: with label, weekday, section, separators; absolute or relative.

    >>> is_date_line("محليات | 7-12-2021, 17:48 |"), is_date_line("وقال في 7-12-2021 إن الوضع تغير")
    (True, False)
    >>> is_date_line("منذ 3 ساعات"), is_date_line("16 ديسمبر")
    (True, True)
    """
    return len(text) <= _LONGEST_DATE_LINE and _is_date_line(text)


@lru_cache(maxsize=2048)
def _is_date_line(text: str) -> bool:
    has_digit = _DIGIT.search(text) is not None
    if (not has_digit and len(text) > 40) or text.count(" ") > 30:
        return False
    if len(text) > _LONGEST_RELATIVE and not _places(text):
        return False
    from newsclean.metadata.date_relative import is_relative, nothing_else

    if _has_unknown(text, more_than=_MOST_WORDS if has_digit else 0):
        return False
    if not has_digit:
        return is_relative(text)
    found, _ = _parse(text)
    if any(e.kind == "core" for e in found):
        return nothing_else(found)
    return len(text) <= _LONGEST_RELATIVE and is_relative(text)


def is_bare_date(text: str) -> bool:
    """:func:`is_date_line` where every word is one of dates and their labels.

    >>> is_bare_date("Published on 3 May 2024"), is_bare_date("Sport 3 May 2024")
    (True, False)
    """
    return is_date_line(text) and not _has_unknown(text, more_than=0)


def date_part(text: str) -> str | None:
    """What of a line is its date: all of it, what follows a place and a comma, or one of the parts between bars.

    >>> date_part("Puerto Lindo, 8 de octubre de 2024"), date_part("18 March 2024")
    ('8 de octubre de 2024', '18 March 2024')
    >>> date_part("In Madrid, on 3 May 2024, nothing happened") is None
    True
    """
    if is_date_line(text):
        return text
    if _DIGIT.search(text) is None:
        return None
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if len(parts) == 1:
        parts = [part.strip() for part in re.split("[,،]", text, maxsplit=1)]
        if not parts[0][:1].isupper() and parts[0][:1].lower() != parts[0][:1].upper():
            return None
    dates = [part for part in parts if is_date_line(part)]
    others = [part for part in parts if part not in dates]
    short = all(len(part.split()) <= _PLACE_WORDS and _DIGIT.search(part) is None for part in others)
    return dates[0] if len(dates) == 1 and short else None
