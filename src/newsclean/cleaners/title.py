"""The title of a flattened page, among the lines above its body."""

from __future__ import annotations

import re

from newsclean.cleaners.edges import start_below_strays, stems
from newsclean.cleaners.headlines import (
    COMMON,
    LEAST,
    SURE,
    field_seen,
    find_title,
    in_list,
    opening_words,
    over_the_fields,
    speaks_of_the_text,
    without_site,
)
from newsclean.cleaners.opening import is_dateline
from newsclean.cleaners.page import Page
from newsclean.document.normalize import fold
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import repeats

__all__ = ["label_title"]

_UNSURE_BODY = 0.6
_PERHAPS = 0.35
_HEADLINE = 20
_WINDOW = 35
"""Words of a title far above the text, at most."""
_MARKDOWN = re.compile(r"^#{1,6} +| +#+$|^\*\*|\*\*$")


def label_title(page: Page) -> int | None:
    """The line of the title right above the body, which gets its label; the body may begin further down than it did."""
    _skip_list_above(page)
    title = find_title(page)
    if title is None or page.scores[title].role != Role.TITLE:
        below = _title_below_strays(page)
        title = title if below is None else below
    if title is None:
        title = _title_in_body(page)
    far = _far_above(page) if title is None or in_list(page, title) else None
    if title is not None and far is not None and far < title and _of_another_story(page, title):
        title = None
    if title is None and far is None:
        title = over_the_fields(page)
    if title is not None:
        bare = _MARKDOWN.sub("", page.text(title))
        values = [("title", bare)] if bare and bare != page.text(title) else []
        page.put(title, Role.TITLE, "headline before the body", 0.7, *values)
        _label_section(page, title)
    elif far is not None:  # what stands between it and the body has nothing to do with it
        bare = without_site(page.text(far)) if far == 0 else page.text(far)
        page.put(far, Role.TITLE, "headline far above the body", 0.6, ("title", bare))
        while page.start < page.end - 1 and not page.shapes[page.start].prose and _of_another_story(page, page.start):
            page.start += 1
    return title


def _far_above(page: Page) -> int | None:
    """A headline the model is sure of, a menu or a list above the body; else the first line of all, where some flatteners
    put the title of the window. Both share words with the text, the first line most of its own."""
    above = enumerate(page.scores[: page.start])
    sure = [index for index, score in above if score.role == Role.TITLE and score.role_confidence >= SURE]
    known: set[str] | None = None
    for index in [*sure[::-1], 0]:
        shape = page.shapes[index]
        if index >= page.start or page.hints[index] is not None or index in page.labels or index in page.named:
            continue
        if LEAST <= shape.words <= _WINDOW and not shape.prose and page.blocks[index].bullet is None:
            known = known or opening_words(page)
            own = stems(without_site(page.text(index)))
            if len(own & known) >= (COMMON if index else max(COMMON + 1, len(own) / 2)):
                return index
    return None


def _of_another_story(page: Page, index: int) -> bool:
    """An item of a list under its heading that has next to no word in common with the text."""
    return in_list(page, index) and not speaks_of_the_text(page, index)


def _skip_list_above(page: Page) -> None:
    """The body does not begin with an item of the list above the title: the line that the model names as the title stands
    below it, before the first paragraph."""
    first = page.start
    if page.shapes[first].prose or page.scores[first].body >= _UNSURE_BODY or not in_list(page, first):
        return
    title = first + 1
    while title < page.end and not page.body(title) and page.scores[title].role != Role.TITLE:
        title += 1
    if title >= page.end or page.body(title) or page.scores[title].role_confidence < _PERHAPS:
        return
    page.put(first, Role.LATEST_NEWS, "item of the list above the title", 0.6)
    while title < page.end - 1 and not page.body(title):
        title += 1
    page.start = title


def _title_below_strays(page: Page) -> int | None:
    """The title, where headlines of a list above it were taken for body: then the body begins below it. Something else
    stands between them, or the title stands there twice."""
    first, start = page.start, start_below_strays(page)
    if start is None:
        return None
    page.start = start
    title = find_title(page)
    speaks = title is not None and speaks_of_the_text(page, title) and not speaks_of_the_text(page, first)
    if title is not None and speaks and title > first and not page.body(title) and _apart(page, first, title):
        for index in range(first, title):
            if page.body(index) and page.labels.get(index) is None:
                page.put(index, Role.LATEST_NEWS, "headline above the title", 0.6)
        return title
    page.start = first
    return None


def _apart(page: Page, first: int, title: int) -> bool:
    if any(page.furniture(index) for index in range(first, title)):
        return True
    return any(repeats(page.text(index), page.text(title)) for index in range(first, page.start) if index != title)


def _title_in_body(page: Page) -> int | None:
    """A headline that the model took for the body's first line: fields or page tools stand between it and the rest, or
    the model was hardly sure."""
    first = page.start
    if page.labels.get(first) or not page.shapes[first].headline or page.shapes[first].words < 4:
        return None
    after = first + 1
    while after < page.end and (page.taken(after) or page.furniture(after) or field_seen(page, after)):
        after += 1
    if after >= page.end:
        return None
    score = page.scores[first]
    unsure = score.body < _UNSURE_BODY or score.role == Role.TITLE or (score.role == Role.LEAD and in_list(page, first))
    below = page.shapes[after].prose or is_dateline(page, after) or page.taken(after + 1)
    if after == first + 1 and not (below and (unsure or _stands_over(page, first))):
        return None
    page.start = after
    return first


def _stands_over(page: Page, index: int) -> bool:
    """A headline right over a paragraph, and right under fields or furniture, or on top of the page."""
    text = page.text(index)
    if page.shapes[index].words > _HEADLINE or text[-1] in ":：،,؛;" or text[:1].islower() or page.shapes[index].prose:
        return False
    above = index - 1
    apart = page.taken(above) or page.furniture(above) or field_seen(page, above)
    if index and not (apart or Role(page.scores[above].role) in REMOVED):
        return False
    return page.blocks[index].bullet is None and speaks_of_the_text(page, index)


def _label_section(page: Page, title: int) -> None:
    """The line above the title names its section: a word of the menu again, or a section's name apart from the menu."""
    index = title - 1
    if index < 1 or index in page.labels or not 0 < page.shapes[index].words <= 3 or page.furniture(index):
        return
    hint, text = page.hints[index], fold(page.text(index))
    if hint is not None and hint.category != "section_name":
        return
    again = any(fold(page.text(i)) == text for i in range(index - 1) if page.shapes[i].words <= 3)
    apart = page.blocks[index].blanks > 0 or page.shapes[index - 1].words > 4
    if again or (hint is not None and apart):
        page.put(index, Role.SECTION, "section above the title", 0.6, ("section", page.text(index)))
