"""Who, when and what: fields of HTML pages that no structured data name."""

from __future__ import annotations

import pytest

import newsclean
from newsclean import Article, Options
from newsclean.document.roles import Role

from .helpers import labelled

PROSE = "".join(
    f"<p>The council met on the {day} evening and spoke about the old bridge for more than two hours, said the mayor, "
    f"who had asked for {count} more lamps along the river in the spring of last year.</p>"
    for day, count in (("first", 12), ("second", 30), ("third", 7))
)


def page(above: str = "", below: str = "", after: str = "", title: str = "Town repairs the old bridge") -> str:
    return (
        f"<html><head><title>{title} - The Example</title></head><body><div class='menu'><a>Home</a></div><main>{above}"
        f"<h1>{title}</h1>{below}<div class='text'>{PROSE}</div>{after}</main></body></html>"
    )


def article(html: str) -> Article:
    return newsclean.clean(html, url="https://www.example.org/news/1", options=Options(input="html"))


@pytest.mark.parametrize(
    ("below", "authors", "day"),
    [
        ('<div><span class="meta-author">Jane Doe</span> <span class="date">18 May 2023</span></div>', "Jane Doe", 18),
        ('<div class="byline">May 17, 2023</div>', None, 17),
        ('<div class="author">Jane Doe May 16, 2023</div>', "Jane Doe", 16),
        ("<div>by Amy · May 15, 2023 at 3:00 am · One comment so far</div>", None, 15),
        (
            '<div><span class="author"><a>Jane Doe</a> <span>Reporter</span> <a>@jd</a></span> 14 May 2023</div>',
            "Jane Doe",
            14,
        ),
        ('<figure><img src="a.jpg"><div class="copyright">Reuters</div></figure>', None, None),
        ('<div class="author">Reviewed by <span class="author-name">John Roe</span></div>', None, None),
        ('<div class="post-author"><a class="author-name">More articles</a></div>', None, None),
        ("<div>From 14 May 2023 to 30 May 2024</div>", None, None),
    ],
)
def test_what_stands_below_the_headline(below: str, authors: str | None, day: int | None) -> None:
    found = article(page(below=below))
    assert found.authors == ([authors] if authors else [])
    assert (found.published.day if found.published else None) == day


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("<div>18 May 2023</div>", 18),
        ('<div class="article-header">18 May 2023</div>', 18),
        ("<div>Published 18 May 2023 by Ann Poe</div>", 18),
        ('<div class="site-header">18 May 2023</div>', None),
        ('<div class="topbar">18 May 2023</div>', None),
    ],
)
def test_a_date_above_the_headline_is_its_own_where_no_masthead_has_it(above: str, day: int | None) -> None:
    found = article(page(above=above))
    assert (found.published.day if found.published else None) == day


def test_below_the_text_only_a_day_that_says_so_counts() -> None:
    assert article(page(after="<div>Published on: 18 May 2023</div>")).published is not None
    assert article(page(after="<div>Bread is dear again, 18 May 2023</div>")).published is None


def test_who_comments_is_no_author() -> None:
    comment = '<div id="comments"><div><cite class="comment-author">John Roe</cite></div><p>Well done.</p></div>'
    assert article(page(after=comment)).authors == []


def test_a_name_below_the_last_paragraph_signs() -> None:
    html = page().replace("</div></main>", "<p>Jane Doe</p></div></main>")
    found = article(html)
    assert found.authors == ["Jane Doe"]
    assert "Jane Doe" not in found.text


def test_the_first_line_of_the_pages_title_is_a_headline_without_heading() -> None:
    html = page().replace("<h1>", "<span>").replace("</h1>", "</span>")
    roles = {decision.block.text: decision.role for decision in labelled(html)}
    assert roles["Town repairs the old bridge"] is Role.TITLE
    assert article(html).title == "Town repairs the old bridge"


def test_the_sites_name_in_a_heading_is_no_headline() -> None:
    html = page(above="<h1>The Example</h1>").replace(
        "<h1>Town repairs the old bridge</h1>", '<h3 class="post-title">Town repairs the old bridge</h3>'
    )
    assert article(html).title == "Town repairs the old bridge"


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("Old bridge: what the town repairs now", "Town repairs the old bridge"),
        ("Town repairs the old bridge and everybody is glad", "Town repairs the old bridge"),
        ("Lamps, rivers and mayors explained", "Lamps, rivers and mayors explained"),
    ],
)
def test_the_headline_shown_goes_before_the_one_for_networks(named: str, title: str) -> None:
    meta = f'<meta property="og:title" content="{named}">'
    assert article(page().replace("</head>", f"{meta}</head>")).title == title


@pytest.mark.parametrize(
    ("said", "authors"),
    [("jdoe", ["Jane Doe"]), ("The Example Team", ["The Example Team"]), ("John Roe", ["John Roe"])],
)
def test_an_account_in_structured_data_yields_to_the_person_shown(said: str, authors: list[str]) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "Town repairs the old bridge", "author": "{said}"}}'
    html = page(below='<div class="byline">By Jane Doe</div>').replace(
        "</head>", f'<script type="application/ld+json">{data}</script></head>'
    )
    assert article(html).authors == authors


def test_rows_of_buttons_and_tables_of_stories_are_no_text() -> None:
    table = "".join(f"<tr><td><a>{name} is open again after a year</a></td></tr>" for name in ("Mill", "Port", "Inn"))
    html = page(below="<p>Print | Share | Save</p>", after=f"<table><tr><td>Most read</td></tr>{table}</table>")
    text = article(html).text
    assert "Print" not in text
    assert "Mill" not in text
