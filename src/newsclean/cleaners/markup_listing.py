"""Whether an HTML page is a list of stories, or of anything else, and no article."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from newsclean.cleaners.markup_body import expected_f1, verdict_of
from newsclean.document.document import Document
from newsclean.document.shape import rough_words

if TYPE_CHECKING:
    from newsclean.metadata.structured import Fact

__all__ = ["NAMES", "REFUSED", "STRETCH", "WARNED", "listing_chance", "quotients", "said_of"]

REFUSED, WARNED = 0.9, 0.6
"""Probability from which a page is refused as a list, and from which it is warned of."""
NAMES: Final = ("expected F1", "stretch", "cards", "link density", "article", "dated")
_ARTICLES: Final = frozenset(
    {"newsarticle", "article", "blogposting", "reportagenewsarticle", "techarticle", "report", "liveblogposting"}
    | {"opinionnewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle"}
)
_CARD: Final = range(4, 31)
"""Words of a headline that is a link."""
STRETCH: Final = 40
"""A page with so many words of body in a row is never refused."""
_HALF_STRETCH, _HALF_CARDS = 100, 40
_LEAST_BLOCKS: Final = 8


def said_of(facts: Iterable[Fact]) -> tuple[bool, bool]:
    """Whether the structured data calls the page an article, and whether it dates it."""
    article = dated = False
    for fact in facts:
        article = article or (fact.field == "type" and fact.value in _ARTICLES)
        dated = dated or fact.field == "published"
    return article, dated


def quotients(
    texts: Sequence[str], scores: Sequence[int], taken: Sequence[bool], linked: Sequence[int],
    look: Callable[[int], Hashable], said: tuple[bool, bool],
) -> tuple[tuple[float, ...], int]:  # fmt: skip
    """What tells lists from articles, by :data:`NAMES`, and the words of the longest stretch of body.

    ``scores`` are in parts of 10,000, ``linked`` the linked characters of each block, ``look(i)`` what the element of
    block ``i`` looks like: cards of one list look alike.
    """
    longest = run = size = links = 0
    last = -9
    cards: dict[Hashable, int] = {}
    for index, text in enumerate(texts):
        length, own = len(text), linked[index]
        size += length
        links += own
        if taken[index]:
            words = rough_words(text)
            run = (run if index - last <= 2 else 0) + (words if own * 2 < length else 0)
            last = index
            longest = max(longest, run)
        if own * 5 > length * 4:
            words = rough_words(text)
            if words in _CARD:
                key = look(index)
                cards[key] = cards.get(key, 0) + words
    most = max(cards.values(), default=0)
    numbers = (
        expected_f1(texts, scores, taken),
        longest / (longest + _HALF_STRETCH),
        most / (most + _HALF_CARDS),
        links / max(size, 1),
        float(said[0]),
        float(said[1]),
    )
    return numbers, longest


def listing_chance(document: Document, facts: Iterable[Fact]) -> float:
    """Probability that an HTML page is a list and no article; under :data:`REFUSED` where there is a stretch of body."""
    if document.kind != "html" or len(document.blocks) < _LEAST_BLOCKS:
        return 0.0
    from newsclean.models.blocks import load_model

    verdict = verdict_of(document)
    page = document.tree
    nodes = page.nodes
    tag, names, parent = nodes.tag, nodes.names, nodes.parent

    def look(index: int) -> Hashable:
        node = page.owners[index]
        above = parent[node]
        return tag[node], names[node], tag[above], names[above]

    texts = [block.text for block in document.blocks]
    scores = [round(score * 10_000) for score in verdict.scores]
    numbers, stretch = quotients(texts, scores, verdict.body, page.linked, look, said_of(facts))
    weights = load_model().listing
    if not weights:
        return 0.0
    total = sum(weight * number for weight, number in zip(weights, numbers, strict=False)) + weights[-1]
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return chance if stretch < STRETCH else min(chance, REFUSED - 0.01)
