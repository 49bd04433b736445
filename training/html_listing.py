"""The page-level score that tells HTML lists from articles: logistic regression on quotients of the labeler's scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsclean.cleaners.markup_body import choose
from newsclean.cleaners.markup_listing import REFUSED, STRETCH, WARNED, quotients
from training.html_pages import FOLDS, Sample
from training.listing import fit_logistic

__all__ = ["fit_listing"]


def fit_listing(
    articles: Sequence[Sample], scores: Sequence[list[int]], lists: Sequence[Sample], list_scores: Sequence[list[int]]
) -> tuple[float, ...]:
    """Weights and bias; prints what they do to pages of families that they were not fitted on. ``scores`` must come from
    block weights that have not seen the page's family. Empty where there are no lists."""
    if not lists:
        return ()
    pages = [*articles, *lists]
    found = [_numbers(page, score) for page, score in zip(pages, [*scores, *list_scores], strict=True)]
    rows = np.array([numbers for numbers, _ in found])
    stretches = np.array([stretch for _, stretch in found])
    wanted = np.array([False] * len(articles) + [True] * len(lists))
    folds = np.array([page.fold for page in pages])
    chances = np.zeros(len(pages))
    for fold in range(FOLDS):
        weights, bias = fit_logistic(rows[folds != fold], wanted[folds != fold].tolist())
        chances[folds == fold] = 1 / (1 + np.exp(-(rows[folds == fold] @ np.array(weights) + bias)))
    warned, refused = chances >= WARNED, (chances >= REFUSED) & (stretches < STRETCH)
    for what, part in (("lists", wanted), ("articles", ~wanted)):
        print(
            f"{what:<10} pages {part.sum():>4}  warned or refused {warned[part].mean():.3f}  refused {refused[part].mean():.4f}"
        )
    weights, bias = fit_logistic(rows, wanted.tolist())
    return (*weights, bias)


def _numbers(page: Sample, scores: list[int]) -> tuple[tuple[float, ...], int]:
    columns = page.columns
    above = [columns.parent[node] for node in columns.owner]
    looks = [
        (columns.tag[node], columns.named[node], columns.tag[over], columns.named[over])
        for node, over in zip(columns.owner, above, strict=True)
    ]
    return quotients(page.texts, scores, choose(page.texts, scores), columns.rows[2], looks.__getitem__, page.said)
