"""Where the body of a flattened page ends: before readers' comments, after its last own paragraph."""

from __future__ import annotations

import re

from newsclean.cleaners.continues import goes_on
from newsclean.cleaners.page import LISTS, Page, caseless
from newsclean.document.roles import BODY_ROLES, REMOVED, Role
from newsclean.metadata.dateline import find_dateline

__all__ = [
    "cut_strays",
    "cut_teasers",
    "end_at_comments",
    "end_at_lists",
    "go_on_after_lists",
    "go_on_below_links",
    "han_pairs",
    "keep_tail",
    "start_below_strays",
    "stems",
]

_COMMENTS = frozenset({Role.COMMENTS, Role.COMMENT_FORM})
_PREFIX = re.compile("^(?:[وفبلك]?ال|وال|[ول](?=...))")
_AROUND = "\"'’‘.،,:;؛«»“”„()[]?!؟…-–—"
"""What may stand around a word."""
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_COUNTED = re.compile(r"[:：]\s*\d*\s*,")
_NO_DOUBT = 0.85
_LIKELY, _LAST_WORDS, _SENTENCE, _PARAGRAPH = 0.3, 0.1, 5, 20
_WHOLE, _HEADLINE, _TEASER, _SAID_AGAIN, _STRANGE, _UNDER_HEADING = 5, 4, 10, 2, 0.1, 0.4
_GOES_ON = "text that goes on below a list"
_CUT_OFF = re.compile(r"(?:\.\.\.?|…|\[…\])\W*$")
_LINKED = LISTS | {
    Role.OTHER_ARTICLE,
    Role.OTHER,
    Role.ADVERT,
    Role.DATE,
    Role.CAPTION,
    Role.NAVIGATION,
    Role.PAGE_TOOLS,
    Role.SHARE,
    Role.FOLLOW,
    Role.NEWSLETTER,
}
"""What stands amid the text with links to other stories."""
_FEW_LINKS = 14
_LONGEST_LIST = 25
"""Lines of a list amid the text, at most."""
_COHESION = 0.1
"""Least share of a paragraph's longer words that the body has used before."""
_STRAY, _FAINT, _FAINTER = 0.15, 0.75, 0.85
"""Words of a stray piece, as a share of the body's main piece; its mean score, and that as a share of the main piece's."""


def end_at_comments(page: Page) -> None:
    """Readers write prose, too: the body ends where their comments begin, if most of it stands before."""
    total = sum(page.shapes[i].words for i in range(page.start, page.end) if page.body(i))
    before = 0
    for index in range(page.start, page.end):
        hint = page.hints[index]
        if hint is not None and hint.share > 0.9 and Role(hint.role) in _COMMENTS and before >= total * 0.5:
            if _is_count(page, index) or _sure_body(page, index + 1):
                continue  # the number of comments, in a box inside the text
            page.end = index
            return
        if page.body(index):
            before += page.shapes[index].words


def end_at_lists(page: Page) -> None:
    """The body ends at the heading of a list of other stories below which no paragraph stands."""
    found = page.end
    for index in range(page.end - 1, page.start, -1):
        hint = page.hints[index]
        if hint is None:
            if page.shapes[index].prose and page.body(index):
                break
        elif hint.role in LISTS and (hint.heading or (hint.role == Role.READ_ALSO and hint.share > 0.9)):
            found = index
    if found < page.end and sum(page.shapes[i].prose and page.body(i) for i in range(page.start, found)) > 1:
        page.end = found


def go_on_after_lists(page: Page) -> None:
    """Below the line that ends a list amid the text the text goes on, whatever the model thinks of its first lines."""
    for index in range(page.start, len(page.blocks)):
        hint = page.hints[index]
        if hint is None or hint.category != "list_end":
            continue
        above = range(max(page.start, index - _LONGEST_LIST), index)
        if not any(page.is_heading(i) and page.furniture(i) for i in above) or not any(map(page.body, above)):
            continue
        place = index + 1
        while place < len(page.blocks) and page.hints[place] is None and page.shapes[place].prose:
            if not page.body(place):
                page.put(place, Role.PARAGRAPH, _GOES_ON, 0.6)
            place += 1
        if place > index + 1:
            page.end = max(page.end, place)


