"""Other models beside the net, on pages small enough to learn by heart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality.datasets import load_pages
from training.compare import compare, fit_crf, fit_second
from training.corpus import pages_to_lines
from training.examples import Example, to_example
from training.train import Settings

MENU = "".join(f"<li><a>{word}</a></li>" for word in ("Home", "World", "Sport", "Weather", "Contact"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    folder = tmp_path_factory.mktemp("datasets") / "own"
    (folder / "pages").mkdir(parents=True)
    rows = []
    for number in range(12):
        body = [
            f"The council of town {number} met for the {part}th time this year, and the mayor spoke of the harbour."
            for part in range(4, 9)
        ]
        paragraphs = "".join(f"<p>{text}</p>" for text in body)
        html = f"<html><body><ul>{MENU}</ul><h1>Council meets {number}</h1>{paragraphs}<ul>{MENU}</ul></body></html>"
        (folder / "pages" / f"{number}.html.gz").write_bytes(gzip.compress(html.encode()))
        gold = "\n\n".join(body)
        rows.append({"id": str(number), "url": f"https://paper{number}.com/a", "gold": gold, "title": "Council"})
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return [to_example(page) for page in pages_to_lines(load_pages(folder), ["bs4"])]


def test_a_field_learns_the_lines_and_its_neighbours_scores(examples: list[Example], tmp_path: Path) -> None:
    first = fit_crf(examples[:8], tmp_path / "a.crf", lines=10_000)
    for example in examples[8:]:
        assert ((first(example) >= 0.5) == (example.body > 0)).all()
    # a first stage that doubts one line in the middle of the body: its neighbours speak for it
    doubting = {id(e): np.where(e.body > 0, 0.9, 0.1).astype(np.float32) for e in examples}
    for scores, example in zip(doubting.values(), examples, strict=True):
        scores[np.flatnonzero(example.body)[2]] = 0.4
    unseen = [doubting[id(example)] for example in examples[:8]]
    second = fit_second(examples[:8], unseen, lambda example: doubting[id(example)], tmp_path / "b.crf")
    for example in examples[8:]:
        assert ((second(example) >= 0.5) == (example.body > 0)).all()


def test_the_table_has_a_row_for_each_model(examples: list[Example], tmp_path: Path) -> None:
    settings = Settings(epochs=40, size=12, scans=4)
    table = list(compare(examples[:8], examples[8:], tmp_path, settings, lines=10_000, models=("crf", "second")))
    rows = ["| conditional random field", "| net", "| net, then a field over its scores"]
    assert [row.split(" | ")[0] for row in table[2:]] == rows
    assert table[0].startswith("| model | own |")
    assert all(float(row.split(" | ")[1]) > 0.8 for row in table[2:])
