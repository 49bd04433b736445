"""The quotients the line model sees, as a table: which numbers of a line are divided by which.

The order is part of the weights' format. Loads numpy; import it lazily.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

__all__ = ["BASES", "BOTTOM", "ROWS", "SELF", "TIMES", "TOP", "UNDER"]

_SIZES = [
    "one",
    "words",
    "some",
    "chars",
    "some_chars",
    "letters",
    "longest",
    "upper",
    "numbers",
    "years",
    "inner",
    "joints",
    "colons",
    "commas",
    "is_one",
    "is_two",
    "is_few",
    "is_many",
]
_WORDS = ["twins", "first_twin", "heads", "heads_alone", "known", "common", "weight", "unknown", "alone"]
_PLACES = [
    "at",
    "back",
    "span",
    "before",
    "after",
    "mass",
    "prose",
    "above",
    "below",
    "outside",
    "inside",
    "gaps",
    "gaps_below",
    "gaps_more",
    "gaps_less",
    "is_first",
    "many2",
    "many8",
    "many25",
    "near2",
    "near8",
    "near25",
    "prose2",
    "prose8",
    "prose25",
]
_HEADINGS = ["heading", "far_list", "far_comment", "far_phrase", "seen_list", "seen_comment", "seen_phrase"]
_PAGE = [
    "lines",
    "total",
    "some_total",
    "page_mass",
    "prose_lines",
    "blanked",
    "blanked_twice",
    "page_upper",
    "page_dense",
    "page_letters",
]
BASES = (*_SIZES, *_WORDS, *_PLACES, *_HEADINGS, *_PAGE)
"""Whole numbers per line from which the quotients are made."""

_ENDS = np.cumsum([0, len(_SIZES), len(_WORDS), len(_PLACES), len(_HEADINGS), len(_PAGE)]).tolist()
ROWS = tuple(slice(start, end) for start, end in pairwise(_ENDS))
"""Where the sizes, words, places, headings and page numbers stand among :data:`BASES`."""

_SATURATING = [
    "words:3",
    "words:10",
    "words:30",
    "words:100",
    "chars:10",
    "chars:60",
    "chars:300",
    "longest:10",
    "years:1",
    "inner:1",
    "inner:4",
    "joints:1",
    "colons:1",
    "twins:1",
    "heads:1",
    "unknown:4",
    "at:4",
    "at:30",
    "back:4",
    "back:30",
    "before:40",
    "before:300",
    "after:40",
    "after:300",
    "above:5",
    "below:5",
    "outside:30",
    "gaps:1",
    "gaps_below:1",
    "lines:30",
    "lines:200",
    "page_mass:200",
    "far_list:6",
    "far_comment:6",
    "far_phrase:6",
]
_SHARES = [
    "letters/some_chars",
    "upper/some",
    "numbers/some",
    "known/some",
    "common/some",
    "alone/some",
    "at/span",
    "before/mass",
    "prose2/many2",
    "prose8/many8",
    "prose25/many25",
    "page_mass/some_total",
    "prose_lines/lines",
    "blanked/lines",
    "blanked_twice/lines",
    "page_upper/page_letters",
    "page_dense/page_letters",
    "is_one/one",
    "is_two/one",
    "is_few/one",
    "is_many/one",
    "first_twin/one",
    "heads_alone/one",
    "prose/one",
    "inside/one",
    "gaps_more/one",
    "gaps_less/one",
    "is_first/one",
    "heading/one",
    "seen_list/one",
    "seen_comment/one",
    "seen_phrase/one",
]
_AGAINST = (
    ("letters", 1, 8, "some"),
    ("inner", 10, 1, "some"),
    ("commas", 6, 1, "some"),
    ("weight", 1, 4, "some"),
    ("near2", 1, 15, "many2"),
    ("near8", 1, 15, "many8"),
    ("near25", 1, 15, "many25"),
    ("total", 1, 20, "lines"),
)


def _plan() -> list[tuple[int, float, int, float, float]]:
    """Per quotient: row above, its factor, row below, its factor, and 1 where the part above is added below."""
    at = {name: number for number, name in enumerate(BASES)}
    plan = [(at[name], 1.0, 0, float(half), 1.0) for name, half in (item.split(":") for item in _SATURATING)]
    plan += [(at[name], 1.0, at[whole], 1.0, 0.0) for name, whole in (item.split("/") for item in _SHARES)]
    plan += [(at[name], float(times), at[under], float(factor), 1.0) for name, times, factor, under in _AGAINST]
    return plan


_PLAN = _plan()
TOP = np.array([row[0] for row in _PLAN])
BOTTOM = np.array([row[2] for row in _PLAN])
TIMES, UNDER, SELF = (np.array([[row[column]] for row in _PLAN]) for column in (1, 3, 4))
"""A quotient is ``TIMES * base[TOP] / (UNDER * base[BOTTOM] + SELF * TIMES * base[TOP])``."""
