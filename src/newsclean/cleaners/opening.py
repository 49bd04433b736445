"""What stands between the title of a flattened page and its first paragraph: lead, picture texts."""

from __future__ import annotations

import re

from newsclean.cleaners.page import TIMED, Page, caseless
from newsclean.document.roles import Role
from newsclean.document.shape import overlap, repeats
from newsclean.metadata.bylines import is_credit, read_byline
from newsclean.metadata.dateline import find_dateline
from newsclean.metadata.dates import find_dates, read_date
from newsclean.metadata.names import is_agency, is_desk, is_name, is_picture_agency

__all__ = [
    "begin_at_prose",
    "ends_in_credit",
    "is_dateline",
    "label_between",
    "label_lead",
    "label_picture_at_start",
    "label_signed",
    "label_strays",
    "label_timed",
]

_SURE_BODY = 0.7
_SURE_LEAD = 0.9
_PERHAPS = 0.35
_STORIES = frozenset({Role.OTHER_ARTICLE, Role.RELATED, Role.PARAGRAPH, Role.LEAD})
_SENTENCE, _SENTENCE_UNDER = 12, 8
_LONG = 17
"""Words from which a line under the title is a standfirst rather than a picture's text."""
_DATELINE = re.compile(r"^[^\W\d_][^\d:]{1,30}\s[-–]\s*[^\W\d_][^\d:]{1,40}$")
_CAPTION = 30
_SIGNED, _DAY = 14, 5
"""Words of a line that tells author and date, at most, and figures of a date, at least."""
_FIGURES, _SAME = 4, 0.6
_CREDIT = re.compile(
    r"\((?:[^()]{2,12}|أرشيفي?ة?|[^()]*(?:وكالات|رويترز|صورة|صور))\)$"
    r"|(?:©|\b(?:[Pp]hotos?|[Ff]otos?|[Ff]oto\w*|[Bb]ild\w*|[Cc]redit|[Cc]rédit|[Ff]ile photograph|[Pp]ictures? by)\b"
    r"|صورة|تصوير|عدسة|عکس|צילום)[ :/]"
)
"""How the text of a picture names who took it."""
_LAST_CREDIT = re.compile(
    r"(\(\s?|\s)(?:AP |AFP )?(?:Photo|Photograph|Foto|Fotoğraf|Fotografía|Picture|Bild|Credit|Crédit|Фото|صورة|تصوير|عدسة|عکس|צילום)"
    r"\s?[:/]\s?([^:]{2,60})$"
)
_BY = re.compile(
    r"\((?:Photo|Image|Picture|Illustration|Photograph)s? (?:by|courtesy of) [^()]{2,60}\)$|©\s?[^\W\d][^©:]{2,60}$"
)
_NAMES = re.compile(r"\s*[/,|]\s*")


def ends_in_credit(text: str) -> bool:
    """Whether ``text`` is that of a picture: who took it stands at its end, or an agency at its beginning.

    >>> ends_in_credit("The bridge after the storm (AP Photo/Jane Doe, File)"), ends_in_credit("Photo: the bridge")
    (True, False)
    """
    found = _LAST_CREDIT.search(text)
    if found is not None and found.start():
        names = _NAMES.split(found[2])
        return found[1] != " " or (not caseless(found[2]) and all(is_agency(name) or is_name(name) for name in names))
    agency, slash, _ = text.partition("/")
    last = text.rpartition(" | ")[2].strip()
    if last != text and (is_agency(last) or is_picture_agency(last) or is_credit(last)):
        return True
    return (bool(slash) and is_agency(agency)) or _BY.search(text, 1) is not None


def begin_at_prose(page: Page, title: int) -> None:
    """Whole sentences between title and body are its first: of a short article the model may take them for another's."""
    for index in range(page.start - 1, title, -1):
        if index in page.labels:
            continue
        shape, score = page.shapes[index], page.scores[index]
        own = shape.prose and shape.ends and shape.words >= _SENTENCE and page.hints[index] is None
        if not own or Role(score.role) not in _STORIES:
            return
        page.put(index, Role.PARAGRAPH, "sentences between title and body", 0.6)
        page.start = index


