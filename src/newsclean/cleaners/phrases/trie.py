"""The trie phrases are kept in, and the tokens of a line, cut no further than a trie follows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from newsclean.cleaners.phrases.schema import Entry, Slot
from newsclean.cleaners.phrases.tokens import TOKEN, plain

__all__ = ["AT_ONCE", "HEAD", "TAIL", "Node", "ReversedTokens", "Tokens", "words_in"]

HEAD = 4096
"""A phrase lies within this many characters of the start, or ``TAIL`` of the end: longer lines cost no more."""
TAIL = 240
AT_ONCE = 200
"""Of lines up to this long all tokens are cut at once."""


class Node:
    """A place in the trie: what may follow, and which phrases end here."""

    __slots__ = ("ends", "next", "slots")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        # of fifty thousand places most have no slot, and many no end: an empty tuple costs nothing
        self.ends: tuple[tuple[int, Entry], ...] = ()
        self.slots: tuple[tuple[Slot, Node], ...] = ()

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
                    node.slots += ((part, child),)
                    node = child
        node.ends += ((rank, entry),)

    def words(self) -> set[str]:
        """Every word in the trie."""
        found = set(self.next)
        for below in (*self.next.values(), *(child for _, child in self.slots)):
            found |= below.words()
        return found


class Tokens:
    """Tokens of a line: of a short one all at once, of a longer one only when asked for."""

    __slots__ = ("_folded", "_more", "_spans", "words")

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._spans: list[tuple[int, int]] | None = None
        self._more: Iterator[str] | None = None
        if len(folded) <= AT_ONCE:
            self.words = words_in(folded)
        else:
            self.words = []
            self._more = (plain(found.group()) for found in TOKEN.finditer(folded, 0, HEAD))

    def at(self, index: int) -> str | None:
        words = self.words
        if index < len(words):
            return words[index]
        if self._more is not None:
            for word in self._more:
                words.append(word)
                if index < len(words):
                    return word
        return None

    def span(self, index: int) -> tuple[int, int]:
        """Where token ``index``, which :meth:`at` has shown, begins and ends."""
        if self._spans is None:
            self._spans = [found.span() for found in islice(TOKEN.finditer(self._folded, 0, HEAD), len(self.words))]
        return self._spans[index]


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
        self._folded = folded
        self._more = None
        self.words = [plain(m.group()) for m in found]
        self._spans = [(m.start() + shift, m.end() + shift) for m in found]


def words_in(folded: str) -> list[str]:
    """All tokens of ``folded``."""
    words: list[str] = TOKEN.findall(folded)
    return words if folded.isascii() else [plain(word) for word in words]
