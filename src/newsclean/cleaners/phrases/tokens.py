"""The tokens phrases are matched on: words of the folded line, without punctuation, accents or dots on i.

A letter of a script written without spaces (Han, Kana, Thai) is a token of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["DENSE", "TOKEN", "is_dense", "is_number", "key", "plain", "tokenize"]

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0900-\u0903\u093a-\u093c"
    "\u093e-\u094f\u0951-\u0957\u0962\u0963"
)
DENSE = "\u0e01-\u0e4e\u3005\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Bounded repetitions keep a hostile line of digits and dots linear.
TOKEN = re.compile(rf"\d{{1,12}}(?:[.,]\d{{1,6}}){{1,4}}[kmb]?(?!\w)|[{DENSE}]|(?:[^\W{DENSE}]++|[{_MARKS}]++)++")
_NUMBER = re.compile(r"\d[\d.,]*[kmb]?")


def _accents() -> dict[int, str | None]:
    table: dict[int, str | None] = {0x0307: None, ord("ı"): "i", ord("ё"): "е"}
    blocks = [(0xC0, 0x250), (0x370, 0x400), (0x1E00, 0x2000)]
    for code in (c for start, stop in blocks for c in range(start, stop)):
        parts = unicodedata.normalize("NFD", chr(code))
        bare = "".join(p for p in parts if not unicodedata.combining(p))
        if bare != chr(code):
            table[code] = bare
    return table


_PLAIN = _accents()


@lru_cache(maxsize=8192)
def plain(token: str) -> str:
    """``token`` (folded) without Latin and Greek accents and Turkish dots, so that capitals without them match.

    >>> plain("επίσησ"), plain("yazı"), plain("الرئيسيه")
    ('επισησ', 'yazi', 'الرئيسيه')
    """
    return token if token.isascii() else token.translate(_PLAIN)


def tokenize(folded: str) -> list[str]:
    """Tokens of a folded line (``newsclean.document.normalize.fold``), in order.

    >>> tokenize("follow us: facebook | 1,204 x")
    ['follow', 'us', 'facebook', '1,204', 'x']
    >>> tokenize("相关新闻 top")
    ['相', '关', '新', '闻', 'top']
    """
    return [plain(m.group()) for m in TOKEN.finditer(folded)]


def key(folded: str) -> str:
    """Tokens joined by spaces: two phrases with one key are the same phrase.

    >>> key("read  more »") == key("read more")
    True
    """
    return " ".join(tokenize(folded))


def is_number(token: str) -> bool:
    """True for a token that is a count: digits with separators and an optional k, m or b.

    >>> is_number("1.2k"), is_number("12"), is_number("2nd")
    (True, True, False)
    """
    return token[:1].isdecimal() and _NUMBER.fullmatch(token) is not None


def is_dense(token: str) -> bool:
    """True for a single letter of a script written without spaces.

    >>> is_dense("新"), is_dense("new")
    (True, False)
    """
    return len(token) == 1 and (
        "\u0e01" <= token <= "\u0e4e" or "\u3005" <= token <= "\u9fff" or "\uf900" <= token <= "\ufaff"
    )
