"""Text as it is shown, and text as it is matched.

:func:`clean_text` is all that ever happens to kept text: Unicode NFC, white space folded to single spaces, invisible
characters taken out. :func:`fold` is for matching only and never reaches an article.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["INVISIBLE", "clean_multiline", "clean_text", "fold", "fold_clean", "is_blank", "word_count"]

_FORMAT = (
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e"
    "\ufeff\ufff9-\ufffb"
)
# ZWNJ and ZWJ (U+200C, U+200D) shape Persian, Indic scripts and emoji, so they stay inside words and go elsewhere.
INVISIBLE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_FORMAT}]+")
_LOOSE_JOINERS = re.compile("(?:(?<=\\s)|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)")
_SPACES = re.compile(r"\s+")
_BLANK = re.compile(f"[\\s\x00-\x1f\x7f-\x9f\u200c\u200d{_FORMAT}]*")
_PLAIN = re.compile(
    r"(?:[!-~\u00a1-\u00ac\u00ae-\u00ff\u0621-\u064a\u0660-\u0669]+ )*[!-~\u00a1-\u00ac\u00ae-\u00ff\u0621-\u064a\u0660-\u0669]+"
)

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


def is_blank(text: str) -> bool:
    """True where nothing of ``text`` can be seen.

    >>> is_blank("\\u00a0\\u200f "), is_blank("a")
    (True, False)
    """
    return _BLANK.fullmatch(text) is not None


def clean_text(text: str) -> str:
    """``text`` as one line as it is shown: NFC, single spaces, no invisible characters.

    >>> clean_text("  قال\\u00a0\\u200fالرئيس \\n")
    'قال الرئيس'
    """
    if _PLAIN.fullmatch(text):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    if "\u200c" in text or "\u200d" in text:
        text = _SPACES.sub(" ", _LOOSE_JOINERS.sub("", text)).strip()
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
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.translate(_FOLD_TABLE)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = _SPACES.sub(" ", text).strip()
    return text.casefold()


_WORDS = re.compile(r"\w+(?:['’\-]\w+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def word_count(text: str) -> int:
    """Words of ``text``; in scripts written without spaces (Han, Kana, Thai) two letters count as one word.

    >>> word_count("It's 3 o'clock"), word_count("今天天气")
    (3, 2)
    """
    if text.isascii() or not _CJK.search(text):
        return sum(1 for _ in _WORDS.finditer(text))
    dense = len(_CJK.findall(text))
    return (dense + 1) // 2 + sum(1 for _ in _WORDS.finditer(_CJK.sub(" ", text)))
