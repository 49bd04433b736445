"""Who wrote it: bylines in text, author fields of pages.

>>> read_byline("كتبت منى علي - تصوير كريم سعد")
Byline(authors=('منى علي',), rest='تصوير كريم سعد')
>>> read_byline("By then the storm had passed") is None
True
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsclean.document.normalize import clean_text, fold
from newsclean.metadata.names import (
    is_agency,
    is_arabic,
    is_desk,
    is_given,
    is_name,
    is_picture_agency,
    is_title,
    split_names,
    without_title,
    words,
)

__all__ = ["Byline", "behind_place", "clean_authors", "is_credit", "read_byline"]

_LONGEST = 160
_LONGEST_ALONE = 60
_STRONG = re.compile(r"\s*(?:\s[-–—]\s|[|•·()]|\s[-–—]|\.\.)\s*")
_ITEM = re.compile(r"\s*[,،;؛]\s*")
_SENTENCE = re.compile(r"[!?؟…:؛;]\s*$|[^.]\.\s*$")
_INITIAL_DOT = re.compile(r"\b(?:\w|[JS]r)\.$")
_NOT_A_NAME = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\([^)]*\)|<[^>]*>")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^/|^[\w.-]+\.(?:com|org|net)/", re.IGNORECASE)
_EDGES = ' \t\n-–—|•·*:,;،؛/"“”«»'
_DEGREE = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z.]{1,6}[®™]?")
"""What stands behind a name and a comma: "RDN", "CEPF®"."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_DASHES = re.compile("[–—]")
_HOUSE = re.compile(r"[A-Z]{3,5}(?:\s|$)")
_A_DASH = re.compile("[-–—]")
_MOST_SPACES_ALONE = 4
"""Of an agency that stands alone, without a place and a dash before it."""
_AGENCIES = re.compile(r"\s+و?(وكالات|الوكالات)$")


@dataclass(frozen=True, slots=True)
class Byline:
    """``authors`` as printed, people and desks; ``rest``: what else stands in the line (photographer, place, date)."""

    authors: tuple[str, ...]
    rest: str | None


def _lead(line: str) -> tuple[str, str, bool] | None:
    """What follows the opening words of a byline, their kind, and whether a colon or dash sets them apart."""
    opening = _WORD.search(line)
    if opening is None or opening.start() > 2:
        return None
    leads = words().leads.get(fold(opening[0]))
    if leads is None:
        return None
    start = fold(line[opening.start() : 40])
    for lead, kind in leads:
        if start.startswith(lead) and not start[len(lead) : len(lead) + 1].isalnum():
            count = len(lead.split())
            match = re.match(rf"\W*(?:\w+\W+){{{count - 1}}}\w+\s*([:：/-]?)\s*", line)
            if match is None or match.end() == len(line):
                return None
            return line[match.end() :], kind, bool(match[1])
    return None


def read_byline(line: str) -> Byline | None:
    """The authors of a whole line that is a byline, or None.

    Read are an opening word with names behind it ("كتب أحمد جمعة", "By Jane Doe and John Roe, Staff Writers"), a
    place and a name ("بغداد - أحمد") and an agency or desk that stands alone ("رويترز", "Reuters Staff"). A sentence
    that begins with the same words is None.

    >>> read_byline("By JANE DOE, Staff Writer")
    Byline(authors=('JANE DOE',), rest='Staff Writer')
    >>> read_byline("بغداد - أحمد")
    Byline(authors=('أحمد',), rest='بغداد')
    """
    if len(line) > _LONGEST:
        return None
    if "*" in line:  # Markdown's emphasis
        line = line.replace("*", "")
    lead = _lead(line)
    if lead is None:
        if len(line) >= _LONGEST_ALONE or (line.count(" ") > _MOST_SPACES_ALONE and not _A_DASH.search(line)):
            return None
        return _placed(line) or _alone(clean_text(line))
    body, kind, colon = lead
    body, arabic = clean_text(body), kind.startswith("ar")
    body = body.lstrip(" ,،")
    if colon:  # "كتب - أحمد جمعة:"
        body = body.rstrip(" :：")
    if _SENTENCE.search(body) and not _INITIAL_DOT.search(body):
        return None
    if arabic != is_arabic(body):
        if not kind.endswith("clear"):
            return None
        arabic = not arabic
    names, rest = _cut(body)
    authors = _authors(names, arabic=arabic, sure=colon or kind.endswith("clear") or kind == "ar_noun")
    if authors is None or (kind == "ar_noun" and not _known(authors[0][0])):
        return None
    taken, left = authors
    also = _authors(rest, arabic=True, sure=False) if arabic and rest and not left else None
    if also and not also[1] and all(_known(name) for name in also[0]):  # "كتب أحمد جمعة - هند مختار"
        taken, rest = taken + also[0], ""
    rest = " ".join(part for part in (left, rest) if part)
    return Byline(tuple(_with_agencies(taken)), rest or None)


