"""The benchmark's own parts, and the floors under the figures on the own pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.datasets import Page
from benchmarks.quality.flatten import FLATTENERS, SPOILERS
from benchmarks.quality.floors import FLOORS, below, figures, pages_hash
from benchmarks.quality.measures import interval
from benchmarks.quality.own import load_own
from benchmarks.quality.roles import coarse, confusion
from benchmarks.quality.text_fields import Fields, judge, report
from newsclean.document.roles import Role

HTML = (
    "<html><head><title>T</title><script>var x = 1;</script></head><body><ul><li>Home</li></ul><article><h1>A title</h1>"
    "<p>The first <a href='#'>paragraph</a> is long enough to be kept by all.</p><p>The second one is, too.</p>"
    "</article></body></html>"
)


@pytest.mark.parametrize("name", sorted(FLATTENERS))
def test_flatteners_keep_the_words(name: str) -> None:
    words = FLATTENERS[name](HTML).split()
    assert "paragraph" in words
    assert "second" in words
    assert "var" not in words or name == "bs4"


def test_spoilers_keep_the_words() -> None:
    text = "one two\n\n" + "three " * 60
    assert SPOILERS["one-line"](text).split() == text.split()
    wrapped = SPOILERS["wrapped-80"](text)
    assert wrapped.split() == text.split()
    assert max(map(len, wrapped.split("\n"))) <= 80


def test_own_pages_name_roles() -> None:
    pages = load_own()
    assert {page.language for page in pages} == {"ar", "de", "en", "es", "fa", "fr", "he", "ja", "ko", "th", "tr", "zh"}
    assert {role for page in pages for role, text in page.rows if text} <= {str(role) for role in Role}


def test_intervals_hold_the_mean() -> None:
    low, high = interval([0.1, 0.5, 0.9, 0.7])
    assert low < 0.55 < high


def test_confusion_counts_every_line() -> None:
    table = list(confusion([("title", "title"), ("copyright", "footer"), ("lead", "share")]))
    assert table[-1].endswith("0.6667 of 3 lines")
    assert coarse("read_also") == "related"


def test_figures_stand_on_their_floors() -> None:
    stored = json.loads(FLOORS.read_text("utf-8"))
    assert stored["pages"] == pages_hash()
    assert below(figures(), stored["floors"]) == []


def test_fields_of_pages_are_judged() -> None:
    body = "".join(
        f"<p>The council of the town met for the {n}th time, and the mayor spoke of the harbour.</p>" for n in "4567"
    )
    html = f"<html><body><h1>The harbour is deepened again</h1><p>By Jane Doe</p><p>3 May 2024</p>{body}</body></html>"
    gold = {"authors": ["Jane Doe", "John Roe"], "date": "2024-05-04"}
    page = Page("a", "https://example.com/a", "own", html, title="The harbour is deepened again", meta=gold)
    rows = [row.strip("| ").split(" | ") for row in report([page])][2:]
    assert {(field, *counts) for field, form, *counts in rows if form == "inscriptis"} == {
        ("title", "1", "0", "0", "0"),
        ("authors", "0", "1", "0", "0"),
        ("day", "0", "0", "0", "1"),
    }
    assert {form for _, form, *_ in rows} >= {"HTML", "HTML, trafilatura"}
    assert dict(judge(Fields(), page)) == {"title": "null", "authors": "null", "day": "null"}
