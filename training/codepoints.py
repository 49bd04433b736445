"""Writes ``newsclean/models/codepoints.npz``: the class of every code point, run-length encoded.

The classes are shipped instead of asked from :mod:`unicodedata` at run time, so that scores do not change with the
Unicode version of the interpreter.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from newsclean.models.classes import CLASSES, CharClass

_LITERAL = {
    CharClass.PERIOD: ".。۔।։።｡",
    CharClass.BANG: "!?؟！？‼⁇⁈⁉¡¿",
    CharClass.ELLIPSIS: "…",
    CharClass.COMMA: ",،、，;؛；﹐",
    CharClass.COLON: ":：﹕",
    CharClass.QUOTE: "\"'“”„‟«»‘’‚‛`´「」『』〝〞＂",
    CharClass.DASH: "-‐‑‒–—―−﹣－",
    CharClass.BULLET: "•·▪●*◦∙‣■□◆◇▸►▶→←▼▲⇒",
    CharClass.BAR: "|¦‖│┃｜<>‹›",
    CharClass.OPEN: "([{（【〔",
    CharClass.CLOSE: ")]}）】〕",
    CharClass.SLASH: "/\\／",
    CharClass.MARK: "#_~^@＃",
    CharClass.MATH: "+=%‰&°§×÷±٪",
    CharClass.RIGHTS: "©®™℗",
}
_BY_CATEGORY = {
    "Ll": CharClass.LOWER,
    "Lu": CharClass.UPPER,
    "Lt": CharClass.UPPER,
    "Lo": CharClass.CASELESS,
    "Lm": CharClass.CASELESS,
    "Nd": CharClass.DIGIT,
    "Nl": CharClass.DIGIT,
    "No": CharClass.DIGIT,
    "Zs": CharClass.SPACE,
    "Zl": CharClass.SPACE,
    "Zp": CharClass.SPACE,
    "Sc": CharClass.MATH,
    "Sm": CharClass.MATH,
    "So": CharClass.SYMBOL,
    "Sk": CharClass.SYMBOL,
    "Mn": CharClass.JOINED,
    "Mc": CharClass.JOINED,
    "Me": CharClass.JOINED,
    "Pd": CharClass.DASH,
    "Ps": CharClass.OPEN,
    "Pe": CharClass.CLOSE,
    "Pi": CharClass.QUOTE,
    "Pf": CharClass.QUOTE,
}
_DENSE = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))
_DENSE_ASTRAL = ((0x20000, 0x3FFFF),)


def table() -> np.ndarray:
    """The class of each of the 0x110000 code points, ``uint8``."""
    literal = {ord(char): kind for kind, chars in _LITERAL.items() for char in chars}
    out = np.zeros(0x110000, np.uint8)
    for point in range(0x110000):
        kind = literal.get(point)
        if kind is None:
            if chr(point).isspace():
                kind = CharClass.SPACE
            elif point in (0x200C, 0x200D):
                kind = CharClass.JOINED
            else:
                kind = _BY_CATEGORY.get(unicodedata.category(chr(point)), CharClass.OTHER)
        if kind == CharClass.CASELESS and any(a <= point <= b for a, b in _DENSE + _DENSE_ASTRAL):
            kind = CharClass.DENSE
        out[point] = kind
    return out


def main() -> None:
    """Write the file beside the code that reads it."""
    import newsclean.models

    classes = table()
    assert classes.max() < len(CLASSES)
    starts = np.flatnonzero(np.diff(classes, prepend=255)).astype(np.uint32)
    target = Path(newsclean.models.__file__).with_name("codepoints.npz")
    np.savez_compressed(target, starts=starts, values=classes[starts])
    print(f"{target}: {len(starts)} runs, Unicode {unicodedata.unidata_version}")


if __name__ == "__main__":
    main()