def _known(name: str) -> bool:
    return is_agency(name) or is_desk(name) or is_given(name)


def _parted(line: str) -> tuple[str, str, str]:
    """What stands before the first dash, the dash, and what stands behind it."""
    before, dash, after = _DASHES.sub("-", line).partition("-")
    return before.strip(), dash, after.strip()


def _placed(line: str) -> Byline | None:
    """A place before the byline proper: "الإسماعيلية - كتب طارق علي"."""
    place, dash, rest = _parted(line)
    if not dash or not 0 < len(place.split()) <= 3 or _lead(rest) is None:
        return None
    found = read_byline(rest)
    return Byline(found.authors, " ".join(filter(None, (place, found.rest)))) if found else None


def _with_agencies(names: Iterable[str]) -> Iterator[str]:
    """ "أحمد علي وكالات" and "أحمد علي ووكالات" are a person and the agencies."""
    for name in names:
        match = _AGENCIES.search(name)
        if match and match.start():
            yield name[: match.start()].strip()
            yield match.group(1)
        else:
            yield name


def _alone(line: str) -> Byline | None:
    bare = line.strip("()[]- ")
    if is_agency(bare):
        return Byline((bare,), None)
    person, dot, house = line.partition(" · ")
    if dot and is_name(person, least=2) and (is_desk(house) or _is_house(house, person)):
        return Byline((person,), house)
    name = behind_place(line)
    if name is not None and not _SENTENCE.search(name):
        authors = _authors(name, arabic=True, sure=False)
        if authors and not authors[1] and _known(name):
            return Byline(tuple(authors[0]), _parted(line)[0])
    return None


def behind_place(line: str) -> str | None:
    """What stands behind a known place and a dash: an agency, a desk, a name.

    >>> behind_place("أبوظبي - سكاي نيوز عربية")
    'سكاي نيوز عربية'
    """
    place, dash, name = _parted(line)
    return name if dash and name and fold(place) in words().places else None


def is_credit(line: str) -> bool:
    """Whether ``line`` says who took a picture: a name, a slash or a bar, an agency.

    >>> is_credit("Jane Doe / Reuters"), is_credit("Jane Doe | Reuters"), is_credit("Jane Doe, Reuters")
    (True, True, False)
    """
    name, _, agency = line.replace("|", "/").partition("/")
    return (is_agency(agency) or is_picture_agency(agency)) and is_name(name.strip(_EDGES), least=2)


def _cut(body: str) -> tuple[str, str]:
    """``body`` up to the first strong separator or rest word, and what follows."""
    strong = _STRONG.search(body)
    end = strong.start() if strong else len(body)
    rest = body[strong.end() :] if strong else ""
    head = body[:end]
    folded = fold(head)
    for word in words().rest:
        place = folded.find(f" {word} ")
        if place > 0 and len(folded) == len(head):
            return head[:place].rstrip(_EDGES), body[place + 1 :].rstrip(" )")
    return head, rest.rstrip(" )")


