"""The page-level score that tells listings from articles: logistic regression on a few quotients of the line scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["fit_logistic"]


def fit_logistic(
    rows: npt.NDArray[np.float64], targets: Sequence[bool], *, ridge: float = 0.3, rounds: int = 30
) -> tuple[list[float], float]:
    """Weights and bias by Newton's method; both classes weigh the same in sum. ``ridge`` is the L2 penalty.

    >>> weights, bias = fit_logistic(np.array([[0.0], [0.1], [0.9], [1.0]]), [False, False, True, True])
    >>> weights[0] > 0 > bias
    True
    """
    wanted = np.array(targets, np.float64)
    share = max(float(wanted.mean()), 1e-6)
    cost = np.where(wanted > 0, 0.5 / share, 0.5 / max(1 - share, 1e-6))
    wide = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.full(wide.shape[1], ridge)
    penalty[-1] = 1e-3
    beta = np.zeros(wide.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-wide @ beta))
        slope = wide.T @ (cost * (chance - wanted)) + penalty * beta
        curve = (wide * (cost * chance * (1 - chance))[:, None]).T @ wide + np.diag(penalty)
        beta -= np.linalg.solve(curve, slope)
    return beta[:-1].tolist(), float(beta[-1])
