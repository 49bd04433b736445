"""What stands between the top of a flattened page and its first paragraph: title, lead, picture texts."""

from __future__ import annotations

import re

from newsclean.cleaners.page import Page, is_ticker
from newsclean.document.normalize import fold
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import overlap, repeats
from newsclean.metadata.dateline import find_dateline
from newsclean.metadata.names import is_agency, is_desk

__all__ = [
    "TITLE_REACH",
    "find_title",
    "is_dateline",
    "label_between",
    "label_lead",
    "label_picture_at_start",
    "label_section",
    "label_strays",
    "label_timed",
    "skip_list_above",
    "title_in_body",
]

TITLE_REACH = 14
"""Lines before the body among which the title is looked for."""
_SURE_BODY, _UNSURE_BODY = 0.7, 0.6
_SURE_LEAD = 0.9
_PERHAPS = 0.35
_LONG = 17
"""Words from which a line under the title is a standfirst rather than a picture's text."""
_TIMED = re.compile(r"^\d{1,2}[:.h]\d\d(?:\s|\s?[|–-]\s)\s*[^\W\d_]")
"""A headline of a ticker with its time."""
_DATELINE = re.compile(r"^[^\W\d_][^\d:]{1,30}\s[-–]\s*[^\W\d_][^\d:]{1,40}$")
_CAPTION = 30
_FIGURES, _SAME = 4, 0.6
_CREDIT = re.compile(
    r"\((?:[^()]{2,12}|أرشيفي?ة?|[^()]*(?:وكالات|رويترز|صورة|صور))\)$"
    r"|(?:©|\b(?:[Pp]hotos?|[Ff]otos?|[Ff]oto\w*|[Bb]ild\w*|[Cc]redit|[Cc]rédit)\b|صورة|تصوير|عدسة|عکس|צילום)[ :/]"
)
"""How the text of a picture names who took it."""
_BREADCRUMB = re.compile(r"^[^»›>/|]{1,40}(?:\s*[»›>]\s*|\s+[/|]\s+)[^»›>/|]{1,60}(?:[»›>]|\s[/|]\s).")


def find_title(page: Page) -> int | None:
    """A headline before the body that stands there twice; else the one the model names; else the nearest."""
    candidates: list[int] = []
    for index in range(page.start - 1, max(-1, page.start - TITLE_REACH - 1), -1):
        hint = page.hints[index]
        if hint is not None and page.furniture(index):
            if hint.heading and candidates:
                break
            continue
        if index in page.labels or index in page.named or page.blocks[index].bullet is not None or hint is not None:
            continue
        if _TIMED.match(page.text(index)):
            continue
        if _BREADCRUMB.match(page.text(index)):
            page.put(index, Role.BREADCRUMB, "path of sections", 0.75)
            continue
        ticker = is_ticker(page, index)
        if ticker and not any(repeats(page.text(index), page.text(i)) for i in candidates):
            break
        if page.shapes[index].words >= 3 and (page.shapes[index].headline or ticker):
            candidates.append(index)
    named = [i for i in candidates if page.scores[i].role == Role.TITLE]
    for index in candidates:
        twins = [i for i in candidates if repeats(page.text(i), page.text(index))]
        if len(twins) > 1 and (not named or set(named) & set(twins)):
            longest = max(len(page.text(i)) for i in twins)
            return min(i for i in twins if len(page.text(i)) == longest)
    if named:
        best = max(named, key=lambda i: (page.scores[i].role_confidence, i))
        return best - 1 if best - 1 in named and _sub_headline_under(page, best) else best
    near = [i for i in candidates if page.start - i <= 4 and page.shapes[i].words >= 4 and _may_be_title(page, i)]
    if near and _in_list(page, near[0]):
        return None
    return min(near) if near and len(candidates) <= 3 else None


def skip_list_above(page: Page) -> None:
    """The body does not begin with an item of the list above the title: the line that the model names as the title stands
    below it, before the first paragraph."""
    first = page.start
    if page.shapes[first].prose or page.scores[first].body >= _UNSURE_BODY or not _in_list(page, first):
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