def _authors(text: str, *, arabic: bool, sure: bool) -> tuple[list[str], str] | None:
    """Names at the start of ``text`` and what is left, or None where it does not begin with a name."""
    items = _ITEM.split(text)
    taken: list[str] = []
    for place, item in enumerate(items):
        names = [name for name in split_names(item) if name]
        good = [name for name in names if _is_author(name, arabic=arabic, sure=sure)]
        if not names or len(good) < len(names) or (taken and (is_title(item) or _is_house(item, taken[-1]))):
            if not taken:
                return None
            left = ", ".join(items[place:])
            # A comma and a lower-case clause is a sentence; a comma and a title, an office or one word is not.
            sentence = left[:1].islower() and " " in left and not is_title(left)
            return (taken, left) if arabic or not sentence else None
        taken += map(without_title, good)
    return taken, ""


def _is_house(item: str, name: str) -> bool:
    """Whether ``item``, behind a comma and a name, is whom the person works for: "ARD Berlin", "CNN"."""
    return _HOUSE.match(item) is not None and not name.isupper()


def _is_author(name: str, *, arabic: bool, sure: bool) -> bool:
    if is_agency(name) or (sure and is_desk(name) and len(name.split()) <= 5):
        return True
    if is_arabic(name) != arabic or not is_name(name):
        return False
    if is_desk(name):
        return len(name.split()) <= 4
    count = len(name.split())
    if not arabic:
        return count >= 2
    return count <= 4 and (sure or count >= 2 or fold(name) in words().given | words().with_waw)


def clean_authors(values: Iterable[str], publisher: str | None = None) -> list[str]:
    """Author fields of a page as a list of names: split, stripped of "By", e-mail, handles, URLs and titles, no doubles.

    With ``publisher`` the name of the site itself is no author.

    >>> clean_authors(["By Jane Doe and John Roe, Staff Writers", "jane@example.org", "Jane Doe"])
    ['Jane Doe', 'John Roe']
    >>> clean_authors(["Jane Doe, RDN, CEPF®", "Roe, John T."])
    ['Jane Doe', 'John T. Roe']
    >>> clean_authors(["كتب: أحمد جمعة ومحمد علي", "The Site"], publisher="The Site")
    ['أحمد جمعة', 'محمد علي']
    """
    found: dict[str, str] = {}
    own = _bare(publisher) if publisher else None
    for value in values:
        for name in _field(value):
            key = fold(name)
            if not key or key in words().junk or (own and _bare(name) == own):
                continue
            found.setdefault(key, name)
    return list(found.values())


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+|(?:com|de|org|net)$", "", fold(name).removeprefix("the ").removeprefix("www."))


def _field(value: str) -> Iterable[str]:
    text = html.unescape(value) if "&" in value else value
    if _ADDRESS.match(text.strip()) or len(text) > 400:
        return
    text = clean_text(_NOT_A_NAME.sub(" ", text)).strip(_EDGES)
    lead = _lead(text)
    if lead is not None:
        text = lead[0]
    turned = re.fullmatch(r"([A-ZÀ-Þ][\w'’-]+), ([A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ]\.)?)", text)
    if turned and not is_agency(turned[1]) and turned[1] != turned[1].upper():  # "Doe, Jane"
        text = f"{turned[2]} {turned[1]}"
    names = split_names(text)
    for place, name in enumerate(names):
        bare = without_title(_strip_title(name.strip(_EDGES)))
        if not bare or len(bare) > 80 or not any(c.isalpha() for c in bare):
            continue
        if place and not is_agency(bare) and (is_title(bare) or _DEGREE.fullmatch(bare) or _DIGIT.search(bare)):
            continue
        if len(bare.split()) <= 8:
            yield bare


def _strip_title(name: str) -> str:
    folded = fold(name)
    if is_arabic(name):
        for title in words().titles_ar:
            if folded.startswith((title + " ", title + ".")) and len(folded) == len(name):
                return name[len(title) :].strip(" ./")
    return name
