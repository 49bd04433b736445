"""An article that stands on its page twice comes out once; what is repeated on purpose stays."""

from __future__ import annotations

import newsclean
from newsclean import Options

STORY = [
    "The ferry across the lower bay will run again from Monday, after a winter in the dock at Northwick.",
    "Its engine was replaced by one that runs on electricity from the mill at the weir above the town.",
    "The council had argued for three years about the price of the batteries, which a farmer paid in the end.",
    "He crosses the bay every morning with forty goats and had grown tired of the long way round.",
    "Passengers will pay two crowns, goats one, and the schoolchildren of both villages nothing at all.",
    "The old engine is shown in the museum of the harbour until the leaves fall, the council said.",
]
PROSE = Options(sites=False)


def page(*parts: str) -> str:
    menu = ["Home", "News", "Weather", "Sport", "Contact"]
    return "\n".join([*menu, "Ferry runs again across the lower bay", *parts, "About us", "Imprint", "© 2024 Bay Post"])


def test_the_same_article_twice_comes_out_once() -> None:
    article = newsclean.clean(page(*STORY, "Print version", *STORY), options=PROSE)
    assert [item.text for item in article.body] == STORY
    assert [entry.text for entry in article.removed if entry.role.value == "duplicate"] == STORY


def test_a_sentence_that_is_quoted_again_stays() -> None:
    article = newsclean.clean(page(*STORY[:5], STORY[2], STORY[5]), options=PROSE)
    assert [item.text for item in article.body].count(STORY[2]) == 2


def test_lines_of_lists_of_the_same_make_stay() -> None:
    same = "Tickets are sold at the pier and in the bakery by the church, every day but Sunday."
    rows = [line for story in STORY for line in (story, same)]
    article = newsclean.clean(page(*rows), options=PROSE)
    assert [item.text for item in article.body].count(same) == len(STORY)
