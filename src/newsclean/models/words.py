"""The words of a page as numbers: where they stand, which are the same, which the body's prose uses.

Loads numpy; import it lazily.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsclean.models.classes import CharClass

__all__ = ["Words", "find_words", "vocabulary_share", "word_rows"]

Int = npt.NDArray[np.int64]

_IS_WORD = np.isin(np.arange(24), [*range(CharClass.LOWER, CharClass.DIGIT + 1), CharClass.JOINED])
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 32
_POWERS = np.cumprod(np.full(_LONGEST, 0xD1342543DE82EF95, np.uint64), dtype=np.uint64)
_HEAD = 4
_ZERO = np.zeros(1, np.int64)


class Words(NamedTuple):
    """Words in page order (``line``, ``same``: equal words have equal numbers); the rest is per line.

    Letters of scripts without spaces are words of their own in ``per_line``, and count half in ``size``.
    """

    line: Int
    same: Int
    often: Int
    per_line: Int
    size: Int
    longest: Int
    upper: Int
    numbers: Int
    years: Int
    twins: Int
    heads: Int
    first_twin: npt.NDArray[np.bool_]


def find_words(points: npt.NDArray[np.uint32], classes: npt.NDArray[np.uint8], line_of: Int, count: int) -> Words:
    """The words of a page given as code points, their classes and the line of each; ``count`` lines."""
    inside = _IS_WORD.take(classes)
    opens = inside.copy()
    opens[1:] &= ~inside[:-1]
    dense = classes == CharClass.DENSE
    if dense.any():
        opens[1:] |= inside[1:] & (dense[1:] | dense[:-1])
    halves = np.bincount(line_of[dense], minlength=count) // 2
    places = np.flatnonzero(inside)
    if not len(places):
        none = np.zeros(count, np.int64)
        empty = np.zeros(0, np.int64)
        return Words(empty, empty, empty, none, none, none, none, none, none, none, none, none == 0)
    begins_word = opens[places]
    first = np.flatnonzero(begins_word)
    kinds = classes[places]
    lengths = np.empty_like(first)
    lengths[:-1] = first[1:] - first[:-1]
    lengths[-1] = len(places) - first[-1]
    offset = np.minimum(np.arange(len(places)) - np.repeat(first, lengths), _LONGEST - 1)
    lowered = points[places].astype(np.uint64) + (kinds == CharClass.UPPER) * np.uint64(32)
    codes = np.add.reduceat((lowered * _MIX ^ lowered) * _POWERS.take(offset), first)
    digits = np.add.reduceat(kinds == CharClass.DIGIT, first, dtype=np.int64)
    line = line_of[places[first]]
    same, often = _buckets(codes)
    per_line = np.bincount(line, minlength=count)
    longest = np.zeros(count, np.int64)
    begins = np.flatnonzero(line[1:] != line[:-1]) + 1
    begins = np.concatenate([_ZERO, begins])
    longest[line[begins]] = np.maximum.reduceat(lengths, begins)
    numbers = digits == lengths
    twins, heads, first_twin = _twins(codes, per_line)
    return Words(
        line,
        same,
        often,
        per_line,
        per_line - halves,
        longest,
        np.bincount(line[kinds[first] == CharClass.UPPER], minlength=count),
        np.bincount(line[numbers], minlength=count),
        np.bincount(line[numbers & (lengths == 4)], minlength=count),
        twins,
        heads,
        first_twin,
    )


def _twins(codes: npt.NDArray[np.uint64], per_line: Int) -> tuple[Int, Int, npt.NDArray[np.bool_]]:
    """For each line how many other lines have the same words, how many begin alike, and whether it is the first."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes, out=sums[1:])
    ends = np.cumsum(per_line)
    begins = ends - per_line
    whole = sums[ends] - sums[begins]
    head = sums[np.minimum(begins + _HEAD, ends)] - sums[begins]
    first = np.zeros(len(per_line), bool)
    seen: dict[int, int] = {}
    whole_codes, head_codes = whole.tolist(), head.tolist()
    for number, code in enumerate(whole_codes):
        first[number] = code not in seen
        seen[code] = seen.get(code, 0) + 1
    heads: dict[int, int] = {}
    for code in head_codes:
        heads[code] = heads.get(code, 0) + 1
    times = np.array([seen[code] for code in whole_codes])
    head_times = np.array([heads[code] for code in head_codes])
    return np.where(per_line > 0, times - 1, 0), np.where(per_line >= _HEAD, head_times - 1, 0), first


def _buckets(codes: npt.NDArray[np.uint64]) -> tuple[Int, Int]:
    """A small number for each word code, the same for equal codes and rarely for others, and how often each occurs."""
    bits = max(12, len(codes).bit_length() + 4)
    same = (codes >> np.uint64(64 - bits)).astype(np.int64)
    return same, np.bincount(same, minlength=1 << bits)


def vocabulary_share(words: Words, chosen: npt.NDArray[Any]) -> tuple[Int, Int, Int]:
    """Per line: words that the ``chosen`` lines use too, words they use often, and sum of how often (at most 15 each).

    A chosen line does not count its own words.
    """
    count = len(words.per_line)
    if not len(words.line):
        none = np.zeros(count, np.int64)
        return none, none, none
    own = chosen[words.line]
    used = np.bincount(words.same[own], minlength=len(words.often))[words.same] - own
    known = np.bincount(words.line[used > 0], minlength=count)
    common = np.bincount(words.line[used > 3], minlength=count)
    weight = np.bincount(words.line, weights=np.minimum(used, 15), minlength=count).astype(np.int64)
    return known, common, weight


def word_rows(words: Words, prose: npt.NDArray[np.bool_]) -> list[Any]:
    """Numbers per line on repeated lines and on words shared with the page's prose."""
    known, common, weight = vocabulary_share(words, prose)
    number, every = words.size, np.maximum(words.per_line, 1)
    alone = np.bincount(words.line[words.often[words.same] == 1], minlength=len(number)) if len(words.line) else number
    if (number < words.per_line).any():
        known, common, weight, alone = (row * number // every for row in (known, common, weight, alone))
    twin = words.twins > 0
    return [
        words.twins,
        twin & words.first_twin,
        words.heads,
        (words.heads > 0) & ~twin,
        known,
        common,
        weight,
        number - known,
        alone,
    ]
