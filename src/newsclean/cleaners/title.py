"""The title of a flattened page, among the lines above its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from newsclean.cleaners.edges import start_below_strays, stems
from newsclean.cleaners.opening import ends_in_credit, is_dateline
from newsclean.cleaners.page import LISTS, TIMED, Page, is_ticker
from newsclean.document.normalize import fold
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import repeats

__all__ = ["TITLE_REACH", "label_title"]

TITLE_REACH = 14
"""Lines before the body among which the title is looked for."""
_FURTHEST = 24
"""The same, with those that are fields and buttons of an article."""
_UNSURE_BODY = 0.6
_PERHAPS = 0.35
_HEADLINE = 20
_NEAR, _SENTENCE = 4, 12
_READ, _COMMON = 8, 2
"""Paragraphs whose words a title far above the text is held against, and how many of them it must have."""
_LIKELY, _SURE, _LEAST, _WINDOW = 0.5, 0.6, 4, 35
"""How sure the model is of such a title; words it has, at least and at most."""
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$|\s*[：:]\s*[^：:\s]{2,20}(?:デジタル|新聞|ニュース)$")
"""The name of a site behind the title of its window."""
_DATED = 7
"""Figures of a line that is a date, and no headline."""
_KIND = 0.3
"""Share of a headline that names the kind of the text before its colon, at most."""
_TIME = re.compile(r"\d{1,2}[:.]\d\d$")
_MARKDOWN = re.compile(r"^#{1,6} +| +#+$|^\*\*|\*\*$")
_BREADCRUMB = re.compile(r"^[^»›>/|]{1,40}(?:\s*[»›>]\s*|\s+[/|]\s+)[^»›>/|]{1,60}(?:[»›>]|\s[/|]\s).")


def label_title(page: Page) -> int | None:
    """The line of the title right above the body, which gets its label; the body may begin further down than it did."""
    _skip_list_above(page)
    title = _find_title(page)
    if title is None or page.scores[title].role != Role.TITLE:
        below = _title_below_strays(page)
        title = title if below is None else below
    if title is None:
        title = _title_in_body(page)
    far = _far_above(page) if title is None or _in_list(page, title) else None
    if title is not None and far is not None and far < title and _of_another_story(page, title):
        title = None
    if title is None and far is None:
        title = _over_the_fields(page)
    if title is not None:
        bare = _MARKDOWN.sub("", page.text(title))
        values = [("title", bare)] if bare and bare != page.text(title) else []
        page.put(title, Role.TITLE, "headline before the body", 0.7, *values)
        _label_section(page, title)
    elif far is not None:  # what stands between it and the body has nothing to do with it
        bare = _without_site(page.text(far)) if far == 0 else page.text(far)
        page.put(far, Role.TITLE, "headline far above the body", 0.6, ("title", bare))
        while page.start < page.end - 1 and not page.shapes[page.start].prose and _of_another_story(page, page.start):
            page.start += 1
    return title


def _of_the_text(page: Page, twins: Sequence[int], named: Sequence[int]) -> bool:
    """Whether a headline that stands there twice, below those that the model names, speaks of what the text does, and
    they do not."""
    if max(named) > min(twins) or any(_speaks_of_the_text(page, index) for index in named):
        return False
    return _speaks_of_the_text(page, twins[0])


def _far_above(page: Page) -> int | None:
    """A headline the model is sure of, a menu or a list above the body; else the first line of all, where some flatteners
    put the title of the window. Both share words with the text, the first line most of its own."""
    above = enumerate(page.scores[: page.start])
    sure = [index for index, score in above if score.role == Role.TITLE and score.role_confidence >= _SURE]
    known: set[str] | None = None
    for index in [*sure[::-1], 0]:
        shape = page.shapes[index]
        if index >= page.start or page.hints[index] is not None or index in page.labels or index in page.named:
            continue
        if _LEAST <= shape.words <= _WINDOW and not shape.prose and page.blocks[index].bullet is None:
            known = known or _opening_words(page)
            own = stems(_without_site(page.text(index)))
            if len(own & known) >= (_COMMON if index else max(_COMMON + 1, len(own) / 2)):
                return index
    return None


def _opening_words(page: Page) -> set[str]:
    prose = (index for index in range(page.start, page.end) if page.shapes[index].prose and page.body(index))
    return {stem for index in islice(prose, _READ) for stem in stems(page.text(index))}


def _in_common(page: Page, index: int) -> int:
    """How many words the line shares with the first paragraphs."""
    return len(stems(page.text(index)) & _opening_words(page))


def _speaks_of_the_text(page: Page, index: int) -> bool:
    return _in_common(page, index) >= _COMMON


def _of_another_story(page: Page, index: int) -> bool:
    """An item of a list under its heading that has next to no word in common with the text."""
    return _in_list(page, index) and not _speaks_of_the_text(page, index)


def _without_site(text: str) -> str:
    """The title of a window without the name of the site behind it."""
    found = _SITE.search(text)
    return text[: found.start()] if found else text


def _candidates(page: Page) -> list[int]:
    """The headlines above the body, from the nearest on."""
    found: list[int] = []
    left = TITLE_REACH
    for index in range(page.start - 1, max(-1, page.start - _FURTHEST - 1), -1):
        left -= not (page.taken(index) or _is_tool(page, index) or _field_seen(page, index))
        if left < 0:
            break
        hint = page.hints[index]
        if hint is not None and page.furniture(index):
            if hint.heading and found:
                break
            continue
        if not _may_be_candidate(page, index):
            continue
        if _BREADCRUMB.match(page.text(index)):
            page.put(index, Role.BREADCRUMB, "path of sections", 0.75)
            continue
        ticker = is_ticker(page, index)
        if ticker and not any(repeats(page.text(index), page.text(i)) for i in found):
            if page.scores[index].role in LISTS:
                break
            continue  # a summary without a full stop
        if page.shapes[index].words >= 3 and (page.shapes[index].headline or ticker):
            found.append(index)
    return found


def _may_be_candidate(page: Page, index: int) -> bool:
    hint, text = page.hints[index], page.text(index)
    if index in page.labels or index in page.named or page.blocks[index].bullet is not None or TIMED.match(text):
        return False
    if index > 2 and _TIME.match(page.text(index - 1)) and _TIME.match(page.text(index - 3)):
        return False  # of a list, each under its time
    if sum(map(str.isdigit, text)) >= _DATED and page.scores[index].role != Role.TITLE:
        return False
    if ends_in_credit(text):
        return False
    return hint is None or (hint.category == "byline" and hint.share < _KIND)  # "Report: ..."


def _find_title(page: Page) -> int | None:
    """A headline before the body that the title of the window repeats, or that stands there twice; else the one the model
    names; else the nearest."""
    candidates = _candidates(page)
    reach = page.start - TITLE_REACH
    named = [i for i in candidates if page.scores[i].role == Role.TITLE and (i >= reach or _named(page, i) >= _LIKELY)]
    if not named and page.start > TITLE_REACH and page.shapes[0].words >= _LEAST:
        window = _without_site(page.text(0))
        named = [i for i in candidates if repeats(window, page.text(i))]
    best = _best(page, named)
    for index in candidates:
        twins = [i for i in candidates if repeats(page.text(i), page.text(index))]
        if len(twins) > 1 and _are_the_title(page, twins, named, best):
            twins = [i for i in twins if i >= reach] or twins[:1]
            longest = max(len(page.text(i)) for i in twins)
            return min(i for i in twins if len(page.text(i)) == longest)
    if best is not None:
        return best - 1 if best - 1 in named and _sub_headline_under(page, best) else best
    near = [
        i for i in candidates if page.start - i <= _NEAR and page.shapes[i].words >= _LEAST and _may_be_title(page, i)
    ]
    if near and _in_list(page, near[0]):
        return None
    return min(near) if near and len(candidates) <= 3 else None


def _over_the_fields(page: Page) -> int | None:
    """The one headline above the body that stands over the fields of an article, where no other line may be the title."""
    likely = [i for i in _candidates(page) if page.shapes[i].words >= _LEAST and _may_be_title(page, i)]
    return likely[0] if len(likely) == 1 and _over_fields(page, likely[0]) and _in_common(page, likely[0]) else None


def _over_fields(page: Page, index: int) -> bool:
    """Whether the line stands right over a date, a byline, a picture's text or the buttons of an article, or has but its
    standfirst between."""
    below = index + 1
    if page.scores[below].role == Role.LEAD or page.shapes[below].words >= _SENTENCE:
        below += 1
    return below < page.start and (page.taken(below) or _field_seen(page, below) or _is_tool(page, below))


def _is_tool(page: Page, index: int) -> bool:
    hint, score = page.hints[index], page.scores[index]
    return (hint.role if hint is not None else score.role) in (Role.SHARE, Role.PAGE_TOOLS)


def _named(page: Page, index: int) -> float:
    """How sure the model is that the line is the title."""
    score = page.scores[index]
    return score.role_confidence if score.role == Role.TITLE else 0.0


def _best(page: Page, named: Sequence[int]) -> int | None:
    """The line of ``named`` of which the model is surest; where it has nothing to do with the text, one that has."""
    ranked = sorted(named, key=lambda i: (page.scores[i].role_confidence, i), reverse=True)
    if len(ranked) > 1 and not _in_common(page, ranked[0]):
        return next((i for i in ranked if _named(page, i) >= _SURE and _speaks_of_the_text(page, i)), ranked[0])
    return ranked[0] if ranked else None


def _are_the_title(page: Page, twins: Sequence[int], named: Sequence[int], best: int | None) -> bool:
    """Whether a headline that stands there twice is the title: the model names no line, or this one, or is not sure of
    another (the name of the site stands there twice, too)."""
    if best is None:
        return page.shapes[twins[0]].words >= _LEAST
    unsure = not {*named}.isdisjoint(twins) and _named(page, best) < _SURE
    return best in twins or unsure or _of_the_text(page, twins, named)


def _sub_headline_under(page: Page, index: int) -> bool:
    """Of two headlines in a row the upper is the title, unless a list of headlines ends there."""
    above = index - 2
    if above < 0:
        return True
    return not page.is_heading(above) and (page.hints[above] is not None or page.shapes[above].words < 4)


def _may_be_title(page: Page, index: int) -> bool:
    score = page.scores[index]
    if score.role == Role.BYLINE:
        return score.role_confidence < 0.5
    return Role(score.role) not in REMOVED or score.role_confidence < 0.8


def _skip_list_above(page: Page) -> None:
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


def _title_below_strays(page: Page) -> int | None:
    """The title, where headlines of a list above it were taken for body: then the body begins below it. Something else
    stands between them, or the title stands there twice."""
    first, start = page.start, start_below_strays(page)
    if start is None:
        return None
    page.start = start
    title = _find_title(page)
    speaks = title is not None and _speaks_of_the_text(page, title) and not _speaks_of_the_text(page, first)
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
    while after < page.end and (page.taken(after) or page.furniture(after) or _field_seen(page, after)):
        after += 1
    if after >= page.end:
        return None
    score = page.scores[first]
    unsure = (
        score.body < _UNSURE_BODY or score.role == Role.TITLE or (score.role == Role.LEAD and _in_list(page, first))
    )
    below = page.shapes[after].prose or is_dateline(page, after) or page.taken(after + 1)
    if after == first + 1 and not (below and (unsure or _stands_over(page, first))):
        return None
    page.start = after
    return first


def _field_seen(page: Page, index: int) -> bool:
    """Whether the model takes the line for a date, a byline or a picture's text, and not for body."""
    return not page.body(index) and page.scores[index].role in (Role.DATE, Role.BYLINE, Role.CAPTION)


def _stands_over(page: Page, index: int) -> bool:
    """A headline right over a paragraph, and right under fields or furniture, or on top of the page."""
    text = page.text(index)
    if page.shapes[index].words > _HEADLINE or text[-1] in ":：،,؛;" or text[:1].islower() or page.shapes[index].prose:
        return False
    above = index - 1
    if index and not (page.taken(above) or page.furniture(above) or Role(page.scores[above].role) in REMOVED):
        return False
    return page.blocks[index].bullet is None and _speaks_of_the_text(page, index)


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
