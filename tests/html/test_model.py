"""The learned labeler: its weights, and that its numbers are the same everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import newsclean.models.blocks as blocks
from newsclean.cleaners.markup_body import verdict_of
from newsclean.cleaners.markup_columns import TAGS, columns_of
from newsclean.document.roles import Role
from newsclean.models.blocks import SURE, block_scores, load_model
from newsclean.models.blocks_caps import _CAPS
from newsclean.models.blocks_features import named_features

from .helpers import read
from .pages import PAGES

PINNED = [59752, 62121, 62252, 62322, 61005]
"""Sums of the scores of the pages; another number means other features or weights, on this machine or any other."""
BODY = [
    [9945, 9945, 9946, 9931, 9875],
    [9910, 9937, 9930, 9924, 9796],
    [9959, 9951, 9946, 9946, 9896],
    [9954, 9954, 9945, 9954, 9891],
    [9944, 9939, 9922, 9928, 9881],
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


def _long_page(paragraphs: int, *, furniture: bool) -> str:
    line = (
        "The council agreed, after a long debate, that the old bridge across the river is to be repaired before winter."
    )
    story = "".join(f"<p>{number}. {line}</p>" for number in range(paragraphs))
    cards = "".join(
        f"<li><a href='/{n}'>Another story that is about something else, part {n}</a></li>" for n in range(9)
    )
    aside = f"<aside class='related'><h3>Related stories</h3><ul>{cards}</ul></aside>" if furniture else ""
    nav = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>" + aside if furniture else ""
    foot = aside + "<footer><p>All rights reserved.</p></footer>" if furniture else ""
    head = "<title>The bridge will be repaired</title>"
    title = "<h1>The bridge will be repaired</h1>"
    return f"<html><head>{head}</head><body>{nav}{title}<div class='story'>{story}</div>{foot}</body></html>"


@pytest.mark.parametrize("furniture", [False, True])
def test_long_pages_are_kept_whole(furniture: bool) -> None:
    document = read(_long_page(2000, furniture=furniture))
    body = verdict_of(document).body
    story = [block.index for block in document.blocks if "council" in block.text]
    others = [block.index for block in document.blocks if "council" not in block.text and "bridge" not in block.text]
    assert sum(body[index] for index in story) >= 1980
    assert not any(body[index] for index in others)
    assert len(others) >= (20 if furniture else 0)


def test_caps_name_features_and_hold() -> None:
    names, matrix = named_features(columns_of(read(_long_page(400, furniture=True))), [0] * 2000)
    assert set(_CAPS) <= set(names)
    for name, (low, high) in _CAPS.items():
        row = matrix[names.index(name)]
        assert low <= row.min() <= row.max() <= high
