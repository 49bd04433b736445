"""Roles of furniture phrases from what stands beside them: one word is a field of a form here and a button there."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.cleaners.page import LISTS
from newsclean.cleaners.phrases import PhraseMatch
from newsclean.document.roles import Role
from newsclean.document.shape import Shape

__all__ = ["settle"]

Hints = list[PhraseMatch | None]

_FIELDS = frozenset({"mail", "mail_field", "newsletter", "login", "search"})
"""Categories that name fields and buttons of a form, too: e-mail, name, send."""
_MAIL = frozenset({"mail", "mail_field"})
_BUTTONS = frozenset({"mail", "share", "login", "search", "subscribe", "comment_form"})
_MENU = frozenset({"latest_news", "subscribe", "newsletter", "player", "footer", "app_promo", "widget", "advert"})
"""Categories whose words stand in menus, too."""
_LINKS = frozenset({"navigation", "house_link", "section_name", "login", "search"})
_FOOTER_TOO = frozenset({"navigation", "cookie_notice", "advert", "subscribe", "login"})
"""Categories whose short lines are links of a footer when such a link is their neighbour."""
_PROSE = frozenset({"footer", "copyright"})
"""Categories whose openings stand in articles, too."""
_SHORT, _LINK = 4, 5
_LISTS = LISTS - {Role.READ_ALSO}
_ABOVE_ITEM = _LINKS | {"widget"}
"""Categories whose words are the section that stands above a headline of a list, too."""
_BELOW_ITEM = "read_more"
_BESIDE = frozenset({"date_label", "reading_time", "view_count", "byline", "caption"})
_ITEM, _TWICE = 4, 2
"""Words of a headline in a list, and how often a word must stand beside one to be part of the list."""


def settle(hints: Sequence[PhraseMatch | None], shapes: Sequence[Shape], body: Sequence[int]) -> Hints:
    """``hints`` of a flattened page whose ``body`` has these lines, with the roles that their neighbours tell."""
    settled = list(hints)
    start, end = (body[0], body[-1] + 1) if body else (0, len(hints))
    for index in body[:-1]:
        hint = hints[index]
        if hint is not None and hint.zone == "after" and hint.category in _PROSE and hint.share < 1:
            settled[index] = None
    named = [index for index, hint in enumerate(hints) if hint is not None and hint.share > 0.9]
    _menus(settled, shapes, named, start)
    _forms(settled, shapes, named)
    _newsletters(settled, shapes, named)
    _footers(settled, shapes, named, end)
    _items(settled, shapes, named)
    return settled


def _as(hints: Hints, index: int, role: Role) -> None:
    hint = hints[index]
    if hint is not None and hint.role != role:
        hints[index] = hint._replace(role=role.value, heading=False)


def _category(hints: Sequence[PhraseMatch | None], index: int) -> str:
    """Category of the phrase that is line ``index`` as a whole, else an empty text."""
    if not 0 <= index < len(hints):
        return ""
    hint = hints[index]
    return hint.category if hint is not None and hint.share > 0.9 else ""


def _menus(hints: Hints, shapes: Sequence[Shape], named: Sequence[int], start: int) -> None:
    """Above the article, one word among links is a link, whatever else it may be."""
    for index in named:
        if index >= start:
            return
        category = _category(hints, index)
        if category not in _MENU or shapes[index].words > _SHORT:
            continue
        near = [i for i in (index - 2, index - 1, index + 1, index + 2) if 0 <= i < start]
        short = sum(shapes[i].words <= 2 for i in near)
        among = index + 1 < start and shapes[index + 1].words <= 2
        if not among and index and category not in ("latest_news", "newsletter"):
            among = shapes[index - 1].words <= 2
        if among and short >= 3 - (len(near) < 4) and any(_category(hints, i) in _LINKS for i in near):
            _as(hints, index, Role.NAVIGATION)


def _forms(hints: Hints, shapes: Sequence[Shape], named: Sequence[int]) -> None:
    """The fields of a comment form; and a lone field of the same name that is a button of its neighbours."""
    for index in named:
        hint = hints[index]
        if hint is None or hint.role != Role.COMMENT_FORM:
            continue
        around = [i for i in range(index - 3, index + 4) if i != index and 0 <= i < len(hints)]
        if shapes[index].words <= 2 and not any(_is(hints, i, Role.COMMENT_FORM) for i in around):
            beside = {_category(hints, index - 1), _category(hints, index + 1)}
            if beside & {"share", "network"}:
                _as(hints, index, Role.SHARE)
            continue
        place = index + 1
        while _category(hints, place) in _FIELDS and shapes[place].words <= _SHORT:
            last = not _is(hints, place + 1, Role.COMMENT_FORM)
            if last and (_category(hints, place) not in _MAIL or _category(hints, place + 1) in {"share", "network"}):
                break
            _as(hints, place, Role.COMMENT_FORM)
            place += 1


def _is(hints: Sequence[PhraseMatch | None], index: int, role: Role) -> bool:
    hint = hints[index] if 0 <= index < len(hints) else None
    return hint is not None and hint.role == role


def _newsletters(hints: Hints, shapes: Sequence[Shape], named: Sequence[int]) -> None:
    """The button after the offer of a newsletter."""
    for index in named:
        if not _is(hints, index, Role.NEWSLETTER) or _is(hints, index - 1, Role.COMMENT_FORM):
            continue
        place = index + 1
        alone = not any(_is(hints, i, Role.COMMENT_FORM) for i in (place + 1, place + 2))
        if alone and _category(hints, place) in _BUTTONS and shapes[place].words <= _SHORT:
            _as(hints, place, Role.NEWSLETTER)


def _footers(hints: Hints, shapes: Sequence[Shape], named: Sequence[int], end: int) -> None:
    """After the article, links about the house make a footer, and short links beside them belong to it."""
    after = [index for index in named if index >= end]
    for index in after:
        if _category(hints, index) == "house_link":
            _as(hints, index, Role.FOOTER)
    for order, step in ((after, -1), (after[::-1], 1)):
        for index in order:
            if _category(hints, index) not in _FOOTER_TOO or shapes[index].words > _LINK:
                continue
            if _is(hints, index, Role.NEWSLETTER) or _is(hints, index, Role.COMMENT_FORM):
                continue
            beside = hints[index + step] if 0 <= index + step < len(hints) else None
            if beside is not None and index + step >= end and beside.role in (Role.FOOTER, Role.COPYRIGHT):
                _as(hints, index, Role.FOOTER)


def _items(hints: Hints, shapes: Sequence[Shape], named: Sequence[int]) -> None:
    """In a list under its heading, the section above each headline and the button below it are of the list."""
    for index in named:
        hint = hints[index]
        if hint is None or not hint.heading or hint.role not in _LISTS:
            continue
        within: list[int] = []
        for place in range(index + 1, len(hints)):
            found = hints[place]
            if found is None:
                continue
            above = found.category in _ABOVE_ITEM and _is_item(hints, shapes, place + 1)
            below = found.category == _BELOW_ITEM and _is_item(hints, shapes, place - 1)
            if found.share > 0.9 and shapes[place].words <= _SHORT and (above or below):
                within.append(place)
            elif found.category not in _BESIDE:
                break
        if len(within) >= _TWICE:
            for place in within:
                _as(hints, place, Role(hint.role))


def _is_item(hints: Sequence[PhraseMatch | None], shapes: Sequence[Shape], index: int) -> bool:
    return 0 <= index < len(hints) and hints[index] is None and shapes[index].words >= _ITEM
