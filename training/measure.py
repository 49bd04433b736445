"""Figures on held-out pages, from the weights file as it will be shipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.align import word_f1
from newsclean.models.lines import Model, page_kind_of, scores_of
from training.examples import Example

__all__ = ["measure"]

CUT = 0.4


def measure(examples: Sequence[Example], weights: Path) -> Iterator[str]:
    """Lines of a report: word F1 by dataset and flattener, body lines kept, furniture removed, listings refused."""
    model = Model.load(weights)
    figures: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    removed: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    listings: dict[bool, list[float]] = {True: [], False: []}
    for example in examples:
        page = example.page
        scores = scores_of(model, example.rows / 256.0)
        if page.flattener != "synthetic":
            listings[page.listing].append(page_kind_of(model, scores, page.texts))
        if page.listing:
            continue
        kept = [score.body >= CUT for score in scores]
        found = "\n".join(text for text, flag in zip(page.texts, kept, strict=True) if flag)
        body = np.array(page.body) > 0
        recall = float((np.array(kept) & body).sum() / max(1, body.sum()))
        name = f"synthetic/{page.language}" if page.flattener == "synthetic" else _name(page.key)
        figures[name].append((*word_f1(found, page.gold), recall))
        if page.flattener == "synthetic":
            for role, flag, score in zip(page.roles, kept, scores, strict=True):
                removed[role][0] += 1
                removed[role][1] += flag
                removed[role][2] += score.role == role
    yield f"{'pages':36} {'n':>5} {'prec':>6} {'recall':>6} {'F1':>6} {'lines kept':>10}"
    for name, rows in sorted(figures.items()):
        mean = np.array(rows).mean(axis=0)
        yield f"{name:36} {len(rows):5d} {mean[0]:6.3f} {mean[1]:6.3f} {mean[2]:6.4f} {mean[3]:10.4f}"
    for role, (count, wrong, right) in sorted(removed.items()):
        yield f"synthetic {role:16} {count:6d} lines, kept {wrong / count:.4f}, role right {right / count:.3f}"
    if listings[True] and listings[False]:
        articles, lists = np.array(listings[False]), np.array(listings[True])
        for cut in (0.5, 0.7, 0.8, 0.9):
            yield f"listing ≥ {cut}: articles {np.mean(articles >= cut):.4f}, index pages {np.mean(lists >= cut):.4f}"


def _name(key: str) -> str:
    dataset, *_, flattener = key.split("/")
    return f"{dataset}/{flattener}"
