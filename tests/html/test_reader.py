"""HTML is cut into blocks: all that is visible, once, in page order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newsclean.document.block import HtmlSource
from newsclean.readers.html import parse_html, read_tree

from .helpers import read, visible_words
from .pages import PAGES, NewsPage


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).blocks]


def squeezed(parts: list[str]) -> str:
    return re.sub(r"[\s|]+", "", "".join(parts))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_kept_and_removed_are_the_page(page: NewsPage) -> None:
    document = read(page.html)
    assert squeezed([b.text for b in document.blocks]) == visible_words(document.tree.root).replace("|", "")
    found = [b.text for b in document.blocks]
    for paragraph in (page.title, page.lead, *page.body, page.caption):
        assert found.count(paragraph) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_sources_are_paths_of_the_tree_and_unique(page: NewsPage) -> None:
    document = read(page.html)
    paths = [b.source.path for b in document.blocks if isinstance(b.source, HtmlSource)]
    assert len(set(paths)) == len(document.blocks)
    for block, element in zip(document.blocks, document.tree.elements, strict=True):
        assert isinstance(block.source, HtmlSource)
        assert document.tree.root.xpath(block.source.path.partition("/text()")[0])[0] is element


def test_kinds_and_levels() -> None:
    html = """<article><h2>Head</h2><p>One.</p><ul><li>Item</li><li><p>Second item</p></li></ul>
    <blockquote><p>Said.</p></blockquote><figure><figcaption>Shown</figcaption></figure><time>10 May</time>
    <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></article>"""
    blocks = read(html).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("heading", "Head"),
        ("paragraph", "One."),
        ("list_item", "Item"),
        ("list_item", "Second item"),
        ("quote", "Said."),
        ("caption", "Shown"),
        ("time", "10 May"),
        ("table", "A | B\n1 | 2"),
    ]
    assert blocks[0].level == 2


def test_two_breaks_split_and_one_does_not() -> None:
    document = read("<div>One line<br>goes on<br> <br>Two<br><br><br>Three</div>")
    assert [b.text for b in document.blocks] == ["One line goes on", "Two", "Three"]
    assert len({b.source for b in document.blocks}) == 3


def test_text_between_blocks_is_a_block_of_its_own() -> None:
    assert texts("<div>Before <b>bold</b><p>Inside</p>after <i>all</i></div>") == ["Before bold", "Inside", "after all"]


def test_menu_links_do_not_run_together() -> None:
    assert texts("<div><a href=/>Home</a><a href=/s>Sport</a></div>") == ["Home Sport"]
    assert texts("<p>Wash<b>ing</b>ton</p>") == ["Washington"]


def test_layout_table_is_cut_like_any_container() -> None:
    long = "A sentence of the article that stands in a layout table, as pages did long ago. " * 12
    html = f"<table><tr><td><p>{long}</p><p>{long}</p></td><td><a href=/>Menu</a></td></tr></table>"
    assert [b.kind for b in read(html).blocks] == ["paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "opening",
    ["<svg><path d='M0'>", "<noscript>", "<template>", "<svg><g><title>x</title>"],
    ids=["svg", "noscript", "template", "svg-title"],
)
def test_unclosed_containers_do_not_swallow_the_page(opening: str) -> None:
    page = PAGES[0]
    found = texts(page.html.replace('<div class="entry-content">', f'{opening}<div class="entry-content">'))
    assert [text for text in found if text in page.body] == list(page.body)


def test_closed_templates_and_pictures_stay_unseen() -> None:
    html = "<svg><title>Logo</title><text>A</text></svg><template><p>Later</p></template><p>Shown</p>"
    assert texts(html) == ["Shown"]


def test_link_density_counts_linked_letters() -> None:
    (block,) = read("<p>12345 <a href=/>12345</a></p>").blocks
    assert block.evidence is not None
    assert block.evidence.link_density == pytest.approx(5 / 11)


def test_tokens_nearest_first() -> None:
    (block,) = read("<div class='outer two' id=o><section><p class='inner'>Text</p></section></div>").blocks
    assert block.evidence is not None
    assert block.evidence.tokens == ("inner", "outer", "two", "o")


def test_article_that_is_only_in_structured_data() -> None:
    import json

    page = PAGES[0]
    body = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join((*page.body, *page.body[::-1]))})
    document = read(f'<title>x</title><script type="application/ld+json">{body}</script><div id=app>Loading</div>')
    assert [b.text for b in document.blocks][1:6] == list(page.body)
    assert "text-from-script" in {notice.code for notice in document.notices}
    assert all("/script" in b.source.path for b in document.blocks[1:] if isinstance(b.source, HtmlSource))


def test_article_that_is_only_in_the_state_of_a_script() -> None:
    import json

    page = PAGES[1]
    state = {"props": {"article": {"title": page.title, "body": "".join(f"<p>{t}</p>" for t in page.body)}, "ads": [1]}}
    for script in (
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>',
        f"<script>window.__STATE__ = {json.dumps(state)};</script>",
    ):
        document = read(f"<body>{script}<div id=root></div></body>")
        assert [b.text for b in document.blocks] == list(page.body)


def test_structured_data_is_left_alone_where_the_page_has_text() -> None:
    page = PAGES[0]
    html = page.html.replace(
        "<head>", '<head><script type="application/ld+json">{"articleBody": "Other words"}</script>'
    )
    assert "Other words" not in texts(html)


def test_callers_tree_is_not_changed_and_gives_the_same_blocks() -> None:
    page = PAGES[2]
    root = lxml_html.document_fromstring(page.html)
    before = lxml_html.tostring(root)
    document = read_tree(root, url=None, encoding="str", size=1, sha256="0" * 64)
    assert lxml_html.tostring(root) == before
    assert [b.text for b in document.blocks] == texts(page.html)


def test_tree_of_xhtml_with_namespaces() -> None:
    from lxml import etree

    root = etree.fromstring('<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Text</p></body></html>')
    document = read_tree(root, url=None, encoding="str", size=1, sha256="0" * 64)
    assert [b.text for b in document.blocks] == ["Text"]


@pytest.mark.parametrize(
    "html", ["", " ", "<!-- only -->", "<?xml version='1.0'?>", "\x00", "<html></html>", "<script>1"]
)
def test_pages_without_text_have_no_blocks(html: str) -> None:
    assert read(html).blocks == ()


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='a b'>", "</div>", "<br>", "<svg>", "</svg>", "<table><tr><td>", "<a href=x>", "</a>", "<li>",
     "<template>", "<noscript>", "<select><option>", "text ", "نص ", "&#1;", "&amp;", "<!--", "-->", "<h1 hidden>", "<o:p>",
     "<x-y>", "<script>", "</script>", "<title>", "\x00", "\ud800", "\u200f", "<td>", "</table>", "<b>", "</b>"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=150, deadline=None)
def test_any_string_is_a_page_and_twice_the_same(html: str) -> None:
    one, two = read(html), read(html)
    assert one.blocks == two.blocks
    assert [b.index for b in one.blocks] == list(range(len(one.blocks)))
    assert len({b.source for b in one.blocks}) == len(one.blocks)
    assert all(b.text.strip() == b.text and b.text for b in one.blocks)


@given(
    st.lists(
        PIECES.filter(lambda p: p not in ("\ud800", "&#1;", "<noscript>", "<template>", "<svg>", "\x00")), max_size=40
    )
)
@settings(max_examples=150, deadline=None)
def test_nothing_visible_vanishes(pieces: list[str]) -> None:
    html = "".join(pieces)
    seen = visible_words(parse_html(html.encode()))
    assert squeezed([b.text for b in read(html).blocks]) == seen
