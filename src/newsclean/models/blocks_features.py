"""Numbers that tell body from furniture on an HTML page.

Every value is an integer or one division of integers, so that it is the same on every machine. All blocks of a page, and
as many features as have one form, are worked out by one call: a page is small, and calls are what costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newsclean.models.blocks_caps import cap
from newsclean.models.blocks_columns import Columns
from newsclean.models.blocks_parts import GROUPS, Parts

__all__ = ["NAMES", "features", "named_features"]

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.float32]

_LEVELS: Final = 7
_BIG: Final = 10**6
_ENOUGH: Final = 60
_BITS: Final = np.array([bit for bit in range(19) if bit not in (13, 16)])[:, None]
_REACHES: Final = (1, 3, 8)
_SHIFTS: Final = (1, 2, -1, -2)
_FACTORS: Final = np.array([[8], [16], [8], [4]])
_UPS: Final = np.arange(_LEVELS)[:, None]


def _names() -> Iterator[str]:
    yield from ("size", "words", "density", "stops", "commas", "ending", "opening", "kind", "level", "copies", "copy")
    yield from ("title", "phrase", "opened", "description", "body", "letters", "stops per word")
    yield from ("tag", "parent tag", "grandparent tag", "depth")
    yield from (f"hint {bit}" for bit in _BITS[:, 0])
    yield from (f"in {label}" for label, _ in GROUPS)
    yield from ("headed", "phrase before", "since phrase")
    for up in range(5):
        yield from [f"tokens {up}"] if up < 4 else []
        yield from (f"{what} {up}" for what in ("good", "prose", "density", "share", "blocks", "good per word"))
    yield from ("nearest furniture", "nearest furniture at", "nearest field", "lowest tokens", "highest tokens")
    for best in "ab":
        yield from (f"{what} {best}" for what in ("below best", "above best", "best share", "best density"))
        yield f"parent is best {best}"
    for reach in _REACHES:
        for side in ("before", "after"):
            yield from (f"density {side} {reach}", f"good {side} {reach}")
            yield from [f"prose {side} {reach}"] if reach > 1 else []
    for by in _SHIFTS:
        yield from (f"words {by}", f"same tag {by}")
    yield from ("kind 1", "kind -1")
    for look in range(3):
        yield from (f"alike{what} {look}" for what in ("", " good", " density", " words", " prose"))
    yield from ("after title", "good before", "good left", "good before share", "good since title", "place")
    yield from (f"{what} {best}" for best in "ab" for what in ("from first", "to last"))
    yield from ("since heading", "heading level", "to prose", "since prose")
    yield from ("page blocks", "page good", "page density", "page body")


NAMES: Final = tuple(_names())
"""Names of the features, in the order that the weights were trained with."""


def features(columns: Columns, token_scores: Sequence[int]) -> Rows:
    """One row per feature (:data:`NAMES`), one column per block. ``token_scores`` are the learned scores of the class
    names, as many as ``columns.words``."""
    page = _Page(columns, token_scores)
    out = np.empty((len(NAMES), page.count), dtype=np.float32)
    at = 0
    for fill, size in (
        (page.blocks, 18),
        (page.elements, 4 + len(_BITS)),
        (page.parts, len(GROUPS) + 3),
        (page.levels, 34),
        (page.containers, 5),
        (page.best, 10),
        (page.neighbours, 16),
        (page.shifted, 10),
        (page.alike, 15),
        (page.places, 14),
        (page.whole, 4),
    ):
        fill(out[at : at + size])
        at += size
    cap(NAMES, out)
    return out


def named_features(columns: Columns, token_scores: Sequence[int]) -> tuple[list[str], Rows]:
    """:data:`NAMES`, and :func:`features`."""
    return list(NAMES), features(columns, token_scores)


class _Page:
    """A page while its features are worked out; each method fills the rows that it is given."""

    def __init__(self, columns: Columns, token_scores: Sequence[int]) -> None:
        self.columns = columns
        self.rows: Ints = np.array(columns.rows, dtype=np.int64)
        self.size, self.words, self.linked, self.stops = self.rows[:4]
        self.kind, self.level, self.title = self.rows[7], self.rows[8], self.rows[11]
        self.count = len(self.size)
        self.number = np.arange(self.count)
        self.nodes = len(columns.parent)
        self.owner: Ints = np.array(columns.owner, dtype=np.int64)
        self.parent, self.end, self.depth, self.hints, self.tag, self.named = np.array(
            [columns.parent, columns.end, columns.depth, columns.hints, columns.tag, columns.named], dtype=np.int64
        )
        self.known: Ints = np.where(self.tag > columns.tags, 0, self.tag)
        self.names: Ints = np.array(columns.names, dtype=np.int64)[self.named].T
        self.tokens: Ints = np.array(token_scores, dtype=np.int64)[self.named]
        self.chain = self._chain()
        prose = (self.words >= 10) & (self.linked * 3 < self.size) & ((self.stops > 0) | (self.words >= 25))
        self._measure(prose)
        self.at = self._headline()
        parts = Parts(
            self.owner, columns.parent, columns.end, self.good_of, self.names[0], self.total_good, self.at
        )  # fmt: skip
        clean = np.where(parts.hidden, 0, self.good)
        if _ENOUGH <= int(clean.sum()) < self.total_good:
            self._measure(prose & ~parts.hidden)
        self.named_parts = parts
        self.bests = self._best_containers()

    def _chain(self) -> Ints:
        """Each block's element and its nearest ancestors, a row each."""
        chain = np.empty((_LEVELS, self.count), dtype=np.int64)
        chain[0] = node = self.owner
        for up in range(1, _LEVELS):
            chain[up] = node = self.parent[node]
        return chain

    def _measure(self, prose: Any) -> None:
        """Sums over subtrees (nodes are in page order, so a subtree is a stretch of them), ``prose`` being the prose."""
        self.prose = prose
        self.good = good = np.where(prose, self.words, 0)
        self.total_good = int(good.sum())
        weights = np.ones((6, self.count))
        for row, values in enumerate((good, prose, self.words, self.size, self.linked)):
            weights[row] = values
        at = self.owner + np.arange(0, 6 * self.nodes, self.nodes)[:, None]
        own = np.bincount(at.ravel(), weights=weights.ravel(), minlength=6 * self.nodes)
        total = np.zeros((6, self.nodes + 1))
        np.cumsum(own.reshape(6, self.nodes), axis=1, out=total[:, 1:])
        sums = total[:, self.end] - total[:, :-1]
        self.good_of, self.prose_of, words, size, linked, self.blocks_of = sums
        self.density_of = linked / np.maximum(size, 1)
        self.good_per_word = self.good_of / np.maximum(words, 1)

    def _headline(self) -> int:
        """The block that looks most like the headline, -1 where none does."""
        title, level = self.title, self.level
        rating = np.where(title == 2, 4, title) + np.where(level == 1, 3, (level > 0) & (level < 4))
        at = int(rating.argmax())
        return at if int(rating[at]) >= 3 else -1

    def _best_containers(self) -> tuple[int, int]:
        """The node whose near descendants hold most prose, and the smallest node that holds 60 % of all prose."""
        near = (self.good * _FACTORS).ravel()
        weight = np.bincount(self.chain[:4].ravel(), weights=near, minlength=self.nodes)
        sizes = np.where(self.good_of * 10 >= self.total_good * 6, self.blocks_of, _BIG)
        return int(weight.argmax()), int(self.nodes - 1 - sizes[::-1].argmin())

    def blocks(self, out: Rows) -> None:
        rows = self.rows
        out[0:2] = rows[0:2]
        out[2] = self.linked / self.size
        out[3:12] = rows[3:12]
        out[12:14] = rows[14:16]
        out[14] = rows[12]
        out[15] = rows[13] if self.columns.has_body else -1
        out[16] = self.size / self.words
        out[17] = self.stops / self.words

    def elements(self, out: Rows) -> None:
        out[0:3] = self.known[self.chain[:3]]
        out[3] = self.depth[self.owner]
        out[4:] = (self.hints[self.owner] >> _BITS) & 1

    def parts(self, out: Rows) -> None:
        self.named_parts.fill(out, self.rows[14], self.number, self.good_of, self.total_good)

    def levels(self, out: Rows) -> None:
        share = self.good_of / max(self.total_good, 1)
        table = np.empty((7, self.nodes), dtype=np.float32)
        for row, values in enumerate(
            (self.tokens, self.good_of, self.prose_of, self.density_of, share, self.blocks_of, self.good_per_word)
        ):
            table[row] = values
        out[:28].reshape(4, 7, self.count)[:] = table[:, self.chain[:4]].swapaxes(0, 1)
        out[28:] = table[1:, self.chain[4]]

    def containers(self, out: Rows) -> None:
        wide = self.good_of * 2 > self.total_good
        narrow = ~wide[self.chain] | (_UPS < 2)
        for row, roles in enumerate(self.names[:, self.chain] * narrow):
            nearest = (roles > 0).argmax(axis=0)
            found = roles[nearest, self.number]
            out[2 * row] = found
            if not row:
                out[1] = np.where(found > 0, nearest, _LEVELS)
        score = self.tokens[self.chain] * narrow
        out[3] = np.minimum(score.min(axis=0), 0)
        out[4] = np.maximum(score.max(axis=0), 0)

    def best(self, out: Rows) -> None:
        parent, end, depth = self.columns.parent, self.columns.end, self.columns.depth
        own = self.depth[self.owner]
        for row, chosen in zip((0, 5), self.bests, strict=True):
            if row and chosen == self.bests[0]:
                out[5:] = out[:5]
                return
            shared = np.zeros(self.nodes, dtype=np.int64)
            chain = [chosen]
            while chain[-1]:
                chain.append(parent[chain[-1]])
            for above in reversed(chain):
                shared[above : end[above]] = depth[above]
            common = shared[self.owner]
            out[row] = own - common
            out[row + 1] = depth[chosen] - common
            out[row + 2] = int(self.good_of[chosen]) / max(self.total_good, 1)
            out[row + 3] = self.density_of[chosen]
            out[row + 4] = self.chain[1] == chosen

    def neighbours(self, out: Rows) -> None:
        total = np.zeros((4, self.count + 1), dtype=np.int64)
        np.cumsum((self.linked, self.size, self.good, self.prose), axis=1, out=total[:, 1:])
        start = np.empty((2 * len(_REACHES), self.count), dtype=np.int64)
        stop = np.empty_like(start)
        for row, reach in enumerate(_REACHES):
            start[2 * row], stop[2 * row] = self.number - reach, self.number
            start[2 * row + 1], stop[2 * row + 1] = self.number + 1, self.number + (reach + 1)
        linked, size, good, prose = total[:, np.minimum(stop, self.count)] - total[:, np.maximum(start, 0)]
        density = linked / np.maximum(size, 1)
        near = out[:4].reshape(2, 2, self.count)
        near[:, 0], near[:, 1] = density[:2], good[:2]
        far = out[4:].reshape(4, 3, self.count)
        far[:, 0], far[:, 1], far[:, 2] = density[2:], good[2:], prose[2:]

    def shifted(self, out: Rows) -> None:
        words = np.zeros(self.count + 4, dtype=np.int64)
        words[2:-2] = self.words
        numbers = self.known[self.owner]
        tag = np.full(self.count + 4, -1)
        tag[2:-2] = numbers
        for row, by in enumerate(_SHIFTS):
            out[2 * row] = words[2 - by : 2 - by + self.count]
            out[2 * row + 1] = tag[2 - by : 2 - by + self.count] == numbers
        kind = np.full(self.count + 2, -1)
        kind[1:-1] = self.kind
        out[8], out[9] = kind[:-2], kind[2:]

    def alike(self, out: Rows) -> None:
        """Blocks whose elements look alike, by three measures: class names and parent, class names of both, path."""
        node, above, over = self.chain[:3]
        look = self.tag * len(self.columns.names) + self.named
        kinds, looks, tags = int(self.tag.max()) + 1, int(look.max()) + 1, self.tag
        keys = (
            look[node] * self.nodes + above,
            look[node] * looks + look[above],
            ((tags[node] * kinds + tags[above]) * kinds + tags[over]) * (int(self.depth.max()) + 1) + self.depth[node],
        )
        numbers: list[int] = []
        known = count()
        for key in keys:
            seen: dict[int, int] = defaultdict(known.__next__)
            numbers += [seen[value] for value in key.tolist()]
        group = np.array(numbers, dtype=np.int64)
        size = next(known)
        many, words, letters, linked, good, prose = (
            np.bincount(group, minlength=size),
            *(
                np.bincount(group, weights=np.tile(values, 3), minlength=size)
                for values in (self.words, self.size, self.linked, self.good, self.good > 0)
            ),
        )
        table = np.empty((5, size), dtype=np.float32)
        table[0] = many
        table[1] = good / max(self.total_good, 1)
        table[2] = linked / letters
        table[3] = words / many
        table[4] = prose / many
        out.reshape(3, 5, self.count)[:] = table[:, group.reshape(3, self.count)].swapaxes(0, 1)

    def places(self, out: Rows) -> None:
        number, good, prose, at, total = self.number, self.good, self.prose, self.at, self.total_good
        before = good.cumsum()
        earlier = before - good
        out[0] = number - at if at >= 0 else -_BIG
        out[1] = earlier
        out[2] = total - before
        out[3] = earlier / max(total, 1)
        out[4] = before - before[at] if at >= 0 else -_BIG
        out[5] = number / self.count
        end = self.columns.end
        for row, chosen in zip((6, 8), self.bests, strict=True):
            which = ((self.owner >= chosen) & (self.owner < end[chosen]) & prose).nonzero()[0]
            low, high = (int(which[0]), int(which[-1])) if len(which) else (self.count, -1)
            out[row] = number - low
            out[row + 1] = high - number
        last = np.maximum.accumulate(np.where(self.kind == 2, number, -1))
        out[10] = np.where(last < 0, -1, number - last)
        out[11] = np.where(last < 0, 0, self.level[np.maximum(last, 0)])
        following = np.minimum.accumulate(np.where(prose, number, _BIG)[::-1])[::-1]
        out[12] = np.minimum(following - number, 99)
        out[13] = np.minimum(number - np.maximum.accumulate(np.where(prose, number, -_BIG)), 99)

    def whole(self, out: Rows) -> None:
        out[0] = self.count
        out[1] = self.total_good
        out[2] = int(self.linked.sum()) / max(int(self.size.sum()), 1)
        out[3] = self.columns.has_body
