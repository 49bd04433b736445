"""From tokens to elements (dates, clock times, labels) and from those to groups: one date with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newsclean.metadata.date_lexer import Clock, Token

__all__ = ["Core", "Element", "Group", "Time", "elements", "groups", "is_span"]

_NO_MONTH: tuple[None, int] = (None, 0)
_LOOSE = frozenset(".,-/'()")


class Element(NamedTuple):
    """``kind``: core, time, dot, label, weekday, fill, mark, number, word, or relative."""

    kind: str
    value: Any
    start: int
    end: int


class Core(NamedTuple):
    """A calendar day. ``calendar``: ``ce`` (``days`` are its possible readings, day first), ``hijri``, ``partial``."""

    calendar: str
    days: tuple[tuple[int, int, int], ...] = ()


class Time(NamedTuple):
    """A clock time in 24 hours; ``state`` ok, ``bad`` (cannot be) or ``vague`` (day half unclear)."""

    hour: int
    minute: int
    second: int
    has_seconds: bool
    zone: int | str | None
    state: str = "ok"


@dataclass(slots=True)
class Group:
    """One date, its clock times, its label and its weekday."""

    start: int = -1
    end: int = -1
    label: str | None = None
    core: Core | None = None
    before: list[Time] = field(default_factory=list)
    after: list[Time] = field(default_factory=list)
    after_start: int = -1
    weekday: int | None = None
    words: int = 0

    def cover(self, element: Element) -> None:
        """Extend the span of the group over ``element``."""
        self.start = element.start if self.start < 0 else self.start
        self.end = element.end


def _role(token: Token, role: str) -> Any:
    return token.value.get(role) if token.kind == "word" else None


def _skip(toks: list[Token], i: int, most: int = 3) -> int:
    """The index after loose marks and fillers."""
    stop = min(i + most, len(toks))
    while i < stop:
        token = toks[i]
        loose = token.value in _LOOSE if token.kind == "mark" else _role(token, "fill") and not _month(token)[0]
        if not loose:
            break
        i += 1
    return i


def _month(token: Token) -> tuple[str | None, int]:
    return token.value.get("calendar", _NO_MONTH) if token.kind == "word" else _NO_MONTH


def _months(toks: list[Token], i: int) -> tuple[str | None, int, int]:
    """Calendar, month and next index of a month name at ``i``, or of two names for one month; (None, 0, i) if none."""
    calendar, month = _month(toks[i]) if i < len(toks) else (None, 0)
    if calendar is None:
        return None, 0, i
    i += 1
    while i + 1 < len(toks) and toks[i].kind == "mark" and toks[i].value in "/-(":
        also, second = _month(toks[i + 1])
        if also is None:
            break
        if second != month:
            return "conflict", 0, i + 2
        i += 3 if i + 2 < len(toks) and toks[i].value == "(" and toks[i + 2].value == ")" else 2
    return calendar, month, i


def _year(toks: list[Token], i: int, joint: str | None = None) -> tuple[int | None, int]:
    """The year at ``i`` or behind loose marks, and the next index; of two digits only behind ``joint`` (16-Dec-23)."""
    j = _skip(toks, i)
    if j >= len(toks) or toks[j].kind != "number":
        return None, i
    year, width = toks[j].value, toks[j].end - toks[j].start
    if width == 4:
        return year, j + 1
    if width == 2 and j == i + 1 and joint is not None and toks[i].value == joint:
        return year + (2000 if year < 69 else 1900), j + 1
    return None, i


def _core(calendar: str, year: int, month: int, day: int) -> Core:
    if calendar == "jalali":
        return Core("ce", (_from_jalali(year, month, day),)) if 1300 <= year <= 1479 else Core("ce")
    if calendar == "hijri" or 1300 <= year <= 1500:
        return Core("hijri")
    if calendar == "thai" and 2400 <= year <= 2643:
        year -= 543
    return Core("ce") if calendar == "conflict" else Core("ce", ((year, month, day),))


def _from_jalali(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Solar Hijri to Gregorian by the 33-year rule, exact for 1300 to 1479; (0, 0, 0): no such day.

    >>> _from_jalali(1403, 5, 12), _from_jalali(1399, 12, 30)
    ((2024, 8, 2), (2021, 3, 20))
    """
    from datetime import date, timedelta

    leap = (year % 33) in (1, 5, 9, 13, 17, 22, 26, 30)
    length = 31 if month <= 6 else 30 if month < 12 or leap else 29
    if not 1 <= day <= length:
        return (0, 0, 0)
    elapsed = year - 1300
    leaps = sum((y % 33) in (1, 5, 9, 13, 17, 22, 26, 30) for y in range(1300, year))
    days = elapsed * 365 + leaps + (31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)) + day - 1
    result = date(1921, 3, 21) + timedelta(days=days)
    return (result.year, result.month, result.day)


