"""Bylines, dates, datelines and scraps of sentences near the body of a flattened page."""

from __future__ import annotations

import re

from newsclean.cleaners.headlines import TITLE_REACH
from newsclean.cleaners.opening import ends_in_credit, is_dateline, label_signed
from newsclean.cleaners.page import Page, caseless
from newsclean.document.roles import Role
from newsclean.document.shape import words
from newsclean.metadata.bylines import behind_place, is_credit, read_byline
from newsclean.metadata.dates import date_part, find_dates
from newsclean.metadata.names import (
    is_agency,
    is_desk,
    is_name,
    is_opening,
    is_other_opening,
    is_picture_agency,
    is_title,
    without_title,
)
from newsclean.metadata.signatures import SIGNS, bare, is_arabic_person, is_job, is_person, signer, signs
from newsclean.metadata.signed_lines import named_beside

__all__ = ["forget_desks", "label_captions", "label_dateline", "label_fields", "within"]

_FIELD_WORDS = 16
"""A byline, a date line or a scrap of a sentence is shorter than this."""
_SURE_BODY, _SURE_BYLINE, _DESK_BYLINE, _NAME_BYLINE, _GIVEN_BYLINE, _SURE_DATE = 0.9, 0.8, 0.5, 0.65, 0.5, 0.8
_SURE_LINK = 0.8
_SEEN = "desk that the model sees"
_CAPITALS = re.compile(r"(?:[A-ZÀ-ÞŁŚŻĞİŞČŘŠŽ][\w’'-]+\s?){2,3}")
_TIME_WORDS = 6
_IN_BRACKETS = re.compile(r"\s\([^()]*\)$")
"""What the author is, behind the name."""
_NAME_WORDS = 4
_DATE = 0.4
_CAPTION, _WHOLE = 45, 0.9
"""Words of a picture's text, at most; share of a line that is no more than the word for it."""
_SCRAP, _SCRAP_WORDS = 0.2, 2
"""Chance of body from which a line between two lines of the body is one, in scripts without capitals: in them a
sentence that links and bold words tore apart shows no other sign of it."""
_CASELESS = re.compile("[\u0590-\u06ff]")
_INITIALS = re.compile(
    r"^\(?(?:[\u0621-\u064a]\s?\.\s?){1,3}[\u0621-\u064a]?(?:\s?[/-]\s?(?:[\u0621-\u064a]\s?\.?\s?){1,3})*\)?$"
)
"""Editors of Arabic agencies: م.ح / س.ن"""


def label_fields(page: Page, first: int | None = None) -> None:
    """Bylines and date lines near the body, or from the line ``first`` on."""
    first = max(0, page.start - TITLE_REACH) if first is None else first
    for index in range(first, min(len(page.blocks), page.end + 3)):
        hint = page.hints[index]
        if page.shapes[index].words > _FIELD_WORDS or (hint is not None and page.furniture(index) and hint.share > 0.9):
            continue
        if index in page.labels:
            continue
        text, score = page.text(index), page.scores[index]
        if _signs_off(page, index):
            page.put(index, Role.BYLINE, "name at an end of the text", 0.7, ("author", signer(text)))
            continue
        if _goes_on(page, index):
            page.put(index, Role.PARAGRAPH, "goes on with the sentence before", 0.6)
            continue
        date = date_part(text)
        if date is not None:
            if page.body(index) and (text[-1] in ":：" or _torn(page, index)):
                continue  # what happened on that day follows, or the day is a word of a sentence
            if index < page.end or score.role == Role.DATE:
                name = named_beside(text) if index < page.start else None
                signed = [("author", name)] if name else []
                page.put(
                    index, Role.BYLINE if name else Role.DATE, "date-line", 0.8, *signed, *_date_values(text, date)
                )
            continue
        if hint is not None and hint.category == "date_label" and hint.match == "line" and index < page.start:
            page.put(index, Role.DATE, "label of a date", 0.7)
            continue
        if index < page.start and _is_field(page, index) and label_signed(page, index):
            continue
        if index < page.start + 3 or index >= page.end - 2 or index < page.opening:
            _byline(page, index, text)
        if index not in page.labels and hint is None and _scrap(page, index):
            page.put(index, Role.PARAGRAPH, "scrap between lines of the body", 0.55)


