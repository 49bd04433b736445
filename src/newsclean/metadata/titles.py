"""The headline without the name of the site.

>>> strip_site_name("Talks go on - The Example", "The Example", None, ())
'Talks go on'
>>> strip_site_name("Berlin - a city in winter", "The Example", "example.org", ())
'Berlin - a city in winter'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsclean.document.normalize import clean_text, fold

if TYPE_CHECKING:
    from newsclean.metadata.structured import Fact

__all__ = ["best_title", "is_headline_of", "strip_site_name"]

_SEPARATOR = re.compile(r"\s+(?:[-–—|•·»«›:~]|::|\|\|)\s+|\s*[|｜│]\s*|_(?=[^_]*$)")
_STRONG = frozenset("|｜│»«›•·_~")
_LONGEST_SITE = 6
_WORDS = re.compile(r"\w+")
_FEW = 3
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu"])


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text).removeprefix("the ").removeprefix("www."))


def _host_names(host: str | None) -> set[str]:
    """Forms in which a host names itself: "www.the-times.co.uk" as "thetimes" and "thetimescouk"."""
    if not host:
        return set()
    labels = host.lower().removeprefix("www.").split(".")
    core = labels[:-2] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[:-1]
    names = {".".join(labels), core[-1] if core else labels[0], ".".join([*(core[-1:] or labels[:1]), labels[-1]])}
    return {_bare(name) for name in names} | {_bare(name).removeprefix("the") for name in names}


def _is_site(part: str, publisher: str | None, hosts: set[str]) -> bool:
    bare = _bare(part)
    if len(bare) < 2 or len(part.split()) > _LONGEST_SITE:
        return False
    if bare in hosts or any(len(host) > 4 and bare.startswith(host) and len(bare) - len(host) <= 6 for host in hosts):
        return True
    own = _bare(publisher) if publisher else ""
    return bool(own) and (
        bare == own or (len(own) > 3 and (bare.startswith(own) or (own.startswith(bare) and len(bare) > 3)))
    )


def strip_site_name(title: str, publisher: str | None, host: str | None, others: Sequence[str]) -> str:
    """``title`` without the parts that name the site or its section.

    ``publisher`` as in og:site_name, ``host`` as in the URL, ``others``: other forms of the headline (``<h1>``,
    JSON-LD). A part goes only if it is the site by name, or if another form of the headline ends where it begins; a
    headline that holds a dash itself stays whole.

    >>> strip_site_name("Rates fall | Business | Example News", None, "www.examplenews.com", ["Rates fall"])
    'Rates fall'
    """
    title = clean_text(title)
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts:
        return title
    known = {fold(other) for other in others if other and fold(other) != fold(title)}
    hosts = _host_names(host)
    for cut in cuts:  # another form of the headline agrees with the beginning
        head, tail = title[: cut.start()], title[cut.end() :]
        sited = _is_site(_SEPARATOR.split(tail)[-1], publisher, hosts)
        if fold(head) in known and len(head.split()) >= 2 and (sited or len(head) >= len(tail)):
            return head
    end, removed = len(title), False
    for cut in reversed(cuts):
        if cut.start() == 0 or not _is_site(title[cut.end() : end], publisher, hosts):
            break
        end, removed = cut.start(), True
    if removed and end:
        return _without_section(title[:end], [cut for cut in cuts if cut.end() < end])
    first = cuts[0]
    if first.start() and first[0].strip() != ":" and _is_site(title[: first.start()], publisher, hosts):
        rest = title[first.end() :]
        if len(rest.split()) > 2:
            return rest
    return title


def _without_section(title: str, cuts: list[re.Match[str]]) -> str:
    """ "Headline | Section" after the site is gone: a short last part behind a bar."""
    while cuts and cuts[-1][0].strip() in _STRONG:
        head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
        if len(tail.split()) > 3 or len(head.split()) < 3:
            break
        title = head
        cuts = cuts[:-1]
    return title


def is_headline_of(shown: str, named: str) -> bool:
    """Whether a headline that a page shows is the one that it names otherwise for networks and search engines.

    Not where it is only a word or two, nor where it is the name with more around it.

    >>> is_headline_of("Why the bridge fell", "Bridge collapse: why it fell"), is_headline_of("Bridges", "Why it fell")
    (True, False)
    >>> is_headline_of("Why the bridge fell | News", "Why the bridge fell")
    False
    """
    mine, other = fold(shown), fold(named)
    words, others = set(_WORDS.findall(mine)), set(_WORDS.findall(other))
    if other in mine or len(words) < min(_FEW, len(others)):
        return False
    return 2 * len(words & others) >= min(len(words), len(others))


def best_title(facts: Iterable[Fact], visible: Sequence[str] = (), host: str | None = None) -> str | None:
    """The headline from ``facts`` and the ``visible`` ``<h1>`` texts, without the site's name; None if there is none.

    JSON-LD and Open Graph come first, then the visible headline; a form cut off with "…" yields to the one it begins.
    """
    facts = list(facts)
    publisher = next((fact.value for fact in facts if fact.field == "publisher"), None)
    hosts = _host_names(host)
    titles = [fact.value for fact in facts if fact.field == "title"]
    heads = [clean_text(head) for head in visible if head and head.strip()]
    heads = [head for head in heads if not _is_site(head, publisher, hosts)]
    forms = [strip_site_name(title, publisher, host, [*heads, *titles]) for title in titles]
    forms = [form for form in forms if form and not _is_site(form, publisher, hosts)]
    if not forms:
        return heads[0] if heads else None
    best = forms[0]
    start = fold(best).rstrip(".… ")
    if best.endswith(("…", "...")):
        for other in [*heads, *forms]:
            if len(other) > len(best) and fold(other).startswith(start):
                return other
    return best
