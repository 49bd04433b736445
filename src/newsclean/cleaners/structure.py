"""What the order and shape of lines tell of flattened text, on sites nobody has described.

Works around the body that the learned model sees (:mod:`newsclean.cleaners.lines`): the title before it, pictures and
bylines at its edges, lists under furniture headings. It labels only what it has a reason for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.cleaners.furniture import matches
from newsclean.cleaners.lines import body_cut, scores
from newsclean.cleaners.phrases import PhraseMatch
from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import Shape, overlap, repeats, words
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dateline import find_dateline
from newsclean.metadata.dates import is_date_line
from newsclean.options import Options

if TYPE_CHECKING:
    from newsclean.models.lines import LineScore

__all__ = ["Structure"]

_TITLE_REACH = 14
"""Lines before the body among which the title is looked for."""
_TICKER_WORDS = 30
_FIELD_WORDS = 16
_SURE_BODY, _UNSURE_BODY = 0.9, 0.6
_PREFIX = re.compile("^(?:[وفبلك]?ال|وال|[ول](?=...))")
_COHESION = 0.1
"""Least share of a paragraph's longer words that the body has used before."""
"""A byline or a date line is shorter than this."""
_COMMENTS = frozenset({Role.COMMENTS, Role.COMMENT_FORM})
_BREADCRUMB = re.compile(r"^[^»›>/|]{1,40}(?:\s*[»›>]\s*|\s+[/|]\s+)[^»›>/|]{1,60}(?:[»›>]|\s[/|]\s).")
_END_ROLES = frozenset({Role.COMMENT_FORM, Role.COMMENTS, Role.FOOTER, Role.COPYRIGHT, Role.BACK_TO_TOP})
"""Furniture whose unnamed followers are of its kind."""


@dataclass
class _Page:
    blocks: Sequence[Block]
    shapes: Sequence[Shape]
    hints: Sequence[PhraseMatch | None]
    scores: Sequence[LineScore]
    cut: float
    start: int
    end: int
    named: frozenset[int] = frozenset()
    """Lines that the site file has named."""
    labels: dict[int, Label] = field(default_factory=dict)

    def put(self, index: int, role: Role, rule: str, confidence: float, *values: tuple[str, str]) -> None:
        self.labels[index] = Label(
            block=index, role=role, cleaner=Structure.name, rule=rule, confidence=confidence, values=values
        )

    def text(self, index: int) -> str:
        return self.blocks[index].text

    def furniture(self, index: int) -> bool:
        hint = self.hints[index]
        return hint is not None and Role(hint.role) in REMOVED

    def body(self, index: int) -> bool:
        return self.scores[index].body >= self.cut


class Structure:
    """Title, lead, captions, bylines, dates, lists under headings, run-on tickers, and lines that say the same."""

    name = "structure"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """Labels for the lines it has a reason for; HTML gets none."""
        if document.kind != "text":
            return
        found = scores(document, options)
        cut = body_cut(document, options)
        lines = [index for index, score in enumerate(found) if score.body >= cut]
        if not lines:
            return
        hints = matches(document, options)
        page = _Page(document.blocks, document.shapes, hints, found, cut, lines[0], lines[-1] + 1)
        page.named = document.memo.get("named by the site", frozenset())
        _end_at_comments(page)
        _fields(page)
        while page.start < page.end - 1 and (page.start in page.labels or page.furniture(page.start)):
            page.start += 1
        _keep_tail(page)
        title = _find_title(page)
        if title is None:
            title = _title_in_body(page)
        if title is not None:
            page.put(title, Role.TITLE, "headline before the body", 0.7)
        _before(page, title)
        if title is not None:
            _lead(page, title)
            _picture_at_start(page, title)
        _inside(page, title)
        _after(page)
        yield from (page.labels[index] for index in sorted(page.labels))


def _is_ticker(page: _Page, index: int) -> bool:
    """Headlines run together into one line: long, no clauses, no end."""
    shape = page.shapes[index]
    return shape.words >= _TICKER_WORDS and not shape.ends and not shape.prose


def _end_at_comments(page: _Page) -> None:
    """Readers write prose, too: the body ends where their comments begin, if most of it stands before."""
    total = sum(page.shapes[i].words for i in range(page.start, page.end) if page.body(i))
    before = 0
    for index in range(page.start, page.end):
        hint = page.hints[index]
        if hint is not None and hint.share > 0.9 and Role(hint.role) in _COMMENTS and before >= total * 0.5:
            page.end = index
            return
        if page.body(index):
            before += page.shapes[index].words