def _is_count(page: Page, index: int) -> bool:
    """``Comments: 49, …``, or ``Comments:`` and no word after it: the field of a box that counts them."""
    if _COUNTED.search(page.text(index)):
        return True
    below = page.text(index + 1) if index + 1 < page.end else "x"
    return page.text(index)[-1] in ":：" and not any(c.isalpha() for c in below)


def _sure_body(page: Page, start: int) -> bool:
    """Most words of the body that is left from ``start`` on are text the model hardly doubts; it saw the heading."""
    left = [(page.scores[i].body, page.shapes[i].words) for i in range(start, page.end) if page.body(i)]
    return sum(words for score, words in left if score >= _NO_DOUBT) * 2 > sum(words for _, words in left)


def keep_tail(page: Page) -> None:
    """The last paragraphs that speak of what the body speaks of are its own, though the model took them for the
    opening of another story: those are cut off, or start with a dateline.

    Only in scripts without capitals, of which the model has seen fewer pages; in others such a line is more often the
    author's portrait or an appeal to the reader, unless it stands under a heading that would be the last line.
    """
    known: set[str] | None = None
    while page.end < len(page.blocks):
        index = page.end
        if known is None and _reads_on(page, index):
            index += 1
        score, shape = page.scores[index], page.shapes[index]
        close = page.blocks[index].blanks <= max(1, page.blocks[index - 1].blanks)
        if not (close and shape.ends) or page.furniture(index):
            return
        if known is None and _ends_sentence(page, index):
            page.put(index, Role.PARAGRAPH, "end of the last sentence", 0.6)
            page.end = index + 1
            continue
        likely = score.body >= _LIKELY and shape.words >= _SENTENCE and page.hints[index] is None
        if likely and (caseless(page.text(index)) or not page.shapes[index - 1].prose):
            page.put(index, Role.PARAGRAPH, "sentence that closes the body", 0.6)
            page.end = index + 1
            continue
        if not shape.prose or score.role != Role.OTHER_ARTICLE or not caseless(page.text(index)):
            return
        if known is None:
            body = (i for i in range(page.start, page.end) if page.body(i))
            known = {stem for i in body for stem in stems(page.text(i))}
        own = stems(page.text(index))
        if find_dateline(page.text(index)) or len(own & known) < len(own) * _COHESION:
            return
        page.put(index, Role.PARAGRAPH, "closed paragraph that goes on with the body", 0.6)
        page.end = index + 1


def go_on_below_links(page: Page) -> None:
    """Below a few links, or an embedded post, under the last paragraph a whole paragraph may go on with the text: its
    first words tell."""
    place, strange = page.end, 0
    while place < min(page.end + _FEW_LINKS, len(page.blocks)):
        hint, shape = page.hints[place], page.shapes[place]
        if hint is None and shape.prose and shape.ends:
            if goes_on(page.text(place)) and not _CUT_OFF.search(page.text(place)):
                page.put(place, Role.PARAGRAPH, _GOES_ON, 0.6)
                page.end = place + 1
            else:
                strange += 1
        elif hint is not None and Role(hint.role) not in _LINKED:
            return
        if strange > 1:
            return
        place += 1


def cut_strays(page: Page) -> None:
    """Small pieces below the main piece of the body, apart from it, that the model is less sure of: portraits of authors,
    appeals to readers, teasers. The body ends with the last piece that stays."""
    pieces = _pieces(page)
    if len(pieces) < 2:
        return
    weights = [sum(_chance(page, i) * page.shapes[i].words for i in piece) for piece in pieces]
    sizes = [max(1, sum(page.shapes[i].words for i in piece)) for piece in pieces]
    main = max(range(len(pieces)), key=lambda number: (weights[number], -number))
    sure = min(_FAINT, _FAINTER * weights[main] / sizes[main])
    end = pieces[main][-1]
    for number in range(main + 1, len(pieces)):
        if sizes[number] >= _STRAY * sizes[main] or weights[number] >= sure * sizes[number]:
            end = pieces[number][-1]
            continue
        for index in pieces[number]:
            role = Role(page.scores[index].role)
            page.put(index, role if role in REMOVED else Role.OTHER, "stray lines below the body", 0.6)
    page.end = end + 1


