"""What the order and shape of lines tell of flattened text, on sites nobody has described.

Works around the body that the learned model sees (:mod:`newsclean.cleaners.lines`): the title before it, pictures and
bylines at its edges, lists under furniture headings. It labels only what it has a reason for.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.cleaners.below import label_below, label_tags
from newsclean.cleaners.continues import goes_on
from newsclean.cleaners.copies import label_copies
from newsclean.cleaners.edges import (
    cut_strays,
    cut_teasers,
    end_at_comments,
    end_at_lists,
    go_on_after_lists,
    go_on_below_links,
    keep_tail,
)
from newsclean.cleaners.fields import forget_desks, label_captions, label_dateline, label_fields, within
from newsclean.cleaners.furniture import told
from newsclean.cleaners.headlines import TITLE_REACH
from newsclean.cleaners.lines import body_cut, scores
from newsclean.cleaners.opening import (
    begin_at_prose,
    label_between,
    label_lead,
    label_picture_at_start,
    label_strays,
    label_timed,
)
from newsclean.cleaners.page import TIME, Page, is_ticker
from newsclean.cleaners.portraits import label_portraits
from newsclean.cleaners.second import MAY_BEGIN, cut_second, label_record_header
from newsclean.cleaners.title import label_title
from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.document.shape import repeats
from newsclean.options import Options

__all__ = ["Structure"]

_SURE_BODY = 0.9
_DOUBTED = 0.65
"""Score of a line under the heading of a list within the body, up to which it belongs to the list."""
_HEADING = 8
_WHOLE, _PERHAPS = 15, 0.25


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
        hints = told(document, options)
        page = Page(document.blocks, document.shapes, hints, found, cut, lines[0], lines[-1] + 1)
        page.named = document.memo.get("named by the site", frozenset())
        label_record_header(page)
        end_at_comments(page)
        end_at_lists(page)
        go_on_after_lists(page)
        document.memo[MAY_BEGIN] = cut_second(page)
        label_fields(page)
        label_captions(page)
        while page.start < page.end - 1 and (page.taken(page.start) or page.furniture(page.start)):
            page.start += 1
        keep_tail(page)
        go_on_below_links(page)
        cut_teasers(page)
        cut_strays(page)
        title = label_title(page)
        if title is not None:
            if title < page.start - TITLE_REACH:
                label_fields(page, title + 1)
            forget_desks(page, title)
            begin_at_prose(page, title)
        _before(page, title)
        if title is not None:
            label_lead(page, title)
            label_picture_at_start(page, title)
            label_strays(page, title)
            label_dateline(page, title)
        label_copies(page)
        label_portraits(page)
        _inside(page, title)
        label_tags(page)
        label_below(page)
        yield from (page.labels[index] for index in sorted(page.labels))


def _before(page: Page, title: int | None) -> None:
    run: Role | None = None
    for index in range(page.start):
        hint = page.hints[index]
        if index in page.labels or index == title:
            run = None if index == title else run
        elif hint is not None and page.furniture(index):
            run = Role(hint.role) if hint.heading else run if hint.match != "line" else None
        elif title is not None and index > title:
            label_between(page, index, title)
        elif title is not None and repeats(page.text(index), page.text(title)):
            page.put(index, Role.DUPLICATE, "title again", 0.8)
        elif run is not None and (page.shapes[index].words >= 3 or TIME.match(page.text(index))):
            page.put(index, run, f"under the heading {run.value}", 0.6)
        elif is_ticker(page, index):
            page.put(index, Role.LATEST_NEWS, "run-on headlines", 0.6)
        elif label_timed(page, index):
            continue
        elif page.shapes[index].words <= 3 and Role(page.scores[index].role) is Role.OTHER:
            page.put(index, Role.NAVIGATION, "short line before the article", 0.5)


def _inside(page: Page, title: int | None) -> None:
    run: Role | None = None
    for index in range(page.start, page.end):
        hint = page.hints[index]
        if page.shapes[index].prose or page.scores[index].body >= _SURE_BODY:
            run = None
        if hint is not None and page.furniture(index):
            run = Role(hint.role) if hint.heading or (hint.role == Role.READ_ALSO and hint.share > 0.9) else None
        elif index in page.labels:
            continue
        elif title is not None and _title_again(page, index, title):
            page.put(index, Role.CAPTION, "title as the picture's text", 0.7)
        elif _sub_heading(page, index):
            page.put(index, Role.HEADING, "short line between paragraphs", 0.55)
        elif not page.body(index) and hint is None and page.shapes[index].prose and goes_on(page.text(index)):
            page.put(index, Role.PARAGRAPH, "goes on with the text", 0.55)
        elif _between_paragraphs(page, index):
            page.put(index, Role.PARAGRAPH, "paragraph between paragraphs", 0.55)
        elif _question(page, index):
            page.put(index, Role.HEADING, "question between paragraphs", 0.55)
        elif run is not None:
            doubt = run is Role.READ_ALSO or page.scores[index].body < _DOUBTED
            scrap = page.shapes[index].words < 4 and page.scores[index].role not in (Role.RELATED, Role.MOST_READ)
            second = run is Role.READ_ALSO and page.labels.get(index - 1) is not None
            if scrap or not doubt or (second and page.body(index)):
                run = None  # the text goes on
            else:
                page.put(index, run, f"under the heading {run.value}", 0.65)


def _title_again(page: Page, index: int, title: int) -> bool:
    shape = page.shapes[index]
    if shape.prose or (shape.words <= 4 and index > page.opening):
        return False
    return repeats(page.text(index), page.text(title))


def _sub_heading(page: Page, index: int) -> bool:
    """Body between two whole paragraphs: a few words, no end, and not the beginning of a sentence."""
    shape, text = page.shapes[index], page.text(index)
    if shape.ends or not 2 <= shape.words <= _HEADING or not page.body(index) or not within(page, index):
        return False
    if page.hints[index] is not None or text[-1] in ":：؛" or text[0] == "و" or text[:1].islower() or "،" in text:
        return False
    before, after = page.shapes[index - 1], page.shapes[index + 1]
    return before.prose and before.ends and after.prose and after.ends and not page.text(index + 1)[:1].islower()


def _between_paragraphs(page: Page, index: int) -> bool:
    """A whole paragraph right between two of the body that the model has no name for."""
    shape, score = page.shapes[index], page.scores[index]
    if page.body(index) or page.hints[index] is not None or not within(page, index):
        return False
    whole = shape.prose and shape.ends and shape.words >= _WHOLE and score.body >= _PERHAPS
    return whole and score.role in (Role.OTHER, Role.PARAGRAPH)


def _question(page: Page, index: int) -> bool:
    """A question of an interview: it ends as one, and body stands before and after it."""
    if page.body(index) or page.hints[index] is not None or not page.start < index < page.end - 1:
        return False
    asked = page.text(index).rstrip(" \"'»”)").endswith(("?", "؟", "？"))
    return asked and page.body(index - 1) and page.body(index + 1)
