"""Site files applied to flattened text: which lines a layout names, where the body ends, and what lies inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import Shape
from newsclean.metadata.dates import is_date_line
from newsclean.sites.patterns import Match
from newsclean.sites.text_opening import body_start, head_labels
from newsclean.sites.text_page import CompiledText, Page, first, made_label

__all__ = ["Verdict", "label_text", "refine_body"]


@dataclass(frozen=True)
class Verdict:
    """What a layout says of a page: ``rules`` for lines that it names, ``region`` for those it only surrounds."""

    rules: list[Label]
    region: list[Label]


def refine_body(compiled: CompiledText, document: Document, labels: Sequence[Label], cleaner: str) -> list[Label]:
    """Labels of an HTML body, looked at line by line as flattened text is: furniture inside it, a dateline that stands
    alone, the opening of another story at its end."""
    page = Page(document.blocks, document.folded, document.shapes)
    compiled = compiled.on_page(document)
    body = sorted(label.block for label in labels)
    _name_lines(page, compiled, cleaner, body)
    ends, tail = _tail(page, compiled, body, cleaner)
    found = {label.block: label for label in labels}
    for index in body:
        whole = index in page.datelines and page.datelines[index][1]
        if index in tail:
            found[index] = tail[index]
        elif index in page.named and page.named[index].role in REMOVED:
            found[index] = page.named[index]
        elif whole and index < ends:
            found[index] = made_label(page.blocks[index], Role.DATELINE, cleaner, "dateline", page.dateline(index))
    first = next((index for index in body if found[index].role not in REMOVED), None)
    if first is not None and first in page.datelines and not page.datelines[first][1]:
        found[first] = found[first]._replace(values=(*found[first].values, *page.dateline(first)))
    return [found[index] for index in body]


def label_text(compiled: CompiledText, document: Document, cleaner: str) -> Verdict | None:
    """Label the lines of a page, or None where the layout does not fit (no body is found)."""
    page = Page(document.blocks, document.folded, document.shapes)
    compiled = compiled.on_page(document)
    _name_lines(page, compiled, cleaner, range(len(page.blocks)))
    start, anchored = body_start(page, compiled)
    if start is None:
        return None
    end, tail = _tail(page, compiled, range(start, len(page.blocks)), cleaner)
    head = head_labels(page, compiled, start, anchored, cleaner)
    if end < len(page.blocks) and Role.CAPTION in compiled.layout.opening:
        _trailing_captions(page, start, end, cleaner)
    region = _region(page, range(start, end), cleaner)
    if not any(page.shapes[label.block].prose for label in region):
        return None
    rules = {**page.named, **head, **tail}
    return Verdict([rules[index] for index in sorted(rules)], region)


def _name_lines(page: Page, compiled: CompiledText, cleaner: str, indexes: Sequence[int]) -> None:
    for block, folded in ((page.blocks[index], page.folded[index]) for index in indexes):
        found = first(compiled.datelines, block.text, folded)
        if found:
            whole = first(compiled.dateline_lines, block.text, folded) is not None
            page.datelines[block.index] = (found[1], whole)
        for role, name, pattern in compiled.fields:
            hit = pattern.match(block.text, folded) if pattern.literal in folded else None
            values = _field_values(role, block, hit) if hit and not page.shapes[block.index].prose else None
            if values is not None:
                page.named[block.index] = made_label(block, role, cleaner, name, values)
                break
        else:
            for role, pattern in compiled.drops:
                if pattern.literal in folded and pattern.match(block.text, folded) is not None:
                    page.named[block.index] = made_label(block, role, cleaner, f"drop.{role.value}: {pattern.source}")
                    break


def _field_values(role: Role, block: Block, match: Match) -> tuple[tuple[str, str], ...] | None:
    """The values of a line that a field pattern fits; None where what should be a date is none."""
    values = match.values
    if role is Role.DATE:
        date = dict(values).get("date")
        if date is None:
            values, date = (*values, ("date", block.text)), block.text
        return values if is_date_line(date) else None
    return values or ((("section", block.text),) if role is Role.SECTION else ())


def _tail(page: Page, compiled: CompiledText, indexes: Sequence[int], cleaner: str) -> tuple[int, dict[int, Label]]:
    """Where the body that starts with the first of ``indexes`` ends, and what stands after it."""
    labels: dict[int, Label] = {}
    end, role, rule = len(page.blocks), None, ""
    seen_prose = False
    start = indexes[0] if indexes else 0
    for block, folded in ((page.blocks[index], page.folded[index]) for index in indexes):
        hit = None
        for candidate in compiled.ends:
            if candidate[1].literal in folded and candidate[1].match(block.text, folded) is not None:
                hit = candidate
                break
        if hit and role is None and hit[0] is Role.OTHER_ARTICLE and not _restarts(page, block, indexes):
            hit = None
        if hit and (role is not None or seen_prose) and block.index != start:
            if role is None:
                end = block.index
            role, rule = hit[0], f"body_ends_at.{hit[0].value}: {hit[1].source}"
            labels[block.index] = made_label(block, role, cleaner, rule)
        elif role is not None and block.index not in page.named:
            labels[block.index] = made_label(block, role, cleaner, f"after {rule}")
        elif role is not None:
            named = page.named[block.index]
            if named.role in (Role.DATE, Role.BYLINE, Role.CAPTION, Role.TAGS):
                labels[block.index] = made_label(block, role, cleaner, f"after {rule}")
        if role is None and not seen_prose:
            seen_prose = page.shapes[block.index].prose
    return end, labels


def _trailing_captions(page: Page, start: int, end: int, cleaner: str) -> None:
    """Short lines without end between the last paragraph and the furniture are the texts of its last pictures."""
    for index in range(end - 1, start, -1):
        shape, block = page.shapes[index], page.blocks[index]
        if index in page.named or shape.prose or not shape.headline or block.kind == "list_item":
            return
        page.named[index] = made_label(block, Role.CAPTION, cleaner, "line before the furniture", confidence=0.7)


def _restarts(page: Page, block: Block, indexes: Sequence[int]) -> bool:
    """Whether a line that opens as another story does is one: it stands alone, is cut off, or is the last of the page.
    A whole paragraph among others may begin with the site's name, too."""
    dateline = page.datelines.get(block.index)
    alone = dateline is not None and dateline[1]
    last = all(index in page.named for index in indexes if index > block.index)
    return alone or last or not page.shapes[block.index].ends


def _region(page: Page, indexes: range, cleaner: str) -> list[Label]:
    labels = []
    for index in indexes:
        block = page.blocks[index]
        if index in page.named:
            continue
        dateline = page.datelines.get(index)
        if dateline and dateline[1]:
            page.named[index] = made_label(block, Role.DATELINE, cleaner, "dateline", page.dateline(index))
            continue
        values: tuple[tuple[str, str], ...] = ()
        if dateline and index == indexes.start:
            values = page.dateline(index)
        role = Role.PARAGRAPH
        if block.kind == "list_item":
            role = Role.LIST_ITEM
        elif index + 1 in indexes and _is_heading(block, page.shapes[index]):
            role = Role.HEADING
        labels.append(made_label(block, role, cleaner, "region", values, 0.8))
    return labels


def _is_heading(block: Block, shape: Shape) -> bool:
    """A short line that is no sentence and announces no list."""
    question = block.text.endswith(("?", "؟", "!"))
    return not shape.prose and shape.words <= 25 and (question or not shape.ends) and block.text[-1] not in ":：،,"
