"""The dateline that opens an article: place, agency, or both."""

from __future__ import annotations

import re

__all__ = ["find_dateline"]

_AGENCY = r"\((?:[^()\d]{2,40})\)"
_PLACE = r"[^\W\d_][\w'’.\- ]{1,30}"
_CAPITALS = r"[A-ZÀ-ÖØ-ÞŁŚŻĞİŞČŘŠŽА-ЯЁΑ-Ω][A-ZÀ-ÖØ-ÞŁŚŻĞİŞČŘŠŽА-ЯЁΑ-Ω'’.\- ]{2,30}"
_DATELINE = re.compile(
    rf"(?P<line>(?:{_PLACE}(?:, [^\W\d_][\w. ]{{1,20}})?\s*{_AGENCY}|{_CAPITALS}(?:, [^\W\d_][\w. ]{{1,20}}?)?(?:, [^–—\-:.()]{{3,20}})?\s*(?:{_AGENCY})?))"
    r"\s*(?:[–—]|--|-(?=\s))\s*(?=\S)"
)

_AGENCY_NAME = re.compile(r"(?P<line>(?:[^\W\d_]+ ){1,3}نيوز)\s*[:–—-]\s*(?=\S)")
"""An Arabic agency that calls itself News, before a colon or a dash."""


def find_dateline(paragraph: str) -> str | None:
    """The dateline at the start of ``paragraph``, without the dash, or None. The paragraph itself is not cut.

    >>> find_dateline("WASHINGTON (AP) — The Senate voted on Monday to delay the bill.")
    'WASHINGTON (AP)'
    >>> find_dateline("القاهرة (رويترز) - قالت وزارة الصحة إن عدد الحالات تراجع.")
    'القاهرة (رويترز)'
    >>> find_dateline("The minister — who resigned in May — said so.")
    """
    match = _DATELINE.match(paragraph[:120]) or _AGENCY_NAME.match(paragraph[:60])
    return match.group("line").strip() if match else None
