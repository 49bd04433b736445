"""Headlines without the site's name, and headlines left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.metadata.structured import Fact
from newsclean.metadata.titles import best_title, strip_site_name

CUT = [
    ("Rates fall again - The Example", "The Example", None, [], "Rates fall again"),
    ("Rates fall again | Business | Example News", None, "www.examplenews.com", [], "Rates fall again"),
    ("Rates fall | Business | Example News", None, "www.examplenews.com", ["Rates fall"], "Rates fall"),
    ("Rates fall again – example.org", None, "www.example.org", [], "Rates fall again"),
    ("Rates fall again - Example", None, "example.co.uk", [], "Rates fall again"),
    ("The Example | Rates fall again", "The Example", None, [], "Rates fall again"),
    ("Rates - fall - again - Example", "Example", None, [], "Rates - fall - again"),
    ("Rates fall again - Some Blog", None, None, ["Rates fall again"], "Rates fall again"),
    ("ارتفاع أسعار النفط - اليوم الجديد", "اليوم الجديد", None, [], "ارتفاع أسعار النفط"),
    ("ارتفاع أسعار النفط | اليوم الجديد", "اليوم الجديد", None, [], "ارتفاع أسعار النفط"),
]
WHOLE = [
    ("Berlin - a city in winter", "The Example", "example.org", ["Berlin - a city in winter"]),
    ("Berlin - a city in winter", None, None, []),
    ("Berlin | a city in winter", "The Example", "example.org", []),
    ("Berlin - a city in winter", None, None, ["Berlin"]),
    ("Example says no to the plan", "Example", "example.org", []),
    ("العراق - حكاية مدينة", "اليوم الجديد", "alyaum.example", []),
]


@pytest.mark.parametrize(("title", "publisher", "host", "others", "expected"), CUT)
def test_the_site_goes(title: str, publisher: str | None, host: str | None, others: list[str], expected: str) -> None:
    assert strip_site_name(title, publisher, host, others) == expected


@pytest.mark.parametrize(("title", "publisher", "host", "others"), WHOLE)
def test_a_dash_of_the_headline_stays(title: str, publisher: str | None, host: str | None, others: list[str]) -> None:
    assert strip_site_name(title, publisher, host, others) == title


def test_best_title_mends_what_was_cut_off() -> None:
    facts = [Fact("title", "Council opens the new…", "open-graph"), Fact("publisher", "Example", "meta")]
    assert best_title(facts, ["Example", "Council opens the new bridge"]) == "Council opens the new bridge"
    assert best_title(facts[1:], ["Council opens"]) == "Council opens"
    assert best_title([], []) is None
    assert best_title([Fact("title", "Example", "meta"), *facts[1:]], []) is None


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=12), st.lists(st.text(max_size=30), max_size=3))
def test_a_title_never_vanishes(title: str, publisher: str, host: str, others: list[str]) -> None:
    stripped = strip_site_name(title, publisher, host, others)
    assert bool(stripped) or not title.strip() or not strip_site_name(title, None, None, ())
