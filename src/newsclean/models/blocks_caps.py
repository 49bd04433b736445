"""Upper and lower bounds of features that grow with the page.

Far from the headline is far, whether by sixty blocks or by five thousand: without bounds the trees would know nothing of
pages longer than those they were trained on, and end long reads in the middle.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["cap"]

_BLOCKS: Final = 60
_WORDS: Final = 800
_NEAR: Final = 40
_FREE: Final = (-math.inf, math.inf)
_CAPS: Final[dict[str, tuple[int, int]]] = {
    "after title": (-_BLOCKS, _BLOCKS),
    "good since title": (-_WORDS, _WORDS),
    "good before": (0, _WORDS),
    "good left": (0, _WORDS),
    "since heading": (-1, _NEAR),
    "since phrase": (0, _NEAR),
    "opened": (0, 30),
    "page blocks": (0, 4 * _BLOCKS),
    "page good": (0, 3 * _WORDS),
    "page body": (0, 10 * _WORDS),
    **{f"{what} {best}": (-_BLOCKS, _BLOCKS) for what in ("from first", "to last") for best in "ab"},
    **{f"good {up}": (0, 3 * _WORDS) for up in range(5)},
    **{f"prose {up}": (0, _BLOCKS) for up in range(5)},
    **{f"blocks {up}": (0, 2 * _BLOCKS) for up in range(5)},
    **{f"alike {look}": (0, 2 * _BLOCKS) for look in range(3)},
}


@cache
def _bounds(names: tuple[str, ...]) -> tuple[Any, Any]:
    low, high = (np.array([[_CAPS.get(name, _FREE)[side]] for name in names], dtype=np.float32) for side in (0, 1))
    return low, high


def cap(names: tuple[str, ...], matrix: npt.NDArray[np.float32]) -> None:
    """Bound the features of ``matrix`` (one row each, called ``names``) in place."""
    low, high = _bounds(names)
    np.maximum(matrix, low, out=matrix)
    np.minimum(matrix, high, out=matrix)
