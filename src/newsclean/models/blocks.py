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

    def token_scores(self, words: Sequence[tuple[str, ...]]) -> list[int]:
        """For each class names the sum of its words' scores."""
        known = self.known
        found = []
        for names in words:
            score = known.get(names)
            if score is None:
                scores = self.words
                score = sum([scores[word] for word in dict.fromkeys(names) if word in scores])
                score = max(-_MAX_TOKENS, min(_MAX_TOKENS, score))
                if len(known) < _REMEMBERED:
                    known[names] = score
            found.append(score)
        return found

    def sums(self, matrix: npt.NDArray[np.float32], first: int, last: int) -> npt.NDArray[np.int64]:
        """Leaf sums of the trees ``first`` to ``last`` (exclusive) for each column of ``matrix``."""
        count = matrix.shape[1]
        flat = matrix.ravel()
        roots = self.roots[first:last]
        column = np.arange(count)
        row = self.feature * count
        at = self.children.take((matrix[self.feature[roots]] <= self.threshold[roots, None]) + 2 * roots[:, None])
        for _ in range(self.steps - 1):
            place = row.take(at)
            place += column
            lower = flat.take(place) <= self.threshold.take(at)
            at += at
            at += lower
            at = self.children.take(at)
        total: npt.NDArray[np.int64] = self.leaf.take(at).sum(axis=0)
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
