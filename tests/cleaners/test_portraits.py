"""Paragraphs about the author that stand in the text."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.cleaners.portraits import portraits

TEXTS = [
    "The ferry left at six.",
    "It carries a library.",
    "The purser keeps the list.",
    "Nora Whitlock reads on the way.",
]


@pytest.mark.parametrize(
    ("text", "authors", "is_portrait"),
    [
        ("Nora Whitlock is a senior writer who covers ports and islands.", {"Nora Whitlock"}, True),
        ("Nora Whitlock was born in a lighthouse.", {"Nora Whitlock"}, True),
        ("Tom Ashby is a reporter who writes about gardens.", {"Nora Whitlock"}, True),
        ("Tom Ashby ist Redakteur und schreibt über Gärten.", set(), True),
        ("Tom Ashby is the tallest man on the island.", set(), False),
        ("Nora Whitlock is a reporter on the ferry's own paper.", set(), False),
        ("The reporter is Nora Whitlock.", {"Nora Whitlock"}, False),
        ("صحفي ومحرر في جريدة الجزيرة، يكتب عن الموانئ والسفن منذ عام 2012", set(), True),
        ("كاتب روسي: لا أحد يقرأ الكتب على السفن في هذا العصر", set(), False),
        ("الكاتب يقرأ على السفن، ويقول إن البحر أفضل مكتبة في العالم", set(), False),
    ],
)
def test_a_name_and_what_its_bearer_is(text: str, authors: set[str], is_portrait: bool) -> None:
    assert portraits([*TEXTS, text], authors) == ([len(TEXTS)] if is_portrait else [])


def test_persons_whom_the_text_is_about_stay() -> None:
    early = "Tom Ashby is a reporter who swims to work."
    assert portraits([early, *TEXTS], set()) == []


@pytest.mark.parametrize("kind", ["text", "html"])
def test_no_portrait_of_the_author_in_the_text(kind: str) -> None:
    lines = [
        "The ferry that carries a library",
        "By Nora Whitlock",
        "On the morning ferry from Skelby to the outer islands, passengers may borrow a novel and bring it back later.",
        "The shelves were built by the ship's carpenter, who had counted how many people slept on the way.",
        "The company now wants to put shelves on its second ferry, too, and asks its passengers for books.",
        "Nora Whitlock is a senior writer who covers ports and islands for the coastal desk.",
    ]
    title, byline, *paragraphs = lines
    page = (
        f"<article><h1>{title}</h1><p class='byline'>{byline}</p>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article>"
    )
    article = newsclean.clean(page if kind == "html" else "\n\n".join(lines), options=newsclean.Options(input=kind))
    assert article.authors == ["Nora Whitlock"]
    assert "covers ports" not in article.text
    assert "second ferry" in article.text
