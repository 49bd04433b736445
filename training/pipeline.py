"""What is trained on and what is held out, and the way from there to the weights file."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.datasets import dataset_folders, held_out, load_bodies, load_pages
from benchmarks.quality.flatten import SPOILERS
from newsclean.models.lines import Model, page_facts, scores_of
from training.augment import mixed_pages
from training.bank import load_banks
from training.corpus import Lines, pages_to_lines
from training.examples import Example, draw, stories_of_bodies, stories_of_pages, synthetic, to_example
from training.export import write_weights
from training.labelled import load_labelled
from training.listing import fit_logistic
from training.spoil import torn
from training.synth import Story
from training.train import Settings, train

__all__ = ["Recipe", "gather", "make_weights"]

_NEWS_PAGES = 300
"""A dataset of at most so many pages is used whole, a larger one in part, so that it does not drown the small ones."""


_TORN, _UNSPACED = 0.1, 0.06
"""Shares of the pages whose lines are torn, and whose words are written as if in Han letters."""
_DENSE = frozenset({"ja", "zh", "th", "my", "km", "lo"})


@dataclass(frozen=True)
class Recipe:
    """Where the examples come from. ``everything`` trains on held-out families too."""

    datasets: tuple[str, ...] = ()
    labelled: tuple[Path, ...] = ()
    facts: Path | None = None
    everything: bool = False
    copies: int = 2
    seed: int = 1


def gather(recipe: Recipe) -> tuple[list[Example], list[Example]]:
    """Examples to train on and examples held out by site family."""
    learned: list[Example] = []
    kept: list[Example] = []
    stories: list[Story] = []
    folders = dataset_folders(list(recipe.datasets)) if recipe.datasets or not recipe.labelled else []
    for folder in folders:
        pages = list(load_pages(folder))
        stories += stories_of_bodies(load_bodies(folder)) + stories_of_pages(pages)
        lines = list(pages_to_lines(iter(pages), spoilers=tuple(SPOILERS)))
        del pages
        kept += [to_example(page) for page in lines if held_out(page.family)]
        mine = [page for page in lines if recipe.everything or not held_out(page.family)]
        learned += _examples(_thinned(mine), 0.2)
        large = len(mine) > 6 * _NEWS_PAGES
        mixed = mixed_pages(mine, copies=recipe.copies if large else recipe.copies * 3, seed=recipe.seed)
        learned += _examples(_thinned(mixed) if large else mixed, 0.2)
    for path in recipe.labelled:
        own = list(load_labelled(path))
        learned += _examples(own + mixed_pages(own, copies=recipe.copies, seed=recipe.seed), 0.2)
    banks = load_banks(recipe.facts)
    copies = {"ar": recipe.copies, "en": 1, "*": 3}
    learned += _examples(synthetic(stories, banks, copies=copies, held=False, seed=recipe.seed), 0.1)
    tested = synthetic(stories, banks, copies={"*": 1}, held=True, seed=recipe.seed + 1)
    kept += [to_example(page) for page in tested]
    if recipe.everything:
        learned += _examples(synthetic(stories, banks, copies=copies, held=True, seed=recipe.seed), 0.1)
    return learned, kept


def _thinned(pages: Sequence[Lines]) -> list[Lines]:
    share = 1.0 if len(pages) <= 6 * _NEWS_PAGES else 0.4
    if all(page.listing for page in pages):
        share = 0.3
    return [page for page in pages if draw(page.key) < share]


def _examples(pages: Iterable[Lines], caseless: float) -> list[Example]:
    """Examples of which three in ten see no phrases; some are torn, some see no capitals or no spaces."""
    return [_example(page, caseless) for page in pages]


def _example(page: Lines, caseless: float) -> Example:
    if draw(f"{page.key}t") < _TORN:
        page = torn(random.Random(f"{page.key}t"), page)  # noqa: S311
    return to_example(
        page,
        hints=draw(f"{page.key}h") < 0.7,
        caseless=draw(f"{page.key}c") < caseless,
        dense=page.language not in _DENSE and draw(f"{page.key}d") < _UNSPACED,
    )


def make_weights(examples: Sequence[Example], settings: Settings, target: Path) -> int:
    """Train, fit the listing score on the trained line scores, write ``target``; gives its size in bytes."""
    net = train(examples, settings)
    notes = f"newsclean lines, {settings}, crc {_fingerprint(examples):08x}"
    zero = ([0.0] * len(page_facts([], [])), 0.0)
    write_weights(net, target, notes=notes, page=zero)
    model = Model.load(target)
    unlike = {"synthetic", *SPOILERS}
    real = [example for example in examples if example.page.flattener not in unlike]
    rows = np.array([[a / b for a, b in page_facts(scores_of(model, e.rows / 256.0), e.page.texts)] for e in real])
    page = fit_logistic(rows, [example.page.listing for example in real])
    return write_weights(net, target, notes=notes, page=page)


def _fingerprint(examples: Sequence[Example]) -> int:
    code = 0
    for example in examples:
        code = zlib.crc32(example.rows.tobytes(), code)
    return code
