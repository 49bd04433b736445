"""Roles that class and id attributes give away, from ``markup_names.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from newsclean.document.roles import Role

__all__ = ["NameFacts", "facts_of", "field_of", "furniture_of"]

_DATA = Path(__file__).with_name("markup_names.toml")
_MAX_TOKENS = 40
_NUMBERS = {role: number for number, role in enumerate(Role, 1)}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")


_Best = tuple[int, Role, str] | None
_RANK = itemgetter(0)


@cache
def _table() -> dict[str, tuple[_Best, _Best]]:
    """Each word with the furniture role and the field role that it names, under their ranks."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    furniture, fields = (
        {
            word: (rank, Role(role), word)
            for rank, (role, words) in reversed(list(enumerate(data[part].items())))
            for word in words
        }
        for part in ("words", "fields")
    )
    return {word: (furniture.get(word), fields.get(word)) for word in furniture | fields}


@lru_cache(maxsize=50_000)
def _token(token: str) -> tuple[tuple[str, ...], _Best, _Best]:
    """Words of one token, and its best furniture role and field role."""
    words = _WORD.findall(token[:80])
    if not token.islower():
        words = [word.lower() for word in words]
    if len(words) > 2:
        words += [a + b for a, b in pairwise(words)]
    elif len(words) == 2 and not words[1].isdigit():
        words.append(words[0] + words[1])
    furniture: _Best = None
    field: _Best = None
    table = _table()
    for word in words:
        if word in table:
            one, other = table[word]
            if one is not None and (furniture is None or one[0] < furniture[0]):
                furniture = one
            if other is not None and (field is None or other[0] < field[0]):
                field = other
    return tuple(dict.fromkeys(words)), furniture, field


class NameFacts(NamedTuple):
    """What class and id attributes tell."""

    furniture: tuple[Role, str] | None
    """The removed role that they name, and the word that does."""
    field: tuple[Role, str] | None
    """The field of an article that they name, and the word that does."""
    words: tuple[str, ...]
    """Their words, each once, and each two neighbours of one token written together."""
    numbers: tuple[int, int] = (0, 0)
    """The two roles as numbers, 0 for none."""


@lru_cache(maxsize=8192)
def facts_of(names: str) -> NameFacts:
    """What class and id attributes, with white space between them, tell.

    >>> facts_of("post-relatedPosts x1").words
    ('post', 'related', 'posts', 'postrelated', 'relatedposts', 'x', '1')
    """
    tokens = names.split()
    if len(tokens) == 1:
        words, furniture, field = _token(tokens[0])
    else:
        told = list(map(_token, tokens[:_MAX_TOKENS]))
        words = tuple(dict.fromkeys([word for parts, _, _ in told for word in parts]))
        furniture = min([hit for _, hit, _ in told if hit is not None], key=_RANK, default=None)
        field = min([hit for _, _, hit in told if hit is not None], key=_RANK, default=None)
    if furniture is None and field is None:
        return NameFacts(None, None, words)
    numbers = (_NUMBERS[furniture[1]] if furniture else 0, _NUMBERS[field[1]] if field else 0)
    return NameFacts(furniture[1:] if furniture else None, field[1:] if field else None, words, numbers)


def furniture_of(names: str) -> tuple[Role, str] | None:
    """The removed role that class and id attributes name, and the word that does.

    >>> furniture_of("story__share-buttons")
    (<Role.SHARE: 'share'>, 'share')
    """
    return facts_of(names).furniture


def field_of(names: str) -> tuple[Role, str] | None:
    """The field of an article that class and id attributes name, and the word that does.

    >>> field_of("article-byline")
    (<Role.BYLINE: 'byline'>, 'byline')
    """
    return facts_of(names).field