def _keep_tail(page: _Page) -> None:
    """The last paragraphs that speak of what the body speaks of are its own, though the model took them for the
    opening of another story: those are cut off, or start with a dateline."""
    known = {
        word for i in range(page.start, page.end) if page.body(i) for word in page.text(i).split() if len(word) > 4
    }
    while page.end < len(page.blocks):
        index = page.end
        score, shape = page.scores[index], page.shapes[index]
        close = page.blocks[index].blanks <= max(1, page.blocks[index - 1].blanks)
        if not (close and shape.prose and shape.ends and score.role == Role.OTHER_ARTICLE) or page.furniture(index):
            return
        own = _stems(page.text(index))
        if find_dateline(page.text(index)) or len(own & known) < len(own) * _COHESION:
            return
        page.put(index, Role.PARAGRAPH, "closed paragraph that goes on with the body", 0.6)
        page.end += 1


def _stems(text: str) -> set[str]:
    """The longer words of a text, without the Arabic prefixes and, by, for and the, cut to five letters."""
    return {stem[:5] for word in text.split() if len(stem := _PREFIX.sub("", word.strip('."،,:«»“”()'))) > 3}


def _title_in_body(page: _Page) -> int | None:
    """A headline that the model took for the body's first line: fields or page tools stand between it and the rest, or
    the model was hardly sure."""
    first = page.start
    if page.labels.get(first) or not page.shapes[first].headline or page.shapes[first].words < 4:
        return None
    after = first + 1
    while after < page.end and (page.labels.get(after) or page.furniture(after)):
        after += 1
    if after >= page.end:
        return None
    score = page.scores[first]
    unsure = score.body < _UNSURE_BODY or score.role == Role.TITLE
    if after == first + 1 and not (unsure and page.shapes[after].prose):
        return None
    page.start = after
    return first


def _fields(page: _Page) -> None:
    """Bylines and date lines, near the body."""
    for index in range(max(0, page.start - _TITLE_REACH), min(len(page.blocks), page.end + 3)):
        hint = page.hints[index]
        if page.shapes[index].words > _FIELD_WORDS or (hint is not None and page.furniture(index) and hint.share > 0.9):
            continue
        text = page.text(index)
        if is_date_line(text):
            if index < page.end or page.scores[index].role == Role.DATE:
                page.put(index, Role.DATE, "date-line", 0.8, *_date_values(text))
            continue
        edge = index < page.start + 3 or index >= page.end - 2
        byline = read_byline(text) if edge and not (page.body(index) and page.shapes[index].prose) else None
        if byline is not None and (index < page.end or page.scores[index].role == Role.BYLINE):
            page.put(index, Role.BYLINE, "byline", 0.75, *(("author", name) for name in byline.authors))


def _date_values(text: str) -> list[tuple[str, str]]:
    """The date, and the section where the line reads ``section | date``."""
    head, bar, tail = text.partition("|")
    if bar and tail.strip() and not any(c.isdigit() for c in head) and 0 < words(head) <= 4:
        return [("section", head.strip()), ("date", tail.strip(" |"))]
    return [("date", text)]


def _find_title(page: _Page) -> int | None:
    """A headline before the body that stands there twice; else the one the model names; else the nearest."""
    candidates: list[int] = []
    for index in range(page.start - 1, max(-1, page.start - _TITLE_REACH - 1), -1):
        hint = page.hints[index]
        if hint is not None and page.furniture(index):
            if hint.heading and candidates:
                break
            continue
        if index in page.labels or index in page.named or page.blocks[index].bullet is not None or hint is not None:
            continue
        if _BREADCRUMB.match(page.text(index)):
            page.put(index, Role.BREADCRUMB, "path of sections", 0.75)
            continue
        ticker = _is_ticker(page, index)
        if ticker and not any(repeats(page.text(index), page.text(i)) for i in candidates):
            break
        if page.shapes[index].words >= 3 and (page.shapes[index].headline or ticker):
            candidates.append(index)
    named = [i for i in candidates if page.scores[i].role == Role.TITLE]
    for index in candidates:
        twins = [i for i in candidates if repeats(page.text(i), page.text(index))]
        if len(twins) > 1 and (not named or set(named) & set(twins)):
            longest = max(len(page.text(i)) for i in twins)
            return min(i for i in twins if len(page.text(i)) == longest)
    if named:
        return max(named, key=lambda i: (page.scores[i].role_confidence, i))
    near = [i for i in candidates if page.start - i <= 4 and page.shapes[i].words >= 4 and _may_be_title(page, i)]
    return min(near) if near and len(candidates) <= 3 else None


def _may_be_title(page: _Page, index: int) -> bool:
    score = page.scores[index]
    return Role(score.role) not in REMOVED or score.role_confidence < 0.8


def _before(page: _Page, title: int | None) -> None:
    run: Role | None = None
    for index in range(page.start):
        hint = page.hints[index]
        if index in page.labels or index == title:
            run = None if index == title else run
        elif hint is not None and page.furniture(index):
            run = Role(hint.role) if hint.heading else run if hint.match != "line" else None
        elif title is not None and index > title:
            _between(page, index, title)
        elif title is not None and repeats(page.text(index), page.text(title)):
            page.put(index, Role.DUPLICATE, "title again", 0.8)
        elif run is not None and page.shapes[index].words >= 3:
            page.put(index, run, f"under the heading {run.value}", 0.6)
        elif _is_ticker(page, index):
            page.put(index, Role.LATEST_NEWS, "run-on headlines", 0.6)
        elif page.shapes[index].words <= 3 and Role(page.scores[index].role) is Role.OTHER:
            page.put(index, Role.NAVIGATION, "short line before the article", 0.5)


