"""The article that stands on its page twice: for printers, for small screens, folded and unfolded."""

from __future__ import annotations

from newsclean.cleaners.page import Page
from newsclean.document.roles import Role

__all__ = ["label_copies"]

_LINE = 8
"""Words from which a line that stands twice is no chance."""
_LINES, _SHARE = 5, 0.4
"""Lines that a copy has at least, and their share of the words of all such lines of the body: single paragraphs are
repeated on purpose, as quotes or in lists of the same make."""


def label_copies(page: Page) -> None:
    """Where much of the body stands twice, one copy is left: the one of which more was taken for body."""
    first: dict[str, int] = {}
    twins: list[tuple[int, int]] = []
    total = 0
    for index in range(page.start, page.end):
        if page.shapes[index].words < _LINE:
            continue
        text = page.text(index)
        if text in first:
            twins.append((first[text], index))
        else:
            first[text] = index
            total += page.shapes[index].words * page.body(index)
    twins = [(one, other) for one, other in twins if page.body(one) or page.body(other)]
    twins = _one_after_the_other(twins)
    copied = sum(page.shapes[one].words for one, _ in twins)
    if len(twins) < _LINES or copied < total * _SHARE:
        return
    firsts, seconds = {one for one, _ in twins}, {other for _, other in twins}
    worse, better = (seconds, firsts) if _words(page, firsts) >= _words(page, seconds) else (firsts, seconds)
    kept = {page.text(index) for index in range(min(better), max(better) + 1)}
    for index in range(min(worse), max(worse) + 1):
        if index not in page.labels and page.text(index) in kept:
            page.put(index, Role.DUPLICATE, "the article again", 0.7)


def _one_after_the_other(twins: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of ``twins`` that stand about as far apart as most: not what a page repeats here and there."""
    apart = sorted(other - one for one, other in twins)
    usual = apart[len(apart) // 2] if apart else 0
    near = [(one, other) for one, other in twins if abs(other - one - usual) <= usual // 8]
    begin = min((other for _, other in near), default=0)
    return [(one, other) for one, other in near if one < begin]


def _words(page: Page, indexes: set[int]) -> int:
    return sum(page.shapes[index].words for index in indexes if page.body(index))
