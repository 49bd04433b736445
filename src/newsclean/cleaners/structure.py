"""What the order and shape of lines tell of flattened text, on sites nobody has described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsclean.cleaners.body import END_ROLES, find_body, is_furniture, weigh
from newsclean.cleaners.furniture import matches
from newsclean.cleaners.phrases import PhraseMatch
from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.document.shape import Shape, overlap, repeats, words
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dateline import find_dateline
from newsclean.metadata.dates import is_date_line
from newsclean.options import Options

__all__ = ["Structure"]

_TITLE_REACH = 14
"""Lines before the body among which the title is looked for."""
_TICKER_WORDS = 30
_FIELD_WORDS = 16
"""A byline or a date line is shorter than this."""


@dataclass
class _Page:
    blocks: Sequence[Block]
    shapes: Sequence[Shape]
    hints: Sequence[PhraseMatch | None]
    start: int
    end: int
    labels: dict[int, Label] = field(default_factory=dict)

    def put(self, index: int, role: Role, rule: str, confidence: float = 0.7, **values: str) -> None:
        self.labels[index] = Label(
            block=index,
            role=role,
            cleaner=Structure.name,
            rule=rule,
            confidence=confidence,
            values=tuple(values.items()),
        )

    def text(self, index: int) -> str:
        return self.blocks[index].text


class Structure:
    """Labels every line of flattened text; what is only likely gets a confidence under 0.5."""

    name = "structure"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """Labels for all blocks; HTML gets none."""
        if document.kind != "text":
            return
        hints = matches(document, options)
        rows = zip(document.blocks, document.shapes, hints, strict=True)
        weights = [weigh(block, shape, hint) for block, shape, hint in rows]
        body = find_body(weights)
        if body is None:
            return
        page = _Page(document.blocks, document.shapes, hints, *body)
        _extend_end(page)
        _fields(page)
        _before(page)
        _inside(page)
        _after(page)
        yield from (page.labels[index] for index in sorted(page.labels))


def _extend_end(page: _Page) -> None:
    """A last paragraph that was cut off has no full stop and is still the article's."""
    end = page.end
    if end < len(page.blocks):
        block, before = page.blocks[end], page.blocks[end - 1]
        close = block.blanks <= max(1, before.blanks)
        if close and not is_furniture(page.hints[end]) and page.shapes[end].words >= 18 and not _is_ticker(page, end):
            page.end = end + 1


def _is_ticker(page: _Page, index: int) -> bool:
    """Headlines run together into one line: long, no clauses, no end."""
    shape = page.shapes[index]
    return shape.words >= _TICKER_WORDS and not shape.ends and not shape.prose


def _fields(page: _Page) -> None:
    """Bylines and date lines, wherever near the body they stand."""
    first = max(0, page.start - _TITLE_REACH)
    last = min(len(page.blocks), page.end + 3)
    for index in range(first, last):
        text = page.text(index)
        hint = page.hints[index]
        if page.shapes[index].words > _FIELD_WORDS or (is_furniture(hint) and hint is not None and hint.share > 0.9):
            continue
        outside = not page.start <= index < page.end
        if is_date_line(text):
            page.put(index, Role.DATE, "date-line", 0.8, **_date_values(text))
            continue
        byline = read_byline(text) if outside or index < page.start + 3 or index >= page.end - 2 else None
        if byline is not None:
            page.put(index, Role.BYLINE, "byline", 0.75)
            authors = tuple(("author", name) for name in byline.authors)
            page.labels[index] = page.labels[index].model_copy(update={"values": authors})


def _date_values(text: str) -> dict[str, str]:
    """The date, and the section where the line reads ``section | date``."""
    values = {"date": text}
    head, bar, tail = text.partition("|")
    if bar and tail.strip() and not any(c.isdigit() for c in head) and 0 < words(head) <= 4:
        values = {"section": head.strip(), "date": tail.strip(" |")}
    return values


def _before(page: _Page) -> None:
    title = _find_title(page)
    run: Role | None = None
    for index in range(page.start):
        block, hint = page.blocks[index], page.hints[index]
        if index in page.labels or index == title:
            run = None if index == title else run
            continue
        if hint is not None and is_furniture(hint):
            run = Role(hint.role) if hint.heading else run if hint.match != "line" else None
            continue
        if title is not None and index > title:
            _between(page, index, title)
        elif run is not None:
            page.put(index, run, f"under the heading {run.value}", 0.7)
        elif _is_ticker(page, index):
            page.put(index, Role.LATEST_NEWS, "run-on headlines", 0.7)
        elif title is not None and repeats(block.text, page.text(title)):
            page.put(index, Role.DUPLICATE, "title again", 0.8)
        else:
            page.put(index, Role.NAVIGATION, "before the article", 0.6)
    if title is not None:
        page.put(title, Role.TITLE, "headline before the body", 0.7)


def _find_title(page: _Page) -> int | None:
    """The headline nearest before the body, unless a longer one that repeats stands among the lines before it."""
    candidates: list[int] = []
    for index in range(page.start - 1, max(-1, page.start - _TITLE_REACH - 1), -1):
        block, hint = page.blocks[index], page.hints[index]
        if is_furniture(hint) and hint is not None:
            if hint.heading and candidates:
                break
            continue
        if index in page.labels or block.bullet is not None or hint is not None:
            continue
        if _is_ticker(page, index) and not any(repeats(block.text, page.text(i)) for i in candidates):
            break
        if page.shapes[index].words >= 3 and (page.shapes[index].headline or _is_ticker(page, index)):
            candidates.append(index)
    if not candidates:
        return None
    twins = [i for i in candidates if any(repeats(page.text(i), page.text(j)) for j in candidates if j != i)]
    if twins:
        longest = max(twins, key=lambda i: (len(page.text(i)), -i))
        return min(
            i
            for i in twins
            if repeats(page.text(i), page.text(longest)) and len(page.text(i)) == len(page.text(longest))
        )
    near = candidates[:4]
    lone = [i for i in near if page.shapes[i].words >= 5] or near
    return min(lone) if len(candidates) <= 3 else lone[0]


