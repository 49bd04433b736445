"""Run-on lines and wrapped text."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.models.segment import is_hard_wrapped, join_wrapped, split_run_on

PARAGRAPHS = [
    "The tide was still going out when Joan waded in with the first bag of shells, and by the time the light failed there were two hundred more of them stacked along the old breakwater, each tied with a blue cord.",
    "Three winters after the council approved the scheme, the reef runs for almost half a mile, and engineers say that waves which cross it arrive a third lower than those which do not, even in the January storms.",
    "Nobody expected it to work so soon.",
    "A sea wall of the same length would have cost about nine million, according to figures presented to the council in December, and would have needed repairs within two decades, most of them below the water line.",
]


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_run_on(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قال الوزير ذلك. هل يستقيل؟ لا أحد يعرف!", ["قال الوزير ذلك.", "هل يستقيل؟", "لا أحد يعرف!"]),
        ("وزیر نے کہا۔ یہ سچ ہے۔", ["وزیر نے کہا۔", "یہ سچ ہے۔"]),
        ("今天天气很好。我们去公园！你去吗？", ["今天天气很好。", "我们去公园！", "你去吗？"]),
        ("Er kam am 16. Oktober. Dann ging er.", ["Er kam am 16. Oktober.", "Dann ging er."]),
        ("He met Dr. Brown. “It is late.” She left.", ["He met Dr. Brown.", "“It is late.”", "She left."]),
        ("Home | News | Sport", ["Home", "News", "Sport"]),
        ("one    two", ["one", "two"]),
        ("version 2.5 costs 3.50 today", ["version 2.5 costs 3.50 today"]),
        ("and so on... he said. Then", ["and so on... he said.", "Then"]),
        ("", []),
    ],
)
def test_run_on_lines_are_cut_at_sentences(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


@given(st.text(max_size=200))
def test_pieces_lie_in_order_and_lose_only_separators(text: str) -> None:
    spans = split_run_on(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert all(char.isspace() or char in "|•·▪»" for char in text[at:start])
        at = end
    assert all(char.isspace() or char in "|•·▪»" for char in text[at:])


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    lines: list[str] = []
    for paragraph in PARAGRAPHS:
        lines += textwrap.wrap(paragraph, width)
    assert is_hard_wrapped(lines)
    joined = [" ".join(lines[start:end]) for start, end in join_wrapped(lines)]
    assert joined == PARAGRAPHS


def test_blank_lines_end_a_paragraph() -> None:
    lines: list[str] = []
    for paragraph in PARAGRAPHS:
        lines += [*textwrap.wrap(paragraph, 70), ""]
    assert [" ".join(lines[start:end]) for start, end in join_wrapped(lines)] == PARAGRAPHS


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS,
        ["Home", "News", "Sport", "Culture", "Opinion", "Contact", "Sign in"],
        [f"A headline of a story that has about this many letters {number}" for number in range(20)],
        [],
    ],
)
def test_other_lines_are_not_taken_for_wrapped(lines: list[str]) -> None:
    assert not is_hard_wrapped(lines)
    assert join_wrapped(lines) == [(number, number + 1) for number in range(len(lines))]


@given(st.lists(st.text(max_size=90), max_size=40))
def test_each_visible_line_is_in_one_paragraph(lines: list[str]) -> None:
    covered = [number for start, end in join_wrapped(lines) for number in range(start, end)]
    assert covered == [number for number, line in enumerate(lines) if line.strip()]
