"""The phrases of one language, loaded when first asked for, and which languages a page needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsclean.cleaners.phrases.schema import DATA, Entry, parse_file, read_toml
from newsclean.cleaners.phrases.tokens import plain, tokenize
from newsclean.document.normalize import COMMON, as_bytes, fold
from newsclean.errors import LexiconError

__all__ = ["ANY", "Lexicon", "languages", "languages_for", "load"]

ANY = "mul"
"""The lexicon that holds for every language: names of networks, symbols (ISO 639-2 ``mul``)."""

_SAMPLE = 6000
_ENOUGH = 3
_SCRIPTS = {
    "Arabic": "\u0600-\u06ff\u0750-\u077f",
    "Latin": "a-z\u00df-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u04ff",
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": "\uac00-\ud7af\u1100-\u11ff",
    "Kana": "\u3041-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
}
_LETTERS = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
_LETTER_BYTES = {
    name: bytes(place for place, char in enumerate(COMMON) if letters.match(char)) for name, letters in _LETTERS.items()
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled phrases of one language. ``language`` is a BCP-47 code, or ``mul``."""

    language: str
    entries: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.entries)


@cache
def load(language: str) -> Lexicon:
    """The lexicon of ``language`` (a code of :func:`languages` or ``mul``).

    Raises :class:`newsclean.errors.LexiconError` for a language without a file and for a file that is wrong.
    """
    if language != ANY and language not in _profiles():
        raise LexiconError(f"no phrase file for language {language!r}; there are: {', '.join(languages())}")
    return Lexicon(language, tuple(parse_file(DATA / f"{language}.toml")[1]))


@dataclass(frozen=True, slots=True)
class _Profile:
    script: str
    words: frozenset[str]
    letters: frozenset[str]


@cache
def _profiles() -> Mapping[str, _Profile]:
    rows = read_toml(DATA / "_languages.toml")["language"]
    return {
        row["code"]: _Profile(
            row["script"], frozenset(tokenize(fold(row.get("words", "")))), frozenset(row.get("letters", ""))
        )
        for row in rows
    }


def languages() -> tuple[str, ...]:
    """Codes of all languages that have a phrase file, in a fixed order."""
    return tuple(_profiles())


def _excerpt(sample: str) -> str:
    if len(sample) <= _SAMPLE:
        return sample
    third = _SAMPLE // 3
    middle = len(sample) // 2
    return "\n".join((sample[:third], sample[middle : middle + third], sample[-third:]))


@lru_cache(maxsize=256)
def languages_for(sample: str) -> tuple[str, ...]:
    """Which lexicons a page needs: languages of its main scripts, told apart by their function words.

    ``sample`` is any text of the page; of a long one only head, middle and tail are looked at. Where the words do not
    tell, all languages of the script come back. English always joins in, last, since furniture is often English.

    >>> languages_for("قال الوزير إن الحكومة وافقت على المشروع في جلسة اليوم التي عقدت")
    ('ar', 'en')
    >>> languages_for("Die Regierung hat sich auf das Gesetz geeinigt und wird es mit der Opposition beraten")
    ('de', 'en')
    """
    text = _excerpt(sample).casefold()
    common, others = _parted(text)
    counts = _letter_counts(common, others)
    total = sum(counts.values())
    if not total:
        return ("en",)
    if counts["Kana"] * 20 > counts["Han"]:
        counts["Kana"] += counts.pop("Han")
    words = _word_counts(common, others)
    chosen: list[str] = []
    for script in sorted(counts, key=lambda name: (-counts[name], name)):
        if counts[script] * 20 >= total:
            chosen += _of_script(script, words, text)
    return (*(code for code in dict.fromkeys(chosen) if code != "en"), "en")


def _parted(text: str) -> tuple[bytes, str]:
    """The lines of common letters as bytes, NUL between them, and the others as they are."""
    common: list[bytes] = []
    others: list[str] = []
    for line in text.split("\n"):
        known = as_bytes(line)
        if known is None:
            others.append(line)
        else:
            common.append(known)
    return b"\0".join(common), "\n".join(others)


def _letter_counts(common: bytes, others: str) -> dict[str, int]:
    counts = {name: len(common) - len(common.translate(None, letters)) for name, letters in _LETTER_BYTES.items()}
    if others:
        for name, letters in _LETTERS.items():
            counts[name] += len("".join(letters.findall(others)))
    return counts


def _word_counts(common: bytes, others: str) -> dict[str, int]:
    """How often each function word of any language stands in a casefolded text."""
    encoded, marks, gone = _function_words()
    found: Counter[str] = Counter()
    for line in others.split("\n") if others else ():
        found.update(tokenize(fold(line)))
    for word, count in Counter(common.translate(marks, gone).split(b"\0")).items():
        if word in encoded:
            found[encoded[word]] += count
    return found


@cache
def _function_words() -> tuple[dict[bytes, str], bytes, bytes]:
    """Function words by their bytes; what each byte is in a token, 0 between tokens; the bytes that folding drops."""
    encoded = {known: word for p in _profiles().values() for word in p.words if (known := as_bytes(word)) is not None}
    table, gone = bytearray(256), bytearray()
    for place, char in enumerate(COMMON):
        folded = plain(fold(char))
        if char.isspace() or not place:
            continue
        if not folded:
            gone.append(place)
        elif len(folded) == 1 and (folded.isalnum() or folded == "_"):
            table[place] = COMMON.index(folded)
    return encoded, bytes(table), bytes(gone)


@cache
def _by_script(script: str) -> tuple[tuple[str, ...], Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """The languages of a script, and which of them have a function word, and a letter that others lack."""
    profiles = {code: p for code, p in _profiles().items() if p.script == script}
    speakers: dict[str, list[str]] = {}
    writers: dict[str, list[str]] = {}
    for code, profile in profiles.items():
        for word in profile.words:
            speakers.setdefault(word, []).append(code)
        for letter in profile.letters:
            writers.setdefault(letter, []).append(code)
    return tuple(profiles), speakers, writers


def _of_script(script: str, words: Mapping[str, int], text: str) -> list[str]:
    profiles, speakers, writers = _by_script(script)
    if len(profiles) <= 1:
        return list(profiles)
    scores = dict.fromkeys(profiles, 0)
    for word, count in words.items():
        for code in speakers.get(word, ()):
            scores[code] += count
    for letter, codes in () if text.isascii() else writers.items():
        if count := text.count(letter):
            for code in codes:
                scores[code] += 2 * count
    best = max(scores.values())
    if best < _ENOUGH:
        return list(profiles)
    near = [code for code in sorted(scores, key=lambda c: -scores[c]) if scores[code] * 4 > best * 3]
    return near if len(near) <= 4 else list(profiles)
