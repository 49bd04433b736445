"""``python -m training.compare DATASET…``: the net beside trees, a conditional random field, and a second stage.

All see the numbers of the same lines, of the same site families, and are measured on the families held out. The second
stage sees what nets say of families they were not trained on, and learns what its neighbours' scores tell of a line.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.quality.align import word_f1
from training.examples import Example
from training.train import Settings, one_thread_count, predict, train

__all__ = ["MODELS", "compare", "fit_crf", "fit_second", "fit_trees", "report"]

T = TypeVar("T")
Array = npt.NDArray[np.float32]
Scorer = Callable[[Example], Array]
"""From a page to the chance of each line, 0 to 1, that it is body."""

MODELS = ("trees", "crf", "net", "second")
_CUTS = (0.3, 0.4, 0.5, 0.6)
_NEAR = (-8, -4, -2, -1, 1, 2, 4, 8)
_PAGE_NUMBERS = 27
"""So many of a line's numbers, the first, are shown of its neighbours, too."""
_TREES = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbosity": -1,
}
_ROUNDS = 160
_BINS = 5
_STEPS = {"c1": 0.05, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True}


def _sample(examples: Sequence[Example], lines: int) -> list[Example]:
    """Pages with so many lines in all, drawn evenly from all."""
    order = sorted(examples, key=lambda example: zlib.crc32(example.page.key.encode()))
    chosen: list[Example] = []
    for example in order:
        if lines <= 0:
            break
        chosen.append(example)
        lines -= len(example.rows)
    return chosen


def _shifted(rows: npt.NDArray[Any], by: int) -> npt.NDArray[Any]:
    """Row ``i`` is the row ``i + by``; zeros beyond the page."""
    out = np.zeros_like(rows)
    if by > 0:
        out[:-by] = rows[by:]
    elif by:
        out[-by:] = rows[:by]
    return out


def _around(example: Example) -> npt.NDArray[Any]:
    near = [_shifted(example.rows[:, :_PAGE_NUMBERS], by) for by in _NEAR]
    return np.concatenate([example.rows, *near], axis=1)


def fit_trees(examples: Sequence[Example], *, lines: int, rounds: int = _ROUNDS) -> Scorer:
    """Gradient-boosted trees (LightGBM) on a line's numbers and those of its neighbours."""
    import lightgbm

    chosen = _sample(examples, lines)
    data = lightgbm.Dataset(
        np.concatenate([_around(example) for example in chosen]),
        np.concatenate([example.body for example in chosen]),
        weight=np.concatenate([example.weight for example in chosen]),
    )
    booster = lightgbm.train(_TREES, data, rounds)
    return lambda example: np.asarray(booster.predict(_around(example)), np.float32)


class _Bins:
    """Numbers as names of the bin they lie in, with edges at the quantiles of what was seen first."""

    def __init__(self, rows: npt.NDArray[Any], names: str) -> None:
        self.edges = [np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1])) for column in rows.T]
        self.names = [
            [f"{names}{number}={place}" for place in range(len(edges) + 1)] for number, edges in enumerate(self.edges)
        ]

    def of(self, rows: npt.NDArray[Any]) -> list[list[str]]:
        """For each row the names of its bins."""
        columns = [np.searchsorted(edges, column, "right") for edges, column in zip(self.edges, rows.T, strict=True)]
        named = [[names[place] for place in places.tolist()] for names, places in zip(self.names, columns, strict=True)]
        return [list(row) for row in zip(*named, strict=True)]


def _crf(pages: Sequence[npt.NDArray[Any]], bodies: Sequence[Array], model: Path) -> Callable[[Any], Array]:
    """A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over binned numbers."""
    import pycrfsuite

    bins = _Bins(np.concatenate(pages), "n")
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_STEPS)
    for rows, body in zip(pages, bodies, strict=True):
        trainer.append(bins.of(rows), ["body" if flag else "else" for flag in (body > 0).tolist()])
    trainer.train(str(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))

    def score(rows: npt.NDArray[Any]) -> Array:
        tagger.set(bins.of(rows))
        return np.array([tagger.marginal("body", place) for place in range(len(rows))], np.float32)

    return score


def fit_crf(examples: Sequence[Example], model: Path, *, lines: int) -> Scorer:
    """A conditional random field on the numbers of each line; ``model`` is the file it is written to."""
    chosen = _sample(examples, lines)
    score = _crf([example.rows for example in chosen], [example.body for example in chosen], model)
    return lambda example: score(example.rows)


def _evidence(scores: Array) -> Array:
    """A line's log odds, those of its neighbours, and the page's mean, as the second stage sees them."""
    odds = np.log(np.clip(scores, 1e-4, 1 - 1e-4) / np.clip(1 - scores, 1e-4, 1))[:, None].astype(np.float32)
    mean = np.full_like(odds, scores.mean() if len(scores) else 0.0)
    return np.concatenate([odds, *(_shifted(odds, by) for by in _NEAR), mean], axis=1)


def fit_second(examples: Sequence[Example], unseen: Sequence[Array], first: Scorer, model: Path) -> Scorer:
    """A conditional random field over the scores of ``first``; ``unseen``: for each example those of a model that was
    not trained on its family."""
    score = _crf([_evidence(scores) for scores in unseen], [example.body for example in examples], model)
    return lambda example: score(_evidence(first(example)))


def _net(examples: Sequence[Example], settings: Settings) -> Scorer:
    net = train(examples, settings)
    return lambda example: (1 / (1 + np.exp(-predict(net, example)[:, 0]))).astype(np.float32)