def forget_desks(page: Page, title: int) -> None:
    """What the model took for a desk above the title is a link of the menu: "World News"."""
    for index in range(max(0, title - TITLE_REACH), title):
        label = page.labels.get(index)
        if label is not None and label.rule == _SEEN and page.text(index).casefold().endswith("news"):
            del page.labels[index]


def label_captions(page: Page) -> None:
    """Lines that open as only the text of a picture does ("Photo:", "Image caption,"), and amid the text those that end in
    who took it."""
    for index in range(max(0, page.start - TITLE_REACH), page.end):
        if page.shapes[index].words > _CAPTION or page.labels.get(index) is not None:
            continue
        amid = page.start < index < page.end - 1
        if _says_caption(page, index) or (amid and ends_in_credit(page.text(index))):
            page.put(index, Role.CAPTION, "says that it is a picture's text", 0.7)


def _says_caption(page: Page, index: int) -> bool:
    hint = page.hints[index]
    return hint is not None and hint.role == Role.CAPTION and hint.match == "prefix" and hint.share < _WHOLE


def _is_field(page: Page, index: int) -> bool:
    """Whether the model takes the line for a date or a byline."""
    score = page.scores[index]
    return score.role in (Role.DATE, Role.BYLINE) and score.role_confidence >= _DATE


def _byline(page: Page, index: int, text: str) -> None:
    """A byline at an edge of the body, or what looks like one: a picture's credit, place and agency."""
    score = page.scores[index]
    body = page.body(index)
    desk = behind_place(text)
    if index < page.opening and desk is not None and (is_agency(desk) or is_desk(desk)):
        page.put(index, Role.DATELINE, "place and agency", 0.6, ("dateline", text))
        return
    if index < page.opening and is_credit(text):
        page.put(index, Role.CAPTION, "line with a picture's credit", 0.6)
        return
    if is_agency(text.rstrip(" -–—")) and (text[-1] in "-–—" or score.role == Role.NAVIGATION):
        if text[-1] in "-–—":
            page.put(index, Role.DATELINE, "agency and dash", 0.6, ("dateline", text))
        return
    above = page.text(index - 1) if index else ""
    if is_other_opening(above) or (index > 1 and is_other_opening(f"{page.text(index - 2)} {above}")):
        return
    if index < max(page.start, page.opening) and not body and _signs(page, index, above):
        page.put(index, Role.BYLINE, SIGNS, 0.7, ("author", signer(text)))
        if is_opening(above):
            page.put(index - 1, Role.BYLINE, "opening of the byline", 0.7)
        return
    byline = None if body and page.shapes[index].prose else read_byline(text)
    if byline is not None and (index < page.end or score.role == Role.BYLINE):
        date = _date_in(byline.rest) if byline.rest else None
        values = [*(("author", name) for name in byline.authors), *([("date", date)] if date else [])]
        page.put(index, Role.BYLINE, "byline", 0.75, *values)
    elif _job(page, index):
        page.put(index, Role.BYLINE, "what the author is", 0.6)
    elif _INITIALS.match(text):
        page.put(index, Role.BYLINE, "initials", 0.6)
    elif score.role == Role.BYLINE and not body and not _says_caption(page, index):
        name = desk or bare(_IN_BRACKETS.sub("", text.rpartition(":")[2]))
        sure = _DESK_BYLINE if is_desk(name) else _NAME_BYLINE if _CAPITALS.fullmatch(name) else _SURE_BYLINE
        sure = _GIVEN_BYLINE if is_arabic_person(name) else sure
        if score.role_confidence >= sure and 0 < words(name) <= 4 and not any(c.isdigit() for c in name):
            author = [("author", name)] if _may_have_written(name, after=index >= page.end) else []
            page.put(index, Role.BYLINE, _SEEN, 0.6, *author)
    elif _is_time(page, index):
        page.put(index, Role.DATE, "time that the model sees", 0.55)


