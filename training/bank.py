"""Furniture to dress bodies with: short interface labels per language and role."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["BUTTON", "Bank", "load_banks"]

BUTTON = "read_more"
"""The pool of what stands below a teaser; no role."""

_ROLE = {
    "nav": "navigation",
    "skip_link": "navigation",
    "search": "navigation",
    "login": "navigation",
    "widget": "navigation",
    "breaking": "latest_news",
    "related": "related",
    "most_read": "most_read",
    "read_also": "read_also",
    "read_more": "related",
    "comment_form": "comment_form",
    "captcha": "comment_form",
    "comments": "comments",
    "prev_next": "pagination",
    "share": "share",
    "follow": "follow",
    "cookie": "cookie_notice",
    "theme_notice": "footer",
    "date_label": "date",
    "caption": "caption",
    "newsletter": "newsletter",
    "subscribe": "newsletter",
    "tags": "tags",
    "copyright": "copyright",
    "footer": "footer",
    "ad_label": "advert",
    "back_to_top": "back_to_top",
    "print": "page_tools",
    "font_size": "page_tools",
    "source_line": "source_notice",
    "byline": "byline",
    "app_promo": "app_promo",
    "author_box": "byline",
}


@dataclass
class Bank:
    """Phrases of one language by role, and headlines and prose of other stories."""

    language: str
    phrases: dict[str, list[str]] = field(default_factory=dict)
    sites: list[list[str]] = field(default_factory=list)

    def of(self, role: str) -> list[str]:
        """The phrases of ``role``, or an empty list."""
        return self.phrases.get(role, [])


def load_banks(facts: Path | None) -> dict[str, Bank]:
    """Banks by language from ``furniture.json`` and ``sites.json`` in ``facts``; from the shipped lexicon without it."""
    if facts is None:
        return _from_lexicon()
    banks: dict[str, Bank] = {}
    for language, rows in json.loads((facts / "furniture.json").read_text("utf-8"))["languages"].items():
        phrases: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row["category"] in _ROLE and "{" not in row["phrase"] and "…" not in row["phrase"]:
                phrases[_ROLE[row["category"]]].append(row["phrase"])
                if row["category"] == BUTTON:
                    phrases[BUTTON].append(row["phrase"])
        banks[language] = Bank(language, dict(phrases))
    for site in json.loads((facts / "sites.json").read_text("utf-8"))["sites"]:
        lines = [line.strip() for line in site.get("furniture_lines") or [] if "<" not in line]
        if lines:
            banks["ar"].sites.append(lines)
    return banks


def _from_lexicon() -> dict[str, Bank]:
    from newsclean.cleaners.phrases import languages, load

    banks: dict[str, Bank] = {}
    for language in languages():
        bank = banks.setdefault(language, Bank(language))
        for entry in load(language).entries:
            if "{" not in entry.phrase:
                bank.phrases.setdefault(str(entry.role), []).append(entry.phrase)
                if entry.category == BUTTON:
                    bank.phrases.setdefault(BUTTON, []).append(entry.phrase)
    return banks
