"""What is a name and what is not: the words of ``data/bylines.toml`` and the splitting of "A, B and C"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsclean.document.normalize import fold

__all__ = [
    "Words",
    "begins_with_title",
    "is_agency",
    "is_arabic",
    "is_desk",
    "is_given",
    "is_name",
    "is_opening",
    "is_other_opening",
    "is_picture_agency",
    "is_title",
    "split_names",
    "without_title",
    "words",
]

_ARABIC = re.compile("[\u0621-\u064a]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "los",
        "von",
        "van",
        "der",
        "den",
        "het",
        "ten",
        "ter",
        "te",
        "zu",
        "zum",
        "zur",
        "al",
        "bin",
        "ibn",
        "abu",
        "ben",
        "y",
        "e",
        "af",
        "av",
        "mac",
        "mc",
        "st",
        "'t",
        "d'",
        "ap",
        "ó",
    ]
)
_NO_NAME = re.compile(r"[\d!?…=<>{}\[\]\"“”«»%$€:#®™©+*_|]")
_HARD = re.compile(r"\s*(?:[,،;؛/|、]|\s[-+]\s)\s*")
_COMPOUNDS = ("redakteur", "redakteurin", "korrespondent", "korrespondentin", "reporter", "reporterin", "journalistin")
"""Titles that German writes in one word with what the person writes about."""
_WORD_PUNCTUATION = ".,'’"


class Words(NamedTuple):
    """The sets of the data file, folded."""

    leads: dict[str, list[tuple[str, str]]]
    """First word to the openings that begin with it: (words, kind), longest first."""
    joiners: frozenset[str]
    rest: tuple[str, ...]
    with_waw: frozenset[str]
    given: frozenset[str]
    agencies: frozenset[str]
    desks: frozenset[str]
    pictures: frozenset[str]
    titles: frozenset[str]
    beats: frozenset[str]
    titles_ar: tuple[str, ...]
    junk: frozenset[str]
    prose: frozenset[str]
    others: frozenset[str]
    places: frozenset[str]


def _list(text: str) -> list[str]:
    return [fold(word) for word in text.split("|")]


@cache
def words() -> Words:
    """The compiled word lists; read from the package on first use."""
    import tomllib
    from importlib import resources

    raw = tomllib.loads(resources.files(__package__).joinpath("data/bylines.toml").read_text(encoding="utf-8"))
    leads: dict[str, list[tuple[str, str]]] = {}
    rows = [(lead, kind) for kind, text in raw["leads"].items() for lead in _list(text)]
    for lead, kind in sorted(rows, key=lambda row: (-len(row[0]), row[0])):
        leads.setdefault(lead.split()[0], []).append((lead, kind))
    return Words(
        leads=leads,
        joiners=frozenset(_list(raw["joiners"]["words"])),
        rest=tuple(sorted(_list(raw["rest"]["words"]), key=lambda w: (-len(w), w))),
        with_waw=frozenset(_list(raw["names"]["ar_with_waw"])),
        given=frozenset(_list(raw["names"]["ar_given"])),
        agencies=frozenset(_list(raw["desks"]["agencies"])),
        desks=frozenset(_list(raw["desks"]["words"])),
        pictures=frozenset(_list(raw["desks"]["pictures"])),
        titles=frozenset(_list(raw["titles"]["words"])),
        beats=frozenset(_list(raw["titles"]["beats"])),
        titles_ar=tuple(sorted(_list(raw["titles"]["ar_words"]), key=lambda w: (-len(w), w))),
        junk=frozenset(_list(raw["titles"]["junk"])),
        prose=frozenset(_list(raw["prose"]["ar"]) + _list(raw["prose"]["latin"])),
        others=frozenset(_list(raw["others"]["words"])),
        places=frozenset(_list(raw["places"]["ar"])),
    )


def is_arabic(text: str) -> bool:
    """True where ``text`` holds an Arabic letter."""
    return _ARABIC.search(text) is not None


def is_agency(name: str) -> bool:
    """True for an agency or desk that can stand alone: "Reuters", "وكالات", "Reuters Staff"."""
    folded = fold(name).strip("().- ")
    known = words()
    first, *others = folded.split() or [""]
    return folded in known.agencies or (first in known.agencies and bool(others) and known.desks.issuperset(others))


def is_picture_agency(name: str) -> bool:
    """True for an agency that gives pictures only.

    >>> is_picture_agency("Getty Images"), is_picture_agency("Reuters")
    (True, False)
    """
    return fold(name).strip("().- ") in words().pictures


def is_given(name: str) -> bool:
    """True where a name begins with an Arabic given name that is known.

    >>> is_given("سارة الحداد"), is_given("جلسة البرلمان")
    (True, False)
    """
    first = fold(name).partition(" ")[0]
    return first in words().given or first in words().with_waw


def is_desk(name: str) -> bool:
    """True where a word says that this is an office and no person: "Sports Desk", "قسم الترجمة".

    >>> is_desk("قسم الترجمة"), is_desk("Jane Doe")
    (True, False)
    """
    return not words().desks.isdisjoint(fold(name).split())


def is_title(text: str) -> bool:
    """True for a job title such as "Senior Reporter", "Wirtschaftsredakteurin"."""
    titles = words().titles
    return any(
        word in titles or word.removesuffix("s") in titles or word.endswith(_COMPOUNDS)
        for word in re.findall(r"\w+", fold(text).replace(".", ""))
    )


def begins_with_title(text: str) -> bool:
    """True where an Arabic text begins with what a person is: "مراسلة", "صحفي بالجريدة".

    >>> begins_with_title("صحافي بالشروق"), begins_with_title("صحافة حرة")
    (True, False)
    """
    folded = fold(text)
    return any(folded.startswith(title) and not folded[len(title) :][:1].isalnum() for title in words().titles_ar)


def without_title(name: str) -> str:
    """``name`` without the job titles that follow it.

    >>> without_title("Jane Doe Political Editor"), without_title("Jane Doe"), without_title("홍길동 기자")
    ('Jane Doe', 'Jane Doe', '홍길동')
    """
    parts = name.split()
    if len(parts) < 2 or not is_title(parts[-1]):
        return name
    if len(parts) == 2:
        return parts[0] if _HANGUL.match(parts[0]) else name
    beats = words().beats
    while len(parts) > 2 and (is_title(parts[-1]) or fold(parts[-1]) in beats):
        parts.pop()
    return name if fold(parts[-1]) in beats else " ".join(parts)


def is_opening(text: str) -> bool:
    """True for the words that open a byline, torn from the names: "By", "Von".

    >>> is_opening("Von"), is_opening("Jane Doe")
    (True, False)
    """
    folded = fold(text).rstrip(" :,")
    return any(folded == lead for lead, _ in words().leads.get(folded.partition(" ")[0], ()))


def is_other_opening(text: str) -> bool:
    """True for words behind which somebody stands who did not write the text: "Reviewed by", "Photos by".

    >>> is_other_opening("Reviewed by:"), is_other_opening("Written by")
    (True, False)
    """
    return fold(text).rstrip(" :,") in words().others


def is_name(name: str, *, least: int = 1) -> bool:
    """True where ``name`` is built like the name of a person of at least ``least`` words.

    >>> is_name("Jane van der Doe"), is_name("the storm had passed"), is_name("أحمد جمعة")
    (True, False, True)
    """
    parts = name.split()
    if not least <= len(parts) <= 6 or len(name) > 60 or _NO_NAME.search(name):
        return False
    known = words()
    if any(fold(part).strip(_WORD_PUNCTUATION) in known.prose for part in parts):
        return False
    if name.endswith(".") and not re.search(r"\b(?:\w|Jr|Sr)\.$", name):
        return False
    if is_arabic(name):
        return _arabic_name([fold(part) for part in parts], [part == "على" for part in parts])
    if any(part.endswith(("'s", "’s")) for part in parts):
        return False
    first = parts[0].lstrip("'’")[:1]
    return bool(first) and not first.islower() and all(_name_word(part) for part in parts)


def _arabic_name(folded: list[str], preposition: list[bool]) -> bool:
    known = words()
    # "على" is a preposition, or the name "علي" as Egypt prints it: then a name follows or nothing does.
    for place, odd in enumerate(preposition[:-1]):
        if odd and folded[place + 1] not in known.given:
            return False
    noun = folded[0].endswith(("يه", "ات")) and folded[0] not in known.given
    return not noun and (not folded[0].startswith("ال") or len(folded) > 1)


def _name_word(part: str) -> bool:
    letters = part.strip(_WORD_PUNCTUATION + "()")
    return not letters[:1].islower() or letters.lower() in _PARTICLES or letters[:2] in ("d'", "d’", "al", "el")


def _arabic_waw(parts: list[str], place: int, behind: int) -> bool:
    """True where the و of ``parts[place]`` joins two names; ``behind``: words of the name before it."""
    known = words()
    word = fold(parts[place])
    if len(word) < 3 or not word.startswith("و") or word in known.with_waw:
        return False
    if word[1:] in known.given or word[1:] in known.with_waw:
        return True
    return behind >= 2 and len(parts) - place >= 2


def split_names(text: str) -> list[str]:
    """The names in ``text``, split at commas, joiners and the Arabic و where it joins.

    >>> split_names("Jane Doe, John Roe and Ann Poe")
    ['Jane Doe', 'John Roe', 'Ann Poe']
    >>> split_names("أحمد جمعة ومحمد وليد")
    ['أحمد جمعة', 'محمد وليد']
    >>> split_names("José Ortega y Gasset")
    ['José Ortega y Gasset']
    """
    found: list[str] = []
    for piece in _HARD.split(text):
        found += _split_joined(piece.split())
    return [name for name in found if name]


def _split_joined(parts: list[str]) -> list[str]:
    joiners = words().joiners
    found: list[str] = []
    name: list[str] = []
    for place, part in enumerate(parts):
        folded = fold(part)
        if folded in joiners and (not name or _splits(folded, name, parts[place + 1 :])):
            found.append(" ".join(name))
            name = []
        elif name and folded.startswith("و") and _arabic_waw(parts, place, len(name)):
            found.append(" ".join(name))
            name = [part[1:]]
        else:
            name.append(part)
    found.append(" ".join(name))
    return found


def _splits(joiner: str, before: list[str], after: list[str]) -> bool:
    """A short joiner can be part of a name: "Ortega y Gasset", "Costa e Silva"."""
    if joiner in ("y", "e", "i", "en", "ja", "ve"):
        return len(before) >= 2 and len(after) >= 2
    return bool(after) and before != after  # "Roe & Roe" is an office
