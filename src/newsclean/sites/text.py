"""Site files applied to flattened text: where the article begins, where it ends, what its lines are."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import Shape, repeats
from newsclean.metadata.dates import is_date_line
from newsclean.sites.model import TextLayout
from newsclean.sites.patterns import Match, Pattern

__all__ = ["CompiledText", "Verdict", "label_text", "refine_body"]

_HEAD = 8
"""A title and what may stand between it and the body take at most this many unnamed lines."""


@dataclass(frozen=True)
class Verdict:
    """What a layout says of a page: ``rules`` for lines that it names, ``region`` for those it only surrounds."""

    rules: list[Label]
    region: list[Label]


class CompiledText:
    """A text layout, compiled once."""

    def __init__(self, layout: TextLayout) -> None:
        lines = tuple(layout.dateline)

        def several(sources: Sequence[str]) -> list[Pattern]:
            return [Pattern(source, datelines=lines) for source in sources]

        self.layout = layout
        fields = (
            (Role.DATE, "section_and_date", layout.section_and_date),
            (Role.DATE, "date", layout.date),
            (Role.BYLINE, "byline", layout.byline),
            (Role.SECTION, "section", layout.section),
            (Role.TAGS, "tags", layout.tags),
            (Role.CAPTION, "caption", layout.caption),
        )
        self.fields = [(role, name, pattern) for role, name, sources in fields for pattern in several(sources)]
        self.datelines = [Pattern(source, prefix=True) for source in layout.dateline]
        self.dateline_lines = several(layout.dateline)
        self.starts_after = several(layout.starts_after)
        self.ends = [(role, pattern) for role, sources in layout.body_ends_at.items() for pattern in several(sources)]
        self.drops = [(role, pattern) for role, sources in layout.drop.items() for pattern in several(sources)]

    def on_page(self, page: str) -> CompiledText:
        """The same without the patterns whose literal stands nowhere in the folded text of a page: they cannot fit."""

        def here(patterns: list[Pattern]) -> list[Pattern]:
            return [pattern for pattern in patterns if pattern.literal in page]

        other = copy(self)
        other.fields = [field for field in self.fields if field[2].literal in page]
        other.datelines, other.dateline_lines = here(self.datelines), here(self.dateline_lines)
        other.starts_after = here(self.starts_after)
        other.ends = [end for end in self.ends if end[1].literal in page]
        other.drops = [drop for drop in self.drops if drop[1].literal in page]
        return other


@dataclass
class _Page:
    """Work of one call: what each line is so far."""

    blocks: Sequence[Block]
    folded: Sequence[str]
    shapes: Sequence[Shape]
    named: dict[int, Label] = field(default_factory=dict)
    datelines: dict[int, tuple[Match, bool]] = field(default_factory=dict)

    def dateline(self, index: int) -> tuple[tuple[str, str]]:
        """The dateline that a line opens with, or is, as the value of a label."""
        match, whole = self.datelines[index]
        text = self.blocks[index].text
        return (("dateline", (text if whole else text[: match.end]).strip(" :،-–—")),)


def refine_body(compiled: CompiledText, document: Document, labels: Sequence[Label], cleaner: str) -> list[Label]:
    """Labels of an HTML body, looked at line by line as flattened text is: furniture inside it, a dateline that stands
    alone, the opening of another story at its end."""
    page = _Page(document.blocks, document.folded, document.shapes)
    compiled = compiled.on_page(document.folded_text)
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
            found[index] = _label(page.blocks[index], Role.DATELINE, cleaner, "dateline", page.dateline(index))
    first = next((index for index in body if found[index].role not in REMOVED), None)
    if first is not None and first in page.datelines and not page.datelines[first][1]:
        found[first] = found[first]._replace(values=(*found[first].values, *page.dateline(first)))
    return [found[index] for index in body]


def label_text(compiled: CompiledText, document: Document, cleaner: str) -> Verdict | None:
    """Label the lines of a page, or None where the layout does not fit (no body is found)."""
    page = _Page(document.blocks, document.folded, document.shapes)
    compiled = compiled.on_page(document.folded_text)
    _name_lines(page, compiled, cleaner, range(len(page.blocks)))
    start, anchored = _body_start(page, compiled)
    if start is None:
        return None
    end, tail = _tail(page, compiled, range(start, len(page.blocks)), cleaner)
    head = _head(page, compiled, start, anchored, cleaner)
    if end < len(page.blocks) and Role.CAPTION in compiled.layout.opening:
        _trailing_captions(page, start, end, cleaner)
    region = _region(page, range(start, end), cleaner)
    if not any(page.shapes[label.block].prose for label in region):
        return None
    rules = {**page.named, **head, **tail}
    return Verdict([rules[index] for index in sorted(rules)], region)


def _first(patterns: Sequence[Pattern], text: str, folded: str) -> tuple[Pattern, Match] | None:
    for pattern in patterns:
        if pattern.literal in folded and (match := pattern.match(text, folded)) is not None:
            return pattern, match
    return None


def _name_lines(page: _Page, compiled: CompiledText, cleaner: str, indexes: Sequence[int]) -> None:
    for block, folded in ((page.blocks[index], page.folded[index]) for index in indexes):
        found = _first(compiled.datelines, block.text, folded)
        if found:
            whole = _first(compiled.dateline_lines, block.text, folded) is not None
            page.datelines[block.index] = (found[1], whole)
        for role, name, pattern in compiled.fields:
            hit = pattern.match(block.text, folded) if pattern.literal in folded else None
            values = _field_values(role, block, hit) if hit and not page.shapes[block.index].prose else None
            if values is not None:
                page.named[block.index] = _label(block, role, cleaner, name, values)
                break
        else:
            for role, pattern in compiled.drops:
                if pattern.literal in folded and pattern.match(block.text, folded) is not None:
                    page.named[block.index] = _label(block, role, cleaner, f"drop.{role.value}: {pattern.source}")
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


def _label(
    block: Block, role: Role, cleaner: str, rule: str, values: tuple[tuple[str, str], ...] = (), confidence: float = 1.0
) -> Label:
    return Label(block=block.index, role=role, cleaner=cleaner, rule=rule, confidence=confidence, values=values)


def _body_start(page: _Page, compiled: CompiledText) -> tuple[int | None, bool]:
    """Index of the first line of the body, and whether a line of the template proves it."""
    anchor = -1
    for block, folded in zip(page.blocks, page.folded, strict=True):
        label = page.named.get(block.index)
        if (label and label.role in (Role.DATE, Role.BYLINE)) or _first(compiled.starts_after, block.text, folded):
            anchor = block.index
        elif (
            block.index in page.datelines
            or (anchor >= 0 and page.shapes[block.index].prose)
            or (page.shapes[block.index].prose and not _template_follows(page, compiled, block.index))
        ):
            break
    index = anchor + 1
    while index < len(page.blocks) and index in page.named:
        index += 1
    if anchor >= 0 and index < len(page.blocks):
        return index, True
    for block in page.blocks:
        if block.index in page.datelines:
            return block.index, True
        if block.index not in page.named and page.shapes[block.index].prose:
            return _opening_start(page, compiled, block.index)
    return None, False


def _template_follows(page: _Page, compiled: CompiledText, index: int) -> bool:
    """Whether the line that names section and date is still to come: what reads like prose before it is not body."""
    if not compiled.layout.section_and_date:
        return False
    return any(at > index and label.rule == "section_and_date" for at, label in page.named.items())


def _opening_start(page: _Page, compiled: CompiledText, first_prose: int) -> tuple[int, bool]:
    """Without a template line: the body starts at the first prose, or after a lead that the layout promises."""
    before = [i for i in range(first_prose) if i not in page.named]
    openers = compiled.layout.opening
    if Role.LEAD not in openers or not before or not page.shapes[before[0]].headline:
        return first_prose, False
    after = first_prose + 1
    while after < len(page.blocks) and _is_caption(page, after):
        after += 1
    dated = next((i for i in sorted(page.datelines) if first_prose < i <= first_prose + 3), None)
    if dated is not None:
        return dated, True
    if (after > first_prose + 1 or compiled.layout.lead_is_sure) and after < len(page.blocks):
        return after, True
    return first_prose, False


def _is_caption(page: _Page, index: int) -> bool:
    label = page.named.get(index)
    block = page.blocks[index]
    if label is not None:
        return label.role is Role.CAPTION
    if page.shapes[block.index].prose:
        return False
    return block.bullet is not None or (page.blocks[index - 1].bullet is not None and block.blanks == 0)


def _head(page: _Page, compiled: CompiledText, start: int, anchored: bool, cleaner: str) -> dict[int, Label]:
    """Title, lead, captions, and the furniture before them."""
    free = [i for i in range(start) if i not in page.named]
    labels: dict[int, Label] = {}
    if not compiled.layout.opening or not free:
        return labels
    anchor = max((i for i, label in page.named.items() if i < start and label.rule == "section_and_date"), default=None)
    if anchor is not None and Role.CAPTION not in compiled.layout.opening:
        title_at = max((i for i in free if i < anchor), default=None)
    else:
        title_at = _title_among(page, free[-_HEAD:], compiled.layout.opening)
    if title_at is None:
        return labels
    title = page.blocks[title_at]
    labels[title_at] = _label(title, Role.TITLE, cleaner, "opening.title")
    for index in free:
        block = page.blocks[index]
        if index < title_at:
            labels[index] = _label(block, compiled.layout.before, cleaner, "before", confidence=0.9)
        elif index > title_at:
            opener = _after_title(page, compiled, index, title, labels, anchored)
            if opener is not None:
                labels[index] = _label(block, opener[0], cleaner, opener[1])
    return labels


def _title_among(page: _Page, free: Sequence[int], opening: Sequence[Role]) -> int | None:
    """The headline that is said twice; else the first of those that may be one, or where nothing comes between title
    and body, the last."""
    lines = [i for i in free if page.shapes[i].headline and page.blocks[i].bullet is None]
    for index in lines:
        twins = [i for i in lines if repeats(page.blocks[i].text, page.blocks[index].text)]
        if len(twins) > 1:
            return max(twins, key=lambda i: (len(page.blocks[i].text), -i))
    long = [i for i in lines if page.shapes[i].words >= 4] or lines
    if not long:
        return None
    return long[0] if len(opening) > 1 else long[-1]


def _after_title(
    page: _Page, compiled: CompiledText, index: int, title: Block, labels: dict[int, Label], anchored: bool
) -> tuple[Role, str] | None:
    block = page.blocks[index]
    openers = compiled.layout.opening
    if _is_caption(page, index):
        return Role.CAPTION, "opening.caption"
    if repeats(block.text, title.text):
        return (Role.CAPTION if Role.CAPTION in openers else Role.DUPLICATE), "opening.repeated-title"
    has_lead = any(label.role is Role.LEAD for label in labels.values())
    if Role.LEAD in openers and anchored and not has_lead:
        return Role.LEAD, "opening.lead"
    if Role.CAPTION in openers and not page.shapes[block.index].prose:
        return Role.CAPTION, "opening.caption"
    return None


def _tail(page: _Page, compiled: CompiledText, indexes: Sequence[int], cleaner: str) -> tuple[int, dict[int, Label]]:
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
            labels[block.index] = _label(block, role, cleaner, rule)
        elif role is not None and block.index not in page.named:
            labels[block.index] = _label(block, role, cleaner, f"after {rule}")
        elif role is not None:
            named = page.named[block.index]
            if named.role in (Role.DATE, Role.BYLINE, Role.CAPTION, Role.TAGS):
                labels[block.index] = _label(block, role, cleaner, f"after {rule}")
        if role is None and page.shapes[block.index].prose:
            seen_prose = True
    return end, labels


def _trailing_captions(page: _Page, start: int, end: int, cleaner: str) -> None:
    """Short lines without end between the last paragraph and the furniture are the texts of its last pictures."""
    for index in range(end - 1, start, -1):
        shape, block = page.shapes[index], page.blocks[index]
        if index in page.named or shape.prose or not shape.headline or block.kind == "list_item":
            return
        page.named[index] = _label(block, Role.CAPTION, cleaner, "line before the furniture", confidence=0.7)


def _restarts(page: _Page, block: Block, indexes: Sequence[int]) -> bool:
    """Whether a line that opens as another story does is one: it stands alone, is cut off, or is the last of the page.
    A whole paragraph among others may begin with the site's name, too."""
    dateline = page.datelines.get(block.index)
    alone = dateline is not None and dateline[1]
    last = all(index in page.named for index in indexes if index > block.index)
    return alone or last or not page.shapes[block.index].ends


def _region(page: _Page, indexes: range, cleaner: str) -> list[Label]:
    labels = []
    for index in indexes:
        block = page.blocks[index]
        if index in page.named:
            continue
        dateline = page.datelines.get(index)
        if dateline and dateline[1]:
            page.named[index] = _label(block, Role.DATELINE, cleaner, "dateline", page.dateline(index))
            continue
        values: tuple[tuple[str, str], ...] = ()
        if dateline and index == indexes.start:
            values = page.dateline(index)
        role = Role.PARAGRAPH
        if block.kind == "list_item":
            role = Role.LIST_ITEM
        elif index + 1 in indexes and _is_heading(block, page.shapes[index]):
            role = Role.HEADING
        labels.append(_label(block, role, cleaner, "region", values, 0.8))
    return labels


def _is_heading(block: Block, shape: Shape) -> bool:
    """A short line that is no sentence and announces no list."""
    question = block.text.endswith(("?", "؟", "!"))
    return not shape.prose and shape.words <= 25 and (question or not shape.ends) and block.text[-1] not in ":：،,"
