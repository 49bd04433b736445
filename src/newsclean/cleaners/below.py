"""What stands below the body of a flattened page: lists under their headings, teasers, tags, comments, footer."""

from __future__ import annotations

import re

from newsclean.cleaners.page import LISTS, Page
from newsclean.document.roles import REMOVED, Role

__all__ = ["label_below", "label_tags"]

_TEASED = frozenset({Role.RELATED, Role.RECOMMENDED, Role.READ_ALSO})
"""Lists whose items may come with the beginning of their story."""
_STORIES = LISTS | {Role.OTHER_ARTICLE}
_FOOT = frozenset({Role.BACK_TO_TOP, Role.FOOTER, Role.COPYRIGHT})
_AFTER_COMMENTS = _FOOT | {Role.COMMENT_FORM, Role.NEWSLETTER, Role.TAGS}
"""What ends readers' comments, beside a heading; anything else may stand among them."""
_WITHIN = frozenset(
    {"read_more", "date_label", "section_name", "reading_time", "view_count", "player", "advert", "caption", "byline"}
)
"""Categories that stand within a list and do not end it."""
_MANY = 10_000
_ROOM = {Role.COMMENT_FORM: 2, Role.NEWSLETTER: 1, Role.NAVIGATION: _MANY}
"""Unnamed lines that may follow the last named one and are of its kind."""
_TEASER, _LINK, _COMMENT, _OFFER = 14, 3, 9, 8
_MOST_TAGS, _TAG_WORDS, _TAG_LINE = 15, 4, 40
_CUT_OFF = re.compile(r"(?:\.\.\.?|…|\[…\])(?:\s*\w{1,12})?\W*$")
_TAG_SPLIT = re.compile(r"\s*(?:[,،、;؛|•#/]|\s{2,})\s*")
_TAG_SURE, _OTHER_LIST = 0.5, 0.5


class _Run:
    """The kind that unnamed lines have, and how many of them it may still name."""

    def __init__(self) -> None:
        self.role: Role | None = None
        self.room = 0

    def set(self, role: Role | None, room: int | None = None) -> None:
        self.role = role
        self.room = (_ROOM.get(role, _MANY) if role else 0) if room is None else room


def label_below(page: Page) -> None:
    """A heading gives its kind to the lines below it, until something else begins."""
    run = _Run()
    for index in range(page.end, len(page.blocks)):
        if index in page.labels:
            if page.labels[index].role is Role.TAGS:
                run.set(None)
            continue
        if page.hints[index] is not None:
            _named(page, index, run)
        elif run.role is not None:
            _unnamed(page, index, run)


def _named(page: Page, index: int, run: _Run) -> None:
    """What a line that a phrase names does to the lines below it."""
    hint = page.hints[index]
    assert hint is not None  # noqa: S101 - the caller looked
    role, whole = Role(hint.role), hint.share > 0.9
    if role is run.role and role in LISTS and not hint.heading:
        return
    if hint.category == "read_also" and not whole and run.role in LISTS:
        return
    if role is Role.COMMENT_FORM and run.role is Role.COMMENTS and _speech_below(page, index):
        return
    if role is Role.COMMENTS and run.role in LISTS and "{n}" in hint.phrase and not _speech_below(page, index):
        return
    if hint.category in _WITHIN and run.role is not None and role not in REMOVED and run.room > 0:
        page.put(index, run.role, f"under the heading {run.role.value}", 0.65)
        return
    if run.role is Role.COMMENTS and not hint.heading and role not in _AFTER_COMMENTS:
        return
    if hint.heading or role in (Role.COMMENTS, Role.COMMENT_FORM, Role.NEWSLETTER) or role in _FOOT:
        run.set(role)
    elif hint.category == "read_also":
        run.set(Role.READ_ALSO if whole else None)
    elif hint.category == "pagination" and whole:
        run.set(Role.RELATED, 1)
    elif hint.category == "navigation" and whole:
        run.set(Role.NAVIGATION)
    elif hint.category not in _WITHIN:
        run.set(None)


