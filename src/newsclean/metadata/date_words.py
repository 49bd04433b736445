"""The words of date lines, compiled once from ``data/dates.toml``, and the form in which lines are matched with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

__all__ = ["Roles", "Vocabulary", "normalise", "vocabulary"]

Roles = dict[str, Any]
"""What a word can mean: role name to value (``month``: 1-12, ``ampm``: ``"am"``, ``zone``: offset or IANA name ...)."""


class Vocabulary(NamedTuple):
    """Words and phrases in their matching form."""

    words: dict[str, Roles]
    phrases: dict[str, list[tuple[str, Roles]]]
    """First word to the phrases that begin with it, longest first."""
    month_words: frozenset[str]
    """What a date with a month name cannot do without; of phrases the first word."""


def _one_to_one() -> dict[int, int | str]:
    """Letters to their base letters, never more nor fewer: offsets into the line must survive."""
    table: dict[int, int | str] = {0x130: "i"}
    for block in (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000), range(0xFF01, 0xFF5F)):
        for code in block:
            base = unicodedata.normalize("NFKD", chr(code))[:1].lower()
            if len(base) == 1 and base.isprintable() and not base.isspace():
                table[code] = base
    table |= {ord("ς"): "σ", ord("ı"): "i", ord("ł"): "l", ord("Ł"): "l", ord("ø"): "o", ord("Ø"): "o", ord("đ"): "d"}
    table |= {ord("Đ"): "d"}
    arabic = {"ا": "أإآٱ", "ي": "ىئیۍې", "ه": "ةۀہەۃھ", "ك": "کڪ", "و": "ؤ"}
    table |= {ord(c): base for base, forms in arabic.items() for c in forms}
    marks = {"-": "‐‑‒–—―−﹣", ",": "،、﹐，", "/": "⁄∕", ":": "：﹕∶", "'": "‘’ʼ׳`´", "|": "│┃¦｜", ".": "。۔"}
    table |= {ord(c): base for base, forms in marks.items() for c in forms}
    table |= dict.fromkeys(
        [0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 9, 10, 13], " "
    )
    return table


_TABLE = _one_to_one()
_DROP = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0621\u0640\u064b-\u065f\u0670\u061c\u093c\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
    "|(?<= ) +"
)


def normalise(text: str) -> tuple[str, list[int] | None]:
    """The matching form of ``text`` and, where characters were dropped, the offset of each one that is left.

    >>> normalise("Décembre")
    ('decembre', None)
    >>> normalise("مساءً")
    ('مسا', [0, 1, 2, 5])
    """
    form = text.translate(_TABLE).lower()
    if _DROP.search(form) is None:
        return form, None
    kept: list[str] = []
    where: list[int] = []
    last = 0
    for hole in _DROP.finditer(form):
        kept.append(form[last : hole.start()])
        where.extend(range(last, hole.start()))
        last = hole.end()
    kept.append(form[last:])
    where.extend(range(last, len(form) + 1))
    return "".join(kept), where


def _split(alternatives: str) -> list[str]:
    return [normalise(word.strip())[0] for word in alternatives.split("|") if word.strip()]


_CALENDARS = {"months": "month", "thai_months": "thai", "jalali_months": "jalali", "hijri_months": "hijri"}
_SINGLE = {"fillers": "fill", "ambiguous": "not_after_dot", "bylines": "byline"}
_VALUED = {"day_parts": "ampm", "era": "era", "labels": "label", "units": "unit", "zones": "zone"}


def _entries(raw: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, object]]:
    """(alternatives, role, value) of every row of the data file."""
    for table, role in _CALENDARS.items():
        for names in raw[table].values():
            yield from ((alternatives, role, number) for number, alternatives in enumerate(names, 1))
    for names in raw["weekdays"].values():
        yield from ((alternatives, "weekday", number) for number, alternatives in enumerate(names))
    for table, role in _VALUED.items():
        yield from ((alternatives, role, value) for value, alternatives in raw[table].items())
    yield from ((alternatives, role, True) for role, alternatives in raw["relative"].items())
    for table, role in _SINGLE.items():
        yield from ((alternatives, role, True) for alternatives in raw[table].values())


@cache
def vocabulary() -> Vocabulary:
    """The compiled vocabulary; read from the package on first use."""
    import tomllib
    from importlib import resources

    raw = tomllib.loads(resources.files(__package__).joinpath("data/dates.toml").read_text(encoding="utf-8"))
    words: dict[str, Roles] = {}
    for alternatives, role, value in _entries(raw):
        for word in _split(alternatives):
            words.setdefault(word, {}).setdefault(role, value)
    for roles in words.values():
        calendar = next((role for role in _CALENDARS.values() if role in roles), None)
        if calendar:
            roles["calendar"] = (calendar, roles[calendar])
    months = {re.split(r"\W", word, maxsplit=1)[0] for word, roles in words.items() if "calendar" in roles}
    phrases: dict[str, list[tuple[str, Roles]]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        first = re.split(r"\W", word, maxsplit=1)[0]
        if first != word:
            phrases.setdefault(first, []).append((word, words[word]))
    return Vocabulary(words, phrases, frozenset({*months, "thang", "thg"}))
