"""Lines that are furniture by their shape, whatever the language: counts, links, page numbers, captchas."""

from __future__ import annotations

import re
from functools import cache

from newsclean.cleaners.phrases.schema import DATA, read_toml
from newsclean.cleaners.phrases.tokens import TOKEN, tokenize
from newsclean.document.normalize import fold

__all__ = ["LONGEST", "is_captcha", "shape", "shape_of_words"]

LONGEST = 240
"""Longer folded lines (in characters) have no shape of furniture."""

# One pass, one named group per rule. Every repetition is bounded or a single class, so no line can make it slow.
_SHAPES = re.compile(
    r"(?P<url_only>(?:https?://|www\.)\S+(?: (?:https?://|www\.)\S+)*)"
    r"|(?P<embed>pic\.twitter\.com/\S+|t\.co/\S+)"
    r"|(?P<email_only>(?:e-?mail ?: ?)?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    r"|(?P<handle_only>@\w{2,40})"
    r"|(?P<hashtags>#\w[\w-]*(?:[ ,|•]{1,3}#\w[\w-]*)*)"
    r"|(?P<copyright>(?:©|\(c\)|copyright\b)[^\n]{0,60}\b(?:19|20)\d\d\b[^\n]*|©? ?(?:19|20)\d\d ?(?:- ?(?:19|20)\d\d ?)?©[^\n]*)"
    r"|(?P<font_size>(?:[+-] ?[aأا]|[aأا] ?[+-]+|[aأا]{2,4})(?: ?[|/]? ?(?:[+-] ?[aأا]|[aأا] ?[+-]*))*)"
    r"|(?P<page_of>\d{1,4} ?/ ?\d{1,4})"
    r"|(?P<page_numbers>1 (?:\d{1,4} ){1,20}(?:\.\.\.|[\d.… ])*(?:[»›>]+)?)"
    r"|(?P<media_time>\d{1,2}:\d\d(?::\d\d)?(?: ?[/|-] ?\d{1,2}:\d\d(?::\d\d)?)|0?0:\d\d)"
    r"|(?P<share_count>\d{1,3}(?:[.,]\d{1,3})? ?[km])"
    r"|(?P<temperature>[+-]{1,2}\d{0,2}(?:\.\.\.[+-]?\d{1,2})? ?°? ?[cf]?|-?\d{1,2} ?° ?[cf]?)"
)
_STARTS = frozenset("htwpe@#©(c+-aأا0123456789•")
_MARKS = ("•", "*", ">")
_BULLET = re.compile(r"[•*\-> ]{0,4}")
_WORD = r"[^\s\d=+\-×÷*/_?:□()\[\].,]+"
_ITEM = re.compile(rf"{_WORD}(?:-{_WORD})*|\d+|[=+\-×÷*/]|_+|[?:□()\[\].,]")
_OPERATORS = frozenset({"+", "-", "×", "÷", "*", "/", "x"})
_CODE = frozenset("{}()[];$<>&%#@^`\\?")
_FILLER = frozenset({"?", ":", "_", "□", "*", "(", ")", "[", "]", "."})


@cache
def _numbers() -> frozenset[str]:
    words: set[str] = set()
    for text in read_toml(DATA / "_captcha.toml")["numbers"].values():
        words.update(tokenize(fold(text)))
    return frozenset(words)


def is_captcha(line: str) -> bool:
    """True for the sum a comment form asks: numbers (digits or words), one operator, ``=``, in any order.

    >>> is_captcha("أربعة − 3 ="), is_captcha("3 + five ="), is_captcha("ستة + = 9"), is_captcha("E = mc2")
    (True, True, True, False)
    """
    return len(line) <= 80 and "=" in line and captcha_folded(fold(line))


def captcha_folded(folded: str) -> bool:
    """:func:`is_captcha` for a line that is folded already."""
    items = _ITEM.findall(folded)
    if len(items) > 16 or items.count("=") != 1:
        return False
    operators = numbers = 0
    for item in items:
        if item == "=" or set(item) == {"_"}:
            continue
        if item in _OPERATORS and (item != "*" or not operators):
            operators += 1
        elif item.isdigit() or (all(token in _numbers() for token in tokenize(item)) and item[0].isalpha()):
            numbers += 1
        elif item not in _FILLER:
            return False
    return operators == 1 and 1 <= numbers <= 6


def _repeated(folded: str) -> bool:
    tokens = [m.group() for m in TOKEN.finditer(folded)]
    for unit in (2, 3, 4):
        count = len(tokens) // unit
        if count >= 3 and tokens[: unit * count] == tokens[:unit] * count and len(tokens) - unit * count <= 1:
            return len(set(tokens[:unit])) > 1
    return False


def shape(folded: str) -> str | None:
    """Name of the rule a folded line fits as a whole, or None.

    >>> shape("https://example.org/a"), shape("1.2k"), shape("1 / 12"), shape("+a -a"), shape("© 2024 example")
    ('url_only', 'share_count', 'page_of', 'font_size', 'copyright')
    >>> shape("* * *"), shape("#one #two"), shape("the minister said")
    ('decoration', 'hashtags', None)
    """
    if len(folded) > LONGEST:
        return None
    name = shape_of_words(folded)
    if name is None and TOKEN.search(folded) is None:
        return "decoration" if folded and _CODE.isdisjoint(folded) else None
    return name


def shape_of_words(folded: str) -> str | None:
    """:func:`shape` for a line of at most :data:`LONGEST` characters in which there is a word."""
    if "=" in folded and len(folded) <= 80 and captcha_folded(folded):
        return "captcha"
    start = _BULLET.match(folded) if folded[:1] in _MARKS else None
    bare = folded[start.end() :] if start else folded
    if bare[:1] in _STARTS or "@" in bare:
        found = _SHAPES.fullmatch(bare)
        if found:
            return found.lastgroup
    words = folded.split(" ", 8)
    if len(words) >= 6 and words[0] in words[2:5] and _repeated(folded):
        return "repeated_words"
    return None
