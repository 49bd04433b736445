"""CSS selectors of site files."""

from __future__ import annotations

import pytest

from newsclean.document.roles import BODY_ROLES, Role
from newsclean.sites.markup import check_selector, label_page, select

from .helpers import read
from .pages import PAGES

PAGE = PAGES[0]
SELECTORS = {
    "title": [".missing", "h1.entry-title"],
    "lead": ["p.standfirst"],
    "body": ["div.entry-content"],
    "author": ["a[rel=author]"],
    "date": ["time::attr(datetime)"],
}


def test_every_block_gets_a_role_and_its_selector_as_rule() -> None:
    document = read(PAGE.html)
    labels = label_page(document, SELECTORS, [], "harbour.example")
    assert labels is not None
    assert [label.block for label in labels] == [block.index for block in document.blocks]
    assert {label.cleaner for label in labels} == {"site:harbour.example"}
    texts = {role: [document.blocks[x.block].text for x in labels if x.role is role] for role in Role}
    assert texts[Role.TITLE] == [PAGE.title]
    assert texts[Role.LEAD] == [PAGE.lead]
    assert texts[Role.PARAGRAPH] == list(PAGE.body)
    assert texts[Role.CAPTION] == [PAGE.caption]
    assert next(x.rule for x in labels if x.role is Role.TITLE) == "title: h1.entry-title"


def test_values_are_read_from_elements_and_attributes() -> None:
    labels = label_page(read(PAGE.html), SELECTORS, [], "harbour.example")
    assert labels is not None
    values = [value for label in labels for value in label.values]
    assert ("author", PAGE.author) in values
    assert ("date", PAGE.stamp) in values


def test_what_is_dropped_is_no_body() -> None:
    document = read(PAGE.html.replace(f"<p>{PAGE.body[2]}</p>", f'<div class="promo"><p>{PAGE.body[2]}</p></div>'))
    labels = label_page(document, SELECTORS, [".promo"], "harbour.example")
    assert labels is not None
    body = [document.blocks[label.block].text for label in labels if label.role in BODY_ROLES]
    assert body == [text for text in PAGE.body if text != PAGE.body[2]]


@pytest.mark.parametrize("body", [[], [".gone"], [".share-buttons"]])
def test_selectors_that_do_not_fit_yield(body: list[str]) -> None:
    assert label_page(read(PAGE.html), {**SELECTORS, "body": body}, [], "harbour.example") is None


def test_first_selector_that_matches_wins() -> None:
    root = read("<h1>One</h1><h2>Two</h2>").tree.root
    found = select(root, ["h3", "h2", "h1"])
    assert found is not None
    assert (found[0], [value for _, value in found[1]]) == ("h2", ["Two"])


def test_meta_elements_give_their_content() -> None:
    found = select(read(PAGE.html).tree.root, ['meta[property="og:title"]::attr(content)'])
    assert found is not None
    assert found[1][0][1] == PAGE.title


@pytest.mark.parametrize(
    "css", ["div > p", "a:not(.x)", "time::attr(datetime)", "h1::text", "[itemprop=name]", "ul li:first-child"]
)
def test_good_selectors(css: str) -> None:
    assert check_selector(css) is None


@pytest.mark.parametrize("css", ["div..x", "", "  ", "p:nosuch", "::attr(x)", "a[", "p >"])
def test_bad_selectors_are_named(css: str) -> None:
    problem = check_selector(css)
    assert problem is not None
    assert repr(css) in problem
