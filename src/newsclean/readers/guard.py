"""One look at a page before the parser: floods that make parsers lose the page are folded, and it is said.

Each flood is looked for by a test that costs next to nothing on an ordinary page; only a page that has one is rewritten.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from newsclean.document.document import Notice
from newsclean.readers.html_tags import FLOW, INLINE

__all__ = ["guard", "guard_depth", "guarded"]

_MARK_STRIDE: Final = 512
_MARKS_KEPT: Final = 30
"""As many combining marks in a row as a stream-safe text may hold (Unicode Standard Annex 15)."""
_BIG_PAGE: Final = 600_000
_LONG_ATTRIBUTE: Final = 1_000_000
_LONG_TAG: Final = 200_000
_LONG_TEXT: Final = 5_000_000
_MAX_REPEATS: Final = 1_000
_MAX_WRAPPERS: Final = 150
_MAX_OPEN: Final = 220
_MAX_INLINE: Final = 40

_MARK = "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_IS_MARK = re.compile(_MARK)
_MARKS = re.compile(f"({_MARK}{{{_MARKS_KEPT}}}){_MARK}+")
_SURROGATE = re.compile("[\ud800-\udfff]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]+")
_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|127)|x0*(?:[0-8bef]|1[0-9a-f]|7f)|0*(?:5529[6-9]|55[3-9]\d\d|5[67]\d{3})"
    r"|x0*d[89a-f][0-9a-f]{2})(?:;|(?![0-9a-fA-F]))",
    re.IGNORECASE,
)
_REFERENCE_BYTES = re.compile(_REFERENCE.pattern.encode(), re.IGNORECASE)
_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>)")
_HUGE_TAG = re.compile(rf"([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*'){{{_LONG_TAG},}}+)>")
_ATTRIBUTE = re.compile(r"\s([^\s=\"'<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_QUOTED = re.compile(rf"=\s*(?:\"[^\"]{{{_LONG_ATTRIBUTE},}}\"|'[^']{{{_LONG_ATTRIBUTE},}}')")
_REPEATED = re.compile(
    r"(<(?P<tag>[a-zA-Z][\w-]*)\b[^<>]{0,200}>\s*(?:</(?P=tag)>\s*)?)(?:\1){%d,}+" % _MAX_REPEATS  # noqa: UP031
)
_RAW_TEXT = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_CLOSES_ITSELF = frozenset(("p", "li", "tr", "td", "th", "dt", "dd", "option"))
_INLINE = frozenset(name for name, code in FLOW.items() if code == INLINE)
_KEPT_ATTRIBUTES = 200
_AMPERSAND, _MARK_OF_NUMBER = b"&#"


def guard(html: str) -> tuple[str, list[Notice]]:
    """``html`` as the parser can take it, and one notice for each kind of flood that was folded.

    Folded are: lone surrogates and control characters, written out or as references (``&#1;``); rows of thousands of
    combining marks; attributes and text of many megabytes; hundreds of thousands of attributes or of equal empty
    siblings. Text of an article is never cut. Depth is looked at after the parse, see :func:`guard_depth`.

    >>> guard("<p>a&#1;b</p>")[0]
    '<p>ab</p>'
    """
    html, _, notices = guarded(html)
    return html, notices


def guarded(html: str, utf8: bytes | None = None) -> tuple[str, bytes, list[Notice]]:
    """What :func:`guard` gives, and the safe page as UTF-8. ``utf8`` is ``html`` as UTF-8, where the caller has it."""
    notices: list[Notice] = []
    safe = _characters(html, utf8, notices)
    try:
        data = utf8 if utf8 is not None and safe is html else safe.encode()
    except UnicodeEncodeError:
        safe = _SURROGATE.sub("\ufffd", safe)
        _say(notices, "lone-surrogates", "lone surrogates were replaced by U+FFFD")
        data = safe.encode()
    if len(safe) > _BIG_PAGE:
        thinned = _floods(safe, notices)
        if thinned is not safe:
            safe, data = thinned, thinned.encode()
    return safe, data, notices


def _say(notices: list[Notice], code: str, message: str) -> None:
    notices.append(Notice(code=code, message=message))


def _characters(html: str, utf8: bytes | None, notices: list[Notice]) -> str:
    probes = html[::_MARK_STRIDE]
    if not probes.isascii() and _IS_MARK.search(probes):
        html, count = _MARKS.subn(r"\1", html)
        if count:
            _say(notices, "combining-marks", f"rows of combining marks were cut to {_MARKS_KEPT}")
    if _has_reference(utf8 if utf8 is not None else html.encode("utf-8", "replace")):
        html, count = _REFERENCE.subn("", html)
        _say(notices, "control-references", f"{count} references to control characters or surrogates were left out")
    if "\x00" in html if utf8 is None else b"\x00" in utf8:
        html = _CONTROL.sub("", html)
        _say(notices, "control-characters", "control characters were left out")
    return html


def _has_reference(data: bytes) -> bool:
    import numpy as np

    # find() takes several times as long: an ampersand stands in every address
    codes = np.frombuffer(data, dtype=np.uint8)
    marks = np.flatnonzero(codes[1:] == _MARK_OF_NUMBER)
    starts = marks[codes[marks] == _AMPERSAND].tolist()
    return any(_REFERENCE_BYTES.match(data, at) for at in starts)


def _floods(html: str, notices: list[Notice]) -> str:
    if len(html) > _LONG_ATTRIBUTE and any(_lacks(html, mark, _LONG_ATTRIBUTE) for mark in "\"'"):
        html, count = _QUOTED.subn('=""', html) if _QUOTED.search(html) else (html, 0)
        if count:
            _say(notices, "long-attribute", f"{count} attribute values over {_LONG_ATTRIBUTE} characters were emptied")
    if _lacks(html, "<", _LONG_TAG):
        html = _thin_tags(html, notices)
    if html.count("<") > 100_000:
        html, count = _REPEATED.subn(r"\1", html)
        if count:
            _say(notices, "sibling-flood", f"{count} rows of over {_MAX_REPEATS} equal empty elements became one each")
    if len(html) > _LONG_TEXT:
        html = _split_text(html, notices)
    return html


def _lacks(html: str, mark: str, size: int) -> bool:
    """Whether ``mark`` may be missing from ``size`` characters in a row; False is sure."""
    step = size // 2
    return any(html.find(mark, at, at + step) < 0 for at in range(0, len(html), step))


def _thin_tags(html: str, notices: list[Notice]) -> str:
    if not _has_huge_tag(html):
        return html
    parts = html.split("<")
    count = 0
    for number, part in enumerate(parts):
        found = _HUGE_TAG.match(part) if number and len(part) >= _LONG_TAG else None
        if found:
            kept = (attribute[0] for attribute in islice(_ATTRIBUTE.finditer(found[2]), _KEPT_ATTRIBUTES))
            parts[number] = f"{found[1]}{''.join(kept)}>{part[found.end() :]}"
            count += 1
    message = f"of {count} tags with a flood of attributes the first {_KEPT_ATTRIBUTES} were kept"
    _say(notices, "attribute-flood", message)
    return "<".join(parts)


def _has_huge_tag(html: str) -> bool:
    at = html.find("<")
    while at >= 0:
        start = at + 1
        at = html.rfind("<", start, start + _LONG_TAG)
        if at < 0:
            at = html.find("<", start + _LONG_TAG)
            if _HUGE_TAG.match(html, start, at if at >= 0 else len(html)):
                return True
    return False


def _split_text(html: str, notices: list[Notice]) -> str:
    """A run of text close to the parser's limit of ten million bytes is cut in pieces by ``<wbr>``, which shows nothing."""
    step = _LONG_TEXT // 4
    parts = html.split("<")
    found = False
    for number, part in enumerate(parts):
        if len(part) > _LONG_TEXT // 2 and part[:6].lower() not in ("script", "style>", "style "):
            found = True
            start = part.find(">") + 1 if number else 0
            runs = (part[i : i + step] for i in range(start, len(part), step))
            parts[number] = part[:start] + "<wbr>".join(runs)
    if not found:
        return html
    _say(notices, "long-text", "megabytes of text without any markup were read in pieces")
    return "<".join(parts)


class _Depth:
    """Which elements of a page are open, and which of them were left out."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, bool]] = []
        self.kept = 0
        self.count: dict[str, int] = {}
        self.kept_of: dict[str, int] = {}
        self.left_out = 0

    def open(self, name: str) -> bool:
        """Note an opening tag; whether it stays."""
        if name in _CLOSES_ITSELF and self.opened and self.opened[-1][0] == name:
            self._pop()
        same = self.kept_of.get(name, 0)
        if name in _INLINE:
            stays = self.kept < _MAX_OPEN and same < _MAX_INLINE
        elif name in _CLOSES_ITSELF or name in _RAW_TEXT:
            stays = self.kept < _MAX_OPEN
        else:
            stays = self.kept < _MAX_WRAPPERS
        self.opened.append((name, stays))
        self.count[name] = self.count.get(name, 0) + 1
        if stays:
            self.kept += 1
            self.kept_of[name] = same + 1
        else:
            self.left_out += 1
        return stays

    def close(self, name: str) -> bool:
        """Note a closing tag; whether it stays."""
        if not self.count.get(name):
            return True
        while True:
            top, stays = self._pop()
            if top == name:
                return stays

    def _pop(self) -> tuple[str, bool]:
        name, stays = self.opened.pop()
        self.count[name] -= 1
        if stays:
            self.kept -= 1
            self.kept_of[name] -= 1
        return name, stays


def guard_depth(html: str) -> tuple[str, list[Notice]]:
    """``html`` without the tags of elements deeper than the parser reads; their text stays where it is.

    One pass over the tags, for pages whose tree came out close to the parser's limit.

    >>> text, notices = guard_depth("<div>" * 300 + "<p>deep</p>" + "</div>" * 300)
    >>> text.count("<div>"), "<p>deep</p>" in text, notices[0].code
    (150, True, 'deep-markup')
    """
    depth = _Depth()
    out: list[str] = []
    at = pos = 0
    while (found := _TAG.search(html, pos)) is not None:
        pos = found.end()
        if found[2] is None:
            pos = html.find("-->", pos)
            if pos < 0:
                break
            continue
        name = found[2].lower()
        if name in _VOID or (found[3].endswith("/") and name not in FLOW):
            continue
        stays = depth.close(name) if found[1] else depth.open(name)
        if not stays:
            out += (html[at : found.start()], "" if name in _INLINE else "<br><br>")
            at = pos
        if name in _RAW_TEXT and not found[1]:
            end = _RAW_TEXT[name].search(html, pos)
            pos = end.start() if end else pos
    if not depth.left_out:
        return html, []
    out.append(html[at:])
    message = f"{depth.left_out} elements stand deeper than a parser reads; their text was lifted out"
    return "".join(out), [Notice(code="deep-markup", message=message)]
