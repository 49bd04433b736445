"""Relative dates ("3 hours ago"), and the question whether a line holds anything beside its date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsclean.metadata.date_grammar import Element, elements
from newsclean.metadata.date_lexer import tokens

if TYPE_CHECKING:
    from newsclean.metadata.dates import Kind, Precision

__all__ = ["is_relative", "nothing_else", "read_relative"]

_PARTS = re.compile(r"[|•·│｜]")
_STEP = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_DAYS = {"today": 0, "yesterday": 1, "before_yesterday": 2}
_STRONG = {"|": 5, "•": 5, "·": 5, "›": 5, "»": 5, "/": 2, "-": 2}
_READING_TIME = frozenset({"minute", "minute_2x"})


def _shape(text: str) -> tuple[list[Element], dict[str, Any], str | None] | None:
    """The elements of ``text``, the roles in it and its label; None where a word is unknown."""
    found = elements(tokens(text))
    roles: dict[str, Any] = {}
    label = None
    for element in found:
        if element.kind in ("word", "core"):
            return None
        if element.kind == "label":
            label = element.value
        elif element.kind in ("fill", "relative"):
            for role, value in element.value.items():
                if role == "unit" and role in roles:
                    return None
                roles[role] = value
    return found, roles, label


def _ago(found: list[Element], roles: dict[str, Any]) -> tuple[int, str] | None:
    """(count, unit) of an "ago" expression."""
    unit = roles.get("unit")
    if "ago" not in roles or unit is None or any(e.kind in ("time", "dot") for e in found):
        return None
    numbers = [e.value for e in found if e.kind == "number"]
    if len(numbers) > 1:
        return None
    if unit.endswith("_2x"):
        return None if numbers else (2, unit[:-3])
    return (numbers[0] if numbers else 1), unit


def _read(text: str) -> tuple[list[Element], dict[str, Any], str | None, tuple[int, str] | str] | None:
    shape = _shape(text)
    if shape is None:
        return None
    found, roles, label = shape
    ago = _ago(found, roles)
    if ago is not None:
        return found, roles, label, ago
    day = next((name for name in ("before_yesterday", "yesterday", "today") if name in roles), None)
    if day and "unit" not in roles and "ago" not in roles and not any(e.kind in ("number", "dot") for e in found):
        return found, roles, label, day
    return None


def read_relative(text: str, base: datetime) -> tuple[datetime, Precision, Kind, bool] | None:
    """``text`` counted back from ``base`` (aware): value, precision, kind, and whether the instant is exact.

    Months and years give no day and are not read.
    """
    for part in [text, *_PARTS.split(text)] if len(text) <= 120 else []:
        read = _read(part)
        if read is None:
            continue
        found, _, label, what = read
        kind: Kind = "published" if label == "published" else "modified" if label else "unknown"
        if isinstance(what, str):
            return _on_day(found, base, _DAYS[what], kind)
        count, unit = what
        if unit not in _STEP or not 0 <= count <= 10_000:
            return None
        moment = base - timedelta(seconds=count * _STEP[unit])
        if unit in ("day", "week"):
            return moment.replace(hour=0, minute=0, second=0, microsecond=0), "day", kind, False
        return moment.replace(microsecond=0), "minute", kind, True
    return None


def _on_day(
    found: list[Element], base: datetime, back: int, kind: Kind
) -> tuple[datetime, Precision, Kind, bool] | None:
    times = {e.value for e in found if e.kind == "time"}
    midnight = (base - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)
    if not times:
        return midnight, "day", kind, False
    time = times.pop()
    if times or time.state != "ok" or time.zone is not None:
        return None
    precision: Precision = "second" if time.has_seconds else "minute"
    return midnight.replace(hour=time.hour, minute=time.minute, second=time.second), precision, kind, False


def is_relative(text: str) -> bool:
    """True for a line that is a relative date and nothing else, such as "منذ ساعتين"."""
    return any(_read(part) for part in ([text, *_PARTS.split(text)] if _PARTS.search(text) else [text]))


def nothing_else(found: list[Element]) -> bool:
    """True where the words beside the dates are only a section or place, set apart by a separator."""
    chunks: list[tuple[str, list[Element]]] = [("", [])]
    for element in found:
        if element.kind == "mark" and element.value in _STRONG:
            chunks.append((element.value, []))
        elif element.kind != "mark" or element.value in ":;?!%$":
            chunks[-1][1].append(element)
    total = 0
    for place, (before, chunk) in enumerate(chunks):
        words = [e for e in chunk if e.kind in ("word", "number", "relative", "mark")]
        plain = [e for e in words if e.kind == "word"]
        if not plain and all(e.kind == "mark" and e.value == ":" for e in words):
            continue
        if any(e.kind in ("core", "time", "dot", "label", "weekday") for e in chunk):
            return False
        if any(e.kind == "relative" and e.value.get("unit") in _READING_TIME for e in words) and len(words) <= 3:
            continue
        if len(plain) < len(words) or "byline" in plain[0].value:
            return False
        after = chunks[place + 1][0] if place + 1 < len(chunks) else ""
        total += len(chunk)
        if len(chunk) > max(_STRONG.get(before, 0), _STRONG.get(after, 0)) or total > 6:
            return False
    return True
