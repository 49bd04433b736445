"""Labelled pages in other shapes: paragraphs torn at links, scripts without spaces between words."""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import replace

from training.corpus import Lines

__all__ = ["torn", "unspaced"]

_LEAST_TORN = 12
"""Words of a line that can be torn."""
_WORD = re.compile(r"[^\W\d_]+")
_POINTS = ((re.compile(r"[.](?=\s|$|[\"”»])"), "。"), (re.compile(r"!"), "！"), (re.compile(r"[?؟]"), "？"))
_PAUSES = ((re.compile(r"[,،](?=\s)"), "、"), (re.compile(r"[\"“«„](?=\S)"), "「"), (re.compile(r"[\"”»]"), "」"))
_FIRST, _LETTERS = 0x4E00, 0x5000
_NARROW = 0.42
"""Letters of Han or Kana that say what a letter of an alphabet does."""
_GAP = re.compile(r"(?<=[\u3000-\u9fff！？]) | (?=[\u3000-\u9fff！？])")


def torn(rng: random.Random, page: Lines) -> Lines:
    """``page`` with some long lines torn at links and emphasis, as flatteners with a line per text node leave them."""
    share = rng.choice([0.2, 0.5, 0.9])
    rows = list(zip(page.texts, page.blanks, page.body, page.roles, page.trust, strict=True))
    out: list[tuple[str, int, int, str, float]] = []
    blank = rng.choice([0, 0, 0, 1])
    for text, before, body, role, trust in rows:
        words = text.split()
        if len(words) < _LEAST_TORN or rng.random() > share:
            out.append((text, before, body, role, trust))
            continue
        cuts = _cuts(rng, len(words))
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(words)], strict=True)):
            out.append((" ".join(words[start:end]), blank if number else before, body, role, trust))
    texts, blanks, bodies, roles, trusts = (list(column) for column in zip(*out, strict=True))
    return replace(page, texts=texts, blanks=blanks, body=bodies, roles=roles, trust=trusts, words=[])


def _cuts(rng: random.Random, count: int) -> list[int]:
    """Word positions before and after one to three links of one to five words."""
    cuts: set[int] = set()
    for _ in range(rng.choice([1, 1, 2, 3])):
        start = rng.randrange(0, count - 1)
        cuts |= {start, min(count, start + rng.choice([1, 2, 2, 3, 5]))}
    return sorted(cuts - {0, count})


def unspaced(page: Lines) -> Lines:
    """``page`` as if its words were written in letters of Han and without spaces; equal words stay equal.

    There are few pages with gold in such scripts, and their furniture is laid out as that of any other page.
    """
    return replace(page, texts=[_dense(text) for text in page.texts], words=[], gold="")


def _dense(text: str) -> str:
    for pattern, mark in _POINTS + _PAUSES:
        text = pattern.sub(mark, text)
    return _GAP.sub("", _WORD.sub(_han, text)) or text


def _han(found: re.Match[str]) -> str:
    word = found.group().casefold()
    code = zlib.crc32(word.encode())
    size = max(1, round(len(word) * _NARROW))
    return "".join(chr(_FIRST + (code * (number + 1) * 2654435761 >> 7) % _LETTERS) for number in range(size))
