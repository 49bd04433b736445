"""Sentences that links and bold words tore apart, as ``get_text("\\n")`` gives them."""

import pytest

from newsclean.readers.text import cut


def texts(*lines: str) -> list[str]:
    text = "\n".join(lines) + "\n"
    blocks = cut(text)
    assert "".join(text[b.source.start : b.source.end] for b in blocks) == text
    for block in blocks:
        printed = text[block.source.start : block.source.end]
        assert "".join(printed.split()) == "".join(block.text.split())
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["The mayor of", "Northwick", ", who voted against it", ", left."], "Northwick, who voted against it, left."),
        (["the baker", "'s bread"], "the baker's bread"),
        (["It was first told in", "The Herald", "."], "The Herald."),
        (["It was first told in", "The Herald", "", "", "."], "The Herald."),
        (["(see", "the full list", ") of rivers"], "the full list) of rivers"),
        (["قال", "الوزير", "، في بيان"], "الوزير، في بيان"),
        (["震度4", "：", "北町", "、", "南町", "、東村、", "西町", "。"], "震度4：北町、南町、東村、西町。"),
        (["Ann Ray", ",", "Lee Poe"], "Ann Ray, Lee Poe"),
    ],
)
def test_the_rest_of_a_sentence_goes_back_to_its_line(lines: list[str], whole: str) -> None:
    assert texts(*lines)[-1] == whole


@pytest.mark.parametrize(
    "lines",
    [
        ["Home", "News", "Sport"],
        ["The end.", "..."],
        ["The end.", "."],
        ["Languages", ".NET", ":hover"],
        ["Comments:", ", 12"],
        ["Section", "| Region"],
        ["He said", "'stop'"],
        ["Read more", "• , a bullet"],
    ],
)
def test_other_lines_stay_apart(lines: list[str]) -> None:
    assert texts(*lines) == lines


TORN = [
    "A bridge for all",
    "Two boats were lost after",
    "the storm",
    "hit the harbour of",
    "Northwick",
    "on Monday, the mayor",
    ", who was there",
    ", said.",
    "Nobody was hurt.",
]


def test_small_letters_go_on_where_a_page_is_torn() -> None:
    assert texts(*TORN) == [
        "A bridge for all",
        "Two boats were lost after the storm hit the harbour of Northwick on Monday, the mayor, who was there, said.",
        "Nobody was hurt.",
    ]


def test_lists_in_small_letters_are_lists() -> None:
    lines = ["You need", "two fresh eggs", "a cup of white flour", "some salt"]
    assert texts(*lines) == lines


def test_an_empty_line_keeps_lines_apart() -> None:
    assert texts("The mayor", "", ", who left") == ["The mayor", ", who left"]


def test_a_flood_of_torn_lines_stays_in_pieces() -> None:
    shown = texts(*[", who was there"] * 2000)
    assert len(shown) > 5
    assert max(map(len, shown)) < 4100
