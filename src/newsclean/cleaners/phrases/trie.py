"""The tries phrases are kept in, and the tokens of a line, cut no further than a trie follows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from newsclean.cleaners.phrases.index import Openings
from newsclean.cleaners.phrases.schema import Entry, Slot
from newsclean.cleaners.phrases.tokens import TOKEN, plain

__all__ = ["AT_ONCE", "HEAD", "TAIL", "Node", "ReversedTokens", "Root", "Tokens", "words_in"]

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
                below = node.next.get(part)
                if below is None:
                    below = node.next[part] = Node()
            else:
                below = next((child for slot, child in node.slots if slot == part), None)
                if below is None:
                    below = Node()
                    node.slots += ((part, below),)
            node = below
        node.ends += ((rank, entry),)

    def below(self, word: str) -> Node | None:
        """Where ``word`` leads."""
        return self.next.get(word)


class Root(Node):
    """Where the phrases of several languages begin. What begins with a word is laid out when a line first has that word
    there: of ten thousand phrases a page has a hundred."""

    __slots__ = ("_languages", "starts")

    def __init__(self, languages: Sequence[tuple[int, Openings]]) -> None:
        """``languages``: of each the rank of its first phrase, and its phrases."""
        super().__init__()
        self._languages = languages
        self.starts = frozenset[str]().union(*(openings.words for _, openings in languages))
        """Words that phrases begin with."""
        for first, openings in languages:
            for pattern, place, entry in openings.slots:
                self.add(pattern, first + place, entry)

    def below(self, word: str) -> Node | None:
        node = self.next.get(word)
        if node is None and word in self.starts:
            node = Node()
            for first, openings in self._languages:
                for pattern, place, entry in openings.words.get(word, ()):
                    node.add(pattern[1:], first + place, entry)
            self.next[word] = node  # whole, so that another thread never sees a part of it
        return node


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