def _speech_below(page: Page, index: int) -> bool:
    """Whether a comment follows: unnamed prose within the next lines, no headline before it."""
    for place in range(index + 1, min(index + 5, len(page.blocks))):
        hint = page.hints[place]
        if hint is not None and hint.role in (Role.COMMENT_FORM, Role.NEWSLETTER, Role.COPYRIGHT):
            return False
        if hint is None and (page.shapes[place].prose or page.shapes[place].words >= _COMMENT):
            return True
        if hint is not None and hint.heading:
            return False
    return False


def _unnamed(page: Page, index: int, run: _Run) -> None:
    """A line that no phrase names, under a heading."""
    role, shape = run.role, page.shapes[index]
    assert role is not None  # noqa: S101 - the caller looked
    if shape.words <= _OFFER and "newsletter" in page.text(index).lower():
        run.set(Role.NEWSLETTER)
        page.put(index, Role.NEWSLETTER, "offer of a newsletter", 0.65)
        return
    if run.room <= 0 or (role is Role.NAVIGATION and shape.words > _LINK):
        run.set(None)
        return
    score = page.scores[index]
    other = Role(score.role) in _STORIES and score.role_confidence >= _OTHER_LIST
    if other and role not in LISTS and role is not Role.COMMENTS and shape.words > _LINK:
        run.set(None)
        return
    run.room -= 1
    if role in _FOOT:
        page.put(index, Role.FOOTER, f"under the heading {role.value}", 0.65)
        return
    if role in _TEASED and _teaser(page, index):
        before = page.labels.get(index - 1)
        if before is not None and before.role is role and not page.shapes[index - 1].prose:
            page.put(index - 1, Role.OTHER_ARTICLE, "headline of a teaser", 0.65)
        page.put(index, Role.OTHER_ARTICLE, "teaser of another story", 0.65)
        return
    page.put(index, role, f"under the heading {role.value}", 0.65)


def _teaser(page: Page, index: int) -> bool:
    """The beginning of a story: longer than a headline, ended or cut off."""
    shape = page.shapes[index]
    if shape.words < _TEASER or index - 1 < page.end:
        return False
    return shape.prose or shape.ends or _CUT_OFF.search(page.text(index)) is not None


def label_tags(page: Page) -> None:
    """Tags: behind their label, under it, as hashtags, or a row of short lines that the model takes for some."""
    for index, hint in enumerate(page.hints):
        if index in page.labels or page.start <= index < page.end - 2:
            continue
        if hint is None or hint.category == "section_name":
            if index >= page.end:
                _tags_by_model(page, index)
        elif hint.role == Role.TAGS and not (index < page.end and page.shapes[index].prose):
            _tags_at(page, index, hashtags=hint.category == "hashtags")


def _tags_at(page: Page, index: int, *, hashtags: bool) -> None:
    text = page.text(index)
    content = text if hashtags else text.replace("：", ":").partition(":")[2]
    if page.shapes[index].words > _TAG_LINE:
        return
    tags = [tag for tag in _TAG_SPLIT.split(content.strip()) if tag]
    page.put(index, Role.TAGS, "hashtags" if hashtags else "tags after their label", 0.8, *(("tag", t) for t in tags))
    if tags or hashtags:
        return
    for place in range(index + 1, min(index + 1 + _MOST_TAGS, len(page.blocks))):
        hint, shape = page.hints[place], page.shapes[place]
        named = hint is not None and hint.category not in ("section_name", "hashtags")
        if named or shape.words > _TAG_WORDS or shape.ends or place in page.labels:
            return
        page.put(place, Role.TAGS, "tag under the label of tags", 0.75, ("tag", page.text(place).lstrip("#")))


def _tags_by_model(page: Page, index: int) -> None:
    """Two or more short lines in a row that the model takes for tags."""
    place, sure = index, 0
    while place < len(page.blocks) and page.shapes[place].words <= _LINK:
        hint, score = page.hints[place], page.scores[place]
        if score.role != Role.TAGS or place in page.labels or (hint is not None and hint.category != "section_name"):
            break
        sure += score.role_confidence >= _TAG_SURE
        place += 1
    if place - index >= 2 and sure * 2 >= place - index:
        for line in range(index, place):
            page.put(line, Role.TAGS, "row of tags by the model", 0.6, ("tag", page.text(line)))