def _named(toks: list[Token], i: int) -> tuple[Core, int, list[int]] | None:
    """A date with a month name at ``i``: core, next index, and indices of a clock (and zone) inside it."""
    token = toks[i]
    if token.kind == "number":
        width = token.end - token.start
        calendar, month, j = _months(toks, _skip(toks, i + 1))
        if calendar is None:
            return None
        if width <= 2:
            dotted = toks[i + 1].kind == "mark" and toks[i + 1].value == "."
            if dotted and any(_role(t, "not_after_dot") for t in toks[i + 2 : j]):
                calendar = "conflict"
            joint = toks[i + 1].value if toks[i + 1].kind == "mark" and toks[i + 1].value in ("-", "/") else None
            return _finish(toks, j, calendar, month, token.value, joint)
        k = _skip(toks, j)
        if width == 4 and k < len(toks) and toks[k].kind == "number" and toks[k].end - toks[k].start <= 2:
            return _core(calendar, token.value, month, toks[k].value), k + 1, []
        return None
    calendar, month, j = _months(toks, i)
    if calendar is None:
        return None
    k = _skip(toks, j, 2)
    if k < len(toks) and toks[k].kind == "number" and toks[k].end - toks[k].start <= 2:
        if _role(token, "weekday") is not None and _months(toks, _skip(toks, k + 1))[0]:  # "mar. 16 déc. 2025"
            return None
        return _finish(toks, k + 1, calendar, month, toks[k].value)
    return None


def _finish(
    toks: list[Token], j: int, calendar: str, month: int, day: int, joint: str | None = None
) -> tuple[Core, int, list[int]] | None:
    year, k = _year(toks, j, joint)
    if year is not None:
        return _core(calendar, year, month, day), k, []
    inside = [x for x in range(j, min(j + 3, len(toks))) if toks[x].kind == "clock" or _role(toks[x], "zone")]
    if inside and toks[inside[0]].kind == "clock":  # the order of ctime(3): month day clock zone year
        year, k = _year(toks, inside[-1] + 1)
        if year is not None and k == inside[-1] + 2:
            return _core(calendar, year, month, day), k, inside
    if not 1 <= day <= 31:
        return None
    return Core("hijri" if calendar == "hijri" else "partial"), j, []


def _half(hour: int, part: str) -> int | None:
    """``hour`` of a twelve-hour clock in 24 hours; None where the words contradict each other."""
    if hour > 12:
        return hour if part in ("pm", "night") else None
    if part == "am":
        return hour % 12
    if part == "pm":
        return hour % 12 + 12
    if part == "noon":
        return hour if hour >= 10 else hour + 12
    return hour % 12 + (12 if 6 <= hour < 12 else 0)


def _time(toks: list[Token], i: int, *, vague: bool, after_era: bool) -> tuple[Time, int]:
    """The clock time at ``i`` with day half and zone behind (or before) it, and the next index."""
    clock: Clock = toks[i].value
    hour, state, j = clock.hour, "bad" if clock.hour < 0 else "ok", i + 1
    k = _skip(toks, j, 1)
    part = next((_role(toks[x], "ampm") for x in (j, k) if x < len(toks) and _role(toks[x], "ampm")), None)
    if part:
        j = (j if _role(toks[j], "ampm") else k) + 1
    elif i and not after_era and not _role(toks[i - 1], "fill"):
        part = _role(toks[i - 1], "ampm")
    if vague and not part and hour <= 12:
        state = "vague" if state == "ok" else state
    elif part and state == "ok":
        turned = _half(hour, part)
        if turned is not None:
            hour = turned
        elif not (part == "am" and _role(toks[j - 1], "fill")):  # German "am" after a time is no day half
            state = "vague"
    zone: int | str | None = clock.offset
    k = _skip(toks, j, 2)
    for x in (j, k):
        found = _role(toks[x], "zone") if x < len(toks) else None
        if found is not None and zone is None:
            zone, j = found, x + 1
    return Time(hour, clock.minute, clock.second, clock.has_seconds, zone, state), j


def _whole_hour(toks: list[Token], i: int) -> Token | None:
    """A clock token for "4 pm" and "الساعة 4 مساء" at ``i``."""
    token = toks[i]
    if not 1 <= token.value <= 12 or i + 1 >= len(toks) or not _role(toks[i + 1], "ampm"):
        return None
    if _role(toks[i + 1], "era") or toks[i + 1].end - toks[i + 1].start == 1:
        return None
    return token._replace(kind="clock", value=Clock(token.value, 0, 0, False, None))


