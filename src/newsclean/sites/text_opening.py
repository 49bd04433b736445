"""Where the body of a flattened page begins by its site's layout, and what the lines before it are."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.document.block import Block, Label
from newsclean.document.roles import Role
from newsclean.document.shape import repeats
from newsclean.sites.text_page import CompiledText, Page, first, made_label

__all__ = ["body_start", "head_labels"]

_HEAD = 8
"""A title and what may stand between it and the body take at most this many unnamed lines."""


def body_start(page: Page, compiled: CompiledText) -> tuple[int | None, bool]:
    """Index of the first line of the body, and whether a line of the template proves it."""
    anchor = -1
    for block, folded in zip(page.blocks, page.folded, strict=True):
        label = page.named.get(block.index)
        if (label and label.role in (Role.DATE, Role.BYLINE)) or first(compiled.starts_after, block.text, folded):
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


def _template_follows(page: Page, compiled: CompiledText, index: int) -> bool:
    """Whether the line that names section and date is still to come: what reads like prose before it is not body."""
    if not compiled.layout.section_and_date:
        return False
    return any(at > index and label.rule == "section_and_date" for at, label in page.named.items())


def _opening_start(page: Page, compiled: CompiledText, first_prose: int) -> tuple[int, bool]:
    """Without a template line: the body starts at the first prose, or after a lead that the layout promises."""
    before = [i for i in range(first_prose) if i not in page.named]
    openers = compiled.layout.opening
    if Role.LEAD not in openers or not before or not page.shapes[before[0]].headline:
        return first_prose, False
    if any(_is_caption(page, index) for index in before[1:]):  # a lead stands over the pictures
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


def _is_caption(page: Page, index: int) -> bool:
    label = page.named.get(index)
    block = page.blocks[index]
    if label is not None:
        return label.role is Role.CAPTION
    if page.shapes[block.index].prose:
        return False
    return block.bullet is not None or (page.blocks[index - 1].bullet is not None and block.blanks == page.closest)


def head_labels(page: Page, compiled: CompiledText, start: int, anchored: bool, cleaner: str) -> dict[int, Label]:
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
    labels[title_at] = made_label(title, Role.TITLE, cleaner, "opening.title")
    for index in free:
        block = page.blocks[index]
        if index < title_at:
            labels[index] = made_label(block, compiled.layout.before, cleaner, "before", confidence=0.9)
        elif index > title_at:
            opener = _after_title(page, compiled, index, title, labels, anchored)
            if opener is not None:
                labels[index] = made_label(block, opener[0], cleaner, opener[1])
    return labels


def _title_among(page: Page, free: Sequence[int], opening: Sequence[Role]) -> int | None:
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
    page: Page, compiled: CompiledText, index: int, title: Block, labels: dict[int, Label], anchored: bool
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
