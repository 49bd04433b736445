"""From a trained net to the weights file: whole numbers, so that scores are the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.net import DILATIONS, Net
from training.weak import ROLES

__all__ = ["quantised", "write_weights"]

SHIFT = 10
"""Weights are multiples of ``2 ** -SHIFT``."""


def quantised(net: Net) -> dict[str, npt.NDArray[Any]]:
    """Parameters rounded to multiples of ``2 ** -SHIFT`` (biases: of ``2 ** -18``), as whole numbers.

    Weights stay within 16 bits; inputs are multiples of ``2 ** -8``, so that every sum is exact in 64-bit floats and
    does not depend on the order in which a BLAS adds.
    """
    out: dict[str, npt.NDArray[Any]] = {}
    for name, value in net.params.items():
        wide = value.astype(np.float64)
        if name.endswith(".w"):
            limit = 2**15 - 1
            out[name] = np.clip(np.rint(wide * 2**SHIFT), -limit, limit).astype(np.int16)
        else:
            out[name] = np.rint(wide * 2 ** (SHIFT + 8)).astype(np.int32)
    return out


def write_weights(net: Net, target: Path, *, notes: str, page: tuple[list[float], float]) -> int:
    """Write the weights file; gives its size in bytes. ``page`` are the weights of the listing score and its bias."""
    arrays = quantised(net)
    arrays["roles"] = np.array(ROLES)
    arrays["dilations"] = np.array(DILATIONS, np.int64)
    arrays["page.w"] = np.rint(np.array(page[0]) * 2**12).astype(np.int64)
    arrays["page.b"] = np.array(round(page[1] * 2**12), np.int64)
    arrays["notes"] = np.array(notes)
    _write(target, arrays)
    return target.stat().st_size


def _write(target: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """An ``.npz`` whose bytes depend on the arrays alone (no time stamps)."""
    import io
    import zipfile

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            stream = io.BytesIO()
            np.save(stream, arrays[name], allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), stream.getvalue())
