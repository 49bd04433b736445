"""Names that stand alone in a line and sign a text: "Jane Doe", "Jane Doe, Senior Editor", and what the person is."""

from __future__ import annotations

import re

from newsclean.metadata.dates import is_bare_date
from newsclean.metadata.names import (
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

__all__ = ["SIGNS", "bare", "is_job", "is_person", "is_signature", "signer", "signs"]

SIGNS = "name under its opening or over what the author is"
"""The rule by which a line is a byline that :func:`signs`."""
_AROUND = " \t|*•·⋅+"
_DEGREE = re.compile(r"\s*[A-Z][\w.]{1,5}[®™]?$")
_HANDLE = re.compile(r"@\w{2,30}$")
_JOINED = re.compile("[,&/⋅·]")
_JOB, _CAPITALS, _MOST = 7, 3, 6
"""Words of a job, words of a name that is all capitals, and names in a line, at most."""


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
    text = bare(text)
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
    """Whether a line says what a person is: "Health and science correspondent".

    >>> is_job("Senior Reporter"), is_job("The reporter wrote"), is_job("Reviewed by")
    (True, False, False)
    """
    words = text.split()
    if not 0 < len(words) <= _JOB or "," in text or not words[0][:1].isupper() or is_other_opening(text):
        return False
    return is_title(words[-1])


def signs(text: str, above: str, below: str) -> bool:
    """Whether a line signs: a name or several under a lone "By", a name over what the person is or over a handle, and an
    Arabic name beside a date.

    >>> signs("Jane Doe", "By", ""), signs("Jane Doe", "", "@janedoe"), signs("Jane Doe", "Edited by", "Senior Editor")
    (True, True, False)
    >>> signs("سارة الحداد", "", "18 مايو 2023"), signs("جلسة البرلمان", "", "18 مايو 2023")
    (True, False)
    """
    if is_opening(above):
        return is_signature(text, several=True)
    if is_arabic(text):
        return text.count(" ") < _CAPITALS and is_given(text) and is_person(text) and _dated(above, below)
    return (is_job(below) or _HANDLE.match(below) is not None) and not is_other_opening(above) and is_signature(text)


def _dated(above: str, below: str) -> bool:
    return is_bare_date(below) or is_bare_date(above)