def _in_list(page: Page, index: int) -> bool:
    """Whether only unnamed headlines stand between the line and the heading of a list above it."""
    above = index - 1
    while above > max(0, index - TITLE_REACH) and page.hints[above] is None and page.shapes[above].headline:
        above -= 1
    return above >= 0 and page.is_heading(above) and page.furniture(above)


def _sub_headline_under(page: Page, index: int) -> bool:
    """Of two headlines in a row the upper is the title, unless a list of headlines ends there."""
    above = index - 2
    if above < 0:
        return True
    return not page.is_heading(above) and (page.hints[above] is not None or page.shapes[above].words < 4)


def _may_be_title(page: Page, index: int) -> bool:
    score = page.scores[index]
    return Role(score.role) not in REMOVED or score.role_confidence < 0.8


def title_in_body(page: Page) -> int | None:
    """A headline that the model took for the body's first line: fields or page tools stand between it and the rest, or
    the model was hardly sure."""
    first = page.start
    if page.labels.get(first) or not page.shapes[first].headline or page.shapes[first].words < 4:
        return None
    after = first + 1
    while after < page.end and (page.taken(after) or page.furniture(after)):
        after += 1
    if after >= page.end:
        return None
    score = page.scores[first]
    unsure = (
        score.body < _UNSURE_BODY or score.role == Role.TITLE or (score.role == Role.LEAD and _in_list(page, first))
    )
    below = page.shapes[after].prose or is_dateline(page, after) or page.taken(after + 1)
    if after == first + 1 and not (unsure and below):
        return None
    page.start = after
    return first


def label_between(page: Page, index: int, title: int) -> None:
    """A line between the title and the body: the title again, a picture's text, or a standfirst without full stop."""
    if repeats(page.text(index), page.text(title)):
        page.put(index, Role.CAPTION, "title as the picture's text", 0.75)
    elif _picture_text(page, index, title):
        page.put(index, Role.CAPTION, "picture text before the body", 0.6)
    elif index == title + 1 and page.hints[index] is None and page.shapes[index].words >= _LONG:
        if not _is_caption(page, index):
            page.put(index, Role.LEAD, "long line under the title", 0.55)
    elif _sub_headline(page, index, title):
        page.put(index, Role.LEAD, "line between the title and the fields", 0.55)
    elif _stray(page, index):
        page.put(index, Role.CAPTION, "line between title and body", 0.55)


def _is_caption(page: Page, index: int) -> bool:
    """Whether the model takes the line for a picture's text, or it says so itself."""
    score = page.scores[index]
    return score.role == Role.CAPTION and score.role_confidence >= _PERHAPS


def _sub_headline(page: Page, index: int, title: int) -> bool:
    """A second headline under the title, before byline or date; a picture's text stands after them or has a bullet."""
    shape, score, after = page.shapes[index], page.scores[index], page.labels.get(index + 1)
    if index != title + 1 or page.hints[index] is not None or not shape.headline or shape.words < 4:
        return False
    if after is None or after.role not in (Role.BYLINE, Role.DATE) or page.blocks[index].bullet is not None:
        return False
    if sum(c.isdigit() for c in page.text(index)) > _FIGURES or overlap(page.text(index), page.text(title)) >= _SAME:
        return False
    return score.role != Role.BYLINE and (score.role != Role.CAPTION or score.role_confidence < 0.5)


def is_dateline(page: Page, index: int) -> bool:
    """Whether the line is place and agency, before the text."""
    text = page.text(index)
    if page.shapes[index].words > 7 or index + 1 >= page.end or not _DATELINE.match(text):
        return False
    place, _, desk = text.partition("-" if "-" in text else "–")
    return (is_desk(desk) or is_agency(desk.strip())) and len(place.split()) <= 3 and page.shapes[index + 1].prose


def label_section(page: Page, title: int) -> None:
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


def label_timed(page: Page, index: int) -> bool:
    """Whether the line is a headline of a ticker with its time; it gets its label."""
    if page.shapes[index].words < 4 or not _TIMED.match(page.text(index)):
        return False
    page.put(index, Role.LATEST_NEWS, "headline with its time", 0.6)
    return True