def elements(toks: list[Token]) -> list[Element]:
    """Dates, times, labels and the rest of a line, in order."""
    found: list[Element] = []
    i, size, unclear, era_at = 0, len(toks), -1, -1
    has_hijri = any(_role(t, "hijri") or _role(t, "era") == "hijri" for t in toks)
    while i < size:
        token = toks[i]
        core: Core | None = None
        j = i + 1
        inside: list[int] = []
        if token.kind == "date":
            year = token.value[0][0]
            core = Core("hijri") if 1300 <= year <= 1500 else Core("ce", token.value)
        elif token.kind in ("number", "word"):
            named = _named(toks, i)
            if named:
                core, j, inside = named
        if core is not None:
            era = _role(toks[j], "era") if j < size else None
            if era:
                if era == "hijri":
                    core = Core("hijri")
                era_at = j
                if era == "ce" and not has_hijri and _role(toks[j], "ampm"):
                    unclear = j
                j += 1
            found.append(Element("core", core, token.start, toks[j - 1].end))
            if inside:
                time, _ = _time(toks, inside[0], vague=False, after_era=False)
                found.append(Element("time", time, toks[inside[0]].start, toks[j - 1].end))
            i = j
            continue
        whole = _whole_hour(toks, i) if token.kind == "number" else None
        if whole or token.kind == "clock":
            toks[i] = whole or token
            time, j = _time(toks, i, vague=unclear == i - 1 >= 0, after_era=era_at == i - 1)
            found.append(Element("dot" if toks[i].value.dotted else "time", time, token.start, toks[j - 1].end))
            i = j
            continue
        found.append(_plain(token))
        i += 1
    return found


def _plain(token: Token) -> Element:
    if token.kind == "mark" or token.kind == "number":
        return Element(token.kind, token.value, token.start, token.end)
    roles = token.value
    for kind in ("label", "weekday"):
        if kind in roles:
            return Element(kind, roles[kind], token.start, token.end)
    if any(role in roles for role in ("ago", "today", "yesterday", "before_yesterday", "unit", "one", "now")):
        return Element("fill" if roles.get("fill") else "relative", roles, token.start, token.end)
    kind = "fill" if any(role in roles for role in ("fill", "ampm", "era", "zone")) else "word"
    return Element(kind, roles, token.start, token.end)


def is_span(found: list[Element]) -> bool:
    """True for a span of days such as "10-12 May 2024" or "31 January - 4 February 2026", which is no date."""
    for place, element in enumerate(found):
        if element.kind != "core":
            continue
        if element.value.calendar == "partial" and any(e.kind == "core" and e.value.calendar == "ce" for e in found):
            return True
        before = found[max(0, place - 2) : place]
        if [e.kind for e in before] == ["number", "mark"] and before[1].value == "-" and before[0].value <= 31:
            return True
    return False


def _dotted(group: Group, found: list[Element], place: int) -> str:
    """A time only behind a date that has none yet, and not as the count of something."""
    following = found[place + 1].kind if place + 1 < len(found) else "mark"
    usable = group.core and not group.before and not group.after and following not in ("word", "number")
    return "time" if usable and found[place].value.state == "ok" else "number"


def _interrupt(group: Group, done: list[Group]) -> Group:
    """A word that is no part of a date ends one, and parts what stands before one from it; a label holds longer."""
    if group.core:
        done.append(group)
        return Group()
    group.before.clear()
    group.start, group.weekday = -1, None
    group.words += 1
    return group if group.words <= 8 else Group()


def groups(found: list[Element]) -> list[Group]:
    """The dates of a line, each with its label, weekday and clock times."""
    done: list[Group] = []
    group = Group()
    for place, element in enumerate(found):
        kind, value = element.kind, element.value
        if kind == "dot":
            kind = _dotted(group, found, place)
        if kind == "label":
            if group.core or group.before or group.after:
                done.append(group)
                group = Group()
            group.label = value
            group.words = 0
        elif kind == "core" and value.calendar == "ce":
            if group.core:
                following = Group()
                if group.before and group.after:
                    following.before, following.start, group.after = group.after, group.after_start, []
                done.append(group)
                group = following
            group.core = value
        elif kind == "time":
            if group.core:
                group.after_start = element.start if not group.after else group.after_start
                group.after.append(value)
            else:
                group.before.append(value)
        elif kind == "weekday":
            group.weekday = value
        elif kind in ("word", "number", "relative"):
            group = _interrupt(group, done)
        if kind in ("core", "time", "label") or (kind == "weekday" and not group.core):
            group.cover(element)
    done.append(group)
    return _join(done)


def _join(parts: list[Group]) -> list[Group]:
    """A label that has only a clock time speaks of the date before it."""
    result: list[Group] = []
    for group in parts:
        times = group.before
        last = result[-1] if result else None
        if (
            group.label
            and not group.core
            and len(times) == 1
            and last
            and not last.label
            and not last.before + last.after
        ):
            last.after, last.label, last.end = times, group.label, group.end
        elif group.core:
            result.append(group)
    return result
