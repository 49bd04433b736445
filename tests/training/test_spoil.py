"""Spoilt training pages keep their words, their order and their labels."""

from __future__ import annotations

import random

import numpy as np

from newsclean.models.classes import CharClass, class_table
from training.corpus import Lines
from training.spoil import torn, unspaced

LONG = "The harbour master told the council on Monday that the pier would stay shut, and the ferry with it."


def page() -> Lines:
    texts = ["Menu", LONG, "Read also", LONG.replace("harbour", "station")]
    return Lines(
        key="a",
        family="a",
        language="en",
        texts=texts,
        blanks=[0, 1, 1, 1],
        body=[0, 1, 0, 1],
        roles=["navigation", "paragraph", "related", "paragraph"],
        trust=[1.0] * 4,
    )


def test_torn_pages_keep_words_and_labels() -> None:
    whole = page()
    for seed in range(20):
        scraps = torn(random.Random(seed), whole)  # noqa: S311
        assert " ".join(scraps.texts) == " ".join(whole.texts)
        for flag in (0, 1):
            kept = [" ".join(t for t, b in zip(p.texts, p.body, strict=True) if b == flag) for p in (scraps, whole)]
            assert kept[0] == kept[1]
        assert len(scraps.words) == len(scraps.texts) == len(scraps.roles)
    assert max(len(torn(random.Random(seed), whole).texts) for seed in range(20)) > 4  # noqa: S311


def test_unspaced_pages_are_of_letters_without_spaces() -> None:
    dense = unspaced(page())
    assert dense.body == page().body
    points = np.array([ord(char) for char in dense.texts[1]])
    kinds = class_table()[points]
    assert (kinds == CharClass.DENSE).mean() > 0.8
    assert CharClass.SPACE not in kinds
    assert dense.texts[1][-1] == "。"
    same = sum(a == b for a, b in zip(dense.texts[1], dense.texts[3], strict=True))
    assert len(dense.texts[1]) - 5 <= same < len(dense.texts[1])
