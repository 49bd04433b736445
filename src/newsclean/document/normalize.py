"""Text as it is shown, and text as it is matched.

:func:`clean_text` is all that ever happens to kept text: Unicode NFC, white space folded to single spaces, invisible
characters taken out. :func:`fold` is for matching only and never reaches an article.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

__all__ = [
    "COMMON",
    "INVISIBLE",
    "REMEMBERED",
    "as_bytes",
    "clean_multiline",
    "clean_text",
    "fold",
    "fold_clean",
    "fold_lines",
    "folds_letter_by_letter",
    "is_blank",
    "is_common",
    "word_count",
]

_FORMAT = (
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e"
    "\ufeff\ufff9-\ufffb"
)
# ZWNJ and ZWJ (U+200C, U+200D) shape Persian, Indic scripts and emoji, so they stay inside words and go elsewhere.
INVISIBLE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_FORMAT}]+")
_LOOSE_JOINERS = re.compile("(?:(?<=\\s)|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)")
_BLANK = re.compile(f"[\\s\x00-\x1f\x7f-\x9f\u200c\u200d{_FORMAT}]*")
_FOLD_TABLE: dict[int, str | None] = {
    **{ord(c): "ا" for c in "أإآٱ"},
    **{ord(c): "ي" for c in "ىئیۍې"},
    **{ord(c): "ه" for c in "ةۀہەۃ"},
    **{ord(c): "ك" for c in "کڪ"},
    ord("ؤ"): "و",
    **dict.fromkeys(range(0x064B, 0x0660)),
    **dict.fromkeys(range(0x0610, 0x061B)),
    **dict.fromkeys(range(0x06D6, 0x06ED)),
    0x0670: None,
    0x0640: None,
    ord("ء"): None,
    **{0x0660 + i: str(i) for i in range(10)},
    **{0x06F0 + i: str(i) for i in range(10)},
    **{0x0966 + i: str(i) for i in range(10)},
    0x200C: None,
    0x200D: None,
    **{ord(c): "'" for c in "‘’‚‛`´ʼ"},
    **{ord(c): '"' for c in "“”„‟«»〝〞"},
    **{ord(c): "-" for c in "‐‑‒–—―−﹣－"},
    ord("…"): "...",
    **{ord(c): "," for c in "،、﹐，"},
    ord("؛"): ";",
    ord("؟"): "?",
    **{ord(c): "." for c in "۔。"},
    **{ord(c): ":" for c in "：﹕"},
    **{ord(c): "|" for c in "│┃¦｜"},
    **{ord(c): "•" for c in "·▪●◦∙‣"},
}
# ``str.translate`` is slow on letters that the table does not name.
_FOLD_ALL: dict[int, str | int | None] = {
    **{code: code for code in (*range(0x20, 0x700), *range(0x2000, 0x2070))},
    **_FOLD_TABLE,
}

COMMON = "".join(
    [
        "\0\n\u00a0",
        *map(chr, (*range(0x20, 0x7F), *range(0x0621, 0x063B), *range(0x0640, 0x0653), *range(0x0660, 0x066A))),
        "پچژگکی…ß،؛؟٪‐–—―‘’‚“”„«»‹›•·●▪│−©®°§€£¿¡×",
        "áàâãäåæçéèêëíìîïñóòôõöøúùûüýþðğışłśżąęćźńčšžě",
        "ÁÄÅÇÉÈÊÍÑÓÖØÚÜÞ",
    ]
)
"""What most lines are made of: at most 256 characters, none but the NUL invisible, each folded to one or to none.