def _out_of_fold(examples: Sequence[Example], settings: Settings) -> list[Array]:
    """Scores of each page by a net that saw only the other half of the site families."""
    half = [zlib.crc32(example.page.family.encode()) % 2 for example in examples]
    nets = [_net([e for e, at in zip(examples, half, strict=True) if at != side], settings) for side in (0, 1)]
    return [nets[at](example) for example, at in zip(examples, half, strict=True)]


def report(held: Sequence[Example], scorers: dict[str, tuple[Scorer, float]]) -> Iterator[str]:
    """A table of the ``held`` pages: word F1 by dataset, share of lines right, of body lines kept and of others removed.

    The cut, of four, is chosen on one half of the site families for the other. ``scorers``: each model with the seconds
    of its training.
    """
    pages = [example for example in held if not example.page.listing]
    sides = [zlib.crc32(example.page.family.encode()) % 2 for example in pages]
    names = sorted({_dataset(example) for example in pages})
    yield "| model | " + " | ".join(names) + " | lines right | body kept | others removed | trained in | a page |"
    yield "|---|" + "---|" * (len(names) + 5)
    for name, (scorer, seconds) in scorers.items():
        began = time.process_time()
        scores = [scorer(example) for example in pages]
        cost = (time.process_time() - began) / max(1, len(pages)) * 1000
        at_cut = {cut: [_figures(*pair, cut) for pair in zip(pages, scores, strict=True)] for cut in _CUTS}
        chosen: list[_Figures] = []
        for side in (0, 1):
            best = max(_CUTS, key=lambda cut: _mean(_of(at_cut[cut], sides, 1 - side)))
            chosen += _of(at_cut[best], sides, side)
        order = [*_of(pages, sides, 0), *_of(pages, sides, 1)]
        cells = [f"{figure:.3f}" for figure in _summary(order, chosen, names)]
        yield f"| {name} | {' | '.join(cells)} | {seconds:.0f} s | {cost:.1f} ms |"


def _of(items: Sequence[T], sides: Sequence[int], side: int) -> list[T]:
    return [item for item, at in zip(items, sides, strict=True) if at == side]


class _Figures(NamedTuple):
    f1: float
    kept: int
    bodies: int
    removed: int
    others: int


def _figures(example: Example, chances: Array, cut: float) -> _Figures:
    taken, body = chances >= cut, example.body > 0
    text = "\n".join(line for line, flag in zip(example.page.texts, taken.tolist(), strict=True) if flag)
    counts = (int(part.sum()) for part in (taken & body, body, ~taken & ~body, ~body))
    return _Figures(word_f1(text, example.page.gold)[2], *counts)


def _mean(figures: Sequence[_Figures]) -> float:
    return sum(figure.f1 for figure in figures) / max(1, len(figures))


def _summary(pages: Sequence[Example], figures: Sequence[_Figures], names: Sequence[str]) -> Iterator[float]:
    for name in names:
        yield _mean([figure for page, figure in zip(pages, figures, strict=True) if _dataset(page) == name])
    kept, bodies, removed, others = (sum(column) for column in list(zip(*figures, strict=True))[1:])
    yield (kept + removed) / max(1, bodies + others)
    yield kept / max(1, bodies)
    yield removed / max(1, others)


def _dataset(example: Example) -> str:
    page = example.page
    if page.flattener == "synthetic":
        return "made, Arabic" if page.language == "ar" else "made, others"
    return page.key.split("/")[0]


def compare(
    learned: Sequence[Example],
    held: Sequence[Example],
    folder: Path,
    settings: Settings,
    *,
    lines: int,
    models: Sequence[str] = MODELS,
) -> Iterator[str]:
    """The table of :func:`report` for ``models``. ``lines``: so many are shown to trees and fields; ``folder`` takes the
    files of the fields."""
    scorers: dict[str, tuple[Scorer, float]] = {}

    def add(name: str, make: Callable[[], Scorer]) -> Scorer:
        began = time.monotonic()
        scorer = make()
        scorers[name] = (scorer, time.monotonic() - began)
        return scorer

    if "trees" in models:
        add("trees", lambda: fit_trees(learned, lines=lines))
    if "crf" in models:
        add("conditional random field", lambda: fit_crf(learned, folder / "lines.crf", lines=lines // 2))
    if "net" in models or "second" in models:
        first = add("net", lambda: _net(learned, settings))
    if "second" in models:
        unseen = _out_of_fold(learned, settings)
        add("net, then a field over its scores", lambda: fit_second(learned, unseen, first, folder / "second.crf"))
    return report(held, scorers)


def main(argv: list[str]) -> int:
    """Gather, train all, print the table."""
    one_thread_count()
    from training.pipeline import Recipe, gather

    parser = argparse.ArgumentParser(prog="python -m training.compare", description=__doc__)
    parser.add_argument("datasets", nargs="+")
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(), help="where the fields' model files are written")
    parser.add_argument("--epochs", type=float, default=Settings.epochs)
    parser.add_argument("--size", type=int, default=Settings.size)
    parser.add_argument("--models", nargs="+", choices=MODELS, default=MODELS)
    parser.add_argument("--lines", type=int, default=300_000, help="lines that trees see, the field half of them")
    options = parser.parse_args(argv)
    learned, held = gather(Recipe(datasets=tuple(options.datasets), facts=options.facts))
    settings = Settings(epochs=options.epochs, size=options.size)
    for line in compare(learned, held, options.folder, settings, lines=options.lines, models=options.models):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
