"""HTML in, blocks out, from one parse."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from lxml import etree

from newsclean.document.block import Block, Evidence, HtmlSource, Kind
from newsclean.document.document import Document, Notice
from newsclean.readers.guard import guard_depth, guarded
from newsclean.readers.html_page import Nodes, Page, told_of
from newsclean.readers.html_tags import Hint
from newsclean.readers.html_walk import Cut, Walker

__all__ = ["parse_html", "read_html", "read_tree"]

_DEEP: Final = 240
"""libxml2 stops reading at 254 open elements; a tree that comes near it is read again with its depth folded."""
_LITTLE_PROSE: Final = 400
_TOKENS: Final = 24
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_KINDS: Final[dict[str, Kind]] = {
    "p": "paragraph",
    "div": "paragraph",
    "section": "paragraph",
    "article": "paragraph",
    "main": "paragraph",
    "td": "paragraph",
    "center": "paragraph",
    "pre": "paragraph",
    "body": "paragraph",
    "li": "list_item",
    "dd": "list_item",
    "dt": "list_item",
    "blockquote": "quote",
    "table": "table",
    "figcaption": "caption",
    "time": "time",
    **dict.fromkeys(_HEADINGS, "heading"),
}


def parse_html(data: bytes) -> Any:
    """The root element of ``data`` (UTF-8), comments and processing instructions left out.

    A page without any element gives an empty ``<html>``.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        root = None
    return etree.Element("html") if root is None else root


def read_html(
    text: str,
    *,
    url: str | None,
    encoding: str,
    size: int,
    sha256: str,
    notices: tuple[Notice, ...] = (),
    utf8: bytes | None = None,
) -> Document:
    """Cut the page ``text`` into blocks; ``utf8`` is its UTF-8 form, where the caller has it.

    ``encoding``, ``size`` (bytes) and ``sha256`` tell where the text came from and are handed on. Notices of the
    guard against pages that break parsers are added to ``notices``. Raises nothing for any text.
    """
    safe, data, found = guarded(text, utf8)
    root = parse_html(data)
    told, walker = _looked_over(root)
    if walker.deepest >= _DEEP:
        folded, deep = guard_depth(safe)
        if deep:
            found = [*found, *deep]
            root = parse_html(folded.encode())
            told, walker = _looked_over(root)
    return _document(text, root, told, walker, url, encoding, size, sha256, (*notices, *found))


def read_tree(
    root: Any, *, url: str | None, encoding: str, size: int, sha256: str, notices: tuple[Notice, ...] = ()
) -> Document:
    """Cut a tree that the caller has parsed (an ``lxml`` element or element tree); it is not changed.

    The text of the document is the tree written as HTML.
    """
    if hasattr(root, "getroot"):
        root = root.getroot()
    if isinstance(root.tag, str) and root.tag.startswith("{"):
        root = _without_namespaces(root)
    text = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    told, walker = _looked_over(root)
    return _document(text, root, told, walker, url, encoding, size, sha256, notices)


def _looked_over(root: Any) -> tuple[dict[str, list[Any]], Walker]:
    """What the page tells of itself, and its cuts."""
    told = told_of(root)
    walker = Walker()
    walker.run(root)
    return told, walker


def _without_namespaces(root: Any) -> Any:
    from copy import deepcopy

    copy = deepcopy(root)
    for element in copy.iter(etree.Element):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(copy)
    return copy


def _document(
    text: str,
    root: Any,
    told: dict[str, list[Any]],
    walker: Walker,
    url: str | None,
    encoding: str,
    size: int,
    sha256: str,
    notices: tuple[Notice, ...],
) -> Document:
    if _little_prose(walker.cuts):
        notices = (*notices, *_add_script_text(root, walker))
    nodes = Nodes(walker.parent, walker.tag, walker.names, walker.depth, walker.hints, walker.end)
    page = Page(
        root=root,
        elements=tuple([cut.element for cut in walker.cuts]),
        owners=[cut.node for cut in walker.cuts],
        linked=[cut.linked for cut in walker.cuts],
        nodes=nodes,
        size=walker.size,
        told=told,
    )
    return Document(
        kind="html",
        text=text,
        blocks=_blocks(walker.cuts, nodes),
        url=url,
        encoding=encoding,
        bytes=size,
        sha256=sha256,
        notices=notices,
        tree=page,
        memo={},
    )


def _little_prose(cuts: list[Cut]) -> bool:
    prose = 0
    for cut in cuts:
        if len(cut.text) > 80 and cut.linked * 2 < len(cut.text):
            prose += len(cut.text)
            if prose >= _LITTLE_PROSE:
                return False
    return True


def _add_script_text(root: Any, walker: Walker) -> tuple[Notice, ...]:
    from newsclean.readers.html_state import script_paragraphs

    found = script_paragraphs(root)
    if found is None:
        return ()
    script, lines = found
    path = root.getroottree().getpath(script)
    node = len(walker.parent)
    walker.parent.append(0)
    walker.tag.append("script")
    walker.names.append("")
    walker.depth.append(path.count("/") - 1)
    walker.hints.append(Hint.SCRIPT)
    walker.end.append(node + 1)
    walker.end[0] = node + 1
    for number, line in enumerate(lines, 1):
        walker.cuts.append(Cut(line, 0, script, "script", f"{path}/text()[{number}]", node))
    return (
        Notice(code="text-from-script", message="the page shows almost no text; its article was read from a script"),
    )


def _blocks(cuts: list[Cut], nodes: Nodes) -> tuple[Block, ...]:
    hints, depths = nodes.hints, nodes.depth
    chain = partial(_chain, nodes)
    return tuple(
        [
            Block(
                index,
                text,
                HtmlSource(path),
                _kind(tag, hints[node]),
                _HEADINGS.get(tag),
                0,
                None,
                Evidence(tag, linked / len(text), depths[node], chain, node),
            )
            for index, (text, linked, _, tag, path, node) in enumerate(cuts)
        ]
    )


def _chain(nodes: Nodes, node: int) -> tuple[str, ...]:
    tokens: list[str] = []
    while node and len(tokens) < _TOKENS:
        tokens += nodes.names[node].split()
        node = nodes.parent[node]
    return tuple(tokens[:_TOKENS])


def _kind(tag: str, hints: int) -> Kind:
    kind = _KINDS.get(tag, "other")
    if hints & (Hint.CAPTION | Hint.ITEM | Hint.QUOTE) and kind in ("paragraph", "other"):
        if hints & Hint.CAPTION:
            return "caption"
        return "quote" if hints & Hint.QUOTE and not hints & Hint.ITEM else "list_item" if kind == "paragraph" else kind
    return kind
