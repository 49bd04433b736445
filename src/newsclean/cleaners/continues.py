"""Paragraphs that can only go on with a text, told by how they begin."""

from __future__ import annotations

import re
from functools import cache

from newsclean.cleaners.phrases.schema import DATA, read_toml
from newsclean.document.normalize import fold

__all__ = ["goes_on"]

_HEAD = 60


@cache
def _openings() -> re.Pattern[str]:
    texts = {fold(text) for opening in read_toml(DATA / "_continues.toml")["openings"].values() for text in opening}
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def goes_on(text: str) -> bool:
    """Whether ``text`` begins as no story does.

    >>> goes_on("وأضاف الوزير أن العمل مستمر"), goes_on("أعلن الوزير أن العمل مستمر"), goes_on("Meanwhile, work goes on")
    (True, False, True)
    """
    return _openings().match(fold(text[:_HEAD])) is not None
