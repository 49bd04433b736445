"""Two articles in one text: the first is taken. And the header of an archive's record, which is no page."""

from __future__ import annotations

import re

from newsclean.cleaners.edges import stems
from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import date_part

__all__ = ["SECOND", "cut_second", "label_record_header"]

SECOND = "second article"
"""The rule that lines of another whole article have."""
_HEADLINE, _LONGEST_HEADLINE, _FIELD = 4, 25, 12
_FIELDS_AFTER, _PROSE, _MOST = 4, 2, 2
_SHARED = 0.25
"""Share of longer words that a second article has in common with the first, at most."""
_RECORD = re.compile(r"WARC/1\.\d$")
_RECORD_FIELD = re.compile(r"[\w-]+: ?\S")


def label_record_header(page: Page) -> None:
    """The header lines of a WARC record (ISO 28500) that was cut out with its text; its dates are the crawler's."""
    if not _RECORD.match(page.text(0)):
        return
    index = 0
    while index < len(page.blocks) and (not index or _RECORD_FIELD.match(page.text(index))):
        if index and page.blocks[index].blanks:
            break
        page.put(index, Role.OTHER, "header of an archive record", 0.9)
        index += 1
    page.start = max(page.start, min(index, page.end - 1))


def cut_second(page: Page) -> None:
    """Ends the body where another article begins: a headline after a closed text, its byline or date, whole paragraphs
    that speak of something else. More than two of them are a list or a live blog, which stays as it is."""
    starts = [index for index in range(page.start + _PROSE, page.end - _PROSE) if _begins(page, index)]
    if not starts or len(starts) > _MOST:
        return
    first = starts[0]
    before = {stem for i in range(page.start, first) if page.shapes[i].prose for stem in stems(page.text(i))}
    after = {stem for i in range(first, page.end) if page.shapes[i].prose for stem in stems(page.text(i))}
    if len(before & after) >= min(len(before), len(after)) * _SHARED:
        return
    for index in range(first, page.end):
        if not page.furniture(index):
            page.put(index, Role.OTHER_ARTICLE, SECOND, 0.7)
    page.end = first


def _begins(page: Page, index: int) -> bool:
    shape = page.shapes[index]
    if not (shape.headline and _HEADLINE <= shape.words <= _LONGEST_HEADLINE) or page.hints[index] is not None:
        return False
    before = index - 1
    while before > page.start and page.hints[before] is not None:
        before -= 1
    if not (page.shapes[before].prose and page.shapes[before].ends):
        return False
    place = index + 1
    while place < min(index + _FIELDS_AFTER, page.end) and _field(page, place):
        place += 1
    if place == index + 1:
        return False
    text = sum(page.shapes[i].prose for i in range(place, page.end))
    return page.shapes[place].prose and text >= _PROSE and _prose_before(page, index) >= _PROSE


def _field(page: Page, index: int) -> bool:
    text = page.text(index)
    return page.shapes[index].words <= _FIELD and (date_part(text) is not None or read_byline(text) is not None)


def _prose_before(page: Page, index: int) -> int:
    return sum(page.shapes[i].prose and page.body(i) for i in range(page.start, index))
