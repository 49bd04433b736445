"""Bylines: names and nothing else, and no sentence taken for one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.metadata.bylines import clean_authors, read_byline

ROWS = tomllib.loads(Path(__file__).with_name("bylines.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("line", "authors", "rest"), ROWS["bylines"])
def test_bylines_are_read(line: str, authors: list[str], rest: str) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (list(byline.authors), byline.rest or "") == (authors, rest)


@pytest.mark.parametrize("line", ROWS["none"])
def test_sentences_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(("values", "publisher", "names"), ROWS["fields"])
def test_author_fields_become_names(values: list[str], publisher: str, names: list[str]) -> None:
    assert clean_authors(values, publisher or None) == names


pieces = st.sampled_from(
    [
        "كتب",
        "كتبت:",
        "بقلم",
        "By",
        "Von",
        "أحمد",
        "وليد",
        "ومحمد",
        "Ann",
        "Poe",
        "and",
        "و",
        "-",
        ",",
        "|",
        "في",
        "رويترز",
        "(",
        ")",
        "د.",
        "بغداد",
    ]
)


@given(st.one_of(st.text(max_size=120), st.lists(pieces, max_size=10).map(" ".join)))
def test_no_line_breaks_the_reader(line: str) -> None:
    byline = read_byline(line)
    if byline is not None:
        assert byline.authors
        assert all(author.strip() == author and author for author in byline.authors)
        assert byline.rest is None or byline.rest
    names = clean_authors([line])
    assert len(set(names)) == len(names)
