"""The site configurations of fivefilters, line by line (https://github.com/fivefilters/ftr-site-config)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["LOST", "NEEDLESS", "Directive", "FtrError", "decode", "directives", "host_of_file"]

MOST_BYTES: Final = 256 * 1024
_LINE: Final = re.compile(r"\r\n|\r|\n")
_KEY: Final = re.compile(r"(?P<name>[A-Za-z_]+)(?:\((?P<argument>.*)\))?")
_ARGUMENT: Final = re.compile(
    r"(?P<name>replace_string|http_header|wrap_in|move_into)\((?P<argument>.*?)\)\s*:(?P<value>.*)", re.IGNORECASE
)
_HOST: Final = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?")

_LINKS: Final = "the page is cleaned as it is given; links to other pages are not followed"
_TEXT: Final = "the text of a page is never edited"
_FETCH: Final = "is for whoever fetches the page"
LOST: Final = {
    "single_page_link": _LINKS,
    "single_page_link_in_feed": _LINKS,
    "next_page_link": _LINKS,
    "find_string": _TEXT,
    "replace_string": _TEXT,
    "dissolve": _TEXT,
    "wrap_in": _TEXT,
    "move_into": _TEXT,
    "requires_login": _FETCH,
    "login_uri": _FETCH,
    "login_username_field": _FETCH,
    "login_password_field": _FETCH,
    "login_extra_fields": _FETCH,
    "not_logged_in_xpath": _FETCH,
    "http_header": _FETCH,
    "native_ad_clue": "a site file cannot say that a page is an advert",
    "if_page_contains": "a site file has no conditions",
    "skip_id_or_class": "a site file cannot take furniture back that a rule names",
    "footnotes": "footnotes have no place in a site file",
}
"""Directives of which something is lost, and why."""

_WITHOUT: Final = "has nothing to do here: "
NEEDLESS: Final = {
    "tidy": f"{_WITHOUT}one parser reads every page",
    "parser": f"{_WITHOUT}one parser reads every page",
    "convert_double_br_tags": f"{_WITHOUT}two line breaks part paragraphs anyway",
    "prune": f"{_WITHOUT}furniture inside a body is found anyway",
    "autodetect_on_failure": f"{_WITHOUT}a page that the rules do not fit is always cleaned without them",
    "autodetect_next_page": f"{_WITHOUT}links are not followed",
    "strip_comments": f"{_WITHOUT}comments of the markup are never read",
    "strip_attr": f"{_WITHOUT}no attribute reaches the text",
    "post_strip_attr": f"{_WITHOUT}no attribute reaches the text",
    "strip_image_src": f"{_WITHOUT}pictures are no text",
    "src_lazy_load_attr": f"{_WITHOUT}pictures are no text",
    "insert_detected_image": f"{_WITHOUT}pictures are a list of their own",
    "skip_json_ld": f"{_WITHOUT}what the rules find comes before JSON-LD",
}
"""Directives that lose nothing by being left out."""


class FtrError(Exception):
    """A file that cannot be read as a site configuration; the message is a phrase."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One line: ``line`` is 1-based, ``name`` in lower case, empty where the line is no ``name: value``."""

    line: int
    name: str
    value: str
    argument: str | None = None


def host_of_file(name: str) -> tuple[str, bool] | None:
    """Host a file is named after, and whether it is for subdomains only; None where the name is no host.

    >>> host_of_file("example.com.txt"), host_of_file(".Example.com.txt"), host_of_file("README.txt")
    (('example.com', False), ('example.com', True), None)
    """
    host = name.removesuffix(".txt").lower()
    wild = host.startswith(".")
    host = host.removeprefix(".").removeprefix("www.")
    return (host, wild) if len(host) <= 200 and _HOST.fullmatch(host) else None


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252. Raises ``FtrError``."""
    if len(data) > MOST_BYTES:
        raise FtrError(f"is larger than {MOST_BYTES // 1024} KB; not a site configuration")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if b"\0" in data:
            raise FtrError("is not a text file")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def directives(text: str) -> Iterator[Directive]:
    """The lines of a file that say something. Comments (``#``) and empty lines are left out."""
    for number, line in enumerate(_LINE.split(text), 1):
        stripped = line.strip().removeprefix("\ufeff")
        if not stripped or stripped.startswith("#"):
            continue
        with_argument = _ARGUMENT.fullmatch(stripped)
        if with_argument:
            yield Directive(
                number, with_argument["name"].lower(), with_argument["value"].strip(), with_argument["argument"]
            )
            continue
        key, colon, value = stripped.partition(":")
        found = _KEY.fullmatch(key.strip())
        if not colon or found is None:
            yield Directive(number, "", stripped)
        else:
            yield Directive(number, found["name"].lower(), value.strip(), found["argument"])
