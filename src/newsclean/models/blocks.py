"""The learned labeler of HTML blocks: gradient-boosted trees with integer leaves, run by a few lines of numpy.

Trees as in Friedman, "Greedy Function Approximation" (2001), trained by LightGBM; see ``training/html_train.py``. Leaf
values are integers and are summed as integers, so the scores are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newsclean.models.blocks_columns import Columns
from newsclean.models.blocks_features import features

__all__ = ["SURE", "BlockModel", "block_scores", "load_model"]

_WEIGHTS: Final = Path(__file__).with_name("blocks.npz")
SURE: Final = 10_000
"""Scores are probabilities in parts of so many."""
_MAX_TOKENS: Final = 300
_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class BlockModel:
    """Trees laid flat. Node ``i`` asks whether ``feature[i]`` is at most ``threshold[i]``; a leaf leads to itself."""

    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    children: npt.NDArray[np.int64]
    """Children of node ``i``: ``children[2 * i]`` where the answer is no, ``children[2 * i + 1]`` where it is yes."""
    leaf: npt.NDArray[np.int64]
    roots: npt.NDArray[np.int64]
    steps: int
    """Depth of the deepest tree."""
    first: int
    """So many trees are asked about every block, the others only about those that reach ``cutoff``."""
    cutoff: int
    probability: npt.NDArray[np.int64]
    """Probability, in parts of :data:`SURE`, by leaf sum; the sum is shifted and divided to an index first."""
    offset: int
    divisor: int
    words: dict[str, int]
    """The dictionary of class-name words: how much more often (positive) or seldom they stand around body text."""
    listing: tuple[float, ...] = ()
    """Weights and bias that tell lists from articles, see ``newsclean.cleaners.markup_listing``."""
    known: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Sums of :attr:`words` for class names seen before: the pages of a site share theirs."""

    _laid: tuple[Any, Any, Any, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_laid", _side_by_side(self))

    def token_scores(self, words: Sequence[tuple[str, ...]]) -> list[int]:
        """For each class names, their words once each, the sum of the words' scores."""
        known = self.known
        found = []
        for names in words:
            score = known.get(names)
            if score is None:
                score = sum(map(self.words.get, names, repeat(0)))
                score = max(-_MAX_TOKENS, min(_MAX_TOKENS, score))
                if len(known) < _REMEMBERED:
                    known[names] = score
            found.append(score)
        return found

    def sums(self, matrix: npt.NDArray[np.float32], first: int, last: int) -> npt.NDArray[np.int64]:
        """Leaf sums of the trees ``first`` to ``last`` (exclusive) for each column of ``matrix``."""
        feature, threshold, child, leaf = self._laid
        count = matrix.shape[1]
        flat = matrix.ravel()
        column = np.arange(count)
        row = feature * count
        top = slice(first, last)
        at = child[top, None] + (matrix[feature[top]] <= threshold[top, None])
        for _ in range(self.steps - 1):
            place = row.take(at, mode="clip")
            place += column
            lower = flat.take(place, mode="clip") <= threshold.take(at, mode="clip")
            at = child.take(at, mode="clip")
            at += lower
        total: npt.NDArray[np.int64] = leaf.take(at, mode="clip").sum(axis=0)
        return total

    def scores(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """Probability that a block is body, in parts of :data:`SURE`, for each column of ``matrix``."""
        total = self.sums(matrix, 0, self.first)
        left = np.flatnonzero(total >= self.cutoff)
        if len(left):
            total[left] += self.sums(matrix.take(left, axis=1), self.first, len(self.roots))
        index = (total + self.offset) // self.divisor
        found: npt.NDArray[np.int64] = self.probability[np.clip(index, 0, len(self.probability) - 1)]
        return found


def _side_by_side(model: BlockModel) -> tuple[Any, Any, Any, Any]:
    """Features, thresholds, children for a no, and leaf values, numbered so that the roots come first and the child for a
    yes follows that for a no: then an answer is added, and no table of answers is looked up."""
    children = model.children.reshape(-1, 2)
    inner = children[:, 0] != np.arange(len(children))
    level = model.roots
    order = [level]
    while len(level):
        level = children[level[inner[level]]].ravel()
        order.append(level)
    old = np.concatenate(order)
    new = np.empty(len(children), dtype=np.int64)
    new[old] = np.arange(len(old))
    threshold = np.where(inner, model.threshold, np.float32(-np.inf))
    return model.feature[old], threshold[old], new[children[old, 0]], model.leaf[old]


@cache
def load_model() -> BlockModel:
    """The shipped weights."""
    with np.load(_WEIGHTS, allow_pickle=False) as data:
        words = bytes(data["words"]).decode().split("\n")
        numbers = data["numbers"].tolist()
        return BlockModel(
            feature=data["feature"].astype(np.int64),
            threshold=data["threshold"],
            children=data["children"].astype(np.int64),
            leaf=data["leaf"].astype(np.int64),
            roots=data["roots"].astype(np.int64),
            steps=numbers[0],
            first=numbers[1],
            cutoff=numbers[2],
            probability=data["probability"].astype(np.int64),
            offset=numbers[3],
            divisor=numbers[4],
            words=dict(zip(words, data["word_scores"].tolist(), strict=True)),
            listing=tuple(data["listing"].tolist()) if "listing" in data else (),
        )


def block_scores(columns: Columns) -> list[int]:
    """For each block of a page the probability, in parts of :data:`SURE`, that it is body (lead included)."""
    if not columns.owner:
        return []
    model = load_model()
    found: list[int] = model.scores(features(columns, model.token_scores(columns.words))).tolist()
    return found
