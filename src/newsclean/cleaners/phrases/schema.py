"""Phrase files: read, checked, and said plainly where they are wrong. The format is described in ``data/README.md``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from newsclean.cleaners.phrases.tokens import is_dense, tokenize
from newsclean.document.normalize import fold
from newsclean.errors import LexiconError

__all__ = ["DATA", "Category", "Entry", "Kind", "Slot", "Zone", "categories", "parse_file", "read_toml"]

Kind = Literal["line", "prefix", "suffix", "heading"]
Zone = Literal["before", "after", "any"]

DATA = Path(__file__).parent / "data"
KINDS = ("line", "prefix", "suffix", "heading")
ZONES = ("before", "after", "any")
_GROUP_KEYS = {"category", "match", "zone", "heading", "texts"}
_SLOT = re.compile(r"\{(…|\.\.\.|name|n|network)(\d{1,2})?\}")
_COLON_SLOT = re.compile(r"[:：]\s*\{(?!n[}0-9])")
_DEFAULT_WORDS = {"…": 6, "name": 4, "n": 1, "network": 3}


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of furniture: its name in phrase files, the role its lines get, whether it opens a list of stories."""

    name: str
    role: str
    heading: bool
    combines: bool
    """Lines made only of such phrases (a menu, a row of share buttons) are matched as a whole."""
    zone: Zone = "any"
    """Of shapes only; phrases say their own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a phrase: ``{…}`` any words, ``{name}`` words without digits, ``{n}`` a number, ``{network}``."""

    kind: str
    most: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase, ready to compile. ``pattern`` holds folded tokens and slots; ``order`` is its place in the file."""

    phrase: str
    language: str
    category: str
    role: str
    match: Kind
    zone: Zone
    heading: bool
    combines: bool
    pattern: tuple[str | Slot, ...]
    bound: Literal["", ":", ","]
    """A prefix written with a colon (comma) needs a colon, bar, dash (or a comma) or the end of the line after it."""
    order: int

    @property
    def slotted(self) -> bool:
        return any(isinstance(part, Slot) for part in self.pattern)


def read_toml(path: Path) -> dict[str, Any]:
    """The TOML file at ``path``; :class:`LexiconError` that names the file where it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{path.name}: there is no such phrase file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: not valid TOML in UTF-8: {error}") from error


@cache
def categories() -> Mapping[str, Category]:
    """All categories of ``data/_categories.toml`` by name."""
    found: dict[str, Category] = {}
    for row in read_toml(DATA / "_categories.toml")["category"]:
        found[row["name"]] = Category(
            row["name"], row["role"], row.get("heading", False), row.get("combines", False), row.get("zone", "any")
        )
    return found


def parse_pattern(text: str) -> tuple[str | Slot, ...]:
    """Tokens and slots of a phrase as written.

    >>> parse_pattern("Follow {…3} on {network}")
    ('follow', Slot(kind='…', most=3), 'on', Slot(kind='network', most=3))
    """
    parts: list[str | Slot] = []
    at = 0
    if _COLON_SLOT.search(text):
        raise ValueError(
            'a colon before a slot is not looked at; use match = "prefix" and end the phrase with the colon'
        )
    for found in _SLOT.finditer(text):
        parts += tokenize(fold(text[at : found.start()]))
        kind = "…" if found[1] == "..." else found[1]
        parts.append(Slot(kind, int(found[2] or _DEFAULT_WORDS[kind])))
        at = found.end()
    rest = text[at:]
    if "{" in text[:at].replace("{", "", len(_SLOT.findall(text))) or "{" in rest or "}" in rest:
        raise ValueError("unknown slot; use {…}, {…4}, {name}, {n} or {network}")
    return (*parts, *tokenize(fold(rest)))


