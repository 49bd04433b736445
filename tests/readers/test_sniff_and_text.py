"""HTML or text; and lines as blocks that tile the text."""

from __future__ import annotations

import textwrap

import pytest

import newsclean
from newsclean.readers.sniff import looks_like_html
from newsclean.readers.text import cut

PAGE = "The council voted on Tuesday.\n\nThe bridge reopens in May.\n"


@pytest.mark.parametrize(
    "text",
    [
        "<p>A fragment.", "<!DOCTYPE html><title>x</title>", "  \n<html lang=ar>", "<!-- saved --><div>a</div>",
        "<?xml version='1.0'?><html><body>x", "\ufeff<html>", "Intro <br> more <br/> text", "Hello <p>one</p><p>two</p>",
        "<h1>Title</h1>text", "<article><p>x</p></article>", "<amp-img src=x></amp-img>",
    ],
)  # fmt: skip
def test_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        PAGE, PAGE + "Prices rose <b>again</b> in May.", "if a < b and c > d then stop", "<3 we love it",
        "Use the <div> element for blocks, not <span>.", "-->", "مرحبا <b>بكم</b>", "x <- 3", "<https://example.com>",
        "# How to\n\nWrite `<p>` in a template.\n", PAGE * 30 + "</div>\n",
    ],
)  # fmt: skip
def test_text(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", "\n\u00a0\n", "\u2028"])
def test_spans_tile(newline: str) -> None:
    text = newline.join(["\n  first", "second ", "• third", "\u200ffourth\u200f", ""])
    blocks = cut(text)
    assert [b.text for b in blocks] == ["first", "second", "• third", "fourth"]
    assert "".join(text[b.source.start : b.source.end] for b in blocks) == text


def test_lines_are_counted_as_editors_do() -> None:
    assert [b.source.line for b in cut("a\n\nb\r\nc\u2028d\re")] == [1, 3, 4, 4, 5]


def test_hints_of_a_line() -> None:
    bullet, heading, dash, plain = cut("• one\n## Two\n- three\n-four")
    assert (bullet.kind, bullet.bullet) == ("list_item", "•")
    assert (heading.kind, heading.level) == ("heading", 2)
    assert dash.kind == "list_item"
    assert plain.kind == "line"


def test_blank_lines_before() -> None:
    assert [b.blanks for b in cut("a\n\n\u00a0\nb\nc")] == [0, 2, 0]


PROSE = (
    "The council voted on Tuesday to reopen the old bridge over the river, two years after a flood had damaged its "
    "pillars. Engineers said the new pillars were built to last for a century. The mayor thanked everybody who had "
    "waited so long and promised that the next repair would be faster, cheaper and a good deal quieter than this one."
)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_text_is_joined_with_exact_spans(width: int) -> None:
    paragraphs = [PROSE, PROSE.replace("bridge", "ferry"), PROSE.replace("river", "lake")]
    text = "A headline\n\n" + "\n\n".join(textwrap.fill(p, width) for p in paragraphs) + "\n"
    blocks = cut(text)
    assert [b.text for b in blocks] == ["A headline", *paragraphs]
    assert "".join(text[b.source.start : b.source.end] for b in blocks) == text


def _doubled(text: str) -> str:
    return "".join(f"{line}\n\n" for line in text.splitlines())


@pytest.mark.parametrize("width", [60, 72, 80])
def test_double_spaced_text_is_joined_with_exact_spans(width: int) -> None:
    paragraphs = [PROSE, PROSE.replace("bridge", "ferry"), PROSE.replace("river", "lake")]
    text = _doubled("A headline\n\n" + "\n\n".join(textwrap.fill(p, width) for p in paragraphs))
    blocks = cut(text)
    assert [b.text for b in blocks] == ["A headline", *paragraphs]
    assert "".join(text[b.source.start : b.source.end] for b in blocks) == text


def test_paragraphs_with_an_empty_line_between_them_stay_apart() -> None:
    sentences = [f"{sentence}." for sentence in PROSE.replace("bridge", "ferry").split(". ")] * 4
    assert [b.text for b in cut("\n\n".join(sentences))] == sentences


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lists_and_an_address_among_wrapped_paragraphs_do_not_hide_that_they_are(width: int) -> None:
    paragraphs = [PROSE, PROSE.replace("bridge", "ferry"), PROSE.replace("river", "lake"), PROSE.replace("old", "new")]
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    menu = "\n".join(f"Section {number}" for number in range(200))
    captions = "\n".join("Townspeople on the bank of the river on Tuesday, before a vote"[:58] for _ in range(6))
    address = "https://pages.example/" + "a" * 150
    blocks = cut(f"{menu}\n{captions}\n{address}\n\n{wrapped}\n")
    assert [b.text for b in blocks if b.text.startswith("The council")] == paragraphs


STORY = (
    "The council voted on Tuesday to reopen the old bridge over the river. It had been closed since a flood damaged "
    "two of its pillars in the spring of last year. Engineers said the new pillars were built to last for a century. "
    "They are made of granite from the quarry above the town, where the first ones came from as well. The work cost "
    "three million pounds, a third more than planned, because the river bed turned out to be softer than the maps had "
    "promised. Shopkeepers on both banks had complained that their customers stayed away. One of them, a baker, told "
    "the council that he had carried his bread across by boat every morning. Buses will use the bridge again from "
    "Monday, and lorries must wait until the tests are over. A second bridge, further down the valley, is still being "
    "discussed. Its opponents fear for the water meadows, where storks have nested for the last ten years. The mayor "
    "thanked everybody who had waited so long. She promised that the next repair would be faster and cheaper. "
    "Schoolchildren will be the first to cross, together with the ferryman who carried them for two winters. He said "
    "that he would miss the company but not the ice. A small celebration is planned for Sunday afternoon, with music "
    "and the baker's bread. The road to the bridge stays closed to cars until the evening of that day."
)


def test_text_in_one_line_is_cut_into_sentences_and_comes_out_as_one_line() -> None:
    line = f"Home | News | Sport | Weather | {STORY}"
    assert len(line) > 1000
    blocks = cut(line)
    assert len(blocks) > 15
    assert "".join(line[b.source.start : b.source.end] for b in blocks) == line
    article = newsclean.clean(line)
    assert article.text == STORY
    assert len(article.body) == 1
    assert [r.text for r in article.removed] == ["Home", "News", "Sport", "Weather"]


@pytest.mark.parametrize("text", ["", " \n\u200b\n"])
def test_text_of_nothing_visible_has_no_blocks(text: str) -> None:
    assert cut(text) == []
