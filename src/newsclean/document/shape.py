"""What the shape of a line tells, in any language: prose or headline, ended or cut off, the same line again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsclean.document.normalize import REMEMBERED, fold_clean, is_common, word_count

__all__ = [
    "Shape",
    "ends_sentence",
    "is_headline",
    "is_prose",
    "overlap",
    "repeats",
    "rough_words",
    "shape_of",
    "shape_of_spaced",
    "words",
]

_END = re.compile(r"[.!?؟۔。！？।॥…‥።։‼⁇⁉｡][\s\"'»”“’›）)\]】』」*]*$")
_OPEN_END = re.compile(r"(?:[?؟!！？]|\.\.|…)[\s\"'»”’)\]]*$")
"""How headlines end, too: a question, an exclamation, or dots."""
_SOFT_END = re.compile(r"[:;؛：][\s\"'»”’)\]]*$")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_COMMA = re.compile(r"[,،、，;؛](?=\s|[\u3040-\u9fff])")


_UNSPACED = 16
"""Letters per space from which a text is one of a script without spaces."""
_NO_WORD = re.compile(r"[\W_]+")
_OPENING = 32
_SHORTEST = 20
"""Characters of the shortest sentence, but in scripts that write a word with two."""
_THAI = re.compile("[\u0e00-\u0e7f]")
_THAI_PROSE = 40
"""Pairs of letters from which a Thai line is prose: Thai has no sign for the end of a sentence."""


class Shape(NamedTuple):
    """What is asked of a line again and again."""

    words: int
    ends: bool
    """Ends as a sentence does."""
    prose: bool
    headline: bool


def words(text: str) -> int:
    """Words of ``text`` by white space; in scripts written without spaces two letters count as one word.

    >>> words("- one, two"), words("今天天气")
    (3, 2)
    """
    if text.isascii() or is_common(text) or not _DENSE.search(text):
        return len(text.split())
    return word_count(text)


def rough_words(text: str) -> int:
    """Words of ``text`` by its spaces alone, as the learned models count them; where hardly a space stands, two letters are
    one word.

    >>> rough_words("one, two"), rough_words("今" * 40)
    (2, 20)
    """
    spaced = text.count(" ") + 1
    return len(text) // 2 if len(text) > _UNSPACED * spaced else spaced


def shape_of(text: str) -> Shape:
    """The shape of one line.

    >>> shape_of("وقال الوزير إن بلاده ستواصل العمل مع الشركاء.")
    Shape(words=8, ends=True, prose=True, headline=False)
    """
    return _shape_known(text) if len(text) <= REMEMBERED else _shape(text)


def shape_of_spaced(text: str) -> Shape:
    """:func:`shape_of` for a line of shown text that has spaces between its words, and no other white space.

    >>> shape_of_spaced("وقال الوزير") == shape_of("وقال الوزير")
    True
    """
    return _shape_known(text) if len(text) <= REMEMBERED else _shape(text, text.count(" ") + 1)


def _shape(text: str, count: int | None = None) -> Shape:
    ends = ends_sentence(text)
    if count is None:
        count = words(text)
    return Shape(count, ends, _prose(text, count, ends), _headline(text, count, ends))


_shape_known = lru_cache(maxsize=4096)(_shape)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside.

    >>> ends_sentence("قال إنه «سيعود».") , ends_sentence("قال إنه سيعود")
    (True, False)
    """
    return not text[-1:].isalnum() and _END.search(text[-12:]) is not None


def is_prose(text: str) -> bool:
    """A paragraph of running text: it ends as a sentence and has words enough, or is long and full of clauses.

    >>> is_prose("各路線の運休は次のとおり。"), is_prose("See you at six.")
    (True, False)
    >>> is_prose("وقال الوزير إن بلاده ستواصل العمل مع الشركاء."), is_prose("الأكثر قراءة")
    (True, False)
    """
    return _prose(text, words(text), ends_sentence(text))


def _prose(text: str, count: int, ends: bool) -> bool:
    if len(text) < _SHORTEST and not (ends and _DENSE.search(text)):
        return False
    if ends:
        return count >= (15 if _OPEN_END.search(text[-12:]) else 6)
    if count >= 12 and _SOFT_END.search(text[-12:]):
        return True
    if count >= _THAI_PROSE and _THAI.search(text):
        return True
    return count >= 25 and len(_COMMA.findall(text)) >= 2


def is_headline(text: str) -> bool:
    """A line that could be a headline: some words, no end of a sentence, not too long.

    >>> is_headline("الخارجية تتابع حادث غرق مركب"), is_headline("وقال إنه سيعود غدا إلى العاصمة.")
    (True, False)
    """
    return _headline(text, words(text), ends_sentence(text))


def _headline(text: str, count: int, ends: bool) -> bool:
    return 2 <= count <= 45 and not (ends and not text.endswith(("?", "؟", "!", "…", "..")))


def repeats(text: str, other: str, *, least: int = 12) -> bool:
    """Whether ``text`` says what ``other`` says: equal when folded, or one the beginning of the other.

    ``least`` is the number of characters (folded) a beginning needs.

    >>> repeats("رئيس الوزراء يبحث مع الوفد", "رئيس الوزراء يبحث مع الوفد انسحاب القوات")
    True
    """
    a, b = _opening(text), _opening(other)
    if not a.startswith(b) and not b.startswith(a):
        return False
    a, b = _bare(text), _bare(other)
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= least and long.startswith(short)


def overlap(text: str, other: str) -> float:
    """Share of the words of ``text`` that stand in ``other`` too, from 0 to 1; words are compared folded, and Arabic
    ones without the joining و before them.

    >>> overlap("أشاد الرئيس بالقوات", "وأشاد الرئيس بالقوات العراقية")
    1.0
    """
    mine = [_stem(word) for word in _bare(text).split()]
    theirs = {_stem(word) for word in _bare(other).split()}
    return sum(word in theirs for word in mine) / len(mine) if mine else 0.0


def _stem(word: str) -> str:
    return word[1:] if word[0] == "و" and len(word) > 3 else word


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return _NO_WORD.sub(" ", fold_clean(text)).strip()


def _opening(text: str) -> str:
    """A beginning of what :func:`_bare` gives."""
    return _bare(text[:_OPENING].rpartition(" ")[0]) if len(text) > _OPENING else _bare(text)
