"""LightGBM trees as the flat integer arrays of ``newsclean.models.blocks``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsclean.models.blocks import SURE, BlockModel

__all__ = ["pack", "save"]

_FINE = 1000
"""Leaf values are integers in parts of so many."""
_REACH = 8
_FIRST = 24
_LOST = 0.001
"""The share of body rows that the first trees may turn away."""


def _below(value: float) -> np.float32:
    """The largest 32-bit number that is at most ``value``: comparing with it gives the same answers."""
    found = np.float32(value)
    return np.nextafter(found, np.float32(-np.inf)) if float(found) > value else found


class _Flat:
    def __init__(self) -> None:
        self.feature: list[int] = []
        self.threshold: list[np.float32] = []
        self.children: list[int] = []
        self.leaf: list[int] = []
        self.steps = 0

    def add(self, node: dict[str, Any], depth: int = 0) -> int:
        """Lay down ``node`` and all below it; its number."""
        number = len(self.feature)
        self.feature.append(0)
        self.threshold.append(np.float32(0))
        self.children += (number, number)
        self.leaf.append(0)
        self.steps = max(self.steps, depth)
        if "leaf_value" in node and "split_feature" not in node:
            self.leaf[number] = round(node["leaf_value"] * _FINE)
            return number
        assert node["decision_type"] == "<="
        self.feature[number] = node["split_feature"]
        self.threshold[number] = _below(node["threshold"])
        self.children[2 * number + 1] = self.add(node["left_child"], depth + 1)
        self.children[2 * number] = self.add(node["right_child"], depth + 1)
        return number


def pack(booster: Any, words: dict[str, int], pages: list[npt.NDArray[np.float32]]) -> BlockModel:
    """The model to ship. ``pages`` are features of training pages; from them the cutoff of the first trees is set so that
    next to no block that all trees together would call body is turned away."""
    flat = _Flat()
    roots = [flat.add(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    steps = 2000
    offset = _REACH * _FINE
    divisor = 2 * offset // steps
    inputs = (np.arange(steps + 1) * divisor - offset) / _FINE
    probability = np.rint(SURE / (1 + np.exp(-inputs))).astype(np.int64)
    model = BlockModel(
        feature=np.array(flat.feature, dtype=np.int64),
        threshold=np.array(flat.threshold, dtype=np.float32),
        children=np.array(flat.children, dtype=np.int64),
        leaf=np.array(flat.leaf, dtype=np.int64),
        roots=np.array(roots, dtype=np.int64),
        steps=flat.steps,
        first=min(_FIRST, len(roots)),
        cutoff=-(10**9),
        probability=probability,
        offset=offset,
        divisor=divisor,
        words=words,
    )
    from dataclasses import replace

    return replace(model, cutoff=_cutoff(model, pages))


def _cutoff(model: BlockModel, pages: list[npt.NDArray[np.float32]]) -> int:
    sums = []
    for matrix in pages:
        first = model.sums(matrix, 0, model.first)
        total = first + model.sums(matrix, model.first, len(model.roots))
        sums.append(first[total >= -_FINE])
    return int(np.quantile(np.concatenate(sums), _LOST, method="lower"))


def save(model: BlockModel, path: Path) -> None:
    """Write the weights; the same model gives the same bytes."""
    import io
    import zipfile

    known = sorted(model.words)
    arrays = {
        "feature": model.feature.astype(np.uint8),
        "threshold": model.threshold,
        "children": model.children.astype(np.uint16),
        "leaf": model.leaf.astype(np.int16),
        "roots": model.roots.astype(np.uint16),
        "probability": model.probability.astype(np.uint16),
        "numbers": np.array([model.steps, model.first, model.cutoff, model.offset, model.divisor], dtype=np.int64),
        "words": np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        "word_scores": np.array([model.words[word] for word in known], dtype=np.int8),
        "listing": np.array(model.listing, dtype=np.float64),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
