"""Train the block labeler: ``python -m training.html_train DATASET… [--out FILE] [--all] [--folds]``.

Site families that the benchmarks measure on (see ``benchmarks.quality.datasets.held_out``), and families built from the
same template as one of them, are not trained on, unless ``--all``, for the weights that are shipped. Five folds over
the groups that are trained on are measured first; ``--folds`` does no more than that, over all groups. Pages without gold
are lists: from them and the folds the score that tells lists from articles is fitted.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from benchmarks.quality.datasets import dataset_folders
from newsclean.cleaners.markup_body import choose
from newsclean.models.blocks_features import features
from training.html_export import pack, save
from training.html_listing import fit_listing
from training.html_pages import FOLDS, Sample, load, word_scores

__all__ = ["main"]

ROUNDS = 200
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 24,
    "max_depth": 7,
    "learning_rate": 0.08,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
_NEWS = 2.0
"""News pages count so much more than other articles."""
_STEPS = 3
_PER_PAGE = 20.0
_FAMILIES = 3
_WORD_RANGE = 120


def _word_stats(sample: Sample) -> dict[str, tuple[float, float]]:
    """For each class-name word around a page's blocks: weight of body blocks, weight of all, capped per page."""
    body: dict[str, float] = defaultdict(float)
    every: dict[str, float] = defaultdict(float)
    columns = sample.columns
    for owner, share, count in zip(columns.owner, sample.shares, sample.counts, strict=True):
        seen: set[str] = set()
        node, weight = owner, min(count, 60) ** 0.5
        for _ in range(_STEPS):
            for word in columns.words[columns.named[node]]:
                if word not in seen and not word.isdigit():
                    seen.add(word)
                    every[word] += weight
                    body[word] += weight * (share >= 0.5)
            node = columns.parent[node]
    return {word: (body[word] / max(n, 1e-9) * min(n, _PER_PAGE), min(n, _PER_PAGE)) for word, n in every.items()}


class Words:
    """Class-name words of all groups; the score of a word can leave one group out (no page scores itself)."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._groups: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        for sample in samples:
            for word, (body, every) in _word_stats(sample).items():
                entry = self._groups[sample.group][word]
                entry[0] += body
                entry[1] += every

    def total(self, groups: Iterable[str]) -> dict[str, tuple[float, float, int]]:
        """For each word the sums over ``groups``, and in how many of them it was seen."""
        found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
        for group in sorted(groups):
            for word, (body, every) in self._groups[group].items():
                entry = found[word]
                entry[0] += body
                entry[1] += every
                entry[2] += 1
        return {word: (body, every, int(count)) for word, (body, every, count) in sorted(found.items())}

    def scores(self, groups: Iterable[str]) -> dict[str, int]:
        """Scores of the words that ``groups`` tell enough about."""
        scored = {word: _score(*entry) for word, entry in self.total(groups).items()}
        return {word: score for word, score in scored.items() if score is not None}

    def without(self, total: dict[str, tuple[float, float, int]], group: str) -> dict[str, int]:
        """Scores of the words of ``group`` as all other groups see them."""
        found = {}
        for word, (body, every) in self._groups[group].items():
            all_body, all_every, count = total.get(word, (body, every, 1))
            found[word] = _score(all_body - body, all_every - every, count - 1) or 0
        return found


def _score(body: float, every: float, groups: int) -> int | None:
    """30 times the logarithm of the odds, for a word seen in at least three groups."""
    if groups < _FAMILIES:
        return None
    return max(-_WORD_RANGE, min(_WORD_RANGE, round(30 * float(np.log((body + 2) / (every - body + 2))))))


def node_scores(sample: Sample, known: dict[str, int]) -> list[int]:
    """As ``BlockModel.token_scores``."""
    return [max(-300, min(300, sum(known.get(w, 0) for w in dict.fromkeys(words)))) for words in sample.columns.words]


def matrices(samples: list[Sample], train: set[str], words: Words) -> list[npt.NDArray[np.float32]]:
    """Features of all samples; the dictionary of a training page is made without the page's own group."""
    everything = words.scores(train)
    total = words.total(train)
    found = []
    for sample in samples:
        known = {**everything, **words.without(total, sample.group)} if sample.group in train else everything
        found.append(features(sample.columns, node_scores(sample, known)))
    return found


