"""Classes of characters: all the model sees of a script.

Loads numpy; import it lazily.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

__all__ = ["CLASSES", "CharClass", "class_table"]


class CharClass(IntEnum):
    """What a code point is to the model. The numbers are part of the weights' format."""

    OTHER = 0
    LOWER = 1
    UPPER = 2
    CASELESS = 3
    DENSE = 4  # letters of scripts written without spaces
    DIGIT = 5
    SPACE = 6
    PERIOD = 7
    BANG = 8
    ELLIPSIS = 9
    COMMA = 10
    COLON = 11
    QUOTE = 12
    DASH = 13
    BULLET = 14
    BAR = 15
    OPEN = 16
    CLOSE = 17
    SLASH = 18
    MARK = 19
    MATH = 20
    RIGHTS = 21
    SYMBOL = 22
    JOINED = 23  # marks that belong to the letter before


CLASSES = tuple(CharClass)


@cache
def class_table() -> npt.NDArray[np.uint8]:
    """The class of each code point: ``class_table()[ord(char)]``; the file is made by ``training/codepoints.py``.

    >>> CharClass(class_table()[ord("؟")]).name, CharClass(class_table()[ord("ب")]).name
    ('BANG', 'CASELESS')
    """
    with (files("newsclean.models") / "codepoints.npz").open("rb") as stream, np.load(stream) as data:
        starts = data["starts"].astype(np.int64)
        table = np.repeat(data["values"], np.diff(starts, append=0x110000))
    table.setflags(write=False)
    return table