Such a line can be looked at a byte a character, which is many times faster. The NUL must come first: only then does
``charmap_build`` give a map that is no ``dict``.
"""
_LONGER = {"…": "...", "ß": "ss"}
_SINGLY = "_`"
"""What folds otherwise in a line of its own kind than among lines of all kinds."""
_AS_BYTES = codecs.charmap_build(COMMON)
_FOLDED = [c if c in _LONGER else c.replace("\u00a0", " ").translate(_FOLD_TABLE).casefold() for c in COMMON]
_FROM_BYTES = "".join(char or " " for char in _FOLDED)
_GONE = bytes(place for place, char in enumerate(_FOLDED) if not char)


def is_blank(text: str) -> bool:
    """True where nothing of ``text`` can be seen.

    >>> is_blank("\\u00a0\\u200f "), is_blank("a")
    (True, False)
    """
    return _BLANK.fullmatch(text) is not None


def is_common(text: str) -> bool:
    """Whether ``text`` is made of letters, digits and marks of Arabic and the larger Latin alphabets, and of spaces.

    False tells nothing; True comes fast: nothing in ``text`` is invisible, and nothing of a script without spaces.

    >>> is_common("قال «نعم»"), is_common("今天")
    (True, False)
    """
    return as_bytes(text) is not None


def as_bytes(text: str) -> bytes | None:
    """``text`` as places in :data:`COMMON`, a byte a character, for ``bytes.translate``; None for a text with others.

    >>> as_bytes("今天") is None, len(as_bytes("قال") or b"")
    (True, 3)
    """
    try:
        known = codecs.charmap_encode(text, "strict", _AS_BYTES)[0]
    except UnicodeEncodeError:
        return None
    return None if "\0" in text else known


def clean_text(text: str) -> str:
    """``text`` as one line as it is shown: NFC, single spaces, no invisible characters.

    >>> clean_text("  قال\\u00a0\\u200fالرئيس \\n")
    'قال الرئيس'
    """
    text = text.strip()
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text
    if not is_common(text):
        text = " ".join(INVISIBLE.sub("", text).split())
        if "\u200c" in text or "\u200d" in text:
            text = " ".join(_LOOSE_JOINERS.sub("", text).split())
    elif "  " in text or "\u00a0" in text or "\n" in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_multiline(text: str) -> str:
    """Like :func:`clean_text` for each line; lines stay, empty ones go."""
    lines = (clean_text(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """The form phrases and signatures are matched on: case, Arabic letter variants, digits and punctuation unified.

    Idempotent; for matching only.

    >>> fold("اقرأ أيضًا：") == fold("إقرا ايضا:")
    True
    >>> fold("المستشفى ٢٠٢٠") == fold("المستشفي 2020")
    True
    """
    return fold_clean(clean_text(text))


def fold_clean(text: str) -> str:
    """:func:`fold` for text that went through :func:`clean_text` before."""
    return _fold_known(text) if len(text) <= REMEMBERED else _fold(text)


def fold_lines(lines: Sequence[str]) -> list[str]:
    """:func:`fold_clean` of each of ``lines``, which is faster for a page of them than line by line.

    >>> fold_lines(["إعلام", "Ärger"])
    ['اعلام', 'ärger']
    """
    joined = "\n".join(lines)
    if "ـ" in joined:
        joined = "\n".join([_LONE_STROKE.sub("-", line) if "ـ" in line else line for line in lines])
    known = None if any(char in joined for char in _SINGLY) else as_bytes(joined)
    if known is None:
        return [fold_clean(line) for line in lines]
    folded = _from_known(known, joined).split("\n")
    if len(folded) != len(lines):
        return [fold_clean(line) for line in lines]
    return [line if " " not in (line[:1], line[-1:]) and "  " not in line else _spaced(line) for line in folded]


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    if "ـ" in text or "_" in text:
        text = _LONE_STROKE.sub("-", text)
    known = as_bytes(text)
    if known is None:
        return _fold_any(text)
    text = _from_known(known, text)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = _spaced(text)
    return text


def _from_known(known: bytes, text: str) -> str:
    """The folded ``text``, given its :func:`as_bytes`, but for its spaces."""
    folded = codecs.charmap_decode(known.translate(None, _GONE), "strict", _FROM_BYTES)[0]
    for char, letters in _LONGER.items():
        if char in text:
            folded = folded.replace(char, letters)
    return folded


def _spaced(text: str) -> str:
    return " ".join(text.split())


def folds_letter_by_letter(text: str) -> bool:
    """Whether :func:`fold_clean` only puts one character in the place of each one of ``text``; False tells nothing.

    >>> folds_letter_by_letter("إعلام"), folds_letter_by_letter("مُعلّم")
    (True, False)
    """
    if text.isascii():
        return "_" not in text
    known = as_bytes(text)
    if known is None or len(known.translate(None, _GONE)) < len(known):
        return False
    return not any(char in text for char in ("…", "ß", "ـ", "_", "  ")) and text == text.strip(" \u00a0")


def _fold_any(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.translate(_FOLD_ALL)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = _spaced(text)
    return text.casefold()


REMEMBERED = 60
"""Lines of menus and widgets are as short as this, and stand on each page of their site."""
_fold_known = lru_cache(maxsize=4096)(_fold)
_LONE_STROKE = re.compile(r"(?<!\S)[ـ_]+(?!\S)")
"""Tatweel or underscore that stands alone is a dash."""
_WORDS = re.compile(r"\w+(?:['’\-]\w+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def word_count(text: str) -> int:
    """Words of ``text``; in scripts written without spaces (Han, Kana, Thai) two letters count as one word.

    >>> word_count("It's 3 o'clock"), word_count("今天天气")
    (3, 2)
    """
    if text.isascii() or is_common(text) or not _CJK.search(text):
        return sum(1 for _ in _WORDS.finditer(text))
    dense = len(_CJK.findall(text))
    return (dense + 1) // 2 + sum(1 for _ in _WORDS.finditer(_CJK.sub(" ", text)))
