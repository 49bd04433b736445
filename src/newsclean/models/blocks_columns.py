"""A page as the learned labeler takes it: columns of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Columns"]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A page as numbers. Per block: each of ``rows``, and ``owner``; per class names: ``names``, ``words``; per node, in
    page order: all others."""

    rows: Sequence[Sequence[int]]
    """size, words, linked, stops, commas, ending, opening, kind, level, copies, copy, title, description, body, phrase,
    alike openings."""
    owner: Sequence[int]
    parent: Sequence[int]
    end: Sequence[int]
    depth: Sequence[int]
    hints: Sequence[int]
    tag: Sequence[int]
    """Number of the element's name; up to ``tags`` they mean the same on every page."""
    tags: int
    named: Sequence[int]
    """Place of the node's class names in ``names`` and ``words``."""
    names: Sequence[tuple[int, int]]
    """Furniture role and field role that the class names give away, 0 for none."""
    words: Sequence[tuple[str, ...]]
    """Words of the class names, for the learned dictionary."""
    has_body: int
    """Characters of the text in the structured data."""
