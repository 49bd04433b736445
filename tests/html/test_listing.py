"""Lists of stories are told from articles."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.cleaners.markup_listing import REFUSED, WARNED, listing_chance, quotients, said_of
from newsclean.errors import NoArticle
from newsclean.metadata.structured import Fact
from newsclean.options import Options

from .helpers import read
from .pages import PAGES


def _list(cards: int, teaser: str = "") -> str:
    items = "".join(
        f"<article class='card'><h3><a href='/s/{n}'>Council votes on the bridge for the {n}th time this year</a></h3>"
        f"{f'<p>{teaser}</p>' if teaser else ''}</article>"
        for n in range(cards)
    )
    return f"<html><head><title>News</title></head><body><h1>News</h1><main class='list'>{items}</main></body></html>"


def test_a_list_of_headlines_is_refused_and_taken_when_asked_for() -> None:
    page = _list(40)
    assert listing_chance(read(page), ()) >= REFUSED
    with pytest.raises(NoArticle) as caught:
        newsclean.clean(page)
    assert caught.value.reason == "index-page"
    article = newsclean.clean(page, options=Options(listings=True))
    assert "index-page" in {warning.code for warning in article.quality.warnings}


def test_a_list_with_teasers_is_warned_of_or_refused() -> None:
    page = _list(30, "The bridge across the river has been closed since spring, and nobody knows who is to pay for it.")
    assert listing_chance(read(page), ()) >= WARNED


def test_articles_are_no_lists() -> None:
    for page in PAGES:
        said = [Fact("type", "newsarticle", "json-ld"), Fact("published", "2024-01-01", "json-ld")]
        assert listing_chance(read(page.html), ()) < REFUSED
        assert listing_chance(read(page.html), said) < WARNED
        assert listing_chance(read(page.html), said) < listing_chance(read(page.html), ())
        article = newsclean.clean(page.html, options=Options(sites=False))
        assert "index-page" not in {warning.code for warning in article.quality.warnings}


def test_quotients() -> None:
    texts = ["One two three four five", "A headline that is a link", "Another headline that is one"]
    numbers, stretch = quotients(
        texts, [9000, 0, 0], [True, False, False], [0, 25, 28], lambda index: "card", (True, False)
    )
    assert stretch == 5
    assert numbers[1:3] == (5 / 105, 11 / 51)
    assert numbers[4:] == (1.0, 0.0)
    assert (
        quotients(
            ["東京で新しい橋の工事が始まり、来年の春には渡れるようになるという。" * 3],
            [9000],
            [True],
            [0],
            hash,
            (False, False),
        )[1]
        > 40
    )
    assert said_of([Fact("type", "webpage", "json-ld"), Fact("published", "2024", "meta")]) == (False, True)