def pattern_fault(pattern: tuple[str | Slot, ...], match: str, language: str) -> str | None:
    """What is wrong with a compiled phrase, in plain words, or None."""
    words = [part for part in pattern if isinstance(part, str)]
    if not words:
        return "a phrase needs at least one word"
    open_ends = [part.kind in ("…", "name") for part in (pattern[0], pattern[-1]) if isinstance(part, Slot)]
    if len(open_ends) == 2 and all(open_ends):
        return "a phrase may begin or end with an open slot, not both"
    if match == "prefix" and isinstance(pattern[0], Slot) and pattern[0].kind in ("…", "name"):
        return "a prefix may not begin with an open slot"
    if match == "suffix" and isinstance(pattern[-1], Slot) and pattern[-1].kind in ("…", "name"):
        return "a suffix may not end with an open slot"
    if len(words) == 1 and len(words[0]) == 1 and len(pattern) == 1 and language != "mul" and not is_dense(words[0]):
        return "a single letter is no phrase"
    return None


def parse_file(path: Path) -> tuple[str, list[Entry]]:
    """Language code and entries of a phrase file.

    Raises :class:`LexiconError`; its message names file, entry and key.
    """
    data = read_toml(path)
    language = data.get("language")
    if not isinstance(language, str) or language != path.stem:
        raise LexiconError(f'{path.name}: language: must be "{path.stem}", the name of the file')
    unknown = sorted(set(data) - {"language", "name", "phrases"})
    if unknown:
        raise LexiconError(f"{path.name}: {unknown[0]}: unknown key (language, name, phrases)")
    groups = data.get("phrases")
    if not isinstance(groups, list) or not groups:
        raise LexiconError(f"{path.name}: phrases: at least one [[phrases]] group is needed")
    entries: list[Entry] = []
    for number, group in enumerate(groups):
        entries += _group(group, f"{path.name}: phrases[{number}]", language, len(entries))
    return language, entries


def _choice(group: Mapping[str, Any], name: str, allowed: tuple[str, ...], where: str) -> str:
    value = group.get(name)
    if value not in allowed:
        raise LexiconError(f"{where}.{name}: {value!r} is not one of {', '.join(allowed)}")
    return str(value)


def _bound(text: str) -> Literal["", ":", ","]:
    end = fold(text)[-1:]
    return ":" if end == ":" else "," if end == "," else ""


def _group(group: Any, where: str, language: str, start: int) -> list[Entry]:
    if not isinstance(group, dict):
        raise LexiconError(f"{where}: must be a table with category, match, zone and texts")
    unknown = sorted(set(group) - _GROUP_KEYS)
    if unknown:
        raise LexiconError(f"{where}.{unknown[0]}: unknown key ({', '.join(sorted(_GROUP_KEYS))})")
    category = categories()[_choice(group, "category", tuple(categories()), where)]
    match = _choice(group, "match", KINDS, where)
    zone = _choice(group, "zone", ZONES, where)
    heading = group.get("heading", category.heading and match in ("line", "heading"))
    if not isinstance(heading, bool):
        raise LexiconError(f"{where}.heading: must be true or false")
    texts = group.get("texts")
    if not isinstance(texts, list) or not texts:
        raise LexiconError(f"{where}.texts: a list of phrases is needed")
    entries = []
    for index, text in enumerate(texts):
        spot = f"{where}.texts[{index}]"
        if not isinstance(text, str) or not text.strip():
            raise LexiconError(f"{spot}: a phrase is a text that is not empty")
        try:
            pattern = parse_pattern(text)
        except ValueError as error:
            raise LexiconError(f"{spot}: {text!r}: {error}") from error
        fault = pattern_fault(pattern, match, language)
        if fault is None and match in ("prefix", "suffix") and len(pattern) == 1 and not _bound(text):
            fault = 'one word alone matches whole lines only: use match = "line", or end it with a colon'
        if fault:
            raise LexiconError(f"{spot}: {text!r}: {fault}")
        entries.append(
            Entry(
                phrase=text.strip(),
                language=language,
                category=category.name,
                role=category.role,
                match=match,  # type: ignore[arg-type]
                zone=zone,  # type: ignore[arg-type]
                heading=heading or match == "heading",
                combines=category.combines and match == "line",
                pattern=pattern,
                bound=_bound(text) if match == "prefix" else "",
                order=start + index,
            )
        )
    return entries
