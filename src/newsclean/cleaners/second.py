"""Two articles in one text: the first is taken. And the header of an archive's record, which is no page."""

from __future__ import annotations

import re

from newsclean.cleaners.edges import han_pairs, stems
from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import date_part
from newsclean.metadata.names import is_agency

__all__ = ["MAY_BEGIN", "SECOND", "cut_second", "label_record_header"]

SECOND = "second article"
"""The rule that lines of another whole article have."""
MAY_BEGIN = "line that may begin another article"
"""Where the document keeps what :func:`cut_second` gives."""
_HEADLINE, _LONGEST_HEADLINE, _FIELD = 4, 25, 12
_FIELDS_AFTER, _LEAD, _PROSE, _MOST = 4, 2, 2, 2
_SHARED, _LITTLE = 0.15, 0.1
"""Share of long words that a second article has in common with the first, at most; and where nothing else tells it."""
_STEM, _FEW, _ENOUGH, _MANY = 6, 5, 20, 12
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


def cut_second(page: Page) -> int | None:
    """Ends the body where another article begins: a headline after a closed text, its byline or date, whole paragraphs
    that speak of something else. More than two of them are a list or a live blog, which stays as it is.

    Where the headline has no byline and no date below it, the body stays whole: the line that may begin another article
    is given back, so that the page can be warned of. Not in Chinese and Japanese, whose paragraphs have few pairs of
    letters in common even in one article.
    """
    prose = [index for index in range(page.start, page.end) if page.shapes[index].prose]
    kept = [index for index in prose if page.body(index)]
    if len(prose) < 2 * _PROSE or len(kept) < _PROSE:
        return None
    starts = [index for index in range(kept[_PROSE - 1] + 1, prose[-_PROSE]) if _begins(page, index, prose[-_PROSE])]
    if not starts:
        return None
    dated = [index for index in starts if _fields_below(page, index)]
    bare = [index for index in starts if index not in dated and not han_pairs(page.text(index))]
    if len(dated) > _MOST and len(bare) > _MANY:
        return None
    places = _places(page)
    if 0 < len(dated) <= _MOST and _shared(places, dated[0], _FEW) < _SHARED:
        for index in range(dated[0], page.end):
            if not page.furniture(index):
                page.put(index, Role.OTHER_ARTICLE, SECOND, 0.7)
        page.end = dated[0]
        return None
    if len(bare) > _MANY:
        return None
    return next((index for index in bare if _shared(places, index, _ENOUGH) < _LITTLE), None)


def _places(page: Page) -> list[tuple[int, int]]:
    """The first and the last line of each long word of the paragraphs."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index in range(page.start, page.end):
        if page.shapes[index].prose:
            for stem in _long(page.text(index)):
                first.setdefault(stem, index)
                last[stem] = index
    return [(place, last[stem]) for stem, place in first.items()]


def _shared(places: list[tuple[int, int]], index: int, enough: int) -> float:
    """Share of the long words of the poorer side that the other side of ``index`` has, too; 1 where there are fewer than
    ``enough``."""
    before = sum(first < index for first, _ in places)
    after = sum(last >= index for _, last in places)
    least = min(before, after)
    return (before + after - len(places)) / least if least >= enough else 1.0


def _long(text: str) -> set[str]:
    """Beginnings of the long words, and for Chinese and Japanese the pairs of neighbouring Han letters."""
    return han_pairs(text) or {stem for stem in stems(text, _STEM) if len(stem) == _STEM}


def _begins(page: Page, index: int, last: int) -> bool:
    """Whether an article may begin with this line, whose text begins in the line ``last`` at the latest."""
    shape = page.shapes[index]
    if not (shape.headline and _HEADLINE <= shape.words <= _LONGEST_HEADLINE) or page.hints[index] is not None:
        return False
    before = index - 1
    while before > page.start and page.hints[before] is not None:
        before -= 1
    if not page.shapes[before].ends:
        return False
    place = index + 1 + _fields_below(page, index)
    return place <= last and any(page.shapes[i].prose for i in range(place, min(place + _LEAD, page.end)))


def _fields_below(page: Page, index: int) -> int:
    """How many lines below a headline are its byline and date."""
    place = index + 1
    while place < min(index + _FIELDS_AFTER, page.end) and _field(page, place):
        place += 1
    return place - index - 1


def _field(page: Page, index: int) -> bool:
    text = page.text(index)
    if page.shapes[index].words > _FIELD or is_agency(text):
        return False
    return date_part(text) is not None or read_byline(text) is not None
