"""Parts of a page that class names or phrases call furniture, as features of the blocks in them."""

from __future__ import annotations

from collections.abc import Sequence
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
_COMMENTS, _NOTICES = 0, 3
_GROUP_OF = np.full(len(_ROLE) + 1, -1)
for _number, (_, _roles) in enumerate(GROUPS):
    _GROUP_OF[_roles] = _number
_GROUP_OF.setflags(write=False)


class Parts:
    """Parts of the page that are named after some furniture, or headed by its phrase.

    A part that holds the headline or nearly all prose is the page itself. ``good``: words of prose in each node.
    """

    def __init__(
        self,
        owner: Ints,
        parent: Sequence[int],
        end: Sequence[int],
        good: Any,
        furniture: Ints,
        total_good: int,
        at: int,
    ) -> None:
        whole = good * 100 > total_good * 97
        if at >= 0:
            node = int(owner[at])
            while node:
                whole[node] = True
                node = parent[node]
        whole[0] = True
        self._owner, self._parent, self._end, self._whole = owner, parent, end, whole
        group = _GROUP_OF[furniture]
        nodes = ((group >= 0) & ~whole).nonzero()[0]
        inside = np.zeros((len(GROUPS), len(parent)), dtype=np.bool_)
        for node, number in zip(nodes.tolist(), group[nodes].tolist(), strict=True):
            inside[number, node : end[node]] = True
        self.inside: npt.NDArray[np.bool_] = inside[:, owner]
        """One row for each of :data:`GROUPS`, one column a block."""
        self.hidden: npt.NDArray[np.bool_] = self.inside[_COMMENTS] | self.inside[_NOTICES]
        """Whether a block stands among comments or notices."""

    def fill(self, out: npt.NDArray[np.float32], phrase: Ints, number: Ints, good: Any, total_good: int) -> None:
        """Fill the rows of ``out``: each part, the phrase over the block, the last phrase before it, and how far."""
        out[: len(GROUPS)] = self.inside
        owner, parent, end = self._owner, self._parent, self._end
        headed, before, since = out[len(GROUPS) :]
        headed[:] = 0
        removed = phrase > _FIRST_REMOVED
        for index in removed.nonzero()[0].tolist():
            scope = parent[owner[index]]
            if self._whole[scope] or good[scope] * 2 > total_good:
                scope = int(owner[index])
            later = owner[index:]
            headed[index:][(later >= scope) & (later < end[scope])] = phrase[index]
        last = np.maximum.accumulate(np.where(removed, number, -1))
        none = last < 0
        before[:] = phrase[np.maximum(last, 0)]
        before[none] = 0
        since[:] = number - last
        since[none] = 999