def label_between(page: Page, index: int, title: int) -> None:
    """A line between the title and the body: the title again, a picture's text, or a standfirst without full stop."""
    if repeats(page.text(index), page.text(title)):
        page.put(index, Role.CAPTION, "title as the picture's text", 0.75)
    elif label_signed(page, index):
        return
    elif _picture_text(page, index, title):
        page.put(index, Role.CAPTION, "picture text before the body", 0.6)
    elif page.hints[index] is None and page.shapes[index].words >= _LONG and _right_below(page, index, title):
        if not _is_caption(page, index) and not _CREDIT.search(page.text(index)):
            page.put(index, Role.LEAD, "long line under the title", 0.55)
    elif _over_picture(page, index, title):
        page.put(index, Role.LEAD, "line between the title and a picture's text", 0.55)
    elif _sub_headline(page, index, title):
        page.put(index, Role.LEAD, "line between the title and the fields", 0.55)
    elif index == page.start - 1 and _summary(page, index):
        page.put(index, Role.LEAD, "long line over the text", 0.55)
    elif _stray(page, index):
        page.put(index, Role.CAPTION, "line between title and body", 0.55)


def _right_below(page: Page, index: int, title: int) -> bool:
    """Whether nothing stands between the title and the line but a byline, or the text of a picture with its credit."""
    between = range(title + 1, index)
    labels = (page.labels.get(i) for i in between)
    byline = all(label is not None and label.role is Role.BYLINE for label in labels)
    return byline or all(ends_in_credit(page.text(i)) for i in between)


def label_signed(page: Page, index: int) -> bool:
    """Whether the line says who wrote the text and when, or when alone, among a few other words; it gets its label."""
    text, score, hint = page.text(index), page.scores[index], page.hints[index]
    if page.shapes[index].words > _SIGNED or sum(map(str.isdigit, text)) < _DAY or page.body(index):
        return False
    found = next(iter(find_dates(text)), None)
    if found is None:
        return False
    start, end, reading = found
    before = text[:start].strip(" -–—|•·,:：")
    byline = read_byline(before) if before else None
    label = hint is not None and hint.category == "date_label"
    alone = is_name(before, least=2) and (not caseless(before) or (score.role == Role.BYLINE and not label))
    names = byline.authors if byline else (before,) if alone else ()
    told = label or score.role in (Role.DATE, Role.BYLINE) or (hint is not None and hint.category == "byline")
    if not (told or names or reading.precision != "day"):
        return False
    values = [*(("author", name) for name in names), ("date", text if read_date(text) else text[start:end])]
    page.put(index, Role.BYLINE if names else Role.DATE, "date among other words", 0.6, *values)
    return True


def _summary(page: Page, index: int) -> bool:
    """A line longer than the text of a picture, in a script whose summaries often stand without a full stop."""
    long = page.shapes[index].words >= _LONG and page.hints[index] is None
    return long and caseless(page.text(index)) and not _CREDIT.search(page.text(index))


def _is_caption(page: Page, index: int) -> bool:
    """Whether the model takes the line for a picture's text, or it says so itself."""
    score = page.scores[index]
    return score.role == Role.CAPTION and score.role_confidence >= _PERHAPS


def _over_picture(page: Page, index: int, title: int) -> bool:
    """A sentence under the title, and under it the text of a picture with its credit: the sentence is not its."""
    plain = page.hints[index] is None and page.blocks[index].bullet is None and not _CREDIT.search(page.text(index))
    enough = index == title + 1 and page.shapes[index].words >= _SENTENCE_UNDER
    return plain and enough and ends_in_credit(page.text(index + 1))


def _sub_headline(page: Page, index: int, title: int) -> bool:
    """A second headline under the title, before byline or date; a picture's text stands after them or has a bullet."""
    shape, score, after = page.shapes[index], page.scores[index], page.labels.get(index + 1)
    if index != title + 1 or page.hints[index] is not None or not shape.headline or shape.words < 4:
        return False
    fields = after is not None and after.role in (Role.BYLINE, Role.DATE)
    if not (fields or ends_in_credit(page.text(index + 1))) or page.blocks[index].bullet is not None:
        return False
    text = page.text(index)
    if sum(map(str.isdigit, text)) > _FIGURES or overlap(text, page.text(title)) >= _SAME or ends_in_credit(text):
        return False
    return score.role != Role.BYLINE and (score.role != Role.CAPTION or score.role_confidence < 0.5)


def is_dateline(page: Page, index: int) -> bool:
    """Whether the line is place and agency, before the text."""
    text = page.text(index)
    if page.shapes[index].words > 7 or index + 1 >= page.end or not _DATELINE.match(text):
        return False
    place, _, desk = text.partition("-" if "-" in text else "–")
    return (is_desk(desk) or is_agency(desk.strip())) and len(place.split()) <= 3 and page.shapes[index + 1].prose


def label_timed(page: Page, index: int) -> bool:
    """Whether the line is a headline of a ticker with its time; it gets its label."""
    if page.shapes[index].words < 4 or not TIMED.match(page.text(index)):
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
        if index not in page.labels and label_signed(page, index):
            continue
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
