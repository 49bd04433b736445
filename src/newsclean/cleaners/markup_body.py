"""Which blocks of a page are body: the learned labeler's word, kept with the document for those who ask later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsclean.document.document import Document

__all__ = ["Verdict", "choose", "expected_f1", "verdict_of"]

_SURE: Final = 10_000
"""Scores are integers in parts of so many."""
_LEAST: Final = 3_500
_LONG: Final = 60
_OPEN_BELOW: Final = 0.6
"""Where another opinion, if asked, turns the balance. More trust in it makes pages worse (docs/benchmarks.md)."""
_OPEN: Final = 0.49
_MEMO: Final = "html-body"


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """For each block the probability that it is body (lead included), and what follows from it."""

    scores: tuple[float, ...]
    body: tuple[bool, ...]
    lost: bool
    """Whether no block looks like body."""
    first: int
    """Number of the first body block, or of blocks where there is none."""
    last: int
    """Number of the last body block, or -1."""

    def asks(self, effort: str) -> bool:
        """Whether a second opinion is wanted: always at ``best``, at ``balanced`` where nothing looks like body."""
        return effort == "best" or (effort == "balanced" and self.lost)

    def confidences(self, *, asked: bool) -> list[float]:
        """How sure the labeler is of each choice; under one half where another opinion is ``asked`` and may differ."""
        sides = [score if inside else 1.0 - score for score, inside in zip(self.scores, self.body, strict=True)]
        sure = [max(0.5, side) for side in sides]
        return [_OPEN if score < _OPEN_BELOW or self.lost else score for score in sure] if asked else sure

    def rule(self, index: int) -> str:
        """The rule's name for a body block."""
        return f"labeler: body {self.scores[index]:.2f}"


def verdict_of(document: Document) -> Verdict:
    """The verdict on ``document``, worked out once."""
    found = document.memo.get(_MEMO)
    if found is None:
        found = document.memo[_MEMO] = _judge(document)
    verdict: Verdict = found
    return verdict


def _judge(document: Document) -> Verdict:
    from newsclean.cleaners.markup_columns import columns_of
    from newsclean.models.blocks import block_scores

    scores = block_scores(columns_of(document))
    texts = [block.text for block in document.blocks]
    body = choose(texts, scores)
    kept = [index for index, inside in enumerate(body) if inside]
    first, last = (kept[0], kept[-1]) if kept else (len(scores), -1)
    lost = max(scores, default=0) < _LEAST
    return Verdict(tuple(score / _SURE for score in scores), tuple(body), lost=lost, first=first, last=last)


def choose(texts: Sequence[str], scores: Sequence[int]) -> list[bool]:
    """Which blocks to take, given their probabilities (in parts of 10,000).

    The threshold is half the F1 to expect, which maximises it (Lipton, Elkan & Naryanaswamy 2014), but at least 0.35;
    where no block reaches that, the best one is lowered to. Of equal long blocks only the first is taken.

    >>> choose(["A long first paragraph of text.", "Menu"], [9000, 100])
    [True, False]
    """
    if not scores:
        return []
    import numpy as np

    points = np.array(scores, dtype=np.int64)
    weights = np.array([text.count(" ") + 1 for text in texts], dtype=np.int64)
    masses = points * weights
    all_mass = int(masses.sum())
    threshold = _SURE // 2
    inside = points >= threshold
    for _ in range(5):
        inside = points >= threshold
        amount = int(weights[inside].sum())
        if not amount:
            break
        lowered = max(_LEAST, int(masses[inside].sum()) * _SURE // (amount * _SURE + all_mass))
        if lowered == threshold:
            break
        threshold = lowered
    if not inside.any():
        best = max(scores)
        inside = (points * 2 > best) & (best > _SURE // 10)
    taken: list[bool] = inside.tolist()
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if taken[index] and len(text) > _LONG:
            taken[index] = text not in seen
            seen.add(text)
    return taken


def expected_f1(texts: Sequence[str], scores: Sequence[int], taken: Sequence[bool]) -> float:
    """The word F1 to expect from taking these blocks, if the probabilities are right; 0 where none is taken."""
    weights = [text.count(" ") + 1 for text in texts]
    mass = sum(s * w for s, w, t in zip(scores, weights, taken, strict=True) if t)
    amount = sum(w for w, t in zip(weights, taken, strict=True) if t)
    whole = sum(s * w for s, w in zip(scores, weights, strict=True))
    return 2 * mass / (amount * _SURE + whole) if amount else 0.0
