"""Names that stand alone in a line and sign a text: "Jane Doe", "Jane Doe, Senior Editor", and what the person is."""

from __future__ import annotations

import re

from newsclean.metadata.bylines import behind_place
from newsclean.metadata.dates import is_bare_date
from newsclean.metadata.names import (
    begins_with_title,
    is_agency,
    is_arabic,
    is_desk,
    is_given,
    is_name,
    is_opening,
    is_other_opening,
    is_title,
    split_names,
    without_title,
)

__all__ = ["SIGNS", "bare", "is_arabic_person", "is_job", "is_person", "is_signature", "signer", "signs"]

SIGNS = "name under its opening or over what the author is"
"""The rule by which a line is a byline that :func:`signs`."""
_AROUND = " \t|*•·⋅+"
_DEGREE = re.compile(r"\s*[A-Z][\w.]{1,5}[®™]?$")
_HANDLE = re.compile(r"@\w{2,30}$")
_JOINED = re.compile("[,&/⋅·]")
_PLACE = re.compile(r"\s*\([^()\d]{2,20}\)$")
_JOB, _CAPITALS, _MOST = 7, 3, 6
"""Words of a job, words of a name that is all capitals (spaces of an Arabic one), and names in a line, at most."""


def bare(text: str) -> str:
    """``text`` without the marks that stand around a name: bullets, bars.

    >>> bare("* Jane Doe |")
    'Jane Doe'
    """
    return text.strip(_AROUND)


def is_person(name: str) -> bool:
    """Whether a name is built like a person's, of two words at least, and is no office's.

    >>> is_person("Jane Doe"), is_person("Sports Desk"), is_person("Jane")
    (True, False, False)
    """
    return is_name(name, least=2) and not (is_desk(name) or is_agency(name))


def signer(text: str) -> str:
    """The name in a line without what the person is.

    >>> signer("Jane Doe, Senior Editor"), signer("* Jane Doe, MBA")
    ('Jane Doe', 'Jane Doe')
    """
    text = bare(_PLACE.sub("", text))
    name, _, job = text.partition(",")
    return name if is_title(job) or _DEGREE.match(job) else without_title(text)


def is_signature(text: str, *, several: bool = False) -> bool:
    """Whether a line is a person's name, in a script with capitals, and what the person is at most; or ``several`` names.

    >>> is_signature("Jane Doe, Senior Editor"), is_signature("Marketing Director"), is_signature("أحمد علي")
    (True, False, False)
    >>> is_signature("Jane Doe, John Roe"), is_signature("Jane Doe, John Roe", several=True)
    (False, True)
    """
    name = signer(text)
    if not name or name[:1].lower() == name[:1].upper() or is_opening(name) or is_title(name.rsplit(maxsplit=1)[-1]):
        return False
    if name.isupper() and len(name.split()) > _CAPITALS:
        return False
    if not several:
        return _JOINED.search(name) is None and is_person(name)
    names = split_names(name) or [name]
    return len(names) <= _MOST and is_person(names[0]) and all(map(is_name, names))


def is_job(text: str) -> bool:
    """Whether a line says what a person is: "Health and science correspondent", "صحفي في القسم السياسي".

    >>> is_job("Senior Reporter"), is_job("The reporter wrote"), is_job("Reviewed by"), is_job("صحفي مقيم في بيروت")
    (True, False, False, True)
    """
    words = text.split()
    if not 0 < len(words) <= _JOB or "," in text or is_other_opening(text):
        return False
    if is_arabic(text):
        return begins_with_title(text)
    return words[0][:1].isupper() and is_title(words[-1])


def signs(text: str, above: str, below: str) -> bool:
    """Whether a line signs: a name or several under a lone "By", a name over what the person is or over a handle, and an
    Arabic name beside a date or over a place and who is there.

    >>> signs("Jane Doe", "By", ""), signs("Jane Doe", "", "@janedoe"), signs("Jane Doe", "Edited by", "Senior Editor")
    (True, True, False)
    >>> signs("خالد بن عيسى", "كتب:", ""), signs("سارة الحداد", "", "18 مايو 2023"), signs("جلسة البرلمان", "", "18 مايو 2023")
    (True, True, False)
    """
    above = bare(above)
    if is_opening(above):
        return _are_people(text) if is_arabic(text) else is_signature(text, several=True)
    if is_other_opening(above):
        return False
    named = is_arabic_person(text) if is_arabic(text) else is_signature(text)
    if not named:
        return False
    if is_job(below) or _HANDLE.match(below) is not None:
        return True
    return is_arabic(text) and (_dated(above, below) or behind_place(below) is not None)


def is_arabic_person(text: str) -> bool:
    """Whether a line is an Arabic name that begins with a known given name, with a place in brackets at most.

    >>> is_arabic_person("كريم جابر (جدة)"), is_arabic_person("جلسة البرلمان"), is_arabic_person("محمد يفتتح المعرض الدولي للكتاب")
    (True, False, False)
    """
    name = signer(text)
    return name.count(" ") <= _CAPITALS and is_given(name) and is_person(name)


def _are_people(text: str) -> bool:
    """Whether a line under an opening is one or several Arabic names."""
    names = split_names(signer(text))
    return 0 < len(names) <= _MOST and all(name.count(" ") <= _CAPITALS and is_person(name) for name in names)


def _dated(above: str, below: str) -> bool:
    return is_bare_date(below) or is_bare_date(above)