def rows(samples: list[Sample], found: list[npt.NDArray[np.float32]]) -> tuple[Any, Any, Any]:
    """Training rows: features, whether body, weight. A block weighs its share of the page's gold words; of short links
    that are not body only every fourth is used, at four times its weight."""
    xs, ys, weights = [], [], []
    for sample, matrix in zip(samples, found, strict=True):
        y = np.array(sample.shares) >= 0.5
        gold = max(sum(word_count for word_count, body in zip(sample.counts, y, strict=True) if body), 100)
        weight = (np.array(sample.counts) + 2.0) / gold * (_NEWS if sample.dataset.startswith("fundus") else 1.0)
        weight = np.minimum(weight, 0.5) * 100
        plain = ~y & (matrix[2] > 0.8) & (matrix[1] <= 12)
        weight = np.where(plain, weight * 4, weight)
        keep = ~plain | (np.arange(len(y)) % 4 == 0)
        xs.append(matrix.T[keep])
        ys.append(y[keep])
        weights.append(weight[keep])
    return np.concatenate(xs), np.concatenate(ys).astype(int), np.concatenate(weights)


def fit(samples: list[Sample], found: list[npt.NDArray[np.float32]], rounds: int = ROUNDS) -> lightgbm.Booster:
    """Trees trained on ``samples``."""
    x, y, weight = rows(samples, found)
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(x, y, weight=weight), rounds)


def measure(samples: list[Sample], scores: list[list[int]]) -> dict[str, tuple[float, float, float]]:
    """Mean word precision, recall and F1 by dataset, of the blocks that the labeler takes."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for sample, score in zip(samples, scores, strict=True):
        taken = choose(sample.texts, score)
        found[sample.dataset].append(
            word_scores([t for t, inside in zip(sample.texts, taken, strict=True) if inside], sample.gold)
        )
    return {
        name: (
            statistics.fmean(v[0] for v in values),
            statistics.fmean(v[1] for v in values),
            statistics.fmean(v[2] for v in values),
        )
        for name, values in found.items()
    }


def _say(what: str, measured: dict[str, tuple[float, float, float]], counts: Counter[str]) -> None:
    for name, (precision, recall, f1) in sorted(measured.items()):
        print(f"{what:<10} {name:<20} pages {counts[name]:>4}  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")


def out_of_fold(samples: list[Sample], words: Words, others: list[Sample]) -> tuple[list[list[int]], list[list[int]]]:
    """Scores of each of ``samples`` by weights that were trained on the other folds, and of ``others`` likewise."""
    mine: dict[int, list[int]] = {}
    theirs: dict[int, list[int]] = {}
    for fold in range(FOLDS):
        train = [s for s in samples if s.fold != fold]
        groups = {s.group for s in train}
        found = matrices(train, groups, words)
        model = pack(fit(train, found), words.scores(groups), found)
        for kept, part in ((mine, samples), (theirs, others)):
            test = [s for s in part if s.fold == fold]
            kept |= {id(s): model.scores(m).tolist() for s, m in zip(test, matrices(test, groups, words), strict=True)}
    return [mine[id(s)] for s in samples], [theirs[id(s)] for s in others]


def main(arguments: list[str] | None = None) -> None:
    """Train on the dataset folders that are named, write the weights, and say what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="*")
    parser.add_argument("--out", type=Path, default=Path("src/newsclean/models/blocks.npz"))
    parser.add_argument("--folds", action="store_true", help="measure by five folds, write nothing")
    parser.add_argument("--all", action="store_true", help="hold nothing out: for the weights that are shipped")
    options = parser.parse_args(arguments)
    samples, lists = load(dataset_folders(options.datasets))
    train = [s for s in samples if options.all or options.folds or not s.measured]
    lists = [s for s in lists if options.all or options.folds or not s.measured]
    words = Words(train)
    scores, list_scores = out_of_fold(train, words, lists)
    _say("folds", measure(train, scores), Counter(s.dataset for s in train))
    listing = fit_listing(train, scores, lists, list_scores)
    if options.folds:
        return
    groups = {s.group for s in train}
    found = matrices(samples, groups, words)
    known = {id(s) for s in train}
    used = [m for s, m in zip(samples, found, strict=True) if id(s) in known]
    model = replace(pack(fit(train, used), words.scores(groups), used), listing=listing)
    save(model, options.out)
    for what, seen in (("trained on", True), ("held out", False)):
        part = [(s, model.scores(m).tolist()) for s, m in zip(samples, found, strict=True) if (id(s) in known) == seen]
        _say(what, measure([s for s, _ in part], [p for _, p in part]), Counter(s.dataset for s, _ in part))


if __name__ == "__main__":
    main()
