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
from newsclean.models.quotients import BASES, BOTTOM, ROWS, SELF, TIMES, TOP, UNDER
from newsclean.models.words import Words, find_words, word_rows

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
_IS_COMMENT = np.array([role in ("comment_form", "comments") for role in [*HINTS, "", ""]])
_PROSE_WORDS = 10
_FAR = 1 << 20

_REACHES = np.array([[2], [8], [25]])

_HINTED = 5 * _K + len(HINTS) + 1
WIDTH = _HINTED + len(TOP)
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
    points = np.frombuffer((joined + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(points == 10)
    if len(ends) != len(texts):
        one_line = [text.replace("\n", " ") for text in texts]
        return page_features(one_line, blanks, hints, headings, caseless=caseless)
    classes = class_table().take(points)
    if caseless:
        classes = _CASELESS_OF.take(classes)
    count = len(ends)
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    lengths = ends - starts
    line_of = np.repeat(np.arange(count), lengths + 1)
    counts = np.bincount(line_of * _K + classes, minlength=count * _K).reshape(count, _K)
    words = find_words(points, classes, line_of, count)
    edges, marks = _edges(classes, line_of, starts, lengths, count)
    prose = (words.size >= _PROSE_WORDS) & (_IS_ENDER[classes[edges[:, 2]]] | (marks[:, 0] > 0))
    hinted = np.array([_HINT_AT.get(hint, len(HINTS)) if hint else len(HINTS) + 1 for hint in hints], np.int64)
    gaps = np.minimum(np.array(blanks, np.int64), 99)
    base = np.empty((len(BASES), count))
    base[ROWS[0]] = _sizes(counts, lengths, words, marks)
    base[ROWS[1]] = word_rows(words, prose)
    _places(base[ROWS[2]], words.size, prose, gaps)
    _headings(base[ROWS[3]], np.array(headings, bool), hinted)
    base[ROWS[4]] = _page(counts, words, prose, gaps)
    out = np.empty((count, WIDTH))
    np.divide(counts, np.maximum(lengths, 1)[:, None], out=out[:, :_K])
    np.minimum(out[:, :_K], 1, out=out[:, :_K])
    np.divide(counts, counts + 2, out=out[:, _K : 2 * _K])
    out[:, 2 * _K : 5 * _K].reshape(count, 3, _K)[:] = _ONE_HOT[classes[edges]]
    out[:, 5 * _K : _HINTED] = _HINT_HOT[hinted]
    top = base[TOP]
    top *= TIMES
    bottom = base[BOTTOM]
    bottom *= UNDER
    bottom += top * SELF
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
    points = np.flatnonzero(_IS_POINT.take(classes[:-1]))
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


def _sizes(counts: Int, lengths: Int, words: Words, marks: Int) -> list[Any]:
    """Length of the line in characters, words and sentences, and its kinds of words."""
    number = words.size
    inner, joints, colons = marks.T
    return [
        np.ones_like(number),
        number,
        np.maximum(number, 1),
        lengths,
        np.maximum(lengths, 1),
        counts[:, _LETTERS].sum(axis=1),
        words.longest,
        words.upper,
        words.numbers,
        words.years,
        inner,
        joints,
        colons,
        counts[:, CharClass.COMMA],
        number == 1,
        number == 2,
        number <= 4,
        number >= _PROSE_WORDS,
    ]


def _places(rows: Float, number: Int, prose: npt.NDArray[np.bool_], gaps: Int) -> None:
    """Where the line stands on the page and towards its prose; density of the surroundings."""
    count = len(number)
    at = np.arange(count)
    sums = np.zeros((2, count + 1), np.int64)
    np.cumsum(number, out=sums[0, 1:])
    np.cumsum(prose, out=sums[1, 1:])
    mass = number * prose
    before = np.cumsum(mass)
    total = int(before[-1])
    first, last = _best_segment(number, prose)
    rows[0] = at
    rows[1] = count - 1 - at
    rows[2] = max(count - 1, 1)
    rows[3] = before - mass
    rows[4] = total - before
    rows[5] = max(total, 1)
    rows[6] = prose
    np.maximum(first - at, 0, out=rows[7])
    np.maximum(at - last, 0, out=rows[8])
    np.add(rows[7], rows[8], out=rows[9])
    rows[10] = rows[9] == 0
    rows[11] = gaps
    rows[12, :-1] = gaps[1:]
    rows[12, -1] = 0
    rows[13] = gaps > rows[12]
    rows[14] = gaps < rows[12]
    rows[15] = at == 0
    low, high = np.maximum(at - _REACHES, 0), np.minimum(at + (_REACHES + 1), count)
    near = sums[:, high] - sums[:, low]
    rows[16:19] = high - low
    rows[19:22] = near[0]
    rows[22:25] = near[1]


def _best_segment(number: Int, prose: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose, other lines counting against it."""
    sums = np.zeros(len(number) + 1, np.int64)
    np.cumsum(np.where(prose, np.minimum(number, 80), np.minimum(number, 4) - 8), out=sums[1:])
    last = int(np.argmax(sums[1:] - np.minimum.accumulate(sums[:-1])))
    return int(np.argmin(sums[: last + 1])), last


def _headings(rows: Float, headings: npt.NDArray[np.bool_], hinted: Int) -> None:
    """How far above the line the nearest opening of a list of other stories, of comments, any phrase stands."""
    at = np.arange(len(headings))
    rows[0] = headings
    masks = np.empty((3, len(headings)), bool)
    masks[0] = headings
    masks[1] = _IS_COMMENT[hinted]
    masks[2] = hinted <= len(HINTS)
    seen = np.maximum.accumulate(np.where(masks, at, -_FAR), axis=1)
    rows[1:4] = at - seen
    rows[4:7] = seen >= 0


def _page(counts: Int, words: Words, prose: npt.NDArray[np.bool_], gaps: Int) -> Float:
    """The same for all lines: size of the page, share of prose, of capitals and of blank lines."""
    letters = counts.sum(axis=0)
    total = int(words.size.sum())
    return np.array(
        [
            len(prose),
            total,
            max(total, 1),
            int(words.size[prose].sum()),
            int(np.count_nonzero(prose)),
            int(np.count_nonzero(gaps)),
            int(np.count_nonzero(gaps > 1)),
            int(letters[CharClass.UPPER]),
            int(letters[CharClass.DENSE]),
            max(int(letters[_LETTERS].sum()), 1),
        ],
        np.float64,
    )[:, None]
