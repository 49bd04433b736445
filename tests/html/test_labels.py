"""What the cleaners say of every block of an HTML page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.cleaners.markup import Markup
from newsclean.cleaners.markup_body import choose, expected_f1, verdict_of
from newsclean.cleaners.second_opinion import SecondOpinion, kept_by_trafilatura
from newsclean.document.roles import Role
from newsclean.options import Options

from .helpers import body_of, labelled, read
from .pages import PAGES, NewsPage

EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)


@EACH
@pytest.mark.parametrize("effort", ["fast", "balanced", "best"])
def test_lead_and_body_and_nothing_else(page: NewsPage, effort: str) -> None:
    assert body_of(labelled(page.html, effort)) == [page.lead, *page.body]


@EACH
def test_fields(page: NewsPage) -> None:
    roles = {d.block.text: d for d in labelled(page.html)}
    assert roles[page.title].role is Role.TITLE
    assert roles[page.lead].role is Role.LEAD
    assert roles[page.caption].role is Role.CAPTION
    byline = next(d for d in roles.values() if d.role is Role.BYLINE)
    assert ("author", page.author) in byline.label.values
    assert ("date", page.stamp) in byline.label.values


@EACH
def test_furniture_tells_why(page: NewsPage) -> None:
    by_text = {d.block.text: d.role for d in labelled(page.html)}
    related, newsletter, comment, footer = page.furniture
    assert by_text[related] is Role.RELATED
    assert by_text[newsletter] is Role.NEWSLETTER
    assert by_text[comment] is Role.COMMENTS
    assert by_text[footer] is Role.FOOTER
    assert {by_text[entry] for entry in page.menu} == {Role.NAVIGATION}


@EACH
def test_every_block_has_one_label_with_a_rule(page: NewsPage) -> None:
    document = read(page.html)
    labels = list(Markup().label(document, Options()))
    assert [label.block for label in labels] == [block.index for block in document.blocks]
    assert all(label.rule for label in labels)


@pytest.mark.parametrize(
    ("index", "line"), [(0, "By Ines Holloway"), (1, "كتبت سلمى الحداد"), (2, "Von Jörn Petersen")]
)
def test_a_line_that_reads_as_a_byline_needs_no_names(index: int, line: str) -> None:
    page = PAGES[index]
    html = page.html.replace('<div class="share-buttons">', f'<div>{line}</div><div class="share-buttons">')
    assert next(d.role for d in labelled(html) if d.block.text == line) is Role.BYLINE


def test_subheadings_lists_quotes_and_tables_of_the_body_keep_their_kind() -> None:
    page = PAGES[0]
    extra = (
        "<h2>What it costs</h2><ul><li>Four pounds for a grown-up, two for a child under twelve.</li>"
        "<li>Dogs and bicycles travel free, as they always did.</li></ul>"
        "<blockquote><p>“It is the best money the council has spent in my life,” said the harbour master.</p></blockquote>"
        "<table><tr><th>Day</th><th>Leaves</th></tr><tr><td>Monday</td><td>7.45 in the morning</td></tr>"
        "<tr><td>Friday</td><td>4.10 in the afternoon</td></tr></table>"
    )
    last = f"<p>{page.body[-1]}</p>"
    roles = [d.role for d in labelled(page.html.replace(last, extra + last)) if d.block.text not in page.body]
    for role in (Role.HEADING, Role.LIST_ITEM, Role.QUOTE, Role.TABLE):
        assert role in roles


def test_a_second_copy_of_the_body_is_not_kept() -> None:
    page = PAGES[0]
    copy = '<div class="print-version">' + "".join(f"<p>{text}</p>" for text in page.body) + "</div></main>"
    assert body_of(labelled(page.html.replace("</main>", copy))) == [page.lead, *page.body]


def test_long_comments_do_not_become_the_body() -> None:
    page = PAGES[0]
    comments = "".join(
        f"<li class='comment'><p>I have lived on the island for {n} years and I can tell you that nobody asked us. "
        f"The winter of {1950 + n} was worse, and we had two boats then, both of them smaller than this one.</p></li>"
        for n in range(30)
    )
    html = page.html.replace('<ol class="comment-list">', f'<ol class="comment-list">{comments}')
    assert body_of(labelled(html)) == [page.lead, *page.body]


def test_choice_maximises_the_f1_to_expect() -> None:
    texts = ["one two three four"] * 2 + ["five six seven eight nine ten"]
    assert choose(texts, [9900, 9900, 4000]) == [True, True, False]
    assert choose(texts, [100, 100, 4000]) == [False, False, True]
    assert choose([], []) == []
    assert expected_f1(["a b"], [10_000], [True]) == pytest.approx(1.0)
    assert expected_f1(["a b"], [10_000], [False]) == 0.0


@given(st.lists(st.tuples(st.text(min_size=1), st.integers(0, 10_000)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_choice_is_total(rows: list[tuple[str, int]]) -> None:
    texts, scores = [t for t, _ in rows], [s for _, s in rows]
    taken = choose(texts, scores)
    assert len(taken) == len(rows)
    assert 0 <= expected_f1(texts, scores, taken) <= 1


def test_second_opinion_does_not_depend_on_what_ran_before() -> None:
    documents = [read(page.html) for page in PAGES]
    alone = [kept_by_trafilatura(document) for document in documents]
    assert all(kept is not None and any(kept) for kept in alone)
    for _ in range(4):
        again = [kept_by_trafilatura(document) for document in reversed(documents)]
        assert again[::-1] == alone


def test_second_opinion_leaves_the_tree_as_it_is() -> None:
    from lxml import etree

    document = read(PAGES[0].html)
    before = etree.tostring(document.tree.root)
    kept_by_trafilatura(document)
    assert etree.tostring(document.tree.root) == before


def test_effort_says_how_often_trafilatura_is_asked() -> None:
    def asked(html: str, effort: str) -> bool:
        return bool(list(SecondOpinion().label(read(html), Options(effort=effort))))  # type: ignore[arg-type]

    sure = PAGES[0].html
    empty = "<ul><li><a href='/a'>News</a><li><a href='/b'>Sport</a></ul><p><a href='/c'>All pages</a></p>"
    assert verdict_of(read(empty)).lost
    assert not verdict_of(read(sure)).lost
    assert [verdict_of(read(empty)).asks(effort) for effort in ("fast", "balanced", "best")] == [False, True, True]
    assert [asked(sure, effort) for effort in ("fast", "balanced", "best")] == [False, False, True]
    assert not asked(empty, "fast")


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_gets_one_label_a_block(text: str) -> None:
    document = read(f"<div><p>{text}</p><h2>{text}</h2></div>{text}")
    one = list(Markup().label(document, Options(effort="fast")))
    document.memo.clear()
    assert one == list(Markup().label(document, Options(effort="fast")))
    assert [label.block for label in one] == [block.index for block in document.blocks]
