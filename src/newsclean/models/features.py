"""What the model sees of a page: numbers per line that need no language, in one pass over the page's code points.

Every number is a quotient of two integers, rounded to a multiple of 1/256, so that it is the same on every platform.
Loads numpy; import it lazily.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from newsclean.models.classes import CLASSES, CharClass, class_table
from newsclean.models.words import Words, find_words, word_features

__all__ = ["HINTS", "STEP", "WIDTH", "page_features"]

STEP = 256
"""Features are multiples of ``1 / STEP``."""

HINTS = [
    "navigation",
    "latest_news",
    "page_tools",
    "share",
    "follow",
    "related",
    "most_read",
    "recommended",
    "read_also",
    "newsletter",
    "comment_form",
    "comments",
    "advert",
    "app_promo",
    "cookie_notice",
    "paywall",
    "copyright",
    "footer",
    "back_to_top",
    "pagination",
    "source_notice",
    "caption",
    "byline",
    "date",
    "tags",
    "section",
]
"""Roles that phrases may hint at; the order is part of the weights' format. Others share one more column."""

_HINT_AT = {role: number for number, role in enumerate(HINTS)}
_K = len(CLASSES)
_ONE_HOT = np.eye(_K)
_HINT_HOT = np.vstack([np.eye(len(HINTS) + 1), np.zeros((1, len(HINTS) + 1))])
_CLOSING = (CharClass.SPACE, CharClass.QUOTE, CharClass.CLOSE, CharClass.OPEN, CharClass.MARK, CharClass.OTHER)
_IS_CLOSING = np.isin(np.arange(_K), _CLOSING)
_IS_ENDER = np.isin(np.arange(_K), (CharClass.PERIOD, CharClass.BANG, CharClass.ELLIPSIS))
_IS_SEPARATOR = np.isin(np.arange(_K), (CharClass.PERIOD, CharClass.SLASH, CharClass.DASH, CharClass.COLON))
_IS_POINT = _IS_ENDER | _IS_SEPARATOR
_LETTERS = slice(CharClass.LOWER, CharClass.DENSE + 1)
_CASELESS_OF = np.array([CharClass.CASELESS if c in (1, 2) else c for c in range(_K)], np.uint8)
_PROSE_WORDS = 10
_FAR = 1 << 20
_HINTED = 5 * _K + len(HINTS) + 1
WIDTH = _HINTED + 75
"""Numbers per line."""

Int = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]


