"""Numbers that tell body from furniture on an HTML page.

Every value is an integer or one division of integers, so that it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newsclean.models.blocks_caps import cap
from newsclean.models.blocks_parts import Parts

__all__ = ["Columns", "features", "named_features"]

Ints = npt.NDArray[np.int64]

_LEVELS: Final = 7
_BIG: Final = 10**6
_ENOUGH: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A page as numbers. Per block: ``rows``, ``signatures``, ``owner``; per node, in page order: all others."""

    rows: Sequence[Sequence[int]]
    """size, words, linked, stops, commas, end, opening, kind, level, copies, copy, title, description, body, phrase, alike openings."""
    signatures: Sequence[Sequence[int]]
    """Groups of blocks whose elements look alike, by three measures."""
    owner: Sequence[int]
    parent: Sequence[int]
    end: Sequence[int]
    depth: Sequence[int]
    hints: Sequence[int]
    tag: Sequence[int]
    names: Sequence[tuple[int, int]]
    """Furniture role and field role that the class names give away, 0 for none."""
    words: Sequence[tuple[str, ...]]
    """Words of the class names, for the learned dictionary."""
    has_body: int
    """Characters of the text in the structured data."""


class _Sheet:
    """Collects named features."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.values: list[Any] = []

    def put(self, name: str, value: Any) -> None:
        self.names.append(name)
        self.values.append(value)


def _share(part: Any, whole: Any) -> Any:
    return part / np.maximum(whole, 1)


def _shift(values: Any, by: int, fill: float) -> Any:
    out = np.full(len(values), fill, dtype=np.float64)
    if by > 0:
        out[by:] = values[:-by]
    elif by < 0:
        out[:by] = values[-by:]
    return out


def features(columns: Columns, token_scores: Sequence[int]) -> npt.NDArray[np.float32]:
    """One row per feature, one column per block. ``token_scores`` are the learned scores of the nodes' class names."""
    return named_features(columns, token_scores)[1]


def named_features(columns: Columns, token_scores: Sequence[int]) -> tuple[list[str], npt.NDArray[np.float32]]:
    """Names of the features, and :func:`features`."""
    rows = np.array(columns.rows, dtype=np.int64).T
    (
        size,
        words,
        linked,
        stops,
        commas,
        ending,
        opening,
        kind,
        level,
        copies,
        copy,
        title,
        description,
        body,
        phrase,
        opened,
    ) = rows
    owner = np.array(columns.owner, dtype=np.int64)
    parent = np.array(columns.parent, dtype=np.int64)
    end = np.array(columns.end, dtype=np.int64)
    depth = np.array(columns.depth, dtype=np.int64)
    names = np.array(columns.names, dtype=np.int64).T
    hints = np.array(columns.hints, dtype=np.int64)[owner]
    tags = np.array(columns.tag, dtype=np.int64)
    tokens = np.array(token_scores, dtype=np.int64)
    count = len(size)
    number = np.arange(count)
    sheet = _Sheet()
    put = sheet.put

    density = linked / size
    prose = (words >= 10) & (linked * 3 < size) & ((stops > 0) | (words >= 25))
    good = np.where(prose, words, 0)
    total_good = int(good.sum())

    for label, values in (
        ("size", size), ("words", words), ("density", density), ("stops", stops), ("commas", commas), ("ending", ending),
        ("opening", opening), ("kind", kind), ("level", level), ("copies", copies), ("copy", copy), ("title", title), ("phrase", phrase), ("opened", opened),
        ("description", description), ("body", body if columns.has_body else np.full(count, -1)),
        ("letters", size / words), ("stops per word", stops / words),
    ):  # fmt: skip
        put(label, values)
    put("tag", tags[owner])
    put("parent tag", tags[parent[owner]])
    put("grandparent tag", tags[parent[parent[owner]]])
    put("depth", depth[owner])
    for bit in range(19):
        if bit in (13, 16):
            continue
        put(f"hint {bit}", (hints >> bit) & 1)

    per_node = _NodeSums(owner, end, len(parent))
    sums = {
        "words": per_node(words), "good": per_node(good), "prose": per_node(prose.astype(np.int64)),
        "size": per_node(size), "linked": per_node(linked), "blocks": per_node(np.ones(count, dtype=np.int64)),
    }  # fmt: skip
    at = _headline(title, level)
    parts = Parts(owner, parent, end, sums["good"], names[0], total_good, at)
    shown = ~(parts.inside["comments"] | parts.inside["notices"])
    clean = np.where(shown, good, 0)
    if _ENOUGH <= int(clean.sum()) < total_good:
        good, prose, total_good = clean, prose & shown, int(clean.sum())
        sums["good"] = per_node(good)
        sums["prose"] = per_node(prose.astype(np.int64))
    parts.put(put, phrase, number, sums["good"], total_good)
    best = _best_container(owner, parent, good, sums, total_good)
    _containers(put, owner, parent, depth, end, sums, names, tokens, total_good, best)
    _neighbours(put, words, size, linked, good, prose, tags[owner], kind)
    _signatures(put, columns, words, size, linked, good, total_good)
    _places(put, number, good, prose, at, level, owner, best, end, kind, total_good)
    put("page blocks", np.full(count, count))
    put("page good", np.full(count, total_good))
    put("page density", np.full(count, int(linked.sum()) / max(int(size.sum()), 1)))
    put("page body", np.full(count, columns.has_body))
    matrix = np.asarray(sheet.values, dtype=np.float32)
    cap(sheet.names, matrix)
    return sheet.names, matrix


