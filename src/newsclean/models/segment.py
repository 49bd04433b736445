"""Text whose line breaks say nothing: whole pages on one line, and lines wrapped at a column.

Pure functions that give positions, so that a reader can keep its sources exact. No numpy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["is_hard_wrapped", "join_wrapped", "split_run_on", "wrap_width"]

_BREAK = re.compile(
    r"""[。！？｡]+["”’」』）)\]]*\s*      # ends that need no space
      | [.!?؟۔।։…]+["'”“’»)\]]*\s+       # ends that do
      | [ ]{3,}|\t+|\s[|•·▪»]\s+          # what separates items of menus and tickers
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sr",
        "jr",
        "vs",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "gov",
        "sen",
        "rep",
        "rev",
        "hon",
        "inc",
        "ltd",
        "corp",
        "co",
        "no",
        "nos",
        "vol",
        "pp",
        "fig",
        "approx",
        "etc",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "bzw",
        "ca",
        "nr",
        "str",
        "usw",
        "vgl",
        "evtl",
        "ggf",
        "inkl",
        "mio",
        "mrd",
        "abs",
        "art",
        "mme",
        "mlle",
        "av",
        "env",
        "tel",
        "sra",
        "srta",
        "dna",
        "avda",
        "núm",
        "pág",
        "ej",
        "vd",
        "dra",
        "ing",
        "av",
        "bd",
        "sig",
        "dott",
        "avv",
        "geb",
        "gest",
        "yy",
        "doç",
        "yrd",
        "bkz",
        "vb",
    ]
)
_LEAST_WIDTH, _MOST_WIDTH = 40, 140
_LEAST_LINES, _MANY_LINES = 6, 12
_ALL_FULL, _MOST_FULL = 0.85, 0.6
"""Share of long lines that are full, in a text of a few and of many lines; of lines of any length hardly one in ten is."""
_SPACE = re.compile(r"[ \t]+")
_ENDS = ".!?؟۔。:"


def split_run_on(text: str) -> list[tuple[int, int]]:
    """Character ranges of the sentence-like pieces of a long line, in order, without the white space around them.

    Breaks stand after sentence ends of any script (``؟`` and ``۔`` and ``。`` too) that are followed by what can open
    a sentence, not after initials, ordinals and common abbreviations; and at the bars, bullets, tabs and runs of
    spaces that separate the items of menus and tickers. Cost is linear in the length.

    >>> text = "قال د. علي: لا. ماذا بعد؟ لا شيء."
    >>> [text[a:b] for a, b in split_run_on(text)]
    ['قال د. علي: لا.', 'ماذا بعد؟', 'لا شيء.']
    >>> [(a, b) for a, b in split_run_on("Mr. A. Smith left at 5 p.m. today. He was tired.")]
    [(0, 34), (35, 48)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        mark = found.group().rstrip()
        separator = not mark or mark.strip() in "|•·▪»"
        end = found.start() if separator else found.start() + len(mark)
        if not separator and not _may_break(text, found.start(), found.end(), mark):
            continue
        _put(spans, text, start, end)
        start = found.end()
    _put(spans, text, start, len(text))
    return spans


def _put(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _may_break(text: str, mark_at: int, next_at: int, mark: str) -> bool:
    """Whether a sentence can end at ``mark_at`` and another begin at ``next_at``."""
    if next_at >= len(text) or mark[0] in "。！？｡":
        return True
    opener = text[next_at]
    if opener.islower() or opener in ",;:،؛)":
        return False
    if mark[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, mark_at - 24), mark_at)
    if word is None:
        return True
    last = word.group()
    tail = last.rsplit(".", 1)[-1]
    if len(tail) == 1 and not tail.isdigit():
        return _dense(tail)
    if last.isdigit() and len(last) <= 2:
        return False
    return last.casefold() not in _ABBREVIATIONS


def _dense(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f" or "\u3040" <= letter <= "\u9fff"


def wrap_width(lines: Sequence[str]) -> int | None:
    """The column at which ``lines`` seem wrapped, or ``None``.

    A text is wrapped when hardly a line that does not end a sentence could have taken the first word of the line
    below it, and most of those do not begin with a capital, as the headlines of a list would.
    """
    sizes = sorted(len(line) for line in lines if " " in line.strip())
    if len(sizes) < _LEAST_LINES:
        return None
    width = sizes[-1 - len(sizes) // 200]
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
        return None
    long = full = capital = 0
    for line, after in pairwise(lines):
        if len(line) < 0.7 * width or not after.strip() or line.rstrip()[-1] in _ENDS:
            continue
        long += 1
        if _is_full(line, after, width):
            full += 1
            capital += after.lstrip()[0].isupper()
    most = _MOST_FULL if full >= _MANY_LINES else _ALL_FULL
    return width if full >= _LEAST_LINES - 2 and full >= most * long and capital <= 0.6 * full else None


def _is_full(line: str, after: str, width: int) -> bool:
    first = _SPACE.split(after.strip(), maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether ``lines`` (blank ones among them) were wrapped at one column.

    >>> import textwrap
    >>> prose = " ".join(f"word{number} and" for number in range(120))
    >>> is_hard_wrapped(textwrap.wrap(prose, 80)), is_hard_wrapped(["A headline", "", prose])
    (True, False)
    """
    return wrap_width(lines) is not None


def join_wrapped(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Ranges ``(first, one past the last)`` of lines that form a paragraph; blank lines are in none.

    A line goes on in the next one where that one's first word did not fit; so the last line of a paragraph ends it
    even where no blank line follows. Lines that are not wrapped come back one by one.

    >>> join_wrapped(["Title", "", "one", "two"])
    [(0, 1), (2, 3), (3, 4)]
    """
    width = wrap_width(lines)
    out: list[tuple[int, int]] = []
    start: int | None = None
    for number, line in enumerate(lines):
        if not line.strip():
            start = None
            continue
        if start is None:
            start = number
            out.append((number, number + 1))
        else:
            out[-1] = (start, number + 1)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if width is None or not after.strip() or not _is_full(line, after, width) or _opens_item(after):
            start = None
    return out


def _opens_item(line: str) -> bool:
    return re.match(r"\s*(?:[•*▪·◦]|[-–]\s|\d{1,2}[.)]\s|#{1,6}\s)", line) is not None