def page_features(
    texts: Sequence[str],
    blanks: Sequence[int],
    hints: Sequence[str | None],
    headings: Sequence[bool],
    *,
    caseless: bool = False,
) -> Float:
    """One row of :data:`WIDTH` multiples of ``1 / STEP`` between 0 and 1 for each line.

    ``texts`` are the visible lines, ``blanks`` the blank lines before each, ``hints`` the role a phrase gives it or
    ``None``, ``headings`` whether that phrase opens a list of other stories. With ``caseless`` the page is seen as if
    its script had no capitals (for training).
    """
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        joined = "\n".join([text.replace("\n", " ") for text in texts])
    points = np.frombuffer((joined + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = class_table()[points]
    if caseless:
        classes = _CASELESS_OF[classes]
    ends = np.flatnonzero(points == 10)
    count = len(ends)
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    lengths = ends - starts
    line_of = np.repeat(np.arange(count), lengths + 1)
    counts = np.bincount(line_of * _K + classes, minlength=count * _K).reshape(count, _K)
    words = find_words(points, classes, line_of, count)
    edges, marks = _edges(classes, line_of, starts, lengths, count)
    prose = (words.per_line >= _PROSE_WORDS) & (_IS_ENDER[classes[edges[:, 2]]] | (marks[:, 0] > 0))
    hinted = np.array([_HINT_AT.get(hint, len(HINTS)) if hint else len(HINTS) + 1 for hint in hints], np.int64)
    gaps = np.minimum(np.array(blanks, np.int64), 99)
    columns = [
        *_sizes(counts, lengths, words, marks),
        *word_features(words, prose),
        *_places(words.per_line, prose, gaps),
        *_headings(np.array(headings, bool), hinted),
        *_page(counts, words, prose, gaps),
    ]
    out = np.empty((count, WIDTH))
    np.minimum(counts / np.maximum(lengths, 1)[:, None], 1, out=out[:, :_K])
    np.divide(counts, counts + 2, out=out[:, _K : 2 * _K])
    np.take(_ONE_HOT, classes[edges], axis=0, out=out[:, 2 * _K : 5 * _K].reshape(count, 3, _K))
    out[:, 5 * _K : _HINTED] = _HINT_HOT[hinted]
    top, bottom = np.empty((2, len(columns), count))
    for number, (above, below) in enumerate(columns):
        top[number] = above
        bottom[number] = below
    np.divide(top.T, bottom.T, out=out[:, _HINTED:])
    out *= STEP
    np.rint(out, out=out)
    out /= STEP
    return out


def _edges(classes: npt.NDArray[np.uint8], line_of: Int, starts: Int, lengths: Int, count: int) -> tuple[Int, Int]:
    """Places of the first, last and last meaningful character of each line; its inner sentence ends, dates, times."""
    last = starts + np.maximum(lengths - 1, 0)
    meaningful = last
    for _ in range(4):
        meaningful = np.maximum(meaningful - _IS_CLOSING[classes[meaningful]], starts)
    points = np.flatnonzero(_IS_POINT[classes[:-1]])
    here, after = classes[points], classes[points + 1]
    ender = points[_IS_ENDER[here] & (after == CharClass.SPACE)]
    owner = line_of[ender]
    owner = owner[ender < last[owner]]
    joined = (after == CharClass.DIGIT) & (classes[points - 1] == CharClass.DIGIT) & _IS_SEPARATOR[here]
    joint = line_of[points[joined]]
    marks = np.empty((count, 3), np.int64)
    marks[:, 0] = np.bincount(owner, minlength=count)
    marks[:, 1] = np.bincount(joint, minlength=count)
    marks[:, 2] = np.bincount(line_of[points[joined & (here == CharClass.COLON)]], minlength=count)
    return np.stack([starts, last, meaningful], axis=1), marks


def _sizes(counts: Int, lengths: Int, words: Words, marks: Int) -> list[tuple[Any, Any]]:
    """Length of the line in characters, words and sentences, and shares of its letters and words."""
    letters = counts[:, _LETTERS].sum(axis=1)
    number = words.per_line
    some = np.maximum(number, 1)
    inner, joints, colons = marks.T
    return [
        (number, number + 3),
        (number, number + 10),
        (number, number + 30),
        (number, number + 100),
        (lengths, lengths + 10),
        (lengths, lengths + 60),
        (lengths, lengths + 300),
        (letters, np.maximum(lengths, 1)),
        (letters, letters + 8 * some),
        (words.longest, words.longest + 10),
        (words.upper, some),
        (words.numbers, some),
        (words.years, words.years + 1),
        (inner, inner + 1),
        (inner, inner + 4),
        (inner * 10, inner * 10 + some),
        (joints, joints + 1),
        (colons, colons + 1),
        (counts[:, CharClass.COMMA] * 6, counts[:, CharClass.COMMA] * 6 + some),
        (number == 1, 1),
        (number == 2, 1),
        (number <= 4, 1),
        (number >= _PROSE_WORDS, 1),
    ]


def _places(number: Int, prose: npt.NDArray[np.bool_], gaps: Int) -> list[tuple[Any, Any]]:
    """Where the line stands on the page and towards its prose; density of the surroundings."""
    count = len(number)
    at = np.arange(count)
    back = count - 1 - at
    mass = np.where(prose, number, 0)
    before = np.cumsum(mass) - mass
    total = int(mass.sum())
    after = total - before - mass
    first, last = _best_segment(number, prose)
    outside = np.maximum(np.maximum(first - at, at - last), 0)
    after_gap = np.zeros_like(gaps)
    after_gap[:-1] = gaps[1:]
    out: list[tuple[Any, Any]] = [
        (at, at + 4),
        (at, at + 30),
        (back, back + 4),
        (back, back + 30),
        (at, max(count - 1, 1)),
        (before, before + 40),
        (before, before + 300),
        (after, after + 40),
        (after, after + 300),
        (before, max(total, 1)),
        (prose, 1),
        ((at >= first) & (at <= last), 1),
        (np.maximum(first - at, 0), np.maximum(first - at, 0) + 5),
        (np.maximum(at - last, 0), np.maximum(at - last, 0) + 5),
        (outside, outside + 30),
        (gaps, gaps + 1),
        (after_gap, after_gap + 1),
        (gaps > after_gap, 1),
        (gaps < after_gap, 1),
        (at == 0, 1),
    ]
    sums = np.concatenate([[0], np.cumsum(number)])
    prose_sums = np.concatenate([[0], np.cumsum(prose)])
    for reach in (2, 8, 25):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
        near, many = sums[high] - sums[low], high - low
        out += [(near, near + 15 * many), (prose_sums[high] - prose_sums[low], many)]
    return out


def _best_segment(number: Int, prose: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose, other lines counting against it."""
    worth = np.where(prose, np.minimum(number, 80), np.minimum(number, 4) - 8)
    sums = np.cumsum(worth)
    floor = np.minimum.accumulate(np.concatenate([[0], sums[:-1]]))
    last = int(np.argmax(sums - floor))
    first = int(np.argmin(np.concatenate([[0], sums[:last]]))) if last else 0
    return first, last


def _headings(headings: npt.NDArray[np.bool_], hinted: Int) -> list[tuple[Any, Any]]:
    """How far above the line the nearest opening of a list of other stories, and of comments, stands."""
    at = np.arange(len(headings))
    out: list[tuple[Any, Any]] = [(headings, 1)]
    comments = (hinted == _HINT_AT["comment_form"]) | (hinted == _HINT_AT["comments"])
    for mask in (headings, comments, hinted <= len(HINTS)):
        seen = np.maximum.accumulate(np.where(mask, at, -1))
        away = np.where(seen >= 0, at - seen, _FAR)
        out += [(6, away + 6), (seen >= 0, 1)]
    return out


def _page(counts: Int, words: Words, prose: npt.NDArray[np.bool_], gaps: Int) -> list[tuple[Any, Any]]:
    """The same for all lines: size of the page, share of prose, of capitals and of blank lines."""
    count = len(prose)
    total = int(words.per_line.sum())
    mass = int(words.per_line[prose].sum())
    letters = counts.sum(axis=0)
    return [
        (count, count + 30),
        (count, count + 200),
        (total, total + 20 * count),
        (mass, max(total, 1)),
        (mass, mass + 200),
        (int(prose.sum()), count),
        (int((gaps > 0).sum()), count),
        (int((gaps > 1).sum()), count),
        (int(letters[CharClass.UPPER]), max(int(letters[_LETTERS].sum()), 1)),
        (int(letters[CharClass.DENSE]), max(int(letters[_LETTERS].sum()), 1)),
    ]
