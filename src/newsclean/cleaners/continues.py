"""Paragraphs that can only go on with a text, told by how they begin."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newsclean.cleaners.phrases.schema import DATA, read_toml
from newsclean.document.normalize import fold

__all__ = ["goes_on"]

_HEAD = 60


_AND: Final = re.compile("و[\u0621-\u064a]{3}")


@cache
def _openings() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Openings, and the first letters of Arabic words that have the و of "and" as their own."""
    data = read_toml(DATA / "_continues.toml")
    texts = {fold(text) for opening in data["openings"].values() for text in opening}
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return pattern, tuple(fold(text) for text in data["own_waw"])


def goes_on(text: str) -> bool:
    """Whether ``text`` begins as no story does.

    >>> goes_on("وأضاف الوزير أن العمل مستمر"), goes_on("أعلن الوزير أن العمل مستمر"), goes_on("Meanwhile, work goes on")
    (True, False, True)
    >>> goes_on("وسريعا جاء الرد من القرى المجاورة"), goes_on("وصل الوزير إلى العاصمة"), goes_on("وزارة الري تفتح السد")
    (True, False, False)
    """
    head = fold(text[:_HEAD])
    openings, own = _openings()
    return openings.match(head) is not None or (_AND.match(head) is not None and not head.startswith(own))
