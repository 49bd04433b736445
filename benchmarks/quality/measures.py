"""Figures of one page and of many."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.align import body_shares, shingle_f1, word_f1

__all__ = ["Figures", "interval", "mean", "measure_page"]

_RESAMPLES = 1000


@dataclass(frozen=True)
class Figures:
    """One system on one flattened page. ``lines`` is the share of lines rightly kept or removed."""

    page: str
    form: str
    language: str
    precision: float
    recall: float
    f1: float
    shingles: float
    lines: float


def measure_page(
    page: str, form: str, language: str, found: str, gold: str, lines: Sequence[str], wanted: Sequence[bool]
) -> Figures:
    """Figures of ``found`` against ``gold``; ``wanted`` says which of the page's ``lines`` are body."""
    precision, recall, f1 = word_f1(found, gold)
    kept = [share >= 0.6 for share in body_shares(lines, found)]
    right = sum(a == b for a, b in zip(kept, wanted, strict=True)) / max(1, len(lines))
    return Figures(page, form, language, precision, recall, f1, shingle_f1(found, gold)[2], right)


def mean(values: Sequence[float]) -> float:
    """The mean, 0 for nothing.

    >>> mean([1.0, 2.0]), mean([])
    (1.5, 0.0)
    """
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], *, seed: int = 7) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean (percentiles of 1,000 resamples of the pages, fixed seed).

    >>> interval([0.5] * 9)
    (0.5, 0.5)
    """
    if not values:
        return 0.0, 0.0
    rng = random.Random(seed)  # noqa: S311
    means = sorted(mean(rng.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]