def label_lead(page: Page, title: int) -> None:
    """The first prose after the title is the lead where the page proves it: pictures or a dateline come between it
    and the rest, the body says it again, or the model is sure."""
    first = page.start
    if first in page.labels or page.furniture(first):
        return
    if _sub_headline(page, first, title):
        page.put(first, Role.LEAD, "line between the title and the fields", 0.55)
        return
    if not page.shapes[first].prose:
        return
    after = first + 1
    while after < page.end and (
        _picture_text(page, after, title) or page.labels.get(after) is not None or _stray(page, after)
    ):
        after += 1
    if after >= page.end:
        return
    rule = None
    if after > first + 1:
        rule = "prose between title and pictures"
    elif find_dateline(page.text(after)) and not find_dateline(page.text(first)):
        rule = "prose before the dateline"
    elif any(_says_again(page, i, first) for i in range(after, min(after + 6, page.end))):
        rule = "prose that the body says again"
    elif page.scores[first].role == Role.LEAD and page.scores[first].role_confidence >= _SURE_LEAD:
        rule = "standfirst by the model"
    if rule is None:
        return
    page.put(first, Role.LEAD, rule, 0.65)
    for index in range(first + 1, after):
        if page.labels.get(index) is None:
            page.put(index, Role.CAPTION, "picture text before the body", 0.65)


def _stray(page: Page, index: int) -> bool:
    """A line as long as a headline that is neither body nor named furniture."""
    shape = page.shapes[index]
    return page.hints[index] is None and not page.body(index) and shape.headline and 4 <= shape.words < _LONG


def label_picture_at_start(page: Page, title: int) -> None:
    """A line without end that opens the body, apart from the title, is the text of the picture above it."""
    first = page.start
    apart = first > title + 1
    taken = first in page.labels or page.furniture(first) or page.scores[first].body >= _SURE_BODY
    if apart and first + 1 < page.end and not taken:
        shape = page.shapes[first]
        text = page.text(first)
        asks = text.endswith(("?", "؟", "？")) or text[0].islower()
        if shape.headline and 4 <= shape.words < _LONG and not asks and _prose_follows(page, first + 1):
            page.put(first, Role.CAPTION, "line between title and body", 0.55)


def _prose_follows(page: Page, index: int) -> bool:
    while index < page.end and index in page.labels:
        index += 1
    return index < page.end and page.shapes[index].prose


def label_strays(page: Page, title: int) -> None:
    """Lines among the fields between lead and text that are neither: pictures' texts."""
    for index in range(max(page.start, title + 1), page.opening):
        shape = page.shapes[index]
        credit = shape.headline and 4 <= shape.words <= _CAPTION and page.hints[index] is None
        if credit and index not in page.labels and _CREDIT.search(page.text(index)):
            page.put(index, Role.CAPTION, "line with a picture's credit", 0.6)
        elif index not in page.labels and _stray(page, index) and page.scores[index].role != Role.RELATED:
            page.put(index, Role.CAPTION, "line between title and body", 0.55)


def _says_again(page: Page, index: int, lead: int) -> bool:
    most, least = page.shapes[lead].words * 1.5, page.shapes[lead].words * 0.8
    return least <= page.shapes[index].words <= most and overlap(page.text(lead), page.text(index)) >= 0.9


def _picture_text(page: Page, index: int, title: int) -> bool:
    """A bullet that is no list (alone, its caption under it), or a line that says the title again."""
    block = page.blocks[index]
    if page.shapes[index].prose or page.furniture(index):
        return False
    if overlap(block.text.lstrip("•*- "), page.text(title)) >= 0.7:
        return True
    before = page.blocks[index - 1]
    if block.bullet is None:
        return before.bullet is not None and block.blanks == 0 and page.shapes[index].headline
    bullets = [page.blocks[i].bullet is not None for i in range(index, min(index + 5, page.end))]
    return sum(bullets) <= 2