def _between(page: _Page, index: int, title: int) -> None:
    """A line between the title and the body: the title again, a caption, or a lead."""
    block = page.blocks[index]
    if repeats(block.text, page.text(title)):
        page.put(index, Role.CAPTION, "title as the picture's text", 0.75)
    elif block.bullet is not None or (
        index > 0
        and page.labels.get(index - 1, None) is not None
        and page.blocks[index - 1].bullet is not None
        and block.blanks == 0
    ):
        page.put(index, Role.CAPTION, "picture text before the body", 0.6)
    elif page.shapes[index].headline:
        page.put(index, Role.CAPTION, "line between title and body", 0.55)
    else:
        page.put(index, Role.OTHER, "between title and body", 0.45)


def _lead(page: _Page, title: int) -> None:
    """The first prose after the title is the lead where the page proves it: pictures or a dateline come between it
    and the rest, or the body says it again."""
    first = page.start
    if not page.shapes[first].prose or first in page.labels or is_furniture(page.hints[first]):
        return
    after = first + 1
    while after < page.end and (_picture_text(page, after, title) or page.labels.get(after) is not None):
        after += 1
    if after >= page.end:
        return
    rule = None
    if after > first + 1:
        rule = "prose between title and pictures"
    elif _opens_with_dateline(page.text(after)) and not _opens_with_dateline(page.text(first)):
        rule = "prose before the dateline"
    elif any(_says_again(page, i, first) for i in range(after, min(after + 6, page.end))):
        rule = "prose that the body says again"
    if rule is None:
        return
    page.put(first, Role.LEAD, rule, 0.65)
    for index in range(first + 1, after):
        if page.labels.get(index) is None:
            page.put(index, Role.CAPTION, "picture text before the body", 0.65)


def _says_again(page: _Page, index: int, lead: int) -> bool:
    most, least = page.shapes[lead].words * 1.5, page.shapes[lead].words * 0.8
    return least <= page.shapes[index].words <= most and overlap(page.text(lead), page.text(index)) >= 0.9


def _opens_with_dateline(text: str) -> bool:
    head, mark, _ = text[:40].partition(":")
    return find_dateline(text) is not None or bool(mark and words(head) <= 4 and "نيوز" in head)


def _picture_text(page: _Page, index: int, title: int) -> bool:
    """A bullet that is no list (alone, its caption under it), or a line that says the title again."""
    block = page.blocks[index]
    if page.shapes[index].prose or is_furniture(page.hints[index]):
        return False
    if overlap(block.text.lstrip("•*- "), page.text(title)) >= 0.7:
        return True
    before = page.blocks[index - 1]
    if block.bullet is None:
        return before.bullet is not None and block.blanks == 0 and page.shapes[index].headline
    bullets = [page.blocks[i].bullet is not None for i in range(index, min(index + 5, page.end))]
    return sum(bullets) <= 2


def _inside(page: _Page) -> None:
    title = next((i for i, label in page.labels.items() if label.role is Role.TITLE), None)
    if title is not None:
        _lead(page, title)
    run: Role | None = None
    for index in range(page.start, page.end):
        block, hint = page.blocks[index], page.hints[index]
        if page.shapes[index].prose:
            run = None
        if hint is not None and is_furniture(hint) and not (hint.share < 0.3 and page.shapes[index].prose):
            run = Role(hint.role) if hint.heading or (hint.role == "read_also" and hint.share > 0.9) else None
            continue
        if index in page.labels:
            continue
        if title is not None and not page.shapes[index].prose and repeats(block.text, page.text(title)):
            page.put(index, Role.CAPTION, "title as the picture's text", 0.7)
        elif run is not None:
            page.put(index, run, f"under the heading {run.value}", 0.65)
        elif page.shapes[index].prose:
            page.put(index, Role.PARAGRAPH, "prose in the body", 0.8)
        elif block.kind == "list_item":
            page.put(index, Role.LIST_ITEM, "bullet in the body", 0.6)
        elif index + 1 < page.end and page.shapes[index].words <= 20:
            page.put(index, Role.HEADING, "short line before prose", 0.55)
        else:
            page.put(index, Role.PARAGRAPH, "line in the body", 0.55)


def _after(page: _Page) -> None:
    run, rule = Role.OTHER, "after the article"
    for index in range(page.end, len(page.blocks)):
        hint = page.hints[index]
        if hint is not None and is_furniture(hint):
            role = Role(hint.role)
            if hint.heading or role in END_ROLES:
                run, rule = role, f"under the heading {role.value}"
            continue
        if index in page.labels and rule == "after the article":
            continue
        if run in (Role.BACK_TO_TOP, Role.FOOTER, Role.COPYRIGHT):
            run, rule = Role.FOOTER, "after the footer"
        if rule == "after the article" and page.shapes[index].prose:
            page.put(index, Role.OTHER_ARTICLE, "prose away from the body", 0.55)
        elif rule == "after the article" and page.shapes[index].headline and page.shapes[index].words >= 4:
            page.put(index, Role.RELATED, "headlines after the body", 0.55)
        else:
            page.put(index, run, rule, 0.7 if rule != "after the article" else 0.55)
