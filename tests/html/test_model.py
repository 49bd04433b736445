"""The learned labeler: its weights, and that its numbers are the same everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import newsclean.models.blocks as blocks
from newsclean.cleaners.markup_columns import TAGS, columns_of
from newsclean.document.roles import Role
from newsclean.models.blocks import SURE, block_scores, load_model
from newsclean.models.blocks_features import named_features

from .helpers import read
from .pages import PAGES

PINNED = [68010, 68853, 69571, 69482, 70776]
"""Sums of the scores of the pages; another number means other features or weights, on this machine or any other."""
BODY = [
    [9979, 9964, 9939, 9942, 9874],
    [9956, 9952, 9920, 9907, 9834],
    [9978, 9971, 9946, 9931, 9912],
    [9978, 9972, 9950, 9937, 9910],
    [9978, 9967, 9938, 9928, 9893],
]


def test_weights_are_small_and_whole_numbers() -> None:
    model = load_model()
    assert Path(blocks.__file__).with_name("blocks.npz").stat().st_size < 1_000_000
    assert model.leaf.dtype == np.int64
    assert int(model.probability[0]) < 10
    assert int(model.probability[-1]) > SURE - 10


def test_weights_fit_the_features() -> None:
    names, matrix = named_features(columns_of(read(PAGES[0].html)), [0] * 1000)
    assert len(names) == len(set(names)) == len(matrix)
    assert int(load_model().feature.max()) < len(names)


def test_numbers_that_the_weights_were_trained_with_have_not_moved() -> None:
    numbers = {role.value: number for number, role in enumerate(Role, 1)}
    assert (numbers["title"], numbers["tags"], numbers["navigation"], numbers["other"]) == (1, 13, 14, 39)
    assert (TAGS["div"], TAGS["p"], TAGS["summary"]) == (1, 2, 39)


def test_trees_give_what_walking_them_one_by_one_gives() -> None:
    model = load_model()
    _, matrix = named_features(columns_of(read(PAGES[2].html)), [5] * 1000)
    for column in range(matrix.shape[1]):
        total = 0
        for root in model.roots.tolist():
            node = root
            for _ in range(model.steps):
                node = int(model.children[2 * node + int(matrix[model.feature[node], column] <= model.threshold[node])])
            total += int(model.leaf[node])
        one = np.ascontiguousarray(matrix[:, column : column + 1])
        assert int(model.sums(one, 0, len(model.roots))[0]) == total


def test_scores_are_pinned() -> None:
    scores = [block_scores(columns_of(read(page.html))) for page in PAGES]
    assert [sum(score) for score in scores] == PINNED
    assert [score[10:15] for score in scores] == BODY


def test_no_blocks_no_scores() -> None:
    assert block_scores(columns_of(read(""))) == []