def _signs_off(page: Page, index: int) -> bool:
    """An Arabic name alone that the model took for the first line of the body, or below the last paragraph."""
    if not (index == page.start or page.end - 1 <= index <= page.end) or not is_arabic_person(page.text(index)):
        return False
    return index == page.start or (page.shapes[index - 1].prose and page.shapes[index - 1].ends)


def _date_in(rest: str) -> str | None:
    """The date in what a byline says beside its names."""
    found = date_part(rest)
    if found is None and (day := next(iter(find_dates(rest)), None)) is not None:
        found = rest[day[0] : day[1]]
    return found


def _signs(page: Page, index: int, above: str) -> bool:
    """Whether the line signs, and the model does not take it for the title or a link."""
    below = page.text(index + 1) if index + 1 < len(page.blocks) else ""
    if not signs(page.text(index), above, below):
        return False
    score = page.scores[index]
    link = score.role == Role.NAVIGATION and score.role_confidence >= _SURE_LINK
    return is_opening(above) or not (link or score.role == Role.TITLE or page.shapes[index].words > _NAME_WORDS)


def _job(page: Page, index: int) -> bool:
    """A line under a byline that says what the author is."""
    above = page.labels.get(index - 1)
    return above is not None and above.role is Role.BYLINE and bool(above.values) and is_job(page.text(index))


def _may_have_written(name: str, *, after: bool) -> bool:
    """A desk, or before the end of the text a name: no button, no job, no word torn from a name, nobody's photo."""
    if is_picture_agency(name) or is_opening(name) or "©" in name:
        return False
    if is_job(name) and not is_person(without_title(name)):
        return False
    if is_desk(name) or is_agency(name):
        return True
    person = without_title(name)
    least = 1 if caseless(name) else 2
    return not after and not name.islower() and not is_title(person) and is_name(person, least=least)


def _is_time(page: Page, index: int) -> bool:
    score = page.scores[index]
    if score.role != Role.DATE or score.role_confidence < _SURE_DATE or page.body(index) or index >= page.end:
        return False
    if page.furniture(index):
        return False
    return page.shapes[index].words <= _TIME_WORDS and any(c.isdigit() for c in page.text(index))


def label_dateline(page: Page, title: int) -> None:
    """A line of its own before the text: place and agency."""
    for index in range(max(page.start - 2, title + 1), min(page.opening + 1, page.end - 1)):
        label = page.labels.get(index)
        if (label is None or label.role is Role.CAPTION) and is_dateline(page, index):
            page.put(index, Role.DATELINE, "place and agency", 0.6, ("dateline", page.text(index)))


def _goes_on(page: Page, index: int) -> bool:
    """A scrap of a sentence that a link or a bold word cut out of its line: body before and after, and the line before
    has no end."""
    block = page.blocks[index]
    if block.blanks or block.bullet is not None or page.hints[index] is not None or not within(page, index):
        return False
    return not page.shapes[index - 1].ends and page.blocks[index - 1].text[-1] not in ":："


def _torn(page: Page, index: int) -> bool:
    """A word or two amid a sentence, of which the model has no doubt."""
    alone = page.shapes[index].words <= _SCRAP_WORDS and page.scores[index].body >= _SURE_BODY
    return alone and within(page, index) and not page.shapes[index - 1].ends


def _scrap(page: Page, index: int) -> bool:
    """A line that the model nearly took for body, in a script whose letters do not tell where a sentence begins."""
    score, block = page.scores[index].body, page.blocks[index]
    if page.body(index) or score < _SCRAP or block.bullet is not None or not within(page, index):
        return False
    return _CASELESS.match(page.text(index)) is not None


def within(page: Page, index: int) -> bool:
    """Body right before the line and right after it."""
    return page.start < index < page.end - 1 and page.body(index - 1) and page.body(index + 1)


def _date_values(text: str, date: str) -> list[tuple[str, str]]:
    """The date, and the section where the line reads ``section | date``."""
    head, bar, tail = text.partition("|")
    if bar and tail.strip() and not any(c.isdigit() for c in head) and 0 < words(head) <= 4:
        return [("section", head.strip()), ("date", tail.strip(" |"))]
    return [("date", date)]