class _NodeSums:
    """Sums over subtrees: nodes are in page order, so a subtree is a stretch of them."""

    def __init__(self, owner: Ints, end: Ints, nodes: int) -> None:
        self._owner = owner
        self._end = end
        self._nodes = nodes

    def __call__(self, values: Ints) -> Ints:
        at = np.bincount(self._owner, weights=values, minlength=self._nodes)
        total = np.zeros(self._nodes + 1)
        np.cumsum(at, out=total[1:])
        return (total[self._end] - total[:-1]).astype(np.int64)


def _best_container(owner: Ints, parent: Ints, good: Ints, sums: dict[str, Ints], total_good: int) -> tuple[int, int]:
    """The node whose near descendants hold most prose, and the smallest node that holds 60 % of all prose."""
    weight = np.zeros(len(parent))
    node = owner
    for factor in (8, 16, 8, 4):
        weight += np.bincount(node, weights=good * factor, minlength=len(parent))
        node = parent[node]
    first = int(np.argmax(weight))
    large = sums["good"] * 10 >= total_good * 6
    sizes = np.where(large, sums["blocks"], _BIG)
    return first, int(len(sizes) - 1 - np.argmin(sizes[::-1]))


def _headline(title: Ints, level: Ints) -> int:
    """The block that looks most like the headline, -1 where none does."""
    rating = np.where(title == 2, 4, title) + np.where(level == 1, 3, np.where((level > 0) & (level < 4), 1, 0))
    rating = np.where(level + title > 0, rating, 0)
    at = int(np.argmax(rating))
    return at if int(rating[at]) >= 3 else -1


def _containers(
    put: Any, owner: Ints, parent: Ints, depth: Ints, end: Ints, sums: dict[str, Ints], names: Ints, tokens: Ints,
    total_good: int, best: tuple[int, int],
) -> None:  # fmt: skip
    furniture, field = names
    wide = sums["good"] * 2 > total_good
    density = _share(sums["linked"], sums["size"])
    node = owner
    nearest = np.full(len(owner), 0)
    nearest_at = np.full(len(owner), _LEVELS)
    field_at = np.full(len(owner), 0)
    lowest = np.zeros(len(owner), dtype=np.int64)
    highest = np.zeros(len(owner), dtype=np.int64)
    for up in range(_LEVELS):
        narrow = ~wide[node] | (up < 2)
        named = (nearest == 0) & (furniture[node] > 0) & narrow
        nearest = np.where(named, furniture[node], nearest)
        nearest_at = np.where(named, up, nearest_at)
        field_at = np.where((field_at == 0) & (field[node] > 0) & narrow, field[node], field_at)
        score = np.where(narrow, tokens[node], 0)
        lowest = np.minimum(lowest, score)
        highest = np.maximum(highest, score)
        if up < 4:
            put(f"tokens {up}", tokens[node])
        if up < 5:
            put(f"good {up}", sums["good"][node])
            put(f"prose {up}", sums["prose"][node])
            put(f"density {up}", density[node])
            put(f"share {up}", sums["good"][node] / max(total_good, 1))
            put(f"blocks {up}", sums["blocks"][node])
            put(f"good per word {up}", _share(sums["good"][node], sums["words"][node]))
        node = parent[node]
    put("nearest furniture", nearest)
    put("nearest furniture at", nearest_at)
    put("nearest field", field_at)
    put("lowest tokens", lowest)
    put("highest tokens", highest)
    for label, chosen in zip("ab", best, strict=True):
        shared = np.zeros(len(parent), dtype=np.int64)
        chain = [chosen]
        while chain[-1]:
            chain.append(int(parent[chain[-1]]))
        for above in reversed(chain):
            shared[above : end[above]] = depth[above]
        down = depth[owner] - shared[owner]
        put(f"below best {label}", down)
        put(f"above best {label}", depth[chosen] - shared[owner])
        put(f"best share {label}", np.full(len(owner), int(sums["good"][chosen]) / max(total_good, 1)))
        put(f"best density {label}", np.full(len(owner), density[chosen]))
        put(f"parent is best {label}", (parent[owner] == chosen).astype(np.int64))


