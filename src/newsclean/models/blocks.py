"""The learned labeler of HTML blocks: gradient-boosted trees with integer leaves, run by a few lines of numpy.

Trees as in Friedman, "Greedy Function Approximation" (2001), trained by LightGBM; see ``training/html_train.py``. Leaf
values are integers and are summed as integers, so the scores are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from newsclean.models.blocks_features import Columns, features

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

    def token_scores(self, words: Sequence[tuple[str, ...]]) -> list[int]:
        """For each node the sum of its words' scores."""
        known = self.known
        memo: dict[int, int] = {}  # by identity: nodes with the same names share one tuple
        for names in words:
            if id(names) in memo:
                continue
            score = known.get(names)
            if score is None:
                scores = self.words
                score = sum([scores[word] for word in dict.fromkeys(names) if word in scores])
                score = max(-_MAX_TOKENS, min(_MAX_TOKENS, score))
                if len(known) < _REMEMBERED:
                    known[names] = score
            memo[id(names)] = score
        return [memo[id(names)] for names in words]

    def sums(self, matrix: npt.NDArray[np.float32], first: int, last: int) -> npt.NDArray[np.int64]:
        """Leaf sums of the trees ``first`` to ``last`` (exclusive) for each column of ``matrix``."""
        count = matrix.shape[1]
        flat = matrix.ravel()
        at = np.repeat(self.roots[first:last, None], count, axis=1)
        column = np.arange(count)
        for _ in range(self.steps):
            value = flat[self.feature[at] * count + column]
            at = self.children[2 * at + (value <= self.threshold[at])]
        total: npt.NDArray[np.int64] = self.leaf[at].sum(axis=0)
        return total

    def scores(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """Probability that a block is body, in parts of :data:`SURE`, for each column of ``matrix``."""
        total = self.sums(matrix, 0, self.first)
        left = np.flatnonzero(total >= self.cutoff)
        if len(left):
            total[left] += self.sums(np.ascontiguousarray(matrix[:, left]), self.first, len(self.roots))
        index = (total + self.offset) // self.divisor
        found: npt.NDArray[np.int64] = self.probability[np.clip(index, 0, len(self.probability) - 1)]
        return found


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
    if not columns.rows:
        return []
    model = load_model()
    found: list[int] = model.scores(features(columns, model.token_scores(columns.words))).tolist()
    return found
