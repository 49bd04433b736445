"""From a line to tokens: numeric dates, clock times, numbers, known words and unknown words, each with its place."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from newsclean.metadata.date_words import normalise, vocabulary

__all__ = ["Clock", "Token", "tokens"]


class Token(NamedTuple):
    """``kind``: date, clock, number, word, mark. ``value``: candidates, Clock, int, roles or the mark itself."""

    kind: str
    value: Any
    start: int
    end: int


class Clock(NamedTuple):
    """A time of day as printed; ``hour`` -1 is one that cannot be. ``offset``: minutes east of UTC or None."""

    hour: int
    minute: int
    second: int
    has_seconds: bool
    offset: int | None
    dotted: bool = False


_DIGITS = re.compile(
    r"""
    (?P<cjk>\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}(?:\s?[日일號号])?)
  | (?P<thang>\d{1,2}\s(?:thang|thg)\s\d{1,2}(?:\s?,\s?|\snam\s|\s)\d{4}(?!\d))
  | (?P<compact>\d{8}(?=t\d{4}))
  | (?P<ymd>(?<![.,])\d{4}(?P<s1>\s?[-/.]\s?)\d{1,2}(?P=s1)\d{1,2}(?![\d]|[-/]\d))
  | (?P<dmy>(?<![.,/])\d{1,2}(?P<s2>\s?[-/.]\s?)\d{1,2}(?P=s2)(?:\d{4}|(?<=[./])\d{2})(?!\d|[./]\d|-\d+(?![\d:])))
  | (?P<clock>(?<!:)\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2}(?:[.,]\d+)?)?(?!\d|\s?:\d)
      (?:\s?\(?[+-]\d{2}:?\d{2}(?![\d:]))?)
  | (?P<tclock>(?<=t)\d{4}(?:\d{2})?(?:[+-]\d{2}:?\d{2})?(?!\d))
  | (?P<hclock>(?<![:.,])\d{1,2}\s?h(?:\s?\d{2}(?:\s?min)?)?(?!\w))
  | (?P<hanclock>\d{1,2}\s?[时時點点시](?:\s?\d{1,2}\s?[分분])?(?:\s?\d{1,2}\s?[秒초])?)
  | (?P<dotclock>(?<![.,])\d{1,2}\.\d{2}(?!\d|[.,]\d))
  | (?P<year>\d{4}(?=\d{1,2}:\d{2}(?!\d)))
  | (?P<number>\d+)
    """,
    re.VERBOSE,
)
_LETTERS = re.compile(
    r"""
    (?P<dotted>[ap]\.\s?m\b\.?|[قب]\.\s?ظ\.?|[πμ]\.\s?μ\.?|[ก-ฮ][\u0e31-\u0e4e]?\.[ก-ฮ]\.?|ت\.\s?غ\.?)
  | (?P<han>[\u3040-\u30ff\u4e00-\u9fff]+)
  | (?P<word>(?:[^\W\d_]|[\u0900-\u0963\u0971-\u097f\u0e30-\u0e4e])+(?:'[^\W\d_]+)*)
    """,
    re.VERBOSE,
)
_ZONE = re.compile(r"(?:gmt|utc|غرينتش|جرينتش)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?![\d:])")
_NUMBER = re.compile(r"\d+")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")


def _clock(numbers: list[str], offset: re.Match[str] | None, *, dotted: bool = False) -> Clock:
    hour, minute, second = (*(int(n) for n in numbers[:3]), 0, 0)[:3]
    shift = None
    if hour > 23 or minute > 59 or second > 59:
        hour = -1
    if offset is not None:
        shift = (int(offset[2]) * 60 + int(offset[3])) * (-1 if offset[1] == "-" else 1)
        if not -12 * 60 <= shift <= 14 * 60 or int(offset[3]) > 59:
            hour = -1
    return Clock(hour, minute, second, len(numbers) > 2, shift, dotted)


def _numeric(kind: str, text: str) -> tuple[tuple[int, int, int], ...] | None:
    """The readings of a numeric date as (year, month, day), the day-first one first; None: not a date of our era."""
    if kind == "compact":
        return ((int(text[:4]), int(text[4:6]), int(text[6:])),)
    printed = _NUMBER.findall(text)
    a, b, c = (int(n) for n in printed)
    if kind in ("ymd", "cjk"):
        return ((a, b, c),)
    if kind == "thang":
        return ((c, b, a),)
    if len(printed[2]) == 2:
        c += 2000 if c < 69 else 1900
    if "." in text or a == b:
        return ((c, b, a),)
    return ((c, b, a), (c, a, b))


def _token(kind: str, found: re.Match[str], form: str, pos: int) -> Token:
    text, end = found[0], found.end()
    if kind in ("cjk", "thang", "compact", "ymd", "dmy"):
        return Token("date", _numeric(kind, text), pos, end)
    if kind in ("clock", "tclock", "hclock", "hanclock", "dotclock"):
        offset = _OFFSET.search(text) if kind in ("clock", "tclock") else None
        body = text[: offset.start()] if offset else text
        if kind == "clock":
            numbers = _NUMBER.findall(re.split(r"[.,]", body)[0])
            hyphen = offset is not None and offset[1] == "-" and ":" in offset[0] and form[max(0, pos - 1)] != "t"
            if hyphen and len(numbers) < 3:  # 10:15-11:30 is a span of time, not an offset
                offset, end = None, pos + len(body.rstrip(" ("))
        elif kind == "tclock":
            numbers = [body[i : i + 2] for i in range(0, len(body), 2)]
        else:
            numbers = _NUMBER.findall(body)
        if len(numbers) == 1:
            numbers.append("0")
        return Token("clock", _clock(numbers, offset, dotted=kind == "dotclock"), pos, end)
    return Token("number", int(text) if len(text) < 12 else -1, pos, end)


def _word(form: str, raw: str, kind: str, pos: int, end: int) -> Token:
    zone = _ZONE.match(form, pos) if form[pos] in "guغج" else None
    if zone:
        shift = (int(zone[2]) * 60 + int(zone[3] or 0)) * (-1 if zone[1] == "-" else 1)
        return Token("word", {"zone": shift}, pos, zone.end())
    words, phrases, _ = vocabulary()
    word = form[pos:end]
    if word in phrases:
        for phrase, roles in phrases[word]:
            stop = pos + len(phrase)
            if form.startswith(phrase, pos) and not form[stop : stop + 1].isalpha():
                return Token("word", roles, pos, stop)
    if kind == "han":  # written without spaces: the longest word known, else all of it
        known = next((n for n in range(min(6, len(word)), 0, -1) if word[:n] in words), len(word))
        word, end = word[:known], pos + known
    if kind == "dotted":
        word = word.replace(".", "").replace(" ", "")
    roles = words.get(word, {})
    if "zone" in roles and word.isascii() and not raw.isupper():  # "et", "est" and "pt" are words too
        roles = {role: value for role, value in roles.items() if role != "zone"}
    return Token("word", roles, pos, end)


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``; offsets count characters of ``text``.

    >>> [t.kind for t in tokens("نشر في: 16 ديسمبر 2025 - 9:05 م")]
    ['word', 'mark', 'number', 'word', 'number', 'mark', 'clock', 'word']
    """
    form, where = normalise(text)
    found: list[Token] = []
    pos, size = 0, len(form)
    while pos < size:
        first = form[pos]
        if first == " ":
            pos += 1
            continue
        match = (
            _DIGITS.match(form, pos) if first.isdecimal() else _LETTERS.match(form, pos) if first.isalpha() else None
        )
        if match is None:
            token = Token("mark", first, pos, pos + 1)
        elif first.isalpha():
            raw = text[where[pos] : where[match.end()]] if where else text[pos : match.end()]
            token = _word(form, raw, str(match.lastgroup), pos, match.end())
        else:
            token = _token(str(match.lastgroup), match, form, pos)
        pos = token.end
        found.append(token)
    if where:
        found = [t._replace(start=where[t.start], end=where[t.end - 1] + 1) for t in found]
    return found