def _chance(page: Page, index: int) -> float:
    label = page.labels.get(index)
    return 1.0 if label is not None and label.rule == _GOES_ON else page.scores[index].body


def start_below_strays(page: Page) -> int | None:
    """The first line of the body without the headlines that the model took for body above its main piece, if there are
    such."""
    pieces = _pieces(page)
    sizes = [sum(page.shapes[i].words for i in piece) for piece in pieces]
    least = _STRAY * max(sizes, default=0)
    start = None
    for piece, following, size in zip(pieces, pieces[1:], sizes, strict=False):
        if size >= least or any(page.shapes[i].prose for i in piece):
            break
        start = following[0]
    return start


def _pieces(page: Page) -> list[list[int]]:
    """The lines of the body, in runs that nothing else interrupts."""
    pieces: list[list[int]] = []
    for index in range(page.start, page.end):
        label = page.labels.get(index)
        stays = page.body(index) if label is None else label.role in BODY_ROLES
        if not stays or page.furniture(index):
            continue
        if pieces and pieces[-1][-1] == index - 1:
            pieces[-1].append(index)
        else:
            pieces.append([index])
    return pieces


def cut_teasers(page: Page) -> None:
    """Other stories right below the body, without a heading: a headline, and the beginning of a text that says it again
    and shares next to nothing with the body."""
    known: set[str] | None = None
    while page.end - page.start > _WHOLE:
        head, text = page.end - 2, page.end - 1
        shape = page.shapes[head]
        if shape.prose or not shape.headline or shape.words < _HEADLINE or page.shapes[text].words < _TEASER:
            return
        if page.labels.get(head) or page.labels.get(text) or page.blocks[head].bullet is not None:
            return
        cut_off = page.text(text).rstrip(" ]").endswith(("...", "…"))
        if not (cut_off or page.shapes[text].prose):
            return
        if known is None:
            known = {stem for i in range(page.start, head) if page.body(i) for stem in stems(page.text(i))}
        title, own = stems(page.text(head)), stems(page.text(text))
        above = page.hints[head - 1]
        shared = _UNDER_HEADING if above is not None and above.heading else _STRANGE
        if len(title & own) < _SAID_AGAIN or len((own | title) & known) >= len(own | title) * shared:
            return
        page.put(head, Role.OTHER_ARTICLE, "headline of another story below the body", 0.65)
        page.put(text, Role.OTHER_ARTICLE, "teaser of another story below the body", 0.65)
        page.end -= 2
        while page.end - 1 > page.start and page.furniture(page.end - 1):
            page.end -= 1


def _ends_sentence(page: Page, index: int) -> bool:
    """The last words of a sentence that the body's last line leaves open."""
    shape, text = page.shapes[index], page.text(index)
    if page.shapes[index - 1].ends or shape.words > _SENTENCE or page.hints[index] is not None:
        return False
    lower = caseless(text) or text[0].islower()
    return lower and page.scores[index].body >= _LAST_WORDS and page.body(index - 1)


def _reads_on(page: Page, index: int) -> bool:
    """A link to another story, and a long paragraph after it."""
    hint = page.hints[index]
    if hint is None or hint.category != "read_also" or hint.share >= 0.9 or index + 1 >= len(page.blocks):
        return False
    return page.shapes[index + 1].prose and page.shapes[index + 1].words >= _PARAGRAPH


def stems(text: str, size: int = 5) -> set[str]:
    """The longer words of a text in small letters, without the Arabic prefixes and, by, for and the, cut to ``size``
    letters; of Chinese and Japanese the pairs of neighbouring Han letters."""
    pieces = text.casefold().split()
    return {stem[:size] for word in pieces if len(stem := _PREFIX.sub("", word.strip(_AROUND))) > 3} | han_pairs(text)


def han_pairs(text: str) -> set[str]:
    """The pairs of neighbouring Han letters."""
    return {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
