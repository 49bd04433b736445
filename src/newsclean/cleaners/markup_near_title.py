"""Bylines, dates and the section of an HTML page: blocks near the headline, or at the ends of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsclean.cleaners.markup_around import Around
from newsclean.cleaners.markup_bylines import authors_in, day_in, day_of
from newsclean.document.block import Block
from newsclean.document.roles import Role
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import is_date_line
from newsclean.metadata.names import is_arabic, is_given
from newsclean.metadata.signatures import SIGNS, is_person, is_signature, signer, signs
from newsclean.metadata.signed_lines import day_values, signers, tells_day
from newsclean.readers.html_tags import Hint

__all__ = ["find_near_title"]

_NEAR, _ABOVE, _BEHIND = 14, 6, 4
"""Blocks below and above the title, and below the body, that may belong to them."""
_RIGHT_ABOVE, _LINE_ABOVE = 3, 2
"""Blocks between a date and the title below it, and between a line with other words, too, and that title."""
_SHORT, _BYLINE, _NAMED_BYLINE, _DATE_LINE, _SECTION, _SIGNED = 200, 60, 120, 80, 40, 40
"""Characters, at most."""
_ENDS: Final = frozenset('.!?؟۔…"”»)')
_COMMENTS: Final = (Role.COMMENTS, Role.COMMENT_FORM)
_OF_OTHERS: Final = Hint.LINK | Hint.FIGURE | Hint.CAPTION
_NO_TEXT: Final = Hint.NAV | Hint.FOOTER | Hint.LINK | Hint.HIDDEN


def find_near_title(around: Around) -> None:
    """Label the byline, the date and the section."""
    verdict, count = around.verdict, len(around.blocks)
    if verdict.last < 0 and around.title < 0:
        return
    start = around.title if around.title >= 0 else verdict.first
    end = verdict.last + 1 if verdict.last >= start else count
    near = range(max(start - _ABOVE, 0), min(max(start + _NEAR, verdict.first + 3), end))
    behind = range(max(end - 1, near.stop), min(end + _BEHIND, count))
    for span in (near, behind):
        for index in span:
            if around.furniture(index) not in _COMMENTS:
                _label(around, around.blocks[index], after=index >= end)
    if not around.told("date", "modified"):
        below = range(start + 1, near.stop)
        _find_day(around, below, behind, range(max(start - _LINE_ABOVE, 0), start) if around.title >= 0 else range(0))


def _label(around: Around, block: Block, *, after: bool) -> None:
    index, text = block.index, block.text
    size, hints, body = len(text), around.hints(index), around.verdict.body[index]
    if index in around.labels or size > _SHORT or hints & (Hint.NAV | Hint.FOOTER):
        return
    element = around.page.elements[index]
    when = next(element.iter("time"), None) if block.kind != "paragraph" or size < _DATE_LINE else None
    signed = authors_in(element, text) if not (body and size > 100) else None
    if signed is not None:
        values = [("author", name) for name in signed[1]]
        values += day_of(when) if when is not None else day_in(element, text)
        around.put(index, Role.BYLINE, signed[0], 0.9, tuple(values))
    elif when is not None and any(c.isdigit() for c in text):
        around.put(index, Role.DATE, "element: time", 0.9, tuple(day_of(when)))
    elif body:
        if index == around.verdict.last and size <= _SIGNED and _signs_off(around, index):
            around.put(index, Role.BYLINE, "name below the text", 0.8, (("author", signer(text)),))
    elif size <= _NAMED_BYLINE and (word := around.names(index, Role.BYLINE, 2 if around.told("author") else 3)):
        values = [("author", name) for name in signers(text)]
        values += [] if after and around.told("date", "modified") else day_values(text)
        around.put(index, Role.DATE if is_date_line(text) else Role.BYLINE, f"names: {word}", 0.8, tuple(values))
    elif not after and size <= _BYLINE and _signs(around, index):
        around.put(index, Role.BYLINE, SIGNS, 0.7, (("author", signer(text)),))
    elif size <= _BYLINE and not hints & _OF_OTHERS and not _credits(around, index) and read_byline(text) is not None:
        around.put(index, Role.BYLINE, "reads as a byline", 0.7, tuple(day_values(text)))
    elif any(c.isdigit() for c in text) and (word := around.names(index, Role.DATE)):
        around.put(index, Role.DATE, f"names: {word}", 0.8, (("date", text),))
    elif not after and size <= _DATE_LINE and _may_date(around, index) and tells_day(text):
        around.put(index, Role.DATE, "reads as a date line", 0.75, tuple(day_values(text)))
    elif not after and size <= _SECTION and around.title >= 0 and abs(index - around.title) <= 4:
        word = around.names(index, Role.SECTION, 1)
        if word is not None:
            around.put(index, Role.SECTION, f"names: {word}", 0.7)


def _credits(around: Around, index: int) -> bool:
    """Whether a line is named after a copyright: whose the picture is."""
    return around.furniture(index) is Role.COPYRIGHT


def _signs(around: Around, index: int) -> bool:
    blocks = around.blocks
    above, text, below = (blocks[i].text if 0 <= i < len(blocks) else "" for i in range(index - 1, index + 2))
    return signs(text, above, below)


def _signs_off(around: Around, index: int) -> bool:
    """Whether the last paragraph is a name, below one that ends."""
    blocks = around.blocks
    above = blocks[index - 1] if index else None
    if above is None or above.kind != "paragraph" or above.text[-1] not in _ENDS or blocks[index].kind != "paragraph":
        return False
    name = blocks[index].text
    return is_signature(name) or (is_arabic(name) and is_given(name) and is_person(name))


def _may_date(around: Around, index: int) -> bool:
    """Whether a date in this place is the article's: below the title, or right above it and in no menu or masthead."""
    if -1 < around.title < index:
        return True
    return 0 < around.title - index <= _RIGHT_ABOVE and around.furniture(index) is None


def _find_day(around: Around, below: Sequence[int], behind: Sequence[int], above: Sequence[int]) -> None:
    """Where no line tells the day and little else: the first short line below the title with one day in it, one right
    below the body that says that it is the day of publication, or one right above the title."""
    for span in (below, behind, above):
        for index in span:
            text = around.blocks[index].text
            if index in around.labels or around.hints(index) & _NO_TEXT or len(text) > _DATE_LINE:
                continue
            if (span is behind or around.verdict.body[index]) and not tells_day(text, labelled=True):
                continue
            if (values := day_values(text)) and around.furniture(index) is None:
                around.put(index, Role.DATE, "a day next to the text", 0.6, tuple(values))
                return