def _between(page: _Page, index: int, title: int) -> None:
    """A line between the title and the body: the title again, or a picture's text."""
    if repeats(page.text(index), page.text(title)):
        page.put(index, Role.CAPTION, "title as the picture's text", 0.75)
    elif _picture_text(page, index, title):
        page.put(index, Role.CAPTION, "picture text before the body", 0.6)
    elif _stray(page, index):
        page.put(index, Role.CAPTION, "line between title and body", 0.55)


def _lead(page: _Page, title: int) -> None:
    """The first prose after the title is the lead where the page proves it: pictures or a dateline come between it
    and the rest, the body says it again, or the model is sure."""
    first = page.start
    if not page.shapes[first].prose or first in page.labels or page.furniture(first):
        return
    after = first + 1
    while after < page.end and (
        _picture_text(page, after, title) or page.labels.get(after) is not None or _stray(page, after)
    ):
        after += 1
    if after >= page.end:
        return
    rule = None
    if after > first + 1:
        rule = "prose between title and pictures"
    elif find_dateline(page.text(after)) and not find_dateline(page.text(first)):
        rule = "prose before the dateline"
    elif any(_says_again(page, i, first) for i in range(after, min(after + 6, page.end))):
        rule = "prose that the body says again"
    elif page.scores[first].role == Role.LEAD and page.scores[first].role_confidence >= 0.9:
        rule = "standfirst by the model"
    if rule is None:
        return
    page.put(first, Role.LEAD, rule, 0.65)
    for index in range(first + 1, after):
        if page.labels.get(index) is None:
            page.put(index, Role.CAPTION, "picture text before the body", 0.65)


def _stray(page: _Page, index: int) -> bool:
    """A line as long as a headline that is neither body nor named furniture."""
    shape = page.shapes[index]
    return page.hints[index] is None and not page.body(index) and shape.headline and shape.words >= 4


def _picture_at_start(page: _Page, title: int) -> None:
    """A line without end that opens the body, apart from the title, is the text of the picture above it."""
    first = page.start
    apart = first > title + 1
    if apart and first + 1 < page.end and first not in page.labels and not page.furniture(first):
        score, shape = page.scores[first], page.shapes[first]
        if shape.headline and shape.words >= 4 and score.body < _SURE_BODY and page.shapes[first + 1].prose:
            page.put(first, Role.CAPTION, "line between title and body", 0.55)


def _says_again(page: _Page, index: int, lead: int) -> bool:
    most, least = page.shapes[lead].words * 1.5, page.shapes[lead].words * 0.8
    return least <= page.shapes[index].words <= most and overlap(page.text(lead), page.text(index)) >= 0.9


def _picture_text(page: _Page, index: int, title: int) -> bool:
    """A bullet that is no list (alone, its caption under it), or a line that says the title again."""
    block = page.blocks[index]
    if page.shapes[index].prose or page.furniture(index):
        return False
    if overlap(block.text.lstrip("•*- "), page.text(title)) >= 0.7:
        return True
    before = page.blocks[index - 1]
    if block.bullet is None:
        return before.bullet is not None and block.blanks == 0 and page.shapes[index].headline
    bullets = [page.blocks[i].bullet is not None for i in range(index, min(index + 5, page.end))]
    return sum(bullets) <= 2


def _inside(page: _Page, title: int | None) -> None:
    run: Role | None = None
    for index in range(page.start, page.end):
        hint = page.hints[index]
        if page.shapes[index].prose or page.scores[index].body >= _SURE_BODY:
            run = None
        if hint is not None and page.furniture(index):
            run = Role(hint.role) if hint.heading or (hint.role == Role.READ_ALSO and hint.share > 0.9) else None
        elif index in page.labels:
            continue
        elif title is not None and not page.shapes[index].prose and repeats(page.text(index), page.text(title)):
            page.put(index, Role.CAPTION, "title as the picture's text", 0.7)
        elif run is not None:
            page.put(index, run, f"under the heading {run.value}", 0.65)


def _after(page: _Page) -> None:
    run: Role | None = None
    for index in range(page.end, len(page.blocks)):
        hint = page.hints[index]
        if hint is not None and page.furniture(index):
            role = Role(hint.role)
            if hint.heading or role in _END_ROLES:
                run = role
        elif run is not None:
            footer = run in (Role.BACK_TO_TOP, Role.FOOTER, Role.COPYRIGHT)
            page.put(index, Role.FOOTER if footer else run, f"under the heading {run.value}", 0.65)
