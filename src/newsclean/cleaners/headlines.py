"""The lines above the body of a flattened page that may be its title, and the one that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from newsclean.cleaners.edges import stems
from newsclean.cleaners.opening import ends_in_credit
from newsclean.cleaners.page import LISTS, TIME, TIMED, Page, caseless, is_ticker
from newsclean.document.normalize import fold
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import repeats

__all__ = [
    "COMMON",
    "LEAST",
    "SURE",
    "TITLE_REACH",
    "field_seen",
    "find_title",
    "in_list",
    "opening_words",
    "over_the_fields",
    "speaks_of_the_text",
    "without_site",
]

TITLE_REACH = 14
"""Lines before the body among which the title is looked for."""
SURE, LEAST = 0.6, 4
"""How sure the model is of a title to stand against others; words of one that it does not name, at least."""
COMMON = 2
"""Words that a headline has in common with the first paragraphs where it speaks of what they do."""
_FURTHEST = 24
"""Lines before the body, with those that are fields and buttons of an article."""
_LIKELY, _SURE_BYLINE = 0.5, 0.8
_NEAR, _FEW, _SENTENCE = 4, 3, 12
_READ = 8
"""Paragraphs whose words a headline is held against."""
_SITE = re.compile(r"\s+[|~–—-]\s+[^|~–—]{2,40}$|\s*[：:]\s*[^：:\s]{2,20}(?:デジタル|新聞|ニュース)$")
"""The name of a site behind the title of its window."""
_BEHIND = re.compile(r"\s+[|~-]\s")
"""What stands between the folded headline and the names of section and site."""
_NUMBERED = re.compile(r"\d{1,2}[.)]?\s")
_DATED = 7
"""Figures of a line that is a date, and no headline."""
_KIND = 0.3
"""Share of a headline that names the kind of the text before its colon, at most."""
_BREADCRUMB = re.compile(r"^[^»›>/|]{1,40}(?:\s*[»›>]\s*|\s+[/|]\s+)[^»›>/|]{1,60}(?:[»›>]|\s[/|]\s).")


def find_title(page: Page) -> int | None:
    """The headline above the body, see :func:`_headline`; not the item of a list that is it again behind a number."""
    title = _headline(page)
    number = _NUMBERED.match(page.text(title)) if title is not None else None
    if title is None or number is None:
        return title
    bare = fold(page.text(title)[number.end() :])
    return next((i for i in range(page.start - 1, -1, -1) if fold(page.text(i)) == bare), title)


def _headline(page: Page) -> int | None:
    """A headline before the body that the title of the window repeats, or that stands there twice; else the one the model
    names; else the nearest."""
    again = _window_again(page)
    if again is not None:
        return again
    candidates = _candidates(page)
    reach = page.start - TITLE_REACH
    named = [i for i in candidates if page.scores[i].role == Role.TITLE and (i >= reach or _named(page, i) >= _LIKELY)]
    if not named and page.start > TITLE_REACH and page.shapes[0].words >= LEAST:
        window = without_site(page.text(0))
        named = [i for i in candidates if repeats(window, page.text(i))]
    best = _best(page, named)
    for index in candidates:
        twins = [i for i in candidates if repeats(page.text(i), page.text(index))]
        if len(twins) > 1 and _are_the_title(page, twins, named, best):
            twins = [
                i for i in twins if not _NUMBERED.match(page.text(i))
            ] or twins  # again in the list of the most read
            twins = [i for i in twins if i >= reach] or twins[:1]
            longest = max(len(page.text(i)) for i in twins)
            return min(i for i in twins if len(page.text(i)) == longest)
    if best is not None:
        return best - 1 if best - 1 in named and _sub_headline_under(page, best) else best
    near = [
        i for i in candidates if page.start - i <= _NEAR and page.shapes[i].words >= LEAST and _may_be_title(page, i)
    ]
    if not near or in_list(page, near[0]) or len(candidates) > _FEW:
        return None
    doubt = page.scores[near[0]].role == Role.CAPTION or not speaks_of_the_text(page, near[0])
    telling = (i for i in candidates if doubt and i < near[-1] and _heads_the_text(page, i))
    return next(telling, min(near))


def _window_again(page: Page) -> int | None:
    """The line above the body that is the title of the window, the first line of all, without the site's name: the first
    of such lines near the body, since a picture's text may say it again, else the last of all.

    A first line that no site's name follows may be the site's own, or a menu's: most of its words stand in the text.
    """
    window = page.text(0)
    if page.shapes[0].words < LEAST or page.shapes[0].prose or page.blocks[0].bullet is not None:
        return None
    bare, whole = fold(without_site(window)), fold(window)
    found: int | None = None
    for index in range(page.start - 1, 0, -1):
        if found is not None and index < page.start - TITLE_REACH:
            break
        if index in page.labels or page.furniture(index):
            continue
        text = fold(page.text(index))
        part = page.shapes[index].words >= LEAST and whole.startswith(text) and _BEHIND.match(whole, len(text))
        if text == bare or part:
            found = index
    if found is None:
        return None
    own = stems(page.text(found))
    shared = len(own & opening_words(page))
    sited = fold(page.text(found)) != whole
    return found if shared and (sited or shared >= max(COMMON + 1, len(own) / 2)) else None


def over_the_fields(page: Page) -> int | None:
    """The one headline above the body that stands over the fields of an article, where no other line may be the title."""
    likely = [i for i in _candidates(page) if page.shapes[i].words >= LEAST and _may_be_title(page, i)]
    return likely[0] if len(likely) == 1 and _over_fields(page, likely[0]) and _in_common(page, likely[0]) else None


def _heads_the_text(page: Page, index: int) -> bool:
    return _over_fields(page, index) and speaks_of_the_text(page, index) and _may_be_title(page, index)


def _candidates(page: Page) -> list[int]:
    """The headlines above the body, from the nearest on."""
    found: list[int] = []
    left = TITLE_REACH
    for index in range(page.start - 1, max(-1, page.start - _FURTHEST - 1), -1):
        left -= not (page.taken(index) or _is_tool(page, index) or field_seen(page, index))
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
    if _under_times(page, index):
        return False
    if sum(map(str.isdigit, text)) >= _DATED and page.scores[index].role != Role.TITLE:
        return False
    if ends_in_credit(text):
        return False
    return hint is None or (hint.category == "byline" and hint.share < _KIND)  # "Report: ..."


def _under_times(page: Page, index: int) -> bool:
    """Whether the line is one of a list of headlines each of which stands under its time."""
    timed = [i >= 0 and TIME.match(page.text(i)) is not None for i in (index - 3, index - 1, index + 1)]
    return timed[1] and (timed[0] or timed[2])


def _best(page: Page, named: Sequence[int]) -> int | None:
    """The line of ``named`` of which the model is surest; where it has nothing to do with the text, one that has."""
    ranked = sorted(named, key=lambda i: (page.scores[i].role_confidence, i), reverse=True)
    if len(ranked) > 1 and not speaks_of_the_text(page, ranked[0]):
        return next((i for i in ranked if _named(page, i) >= SURE and speaks_of_the_text(page, i)), ranked[0])
    return ranked[0] if ranked else None


def _are_the_title(page: Page, twins: Sequence[int], named: Sequence[int], best: int | None) -> bool:
    """Whether a headline that stands there twice is the title: the model names no line, or this one, or is not sure of
    another (the name of the site stands there twice, too)."""
    if best is None:
        return not _below_title(page, twins) and (
            page.shapes[twins[0]].words >= LEAST or _in_common(page, twins[0]) > 0
        )
    unsure = not {*named}.isdisjoint(twins) and _named(page, best) < SURE
    return best in twins or unsure or _of_the_text(page, twins, named)


def _below_title(page: Page, twins: Sequence[int]) -> bool:
    """Whether two equal lines in a row are the texts of a picture right below the title, which has more of the text."""
    first = min(twins)
    if max(twins) - first >= len(twins) or not first or page.shapes[first - 1].words < LEAST:
        return False
    return _in_common(page, first - 1) > max(_in_common(page, first), 1) and _may_be_title(page, first - 1)


def _of_the_text(page: Page, twins: Sequence[int], named: Sequence[int]) -> bool:
    """Whether a headline that stands there twice, below those that the model names, speaks of what the text does, and
    they do not."""
    if max(named) > min(twins) or any(speaks_of_the_text(page, index) for index in named):
        return False
    return speaks_of_the_text(page, twins[0])


def _named(page: Page, index: int) -> float:
    """How sure the model is that the line is the title."""
    score = page.scores[index]
    return score.role_confidence if score.role == Role.TITLE else 0.0


def _sub_headline_under(page: Page, index: int) -> bool:
    """Of two headlines in a row the upper is the title, unless a list of headlines ends there, or it is a short name."""
    above = index - 2
    if page.shapes[index - 1].words < LEAST and not _in_common(page, index - 1):
        return False
    if above < 0:
        return True
    return not page.is_heading(above) and (page.hints[above] is not None or page.shapes[above].words < 4)


def _may_be_title(page: Page, index: int) -> bool:
    score = page.scores[index]
    if score.role == Role.BYLINE:  # which knows names by their capitals
        long = caseless(page.text(index)) and page.shapes[index].words > LEAST
        return score.role_confidence < (_SURE_BYLINE if long else 0.5)
    return Role(score.role) not in REMOVED or score.role_confidence < 0.8


def _over_fields(page: Page, index: int) -> bool:
    """Whether the line stands right over a date, a byline, a picture's text or the buttons of an article, or has but its
    standfirst between."""
    below = index + 1
    if page.scores[below].role == Role.LEAD or page.shapes[below].words >= _SENTENCE:
        below += 1
    return below < page.start and (page.taken(below) or field_seen(page, below) or _is_tool(page, below))


def _is_tool(page: Page, index: int) -> bool:
    hint, score = page.hints[index], page.scores[index]
    return (hint.role if hint is not None else score.role) in (Role.SHARE, Role.PAGE_TOOLS)


def field_seen(page: Page, index: int) -> bool:
    """Whether the model takes the line for a date, a byline or a picture's text, and not for body."""
    return not page.body(index) and page.scores[index].role in (Role.DATE, Role.BYLINE, Role.CAPTION)


def in_list(page: Page, index: int) -> bool:
    """Whether only unnamed headlines stand between the line and the heading of a list above it."""
    above = index - 1
    while above > max(0, index - TITLE_REACH) and page.hints[above] is None and page.shapes[above].headline:
        above -= 1
    return above >= 0 and page.is_heading(above) and page.furniture(above)


def _in_common(page: Page, index: int) -> int:
    """How many words the line shares with the first paragraphs."""
    return len(stems(page.text(index)) & opening_words(page))


def speaks_of_the_text(page: Page, index: int) -> bool:
    """Whether the line shares words with the first paragraphs."""
    return _in_common(page, index) >= COMMON


def opening_words(page: Page) -> set[str]:
    """The words of the first paragraphs, as :func:`stems` gives them."""
    prose = (index for index in range(page.start, page.end) if page.shapes[index].prose and page.body(index))
    return {stem for index in islice(prose, _READ) for stem in stems(page.text(index))}


def without_site(text: str) -> str:
    """The title of a window without the name of the site behind it."""
    found = _SITE.search(text)
    return text[: found.start()] if found else text
