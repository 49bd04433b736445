"""What the reader of HTML leaves for cleaners beside the blocks: the tree and the containers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

__all__ = ["TOLD", "Nodes", "Page", "told_of"]

TOLD: Final = ("meta", "script", "link", "title", "h1", "time")


@cache
def _with_itemprop() -> Any:
    from lxml import etree

    return etree.XPath("descendant-or-self::*[@itemprop]")


def told_of(root: Any) -> dict[str, list[Any]]:
    """The elements below ``root`` of each name in :data:`TOLD` (scripts only of JSON-LD), and those with an ``itemprop``
    under that name.

    One look for all who ask for some of them, while the tree is still near at hand: each later one costs twice as much.
    """
    told: dict[str, list[Any]] = {name: [] for name in TOLD}
    for element in root.iter(*TOLD):
        tag = element.tag
        if tag != "script" or "ld+json" in (element.get("type") or "").lower():
            told[tag].append(element)
    told["itemprop"] = _with_itemprop()(root)
    return told


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The block-level elements of a page in page order, as parallel sequences; number 0 is the root."""

    parent: Sequence[int]
    """Number of the nearest block-level ancestor; the root's is 0."""
    tag: Sequence[str]
    names: Sequence[str]
    """Class and id attributes as written, with a space between them."""
    depth: Sequence[int]
    hints: Sequence[int]
    """Bits of :class:`newsclean.readers.html_tags.Hint`, inherited."""
    end: Sequence[int]
    """The subtree of node ``i`` is the nodes ``i`` to ``end[i]`` (exclusive)."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A parsed page. ``elements``, ``owners`` and ``linked`` are parallel to the blocks of the document."""

    root: Any
    """The root, an ``lxml`` element; to be looked at, never changed."""
    elements: tuple[Any, ...]
    """The block-level element that holds each block (for text out of a script, the script)."""
    owners: Sequence[int]
    """Number of that element in ``nodes``."""
    linked: Sequence[int]
    """Characters of each block that stand inside links."""
    nodes: Nodes
    size: int
    """Elements on the page."""
    told: Mapping[str, list[Any]]
    """The elements that tell of the page as a whole (:func:`told_of`), in page order."""
