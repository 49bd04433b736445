"""Parts of a page that class names or phrases call furniture, as features of the blocks in them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newsclean.document.roles import Role

__all__ = ["GROUPS", "Parts"]

Ints = npt.NDArray[np.int64]

_ROLE = {role: number for number, role in enumerate(Role, 1)}
_FIRST_REMOVED: Final = _ROLE[Role.NAVIGATION] - 1
GROUPS: Final = tuple(
    (label, [_ROLE[Role(role)] for role in roles.split()])
    for label, roles in (
        ("comments", "comments comment_form"),
        ("related", "related recommended read_also most_read latest_news other_article"),
        ("appeals", "newsletter paywall app_promo follow share"),
        ("notices", "cookie_notice copyright"),
        ("frame", "navigation footer breadcrumb pagination back_to_top page_tools"),
        ("advert", "advert"),
    )
)


class Parts:
    """Parts of the page that are named after some furniture, or headed by its phrase.

    A part that holds the headline or nearly all prose is the page itself.
    """

    def __init__(
        self, owner: Ints, parent: Ints, end: Ints, good: Ints, furniture: Ints, total_good: int, at: int
    ) -> None:
        whole = good * 100 > total_good * 97
        if at >= 0:
            node = int(owner[at])
            while node:
                whole[node] = True
                node = int(parent[node])
        whole[0] = True
        self._owner, self._parent, self._end, self._whole = owner, parent, end, whole
        self.inside: dict[str, npt.NDArray[np.bool_]] = {}
        for label, roles in GROUPS:
            inside = np.zeros(len(parent), dtype=np.bool_)
            for node in np.flatnonzero(np.isin(furniture, roles) & ~whole).tolist():
                inside[node : end[node]] = True
            self.inside[label] = inside[owner]

    def put(self, put: Any, phrase: Ints, number: Ints, good: Ints, total_good: int) -> None:
        """Put the features of the parts."""
        for label, inside in self.inside.items():
            put(f"in {label}", inside)
        owner, parent, end = self._owner, self._parent, self._end
        head = np.zeros(len(owner), dtype=np.int64)
        for index in np.flatnonzero(phrase > _FIRST_REMOVED).tolist():
            scope = int(parent[owner[index]])
            if self._whole[scope] or good[scope] * 2 > total_good:
                scope = int(owner[index])
            stretch = (owner >= scope) & (owner < end[scope]) & (number >= index)
            head[stretch] = phrase[index]
        put("headed", head)
        last = np.maximum.accumulate(np.where(phrase > _FIRST_REMOVED, number, -1))
        put("phrase before", np.where(last < 0, 0, phrase[np.maximum(last, 0)]))
        put("since phrase", np.where(last < 0, 999, number - last))
