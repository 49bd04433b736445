"""Roles that class and id attributes give away, from ``markup_names.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from newsclean.document.roles import Role

__all__ = ["field_of", "furniture_of", "words_of"]

_DATA = Path(__file__).with_name("markup_names.toml")
_MAX_TOKENS = 40
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")


@cache
def _tables() -> tuple[dict[str, tuple[int, Role]], dict[str, tuple[int, Role]]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    furniture, fields = (
        {
            word: (rank, Role(role))
            for rank, (role, words) in reversed(list(enumerate(data[part].items())))
            for word in words
        }
        for part in ("words", "fields")
    )
    return furniture, fields


_Best = tuple[int, Role, str] | None


@lru_cache(maxsize=50_000)
def _token(token: str) -> tuple[tuple[str, ...], _Best, _Best]:
    """Words of one token, and its best furniture role and field role."""
    words = [word.lower() for word in _WORD.findall(token[:80])]
    if len(words) > 2:
        words += [a + b for a, b in pairwise(words)]
    elif len(words) == 2 and not words[1].isdigit():
        words.append(words[0] + words[1])
    furniture, fields = _tables()
    return tuple(words), _best(words, furniture), _best(words, fields)


def _best(words: list[str], table: dict[str, tuple[int, Role]]) -> _Best:
    best: _Best = None
    for word in words:
        hit = table.get(word)
        if hit is not None and (best is None or hit[0] < best[0]):
            best = (hit[0], hit[1], word)
    return best


def words_of(names: str) -> tuple[str, ...]:
    """The words of class and id attributes, and each two neighbours of one token written together.

    >>> words_of("post-relatedPosts x1")
    ('post', 'related', 'posts', 'postrelated', 'relatedposts', 'x', '1')
    """
    found: list[str] = []
    for token in names.split()[:_MAX_TOKENS]:
        found += _token(token)[0]
    return tuple(found)


def _first(hits: Iterable[_Best]) -> tuple[Role, str] | None:
    best: _Best = None
    for hit in hits:
        if hit is not None and (best is None or hit[0] < best[0]):
            best = hit
    return (best[1], best[2]) if best else None


@lru_cache(maxsize=20_000)
def furniture_of(names: str) -> tuple[Role, str] | None:
    """The removed role that class and id attributes name, and the word that does.

    >>> furniture_of("story__share-buttons")
    (<Role.SHARE: 'share'>, 'share')
    """
    return _first([_token(token)[1] for token in names.split()[:_MAX_TOKENS]])


@lru_cache(maxsize=20_000)
def field_of(names: str) -> tuple[Role, str] | None:
    """The field of an article that class and id attributes name, and the word that does.

    >>> field_of("article-byline")
    (<Role.BYLINE: 'byline'>, 'byline')
    """
    return _first([_token(token)[2] for token in names.split()[:_MAX_TOKENS]])
