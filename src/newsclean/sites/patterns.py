"""The little language of site files: a line as it stands, with holes.

``…`` stands for any characters, ``{n}`` for digits, ``{dateline}`` for any dateline of the layout, and
``{author}``, ``{date}``, ``{section}``, ``{place}``, ``{tag}``, ``{title}`` for text that becomes a field.
Lines are compared in their folded form, so spelling variants of letters, digits and quotes need no extra entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsclean.document.normalize import fold, fold_clean, folds_letter_by_letter

__all__ = [
    "FIELDS",
    "Match",
    "Pattern",
    "PatternError",
    "fold_letters",
    "fold_with_places",
    "lines_with",
    "openings_of",
]

FIELDS = ("author", "date", "section", "place", "tag", "title")
_LONGEST = 4000
"""Characters of a line that are searched for fields."""
_BARE = re.compile(r"\{[a-z]+\}")
_WORD = re.compile(r"\w+")
_AROUND = " \u00a0|-–—:،,ـ"
_MARGIN = 40
"""Letters after the opening of a line that are folded with it."""
_HOLE = re.compile(r"…|\{([^{}]*)\}")
_PLACES = r"[^\s.:|,\-]{2,20}(?:[ /]+[^\s.:|,\-]{2,20}){0,2}"
"""Places of a line that holds nothing else."""
_LOOSE = "-:|"
"""Marks that may have white space around them or none."""
_WIDTH = {
    "author": r".{2,80}?",
    "date": r".{4,80}?",
    "section": r"[^|]{2,40}?",
    "place": r"[^\s.:|,\-]{2,20}",
    "tag": r".{2,60}?",
    "title": r".{2,300}?",
}


class PatternError(ValueError):
    """A pattern that is not of the language; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in a line: ``end`` in characters of the line, and the values of its fields."""

    end: int
    values: tuple[tuple[str, str], ...]


class Pattern:
    """One compiled pattern. Whole lines match, or with ``prefix`` the start of a line.

    >>> Pattern("كتب {author}").match("كتب  أحمد جمعة").values
    (('author', 'أحمد جمعة'),)
    >>> Pattern("{section} | {date} |").match("سياسة | 20-08-2020, 21:20 |").values
    (('section', 'سياسة'), ('date', '20-08-2020, 21:20'))
    """

    def __init__(self, source: str, *, datelines: tuple[str, ...] = (), prefix: bool = False) -> None:
        self.source = source
        self.prefix = prefix
        self.fields: tuple[str, ...] = ()
        body = self._compile(source, datelines, prefix=prefix)
        self.regex = re.compile(body + ("" if prefix else r"\Z"))
        self.literal = self._literal(source)
        self.bare = _BARE.fullmatch(source) is not None
        self.opening = self._opening(source)

    def _compile(self, source: str, datelines: tuple[str, ...], *, prefix: bool) -> str:
        parts: list[str] = []
        fields: list[str] = []
        if "{" in _HOLE.sub("", source) or "}" in _HOLE.sub("", source):
            raise PatternError("has a brace without its partner")
        for literal, hole in _pieces(source):
            parts.append(_escape(literal))
            if hole is None:
                continue
            if hole == "…":
                parts.append(".{0,2000}?")
            elif hole == "n":
                parts.append(r"\d+")
            elif hole == "dateline" and datelines:
                parts.append("(?:" + "|".join(self._plain(line) for line in datelines) + ")")
            elif hole in FIELDS and hole not in fields:
                fields.append(hole)
                width = _WIDTH[hole] if prefix or hole != "place" else _PLACES
                if _BARE.fullmatch(source):
                    width = width.removesuffix("?")  # nothing follows, so nothing is gained by looking step by step
                parts.append(f"(?P<{hole}>{width})")
            elif hole in fields:
                raise PatternError(f'"{{{hole}}}" stands twice')
            elif hole == "dateline":
                raise PatternError('"{dateline}" needs layout.text.dateline')
            else:
                raise PatternError(f'"{{{hole}}}" is not a field ({", ".join(FIELDS)}, n, dateline)')
        self.fields = tuple(fields)
        text = "".join(parts)
        if source.endswith("…") and not prefix:
            text = text.removesuffix("?")  # all that is left of the line: nothing to look for step by step
        if "…" in source and not fold(_HOLE.sub("", source)) and "{dateline}" not in source:
            raise PatternError("matches every line")
        return text

    @staticmethod
    def _plain(dateline: str) -> str:
        out = []
        for literal, hole in _pieces(dateline):
            out.append(_escape(literal))
            if hole is not None:
                out.append(_WIDTH.get(hole, ".{0,80}?"))
        return "".join(out)

    @staticmethod
    def _literal(source: str) -> str:
        """The longest literal run, folded, or the rarest mark: a cheap test before the regular expression."""
        literals = [fold(literal) for literal, _ in _pieces(source)]
        runs = [run for literal in literals for run in re.split(r"\s*[-:|]\s*", literal)]
        longest = max(runs, key=len)
        if len(longest) > 1:
            return longest
        return next((mark for mark in "|:-" if any(mark in each for each in literals)), longest)

    @staticmethod
    def _opening(source: str) -> str | None:
        """The word every line opens with that the pattern matches, folded; None where there is none to be sure of."""
        literal, hole = next(_pieces(source))
        folded = fold(literal)
        found = _WORD.match(folded) if literal[:1] == literal.strip()[:1] else None
        if found is None or (found.end() == len(folded) and hole is not None and not literal[-1:].isspace()):
            return None
        return found.group()

    def match(self, text: str, folded: str | None = None) -> Match | None:
        """Match the shown text of one line (``folded`` is its folded form, if the caller has it)."""
        folded = fold(text) if folded is None else folded
        if self.literal and self.literal not in folded:
            return None
        whole = self.regex.match(folded)
        if whole is None:
            return None
        if self.bare:
            value = text.strip(_AROUND)
            return Match(len(text), ((self.fields[0], value),) if value else ())
        if not self.fields and not self.prefix and len(text) <= _LONGEST:
            return Match(len(text), ())
        mapped, places = fold_with_places(text, whole.end() + _MARGIN if self.prefix else _LONGEST)
        found = self.regex.match(mapped)
        if found is None:
            return Match(len(text), ())
        values = []
        for name in self.fields:
            start, end = found.span(name)
            value = text[places[start] : places[end]].strip(_AROUND)
            if value:
                values.append((name, value))
        return Match(places[found.end()], tuple(values))


def openings_of(lines: Iterable[str]) -> set[str]:
    """The words that folded ``lines`` open with, to be held against :attr:`Pattern.opening`."""
    return {found.group() for found in map(_WORD.match, lines) if found}


def lines_with(literal: str, page: str) -> Iterator[str]:
    """The lines of ``page`` that hold ``literal``; all of them where it is empty."""
    at = page.find(literal)
    while at >= 0:
        end = page.find("\n", at)
        end = len(page) if end < 0 else end
        yield page[page.rfind("\n", 0, at) + 1 : end]
        at = page.find(literal, end + 1) if end < len(page) else -1


def _pieces(source: str) -> Iterator[tuple[str, str | None]]:
    at = 0
    for hole in _HOLE.finditer(source):
        yield source[at : hole.start()], "…" if hole.group() == "…" else hole.group(1)
        at = hole.end()
    yield source[at:], None


def _escape(literal: str) -> str:
    """A literal part for the regular expression; white space at its ends and inside may be missing or more."""
    folded = fold(literal)
    if not folded:
        return r"\s*" if literal else ""
    parts = [part for part in re.split(r"\s*([-:|])\s*|\s+", folded) if part]
    body = ""
    for part in parts:
        if body and part not in _LOOSE and not body.endswith(r"\s*"):
            body += r"\s+"
        body += rf"\s*{re.escape(part)}\s*" if part in _LOOSE else re.escape(part)
    lead = _blank(parts[0]) if literal[:1].isspace() and parts[0] not in _LOOSE else ""
    tail = _blank(parts[-1]) if literal[-1:].isspace() and parts[-1] not in _LOOSE else ""
    return lead + body + tail


def _blank(part: str) -> str:
    """White space beside a word is needed, beside a mark it may be missing."""
    return r"\s+" if part[0].isalnum() and part[-1].isalnum() else r"\s*"


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return " " if char.isspace() else fold(char)


def fold_with_places(text: str, size: int = _LONGEST) -> tuple[str, Sequence[int]]:
    """At least ``size`` characters of the folded ``text``, if it has so many, and for each (and the end) its place in
    ``text``."""
    if len(text) <= _LONGEST and folds_letter_by_letter(text):
        return fold_clean(text), range(len(text) + 1)
    return fold_letters(text, size)


def fold_letters(text: str, size: int = _LONGEST) -> tuple[str, Sequence[int]]:
    """:func:`fold_with_places` for any text, letter by letter."""
    out: list[str] = []
    places: list[int] = []
    at = -1
    for at, char in enumerate(text[:_LONGEST]):
        lone = char in "ـ_" and not (text[at - 1 : at].strip(" ـ_") or text[at + 1 : at + 2].strip(" ـ_"))
        for piece in "-" if lone else _fold_char(char):
            if piece == " " and (not out or out[-1] == " "):
                continue
            out.append(piece)
            places.append(at)
        if len(out) > size:
            break
    places.append(at + 1)
    return "".join(out), places