def _neighbours(put: Any, words: Ints, size: Ints, linked: Ints, good: Ints, prose: Any, tag: Ints, kind: Ints) -> None:
    count = len(words)
    sums = {}
    for label, values in (("good", good), ("size", size), ("linked", linked), ("prose", prose.astype(np.int64))):
        total = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(values, out=total[1:])
        sums[label] = total
    number = np.arange(count)
    for reach in (1, 3, 8):
        low, high = np.maximum(number - reach, 0), np.minimum(number + reach + 1, count)
        for side, start, stop in (("before", low, number), ("after", number + 1, high)):
            linked_here = sums["linked"][stop] - sums["linked"][start]
            size_here = sums["size"][stop] - sums["size"][start]
            put(f"density {side} {reach}", _share(linked_here, size_here))
            put(f"good {side} {reach}", sums["good"][stop] - sums["good"][start])
            if reach > 1:
                put(f"prose {side} {reach}", sums["prose"][stop] - sums["prose"][start])
    for by in (1, 2, -1, -2):
        put(f"words {by}", _shift(words, by, 0))
        put(f"same tag {by}", _shift(tag, by, -1) == tag)
    put("kind 1", _shift(kind, 1, -1))
    put("kind -1", _shift(kind, -1, -1))


def _signatures(put: Any, columns: Columns, words: Ints, size: Ints, linked: Ints, good: Ints, total_good: int) -> None:
    groups = np.array(columns.signatures, dtype=np.int64).T
    for label, group in enumerate(groups):
        counts = np.bincount(group)
        good_in = np.bincount(group, weights=good)
        put(f"alike {label}", counts[group])
        put(f"alike good {label}", good_in[group] / max(total_good, 1))
        put(f"alike density {label}", (np.bincount(group, weights=linked) / np.bincount(group, weights=size))[group])
        put(f"alike words {label}", (np.bincount(group, weights=words) / counts)[group])
        put(f"alike prose {label}", (np.bincount(group, weights=(good > 0)) / counts)[group])


def _places(
    put: Any, number: Ints, good: Ints, prose: Any, at: int, level: Ints, owner: Ints,
    best: tuple[int, int], end: Ints, kind: Ints, total_good: int,
) -> None:  # fmt: skip
    count = len(number)
    known = at >= 0
    put("after title", np.where(known, number - at, -_BIG))
    before = np.cumsum(good)
    put("good before", before - good)
    put("good left", total_good - before)
    put("good before share", (before - good) / max(total_good, 1))
    put("good since title", np.where(known, before - before[at], -_BIG))
    put("place", number / count)
    for label, chosen in zip("ab", best, strict=True):
        inside = (owner >= chosen) & (owner < end[chosen]) & prose
        which = np.flatnonzero(inside)
        low, high = (int(which[0]), int(which[-1])) if len(which) else (count, -1)
        put(f"from first {label}", number - low)
        put(f"to last {label}", high - number)
    heading = np.where(kind == 2, number, -1)
    last = np.maximum.accumulate(heading)
    put("since heading", np.where(last < 0, -1, number - last))
    put("heading level", np.where(last < 0, 0, level[np.maximum(last, 0)]))
    nextprose = np.where(prose, number, _BIG)[::-1]
    nextprose = np.minimum.accumulate(nextprose)[::-1]
    put("to prose", np.minimum(nextprose - number, 99))
    lastprose = np.maximum.accumulate(np.where(prose, number, -_BIG))
    put("since prose", np.minimum(number - lastprose, 99))
