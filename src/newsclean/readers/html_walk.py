"""One walk over the tree: every visible text falls into exactly one block, in page order."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, NamedTuple

from newsclean.document.normalize import clean_text
from newsclean.readers.html_tags import BLOCK, BREAK, FLEX, FLOW, HINTS, INLINE, RULE, SKIP, Hint
from newsclean.readers.html_text import all_text, data_rows, template_holds_page

__all__ = ["MAX_DEPTH", "Cut", "Walker"]

MAX_DEPTH = 300
"""Below this the text of an element is one block (recursion stays bounded on trees handed in by callers)."""

_BREAK = "\n"
_FEW = 20
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HTML_IN_SVG = ("p", "div", "section", "article", "h1", "h2", "h3", "ul", "ol", "table", "main", "span", "body")
_TELLING = frozenset(("style", "hidden", "aria-hidden", "itemprop", "role"))
_ARIA_ROLES = {
    "navigation": Hint.NAV,
    "menu": Hint.NAV,
    "menubar": Hint.NAV,
    "dialog": Hint.DIALOG,
    "alertdialog": Hint.DIALOG,
    "main": Hint.MAIN,
}


_Owner = tuple[Any, str, str, int]
"""Element, tag, path and number of the block that text falls into."""


class Cut(NamedTuple):
    """A block before it becomes one: text as shown, link characters, and the element it stands in."""

    text: str
    linked: int
    element: Any
    tag: str
    path: str
    node: int


class Walker:
    """Cuts one tree into blocks. Use once: ``Walker().run(root)``, then read ``cuts`` and the node lists."""

    __slots__ = (
        "_buffer",
        "_inlink",
        "_linked",
        "_nodes",
        "_root",
        "_seen",
        "_templates",
        "cuts",
        "deepest",
        "depth",
        "end",
        "hints",
        "names",
        "parent",
        "size",
        "tag",
    )

    def __init__(self) -> None:
        self.cuts: list[Cut] = []
        self.parent: list[int] = []
        self.tag: list[str] = []
        self.names: list[str] = []
        self.depth: list[int] = []
        self.end: list[int] = []
        self.hints: list[int] = []
        self.deepest = 0
        self.size = 0
        self._buffer: list[str] = []
        self._linked = 0
        self._inlink = False
        self._nodes: list[tuple[int, str, str, int, int]] = []
        self._seen: dict[int, int] = {}
        self._root: Any = None
        self._templates: bool | None = None

    def run(self, root: Any) -> None:
        """Cut everything below ``root``."""
        self._root = root
        tag = root.tag if isinstance(root.tag, str) else "html"
        self._block(root, tag, f"/{tag}", 0, 0, 0)
        self.parent, self.tag, self.names, self.depth, self.hints = map(list, zip(*self._nodes, strict=True))

    def _block(self, element: Any, tag: str, path: str, depth: int, parent: int, hints: int) -> None:
        node = len(self.end)
        names = ident = ""
        hints |= HINTS.get(tag, 0)
        for key, value in element.items():
            if key == "class":
                names = value
            elif key == "id":
                ident = value
            elif key in _TELLING:
                hints |= _hint(key, value)
        if ident:
            names = f"{names} {ident}" if names else ident
        self._nodes.append((parent, tag, names, depth, hints))
        self.end.append(node + 1)
        owner = (element, tag, path, node)
        text = element.text
        if text and not text.isspace():
            self._buffer.append(text)
            if self._inlink:
                self._linked += len(text.strip())
        if len(element):
            self._children(element, path, depth, owner, hints)
        elif depth >= self.deepest:
            self.deepest = depth + 1
        if self._buffer:
            self._flush(owner)
        self.end[node] = len(self.end)

    def _children(self, element: Any, path: str, depth: int, owner: _Owner, hints: int) -> None:  # noqa: C901
        # one fused loop: this is where a page's time goes
        buffer = self._buffer
        depth += 1
        if depth > self.deepest:
            self.deepest = depth
        counts: dict[str, int] = {}
        spaced = True
        loose = owner[1] != "p"
        flow = FLOW.get
        self.size += len(element)
        for child in element:
            tag = child.tag
            code = flow(tag, FLEX)
            if code != SKIP and tag.__class__ is str:
                number = counts[tag] = counts.get(tag, 0) + 1
                if code == FLEX and (buffer or not loose or ":" in tag):
                    code = INLINE
                if code == INLINE:
                    if not spaced and loose and buffer:
                        buffer.append(" ")
                    text = child.text
                    link = tag == "a" and not self._inlink
                    if link:
                        self._inlink = True
                    if text and (buffer or not text.isspace()):
                        buffer.append(text)
                        if self._inlink:
                            self._linked += len(text.strip())
                    if len(child):
                        if depth > MAX_DEPTH:
                            buffer.append(all_text(child))
                        else:
                            self._children(child, f"{path}/{tag}[{number}]", depth, owner, hints)
                    if link:
                        self._inlink = False
                elif code == BREAK:
                    if buffer:
                        if buffer[-1] is _BREAK:
                            buffer.pop()
                            self._flush(owner)
                        else:
                            buffer.append(_BREAK)
                else:
                    if buffer:
                        self._flush(owner)
                    if code == BLOCK and depth <= MAX_DEPTH:
                        self._block(child, tag, f"{path}/{tag}[{number}]", depth, owner[3], hints)
                    elif code != RULE:
                        self._opened(child, tag, f"{path}/{tag}[{number}]", depth, owner[3], hints)
            tail = child.tail
            if tail:
                if buffer:
                    if buffer[-1] is not _BREAK or not tail.isspace():
                        buffer.append(tail)
                        if self._inlink:
                            self._linked += len(tail.strip())
                elif not tail.isspace():
                    buffer.append(tail)
                    if self._inlink:
                        self._linked += len(tail.strip())
                spaced = True
            else:
                spaced = False

    def _opened(self, child: Any, tag: str, path: str, depth: int, parent: int, hints: int) -> None:
        if depth > MAX_DEPTH:
            self._whole(child, tag, path, parent, all_text(child))
        elif FLOW.get(tag, FLEX) in (BLOCK, FLEX):
            self._block(child, tag, path, depth, parent, hints)
        elif tag == "table":
            self._table(child, path, depth, parent, hints)
        elif tag == "select":
            self._select(child, path, depth, parent, hints)
        elif tag == "noscript":
            self._block(child, tag, path, depth, parent, hints | Hint.NOSCRIPT)
        elif tag == "template":
            if self._templates is None:
                self._templates = template_holds_page(self._root)
            if self._templates or child.get("shadowrootmode") is not None:
                self._block(child, tag, path, depth, parent, hints)
        elif tag == "svg" and _holds_html(child):
            # HTML never stands inside a picture: the picture was not closed
            self._block(child, tag, path, depth, parent, hints)

    def _select(self, element: Any, path: str, depth: int, parent: int, hints: int) -> None:
        if all(part.tag in ("option", "optgroup", "hr") for part in element.iterdescendants()):
            self._whole(element, "select", path, parent, all_text(element), hints=hints)
        else:
            self._block(element, "select", path, depth, parent, hints)

    def _table(self, table: Any, path: str, depth: int, parent: int, hints: int) -> None:
        rows = data_rows(table)
        if rows is None:
            self._block(table, "table", path, depth, parent, hints)
            return
        linked = sum(len("".join(a.itertext()).strip()) for a in table.iter("a"))
        self._whole(table, "table", path, parent, rows, linked, hints)

    def _whole(
        self, element: Any, tag: str, path: str, parent: int, text: str, linked: int = 0, hints: int = 0
    ) -> None:
        text = text if tag == "table" else clean_text(text)
        if not text:
            return
        node = len(self.end)
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        for key, value in element.items():
            if key in _TELLING:
                hints |= _hint(key, value)
        self._nodes.append((parent, tag, names, path.count("/") - 1, hints | self._nodes[parent][4]))
        self.end.append(node + 1)
        self.cuts.append(Cut(text, min(linked, len(text)), element, tag, path, node))

    def _flush(self, owner: _Owner) -> None:
        buffer = self._buffer
        text = clean_text(buffer[0] if len(buffer) == 1 else "".join(buffer))
        buffer.clear()
        linked = self._linked
        self._linked = 0
        if not text:
            return
        element, tag, path, node = owner
        number = self._seen[node] = self._seen.get(node, 0) + 1
        if number > 1:
            path = f"{path}/text()[{number}]"
        self.cuts.append(Cut(text, min(linked, len(text)), element, tag, path, node))


def _holds_html(svg: Any) -> bool:
    """Whether there is an element of HTML in a picture; most pictures have a handful of elements."""
    few = list(islice(svg.iter(), _FEW))
    for element in few:
        if element.tag in _HTML_IN_SVG:
            return True
    return len(few) == _FEW and next(svg.iter(*_HTML_IN_SVG), None) is not None


def _hint(key: str, value: str) -> int:
    """What an attribute of :data:`_TELLING` says."""
    if key == "style":
        return Hint.HIDDEN if _HIDDEN_STYLE.search(value) else 0
    if key == "hidden":
        return Hint.HIDDEN
    if key == "aria-hidden":
        return Hint.ARIA_HIDDEN if value == "true" else 0
    if key == "itemprop":
        return Hint.BODY_PROP if value in ("articleBody", "text") else 0
    return _ARIA_ROLES.get(value, 0)
