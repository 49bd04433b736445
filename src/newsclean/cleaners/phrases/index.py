"""Phrases of one language by the word that a line must begin or end with; tries are made of these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsclean.cleaners.phrases.schema import Entry, Slot
from newsclean.cleaners.phrases.tokens import is_dense

__all__ = ["GLUE_KEY", "Index", "Openings"]

GLUE_KEY = 4
"""Words glued together are looked up by so many of their first letters."""
_GLUE_MOST = 32

_Placed = tuple[tuple[str | Slot, ...], int, Entry]  # pattern in reading direction, place in the language, entry


class Openings(NamedTuple):
    """Phrases by their first word, and those that begin with a slot."""

    words: dict[str, list[_Placed]]
    slots: list[_Placed]

    def put(self, pattern: tuple[str | Slot, ...], place: int, entry: Entry) -> None:
        first = pattern[0]
        known = self.slots if isinstance(first, Slot) else self.words.setdefault(first, [])
        known.append((pattern, place, entry))


class Index:
    """The phrases of one file, of equally good ones the earlier first.

    ``forward`` and ``backward`` are read from the start and from the end of a line, ``menu`` and ``glue`` (by its letters
    without spaces) name what lines are made of that are nothing but phrases.
    """

    __slots__ = ("backward", "forward", "glue", "glue_sizes", "menu", "menu_words", "networks", "size")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.forward, self.backward, self.menu = Openings({}, []), Openings({}, []), Openings({}, [])
        self.glue: dict[str, Entry] = {}
        self.glue_sizes: dict[str, frozenset[int]] = {}
        self.networks: set[tuple[str, ...]] = set()
        self.menu_words: set[str] = set()
        self.size = 0
        for entry in entries:
            self._put(entry, self.size)
            self.size += 1
        for word in self.glue:
            self.glue_sizes[word[:GLUE_KEY]] = self.glue_sizes.get(word[:GLUE_KEY], frozenset()) | {len(word)}

    def _put(self, entry: Entry, place: int) -> None:
        pattern = entry.pattern
        first = pattern[0]
        if entry.match == "suffix" or (isinstance(first, Slot) and first.kind in ("…", "name")):
            self.backward.put(pattern[::-1], place, entry)
        else:
            self.forward.put(pattern, place, entry)
        words = tuple(part for part in pattern if isinstance(part, str))
        if entry.category in ("network", "mail"):
            self.networks.add(words)
        if entry.combines and len(words) == len(pattern):
            self.menu.put(pattern, place, entry)
            self.menu_words.update(words)
            joined = "".join(words)
            if 4 <= len(joined) <= _GLUE_MOST and not is_dense(words[0]):
                self.glue.setdefault(joined, entry)
