"""Pages that break parsers keep their article, and it is said what was folded."""

from __future__ import annotations

import time

import pytest

from newsclean.readers.guard import guard, guard_depth

from .helpers import read
from .pages import PAGES

PAGE = PAGES[0]
MARK = '<div class="entry-content">'


def flooded(flood: str, end: str = "") -> str:
    return PAGE.html.replace(MARK, flood + MARK).replace("</article>", f"{end}</article>")


FLOODS = {
    "deep containers": (flooded("<div>" * 3000, "</div>" * 3000), "deep-markup"),
    "deep and never closed": (flooded("<div><section>" * 800), "deep-markup"),
    "unclosed formatting": (flooded("<font color=red>" * 2000), "deep-markup"),
    "unclosed bold with text": (flooded("<b>x" * 1000), "deep-markup"),
    "long attribute": (flooded('<img alt="' + "a b " * 3_000_000 + '">'), "long-attribute"),
    "attributes": (flooded("<div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">", "</div>"), "attribute-flood"),
    "siblings": (flooded("<br>" * 200_000), "sibling-flood"),
    "empty siblings": (flooded('<span class="s"></span>\n' * 200_000), "sibling-flood"),
    "control references": (flooded("<p>&#1;&#x8;&#0;</p>"), "control-references"),
    "surrogate references": (flooded("<p>&#xD800;&#55296;</p>"), "control-references"),
    "lone surrogates": (flooded("<p>\ud800\udc00\udfff</p>"), "lone-surrogates"),
    "zero bytes": (flooded("<p>\x00\x01</p>"), "control-characters"),
    "combining marks": (flooded("<p>a" + "\u0301\u0327" * 500_000 + "</p>"), "combining-marks"),
    "one long text": (flooded("<pre>" + "word " * 2_200_000 + "</pre>"), "long-text"),
}


@pytest.mark.parametrize(("html", "code"), FLOODS.values(), ids=FLOODS)
def test_article_survives(html: str, code: str) -> None:
    began = time.process_time()
    document = read(html)
    took = time.process_time() - began
    found = [block.text for block in document.blocks]
    assert [text for text in found if text in PAGE.body] == list(PAGE.body)
    assert code in {notice.code for notice in document.notices}
    assert took < 3


def test_tens_of_thousands_of_paragraphs_are_read() -> None:
    document = read(flooded("<p>x</p>" * 40_000))
    assert len(document.blocks) > 40_000
    assert set(PAGE.body) <= {block.text for block in document.blocks}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_ordinary_pages_pass_unchanged(page: object) -> None:
    html = page.html  # type: ignore[attr-defined]
    assert guard(html) == (html, [])
    assert guard_depth(html) == (html, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a&#1;b", "ab"),
        ("a&#x01;b", "ab"),
        ("a&#31;b", "ab"),
        ("&#9;&#10;&#13;", "&#9;&#10;&#13;"),
        ("&#10003; &#128512; &#xe9; &#127757;", "&#10003; &#128512; &#xe9; &#127757;"),
        ("&#12;&#120;", "&#120;"),
    ],
)
def test_only_references_to_control_characters_go(before: str, after: str) -> None:
    assert guard(before)[0] == after


def test_deep_text_stays_in_order_and_apart() -> None:
    html = "".join(f"<div>level {n} " for n in range(400)) + "<p>end</p>"
    found = " ".join(block.text for block in read(html).blocks)
    assert found == " ".join(f"level {n}" for n in range(400)) + " end"


def test_markup_inside_scripts_and_comments_is_no_depth() -> None:
    html = f"<script>var a = '{'<div>' * 500}';</script><!-- {'<div>' * 500} --><p>x</p>"
    assert guard_depth(html) == (html, [])
