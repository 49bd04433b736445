"""The trie phrases are kept in, and the tokens of a line, cut no further than a trie follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclean.cleaners.phrases.schema import Entry, Slot
from newsclean.cleaners.phrases.tokens import TOKEN, plain

__all__ = ["HEAD", "TAIL", "Node", "ReversedTokens", "Tokens"]

HEAD = 4096
"""A phrase lies within this many characters of the start, or ``TAIL`` of the end: longer lines cost no more."""
TAIL = 240


class Node:
    """A place in the trie: what may follow, and which phrases end here."""

    __slots__ = ("ends", "next", "slots")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ends: list[tuple[int, Entry]] = []
        self.slots: list[tuple[Slot, Node]] = []

    def add(self, pattern: Sequence[str | Slot], rank: int, entry: Entry) -> None:
        node = self
        for part in pattern:
            if isinstance(part, str):
                node = node.next.setdefault(part, Node())
            else:
                known = [child for slot, child in node.slots if slot == part]
                if known:
                    node = known[0]
                else:
                    child = Node()
                    node.slots.append((part, child))
                    node = child
        node.ends.append((rank, entry))


class Tokens:
    """Tokens of a line, cut only when asked for."""

    __slots__ = ("_more", "spans", "words")

    def __init__(self, folded: str) -> None:
        self._more: Iterator[re.Match[str]] = TOKEN.finditer(folded, 0, HEAD)
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []

    def at(self, index: int) -> str | None:
        words = self.words
        if index < len(words):
            return words[index]
        for found in self._more:
            words.append(plain(found.group()))
            self.spans.append(found.span())
            if index < len(words):
                return words[index]
        return None


class ReversedTokens(Tokens):
    """The same from the end, over a bounded tail."""

    __slots__ = ()

    def __init__(self, folded: str) -> None:
        tail = folded[-TAIL:]
        shift = len(folded) - len(tail)
        found = list(TOKEN.finditer(tail))
        if shift:
            del found[:1]
        found.reverse()
        self._more = iter(())
        self.words = [plain(m.group()) for m in found]
        self.spans = [(m.start() + shift, m.end() + shift) for m in found]

    def at(self, index: int) -> str | None:
        return self.words[index] if index < len(self.words) else None
