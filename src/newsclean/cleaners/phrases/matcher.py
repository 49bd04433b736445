"""Furniture phrases of several languages in two token tries: one read from the line's start, one from its end.

Cost per line is one look at its first and last word for ordinary prose, and at most linear in its length: a phrase is
bounded in tokens, tokens are cut only as far as a trie follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from newsclean.cleaners.phrases import rules
from newsclean.cleaners.phrases.index import GLUE_KEY, Index
from newsclean.cleaners.phrases.lexicon import ANY, load
from newsclean.cleaners.phrases.schema import Category, Entry, Slot, Zone, categories
from newsclean.cleaners.phrases.tokens import TOKEN, is_number, plain
from newsclean.cleaners.phrases.trie import AT_ONCE, HEAD, TAIL, Node, ReversedTokens, Root, Tokens, words_in
from newsclean.document.normalize import fold

__all__ = ["Matcher", "PhraseMatch", "matcher_for"]

_REMEMBERED = 80
"""Lines of a site's menus and widgets are as short as this, and stand on each of its pages."""
_MENU = 4000
_GLUED = 400
_GLUEHEAD = 60
_TRAILING = " .!?:;,|»>)]\"'"
_BOUNDARIES = {
    ":": re.compile(r"[\s\"')\]]{0,4}(?:[:|>•]|$)| -|- "),
    ",": re.compile(r"[\s\"')\]]{0,4}(?:[:,|>•]|$)| -|- "),
}
_SEPARATOR = re.compile(r"[|/•>]| - ")
# Two words of these categories side by side may be ordinary speech ("local services"): three are needed, or a bar.
_ORDINARY = frozenset(
    {
        "navigation",
        "house_link",
        "section_name",
        "footer",
        "advert",
        "app_promo",
        "widget",
        "pagination",
        "player",
        "search",
    }
)
_SENTENCE_END = (".", "!", "?", ":", ";", ",", '."', '?"', '!"', '".', "...")


class PhraseMatch(NamedTuple):
    """What a line is. ``share``: matched part of the folded line, 0–1; 1 where the whole line is furniture.

    ``rule`` is ``phrase`` for one phrase of a file, ``menu`` and ``glued`` for a line made only of phrases (``phrase``
    is then the first of them), or the name of the shape (``captcha``, ``url_only`` …; ``phrase`` is then empty).
    """

    role: str
    category: str
    phrase: str
    language: str
    match: Literal["line", "prefix", "suffix", "slots"]
    zone: Zone
    heading: bool
    share: float
    rule: str = "phrase"


_Found = tuple[int, int, int, Entry]  # index after the last token, literal tokens, rank, entry
_Best = tuple[tuple[int, int, int, int], Entry]  # span, literal tokens, whole line, earlier entry; the entry


def _first_token(folded: str) -> str | None:
    found = TOKEN.search(folded, 0, HEAD)
    return plain(found.group()) if found else None


@lru_cache(maxsize=8192)
def _last_token(word: str) -> str | None:
    """The last token of a folded word that may have marks on it."""
    parts = TOKEN.findall(word)
    return plain(parts[-1]) if parts else None


