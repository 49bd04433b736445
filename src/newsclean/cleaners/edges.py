"""Where the body of a flattened page ends: before readers' comments, after its last own paragraph."""

from __future__ import annotations

import re

from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.metadata.dateline import find_dateline

__all__ = ["end_at_comments", "keep_tail"]

_COMMENTS = frozenset({Role.COMMENTS, Role.COMMENT_FORM})
_PREFIX = re.compile("^(?:[وفبلك]?ال|وال|[ول](?=...))")
_LIKELY, _SENTENCE = 0.3, 5
_COHESION = 0.1
"""Least share of a paragraph's longer words that the body has used before."""


def end_at_comments(page: Page) -> None:
    """Readers write prose, too: the body ends where their comments begin, if most of it stands before."""
    total = sum(page.shapes[i].words for i in range(page.start, page.end) if page.body(i))
    before = 0
    for index in range(page.start, page.end):
        hint = page.hints[index]
        if hint is not None and hint.share > 0.9 and Role(hint.role) in _COMMENTS and before >= total * 0.5:
            page.end = index
            return
        if page.body(index):
            before += page.shapes[index].words


def keep_tail(page: Page) -> None:
    """The last paragraphs that speak of what the body speaks of are its own, though the model took them for the
    opening of another story: those are cut off, or start with a dateline."""
    known: set[str] | None = None
    while page.end < len(page.blocks):
        index = page.end
        score, shape = page.scores[index], page.shapes[index]
        close = page.blocks[index].blanks <= max(1, page.blocks[index - 1].blanks)
        if not (close and shape.ends) or page.furniture(index):
            return
        if score.body >= _LIKELY and shape.words >= _SENTENCE and page.hints[index] is None:
            page.put(index, Role.PARAGRAPH, "sentence that closes the body", 0.6)
            page.end += 1
            continue
        if not shape.prose or score.role != Role.OTHER_ARTICLE:
            return
        if known is None:
            body = (i for i in range(page.start, page.end) if page.body(i))
            known = {stem for i in body for stem in _stems(page.text(i))}
        own = _stems(page.text(index))
        if find_dateline(page.text(index)) or len(own & known) < len(own) * _COHESION:
            return
        page.put(index, Role.PARAGRAPH, "closed paragraph that goes on with the body", 0.6)
        page.end += 1


def _stems(text: str) -> set[str]:
    """The longer words of a text, without the Arabic prefixes and, by, for and the, cut to five letters."""
    return {stem[:5] for word in text.split() if len(stem := _PREFIX.sub("", word.strip('."،,:«»“”()'))) > 3}
