"""Scores of the learned model: exact, repeatable, independent of order, and never an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.cleaners.phrases import languages_for, matcher_for
from newsclean.document.roles import Role
from newsclean.models import lines as model
from newsclean.models.lines import LineScore, page_facts, page_kind, score_lines

HERE = Path(__file__).parent
PAGES = json.loads((HERE / "pages.json").read_text("utf-8"))
STORED = HERE / "scores.json"


def scores(page: dict[str, list[str]], *, hints: bool = True) -> list[LineScore]:
    texts = page["lines"]
    matcher = matcher_for(languages_for("\n".join(texts)))
    hits = [matcher.match(text) if hints else None for text in texts]
    return score_lines(
        texts,
        [1] * len(texts),
        [hit.role if hit else None for hit in hits],
        [bool(hit and hit.heading) for hit in hits],
    )


def plain(texts: list[str]) -> list[LineScore]:
    return score_lines(texts, [0] * len(texts), [None] * len(texts), [False] * len(texts))


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("hints", [True, False], ids=["phrases", "alone"])
def test_body_lines_are_told_from_furniture(name: str, hints: bool) -> None:
    """No paragraph is lost; of the short lines (headings, captions) one in twenty may be wrong, without phrases two."""
    page = PAGES[name]
    found = {number for number, score in enumerate(scores(page, hints=hints)) if score.body >= 0.4}
    paragraphs = {number for number in page["body"] if len(page["lines"][number].split()) >= 10}
    assert paragraphs <= found
    assert len(found ^ set(page["body"])) <= len(page["lines"]) // (20 if hints else 10)


def test_scores_are_exactly_those_stored() -> None:
    """No phrases here: what is pinned is the model alone. After new weights: ``python tests/models/test_lines.py``."""
    assert exact() == json.loads(STORED.read_text("utf-8"))


def exact() -> dict[str, list[list[object]]]:
    return {name: [list(score) for score in plain(PAGES[name]["lines"])] for name in sorted(PAGES)}


def test_scores_do_not_depend_on_threads_or_process() -> None:
    code = (
        "import json; from pathlib import Path; from newsclean.models.lines import score_lines as s;"
        f"p = json.loads(Path({str(HERE / 'pages.json')!r}).read_text('utf-8'));"
        "t = [x for n in sorted(p) for x in p[n]['lines']];"
        "print(json.dumps(s(t, [0] * len(t), [None] * len(t), [False] * len(t))))"
    )
    lines = [text for name in sorted(PAGES) for text in PAGES[name]["lines"]]
    here = json.loads(json.dumps(plain(lines)))
    for threads, core in (("1", "Haswell"), ("2", "Nehalem")):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OPENBLAS_CORETYPE": core, "PYTHONHASHSEED": "7"}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert json.loads(done.stdout) == here


def test_scores_do_not_depend_on_what_ran_before() -> None:
    names = sorted(PAGES)
    forward = {name: scores(PAGES[name]) for name in names}
    backward = {name: scores(PAGES[name]) for name in reversed(names)}
    assert forward == backward


def test_every_sum_is_exact() -> None:
    """Weights and inputs are multiples of powers of two, small enough that no sum can be rounded."""
    weights = model.Model.load().weights
    for name, value in weights.items():
        scale = 2.0 ** {"in.w": 2, "out.w": 18, "out.b": 18}.get(name, 10)
        assert np.array_equal(np.rint(value * scale), value * scale), name
        largest, step = (1, 8) if name == "in.w" else (8 * 2**8, 0)
        assert 4 * np.abs(value).sum(axis=0).max() * largest * scale * 2.0**step < 2.0**52, name


def test_roles_are_roles() -> None:
    assert set(model.Model.load().roles) <= {str(role) for role in Role}


def test_weights_are_small() -> None:
    folder = Path(model.__file__).parent
    assert sum(path.stat().st_size for path in folder.glob("*.npz")) < 1_000_000


def test_nothing_gives_nothing() -> None:
    assert score_lines([], [], [], []) == []


def test_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="lengths differ"):
        score_lines(["a"], [], [None], [False])


ANY_LINE = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=80, deadline=None)
@given(st.lists(ANY_LINE, max_size=30))
def test_any_lines_get_probabilities(texts: list[str]) -> None:
    found = plain(texts)
    assert len(found) == len(texts)
    for score in found:
        assert 0 <= score.body <= 1
        assert 0 < score.role_confidence <= 1
    assert 0 <= page_kind(found, texts) <= 1
    assert found == plain(texts)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(ANY_LINE, st.integers(0, 10**9), st.sampled_from([None, "share", "nonsense"]), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_any_evidence_is_taken(rows: list[tuple[str, int, str | None, bool]]) -> None:
    texts, blanks, hints, headings = (list(column) for column in zip(*rows, strict=True))
    assert len(score_lines(texts, blanks, hints, headings)) == len(rows)


def test_long_pages_are_scored_in_windows() -> None:
    texts = PAGES["en"]["lines"] * 500
    found = plain(texts)
    assert len(found) == len(texts)
    alone = plain(texts[: 2000 + 300])
    assert found[:2000] == alone[:2000]


def test_a_listing_is_told_from_an_article() -> None:
    listing = PAGES["listing"]["lines"]
    article = PAGES["en"]["lines"]
    assert page_kind(plain(listing), listing) > 0.5 > page_kind(plain(article), article)


def test_words_without_spaces_count_in_the_page_as_words_do() -> None:
    scores = [LineScore(0.99, "paragraph", 0.9)] * 4
    spaced = page_facts(scores, ["letters in words and so on and on " * 4] * 4)
    dense = page_facts(scores, ["気象庁は十三日午後九時十九分ごろ日向灘で地震があったと発表し" * 2] * 4)
    assert all(abs(a / b - c / d) < 0.2 for (a, b), (c, d) in zip(spaced, dense, strict=True))


if __name__ == "__main__":
    STORED.write_text(json.dumps(exact(), ensure_ascii=False, indent=0) + "\n", "utf-8")