class Matcher:
    """Phrases of several languages; of equally good ones the earlier wins. Use :func:`matcher_for`, which caches."""

    def __init__(self, indexes: Sequence[Index], languages: Sequence[str] = ()) -> None:
        self.languages = tuple(languages)
        ranks = [0, *accumulate(index.size for index in indexes)]
        self._forward, self._backward, self._menu = (
            Root([(rank, getattr(index, side)) for rank, index in zip(ranks, indexes, strict=False)])
            for side in ("forward", "backward", "menu")
        )
        self._categories = categories()
        self._networks = set[tuple[str, ...]]().union(*(index.networks for index in indexes))
        self._glue: dict[str, Entry] = {}
        self._glue_sizes: dict[str, frozenset[int]] = {}
        for index in reversed(indexes):
            self._glue |= index.glue
            for key, sizes in index.glue_sizes.items():
                self._glue_sizes[key] = sizes | self._glue_sizes.get(key, sizes)
        self._glue_longest = max(map(len, self._glue), default=0)
        self._known = lru_cache(maxsize=4096)(self._look)
        self._menu_words = frozenset[str]().union(*(index.menu_words for index in indexes))
        self._starts = {*self._forward.starts, *(words[0] for words in self._networks)}
        self._ends = {*self._backward.starts, *(words[-1] for words in self._networks)}

    def match(self, line: str) -> PhraseMatch | None:
        """What ``line`` (as printed, one line) is, or None for prose. Never raises."""
        return self.match_folded(fold(line))

    def match_folded(self, folded: str) -> PhraseMatch | None:
        """:meth:`match` for a line that went through ``newsclean.document.normalize.fold``."""
        return self._known(folded) if len(folded) <= _REMEMBERED else self._look(folded)

    def _look(self, folded: str) -> PhraseMatch | None:
        size = len(folded)
        tokens = Tokens(folded) if size <= _REMEMBERED else None
        first = _first_token(folded) if tokens is None else tokens.at(0)
        if first is None:
            return self._shape("decoration") if rules.shape(folded) else None
        number = first[0].isdigit()
        opens = number or first in self._starts or first in self._menu.starts or first[:GLUE_KEY] in self._glue_sizes
        if opens and tokens is None:  # a paragraph mostly opens like no phrase, and is not cut
            tokens = Tokens(folded)
        best: _Best | None = None
        if tokens is not None and (number or first in self._starts):
            best = self._from_start(tokens, folded, size)
        if (best is None or best[0][0] < size) and self._may_end(tokens, folded):
            other = self._from_end(folded, size)
            if other is not None and (best is None or other[0] > best[0]):
                best = other
        hit = self._phrase(best[1], best[0][0], size) if best else None
        if hit is not None and hit.share == 1:
            return hit
        if size <= rules.LONGEST:
            name = rules.shape_of_words(folded)
            if name is not None:
                return self._shape(name)
        if tokens is None:
            return hit
        if size <= _MENU and (number or first in self._menu.starts):
            menu = self._whole(tokens, folded)
            if menu is not None:
                return menu
        if size <= _GLUED and first[:GLUE_KEY] in self._glue_sizes:
            glued = self._glued(tokens, folded)
            if glued is not None:
                return glued
        return hit

    # phrases ---------------------------------------------------------------------------------------------------

    def _from_start(self, tokens: Tokens, folded: str, size: int) -> _Best | None:
        best: _Best | None = None
        for used, literal, rank, entry in self._walk(self._forward, tokens, 0, 0, False):
            ended = tokens.at(used) is None and size <= HEAD
            if entry.match in ("line", "heading"):
                if not ended or self._runs_on(entry, folded):
                    continue
                span = size
            elif entry.bound and not ended and _BOUNDARIES[entry.bound].match(folded, tokens.span(used - 1)[1]) is None:
                continue
            else:
                span = size if ended else tokens.span(used - 1)[1]
            best = self._better(best, span, literal, rank, entry)
        return best

    def _may_end(self, tokens: Tokens | None, folded: str) -> bool:
        """Whether the last word of the line is one that phrases end with."""
        if tokens is not None and len(folded) <= AT_ONCE and not self._ends_phrase(tokens.words[-1]):
            return False
        word = _last_token(folded[-60:].rstrip(_TRAILING).rpartition(" ")[2])
        return word is not None and self._ends_phrase(word)

    def _ends_phrase(self, word: str) -> bool:
        return word in self._ends or word[0].isdigit()

    def _from_end(self, folded: str, size: int) -> _Best | None:
        tokens = ReversedTokens(folded)
        best: _Best | None = None
        for used, literal, rank, entry in self._walk(self._backward, tokens, 0, 0, True):
            ended = tokens.at(used) is None and size <= TAIL
            if entry.match in ("line", "heading") and not ended:
                continue
            span = size if ended else size - tokens.span(used - 1)[0]
            best = self._better(best, span, literal, rank, entry)
        return best

    @staticmethod
    def _runs_on(entry: Entry, folded: str) -> bool:
        """An open slot at the end of a phrase does not swallow a sentence."""
        last = entry.pattern[-1]
        return isinstance(last, Slot) and last.kind in ("…", "name") and folded.endswith(_SENTENCE_END)

    @staticmethod
    def _better(best: _Best | None, span: int, literal: int, rank: int, entry: Entry) -> _Best:
        score = (span, literal, int(entry.match in ("line", "heading")), -rank)
        return best if best is not None and best[0] >= score else (score, entry)

    @staticmethod
    def _phrase(entry: Entry, span: int, size: int) -> PhraseMatch:
        kind: Literal["line", "prefix", "suffix", "slots"] = "line"
        if entry.slotted:
            kind = "slots"
        elif entry.match == "prefix" or entry.match == "suffix":
            kind = entry.match
        share = 1.0 if span >= size else round(span / size, 4)
        return PhraseMatch(
            entry.role, entry.category, entry.phrase, entry.language, kind, entry.zone, entry.heading, share
        )

    def _walk(self, node: Node, tokens: Tokens, at: int, literal: int, backward: bool) -> list[_Found]:
        found: list[_Found] = []
        while True:
            if node.ends:
                found += [(at, literal, rank, entry) for rank, entry in node.ends]
            for slot, child in node.slots:
                for used in self._fill(slot, tokens, at, backward):
                    found += self._walk(child, tokens, at + used, literal, backward)
            word = tokens.at(at)
            below = node.below(word) if word is not None else None
            if below is None:
                return found
            node = below
            at += 1
            literal += 1

    def _fill(self, slot: Slot, tokens: Tokens, at: int, backward: bool) -> Iterator[int]:
        words: list[str] = []
        while len(words) < slot.most:
            word = tokens.at(at + len(words))
            if word is None:
                return
            if slot.kind == "n" and not is_number(word):
                return
            if slot.kind == "name" and not word.isalpha() and any(letter.isdigit() for letter in word):
                return
            words.append(word)
            if slot.kind != "network" or tuple(words[::-1] if backward else words) in self._networks:
                yield len(words)

    # compositions ----------------------------------------------------------------------------------------------

    def _whole(self, tokens: Tokens, folded: str) -> PhraseMatch | None:
        if not all(word in self._menu_words or is_number(word) for word in tokens.words):
            return None
        parts: list[tuple[int, Entry]] = []
        at = 0
        while (word := tokens.at(at)) is not None:
            found = [(end, -rank, entry) for end, _, rank, entry in self._walk(self._menu, tokens, at, 0, False)]
            if found:
                end, _, entry = max(found, key=lambda item: item[:2])
                parts.append((end - at, entry))
                at = end
            elif is_number(word):
                at += 1
            else:
                return None
        return self._combined(parts, "menu", folded)

    def _glued(self, tokens: Tokens, folded: str) -> PhraseMatch | None:
        head = "".join(tokens.words if len(folded) <= _GLUEHEAD else words_in(folded[:_GLUEHEAD]))
        for size in self._glue_sizes.get(head[:GLUE_KEY], ()):
            if head[:size] in self._glue:
                break
        else:
            return None
        joined = "".join(words_in(folded))
        # back[i]: the longest last piece of a parse of joined[:i] into known phrases
        back: list[tuple[int, Entry] | None] = [None] * (len(joined) + 1)
        reached = [0]
        for at in reached:
            for size in range(min(self._glue_longest, len(joined) - at), 3, -1):
                known = self._glue.get(joined[at : at + size])
                if known and back[at + size] is None:
                    back[at + size] = (size, known)
                    reached.append(at + size)
        parts: list[tuple[int, Entry]] = []
        at = len(joined)
        while at and (step := back[at]) is not None:
            parts.append((1, step[1]))
            at -= step[0]
        return self._combined(parts[::-1], "glued", folded) if at == 0 else None

    def _combined(self, parts: list[tuple[int, Entry]], rule: str, folded: str) -> PhraseMatch | None:
        """One match for a line made only of phrases; its category is the one with the most words."""
        if len(parts) < 2:
            return None
        weight: dict[str, int] = {}
        for used, entry in parts:
            weight[entry.category] = weight.get(entry.category, 0) + used
        if len(parts) < 3 and _ORDINARY.intersection(weight) and not _SEPARATOR.search(folded):
            return None
        main = max(weight, key=lambda name: weight[name])
        lead = next(entry for _, entry in parts if entry.category == main)
        category = "navigation" if main == "section_name" else main
        role = self._categories[category].role
        return PhraseMatch(role, category, lead.phrase, lead.language, "line", "any", False, 1.0, rule)

    def _shape(self, name: str) -> PhraseMatch:
        category: Category = self._categories[name]
        return PhraseMatch(category.role, name, "", ANY, "line", category.zone, False, 1.0, name)


@lru_cache(maxsize=64)
def matcher_for(languages: tuple[str, ...]) -> Matcher:
    """The phrases of these languages (see :func:`newsclean.cleaners.phrases.languages_for`) and of ``mul``, built once.

    Of equally good phrases the one of the earlier language wins.

    Raises :class:`newsclean.errors.LexiconError` for a language that has no phrase file.
    """
    codes = dict.fromkeys((*languages, ANY))
    return Matcher([_index(code) for code in codes], languages)


@cache
def _index(language: str) -> Index:
    return Index(load(language).entries)
