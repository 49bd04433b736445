"""Blocks that become fields: title, lead, byline, date, section, tags, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from newsclean.cleaners.markup_around import Around
from newsclean.cleaners.markup_near_title import find_near_title
from newsclean.cleaners.markup_titles import find_title
from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.normalize import clean_text
from newsclean.document.roles import Role
from newsclean.readers.html_tags import Hint

if TYPE_CHECKING:
    from newsclean.cleaners.markup_body import Verdict

__all__ = ["find_fields"]

_STEPS: Final = 4
_PICTURED: Final = Hint.FIGURE | Hint.CAPTION


def find_fields(document: Document, verdict: Verdict, cleaner: str = "markup") -> dict[int, Label]:
    """Labels of the fields among the blocks of one document, by block number."""
    around = Around(document, verdict, cleaner)
    find_title(around)
    _find_captions(around)
    find_near_title(around)
    _find_lead(around)
    _find_tags(around)
    return around.labels


def _find_captions(around: Around) -> None:
    low = (around.title if around.title >= 0 else around.verdict.first) - 3
    named = Role.CAPTION in around.fields
    for block in around.blocks[max(low, 0) : around.verdict.last + 5]:
        hints = around.hints(block.index)
        if not hints & _PICTURED:
            if not named:
                continue
            word = around.names(block.index, Role.CAPTION) if not around.verdict.body[block.index] else None
            if word is None or not _has_image(around, block):
                continue
            rule = f"names: {word}"
        elif hints & Hint.CAPTION:
            rule = "figcaption"
        elif around.verdict.body[block.index]:
            continue
        else:
            rule = "inside figure"
        if not hints & (Hint.NAV | Hint.FOOTER | Hint.LINK):
            values = _picture(around, block)
            if rule == "figcaption" or values:
                around.put(block.index, Role.CAPTION, rule, 0.9, values)


def _figure(around: Around, block: Block) -> Any:
    element = around.page.elements[block.index]
    for _ in range(_STEPS):
        if element is None or element.tag in ("figure", "body"):
            break
        if next(element.iter("img", "amp-img"), None) is not None:
            break
        element = element.getparent()
    return element


def _has_image(around: Around, block: Block) -> bool:
    element = _figure(around, block)
    return element is not None and element.tag != "body" and next(element.iter("img", "amp-img"), None) is not None


def _picture(around: Around, block: Block) -> tuple[tuple[str, str], ...]:
    element = _figure(around, block)
    image = next(element.iter("img", "amp-img"), None) if element is not None and element.tag != "body" else None
    if image is None:
        return ()
    values = [("caption", block.text)]
    alt = clean_text(image.get("alt") or "")
    source = clean_text(image.get("src") or image.get("data-src") or "")
    if alt:
        values.append(("alt", alt))
    if source.startswith(("http://", "https://")):
        values.append(("url", source))
    return tuple(values)


def _find_lead(around: Around) -> None:
    """A standfirst stands apart from the body: by its names, or by an element of its own in the header."""
    verdict = around.verdict
    if verdict.last < 0:
        return
    start = around.title if around.title >= 0 else verdict.first
    for index in range(max(start - 2, 0), min(verdict.first + 4, verdict.last)):
        block = around.blocks[index]
        if index in around.labels or not 25 <= len(block.text) <= 900:
            continue
        if not (verdict.body[index] or verdict.scores[index] >= 0.25):
            continue
        word = around.names(index, Role.LEAD, 3)
        apart = around.hints(index) & Hint.HEADER and verdict.body[index]
        if (word is not None or apart) and _apart(around, index):
            rule = f"names: {word}" if word else "inside the article's header"
            around.put(index, Role.LEAD, rule, 0.85)
            return


def _apart(around: Around, index: int) -> bool:
    """Whether the next body block stands in another element, or under other names."""
    page, verdict = around.page, around.verdict
    following = next((i for i in range(index + 1, verdict.last + 1) if verdict.body[i]), None)
    if following is None:
        return False
    mine, other = page.owners[index], page.owners[following]
    names = page.nodes.names
    if page.nodes.parent[mine] != page.nodes.parent[other]:
        return True
    return bool(names[mine] != names[other] or page.nodes.tag[mine] != page.nodes.tag[other])


def _find_tags(around: Around) -> None:
    verdict = around.verdict
    if verdict.last < 0 or Role.TAGS not in around.fields:
        return
    start = max((around.title if around.title >= 0 else verdict.first) - 6, 0)
    for block in around.blocks[start : verdict.last + 40]:
        if block.index in around.labels or verdict.body[block.index] or len(block.text) > 400:
            continue
        word = around.names(block.index, Role.TAGS, 4)
        density = block.evidence.link_density if block.evidence else 0.0
        if word is None or density < 0.5 or around.hints(block.index) & (Hint.NAV | Hint.FOOTER):
            continue
        links = [clean_text("".join(a.itertext())) for a in around.page.elements[block.index].iter("a")]
        if not links and around.hints(block.index):
            links = [block.text]
        tags = tuple(("tag", link.lstrip("#")) for link in links if 0 < len(link.lstrip("#")) <= 60)
        if tags:
            around.put(block.index, Role.TAGS, f"names: {word}", 0.8, tags)
