"""Blocks that become fields: title, lead, byline, date, section, tags, captions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from newsclean.cleaners.markup_bylines import authors_in, day_in, day_of, day_values, signers, tells_day
from newsclean.cleaners.markup_head import metas_of, names_of, title_of
from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.normalize import clean_text, fold
from newsclean.document.roles import Role
from newsclean.metadata.bylines import read_byline
from newsclean.metadata.dates import is_date_line
from newsclean.metadata.signatures import SIGNS, signer, signs
from newsclean.readers.html_tags import Hint

if TYPE_CHECKING:
    from newsclean.cleaners.markup_body import Verdict

__all__ = ["FieldFinder", "page_titles"]

_NEAR: Final = 14
"""Blocks between a title and what belongs to it."""
_SHORT: Final = 200
_TITLE_META: Final = ("og:title", "twitter:title", "title", "parsely-title", "dc.title", "sailthru.title")
_STEPS: Final = 4
_BYLINE: Final = 60
_DATE_LINE: Final = 80
_RIGHT_ABOVE: Final = 3
"""Blocks between a date and the title below it."""
_SLACK: Final = 4
_COMMENTS: Final = (Role.COMMENTS, Role.COMMENT_FORM)
_OWN: Final = frozenset(("article", "post", "entry", "story", "news", "blog", "category", "page", "detail", "details"))
"""Whose header is not the site's."""
_PICTURED: Final = Hint.FIGURE | Hint.CAPTION


def page_titles(document: Document) -> list[str]:
    """Titles that the head of the page names, folded: Open Graph first, ``<title>`` last."""
    found: dict[str, str] = {}
    for name, content in metas_of(document):
        key = name.lower()
        if key in _TITLE_META and key not in found:
            found[key] = fold(content)
    titles = [found[key] for key in _TITLE_META if found.get(key)]
    if shown := title_of(document):
        titles.append(fold(shown))
    return titles


class FieldFinder:
    """Finds the fields among the blocks of one document."""

    def __init__(self, document: Document, verdict: Verdict, cleaner: str = "markup") -> None:
        self._cleaner = cleaner
        self._document = document
        self._blocks = document.blocks
        self._page = document.tree
        self._verdict = verdict
        self._named, self._facts = names_of(document)
        self._fields = {fact.field[0] for fact in self._facts if fact.field is not None}
        self._labels: dict[int, Label] = {}
        self._title = -1

    def find(self) -> dict[int, Label]:
        """Labels by block number."""
        self._find_title()
        self._find_captions()
        self._find_head()
        self._find_tags()
        return self._labels

    def _put(
        self, index: int, role: Role, rule: str, confidence: float, values: tuple[tuple[str, str], ...] = ()
    ) -> None:
        if index not in self._labels:
            self._labels[index] = Label(
                block=index, role=role, cleaner=self._cleaner, rule=rule, confidence=confidence, values=values
            )

    def _find_title(self) -> None:
        titles = page_titles(self._document)
        end = self._verdict.first if self._verdict.last >= 0 else len(self._blocks)
        best: tuple[float, int, str] | None = None
        for block in self._blocks:
            if block.index > max(end, 3) + 2 and best is not None:
                break
            rating = self._title_rating(block, titles)
            if rating is not None and (best is None or rating[0] > best[0]):
                best = (rating[0], block.index, rating[1])
        if best is None:
            return
        self._title = best[1]
        self._put(best[1], Role.TITLE, best[2], min(best[0], 0.98))
        text = fold(self._blocks[best[1]].text)
        size = len(self._blocks[best[1]].text)
        for block in self._blocks[: max(end, best[1]) + 1]:
            if block.index != best[1] and abs(len(block.text) - size) <= _SLACK and fold(block.text) == text:
                self._put(block.index, Role.DUPLICATE, "repeats the title", 0.9)

    def _title_rating(self, block: Block, titles: list[str]) -> tuple[float, str] | None:
        if not 3 <= len(block.text) <= 400:
            return None
        heading = block.kind == "heading" and (block.level or 6) <= 2
        named = heading or self._names(block, Role.TITLE)
        if not named:
            return None
        text = fold(block.text)
        first = block.level == 1
        hidden = self._hints(block) & (Hint.HIDDEN | Hint.NAV | Hint.FOOTER | Hint.ASIDE)
        for title in titles:
            if text == title:
                return (0.97 if first else 0.93) - (0.2 if hidden else 0), "agrees with the page's title"
        for title in titles:
            if (len(text) >= 12 and text in title) or (
                len(title) >= 12 and title in text and len(text) < 2 * len(title)
            ):
                return (0.9 if first else 0.85) - (0.2 if hidden else 0), "part of the page's title"
        words = set(text.split())
        shared = max((len(words & set(title.split())) / len(words) for title in titles), default=0.0) if words else 0.0
        if shared >= 0.6 and len(words) >= 3:
            return (0.75 if first else 0.65) - (0.2 if hidden else 0), "shares words with the page's title"
        if first and not hidden:
            return 0.55 + min(len(text), 100) / 2000, "h1"
        return None

    def _hints(self, block: Block) -> int:
        hints: int = self._page.nodes.hints[self._page.owners[block.index]]
        return hints

    def _names(self, block: Block, role: Role, steps: int = 2) -> str | None:
        if role not in self._fields:
            return None
        parent = self._page.nodes.parent
        node: int = self._page.owners[block.index]
        for _ in range(steps):
            found = self._facts[self._named[node]].field
            if found is not None and found[0] is role:
                return found[1]
            if node == 0:
                return None
            node = parent[node]
        return None

    def _find_captions(self) -> None:
        low = (self._title if self._title >= 0 else self._verdict.first) - 3
        named = Role.CAPTION in self._fields
        for block in self._blocks[max(low, 0) : self._verdict.last + 5]:
            hints = self._hints(block)
            if not hints & _PICTURED:
                if not named:
                    continue
                word = self._names(block, Role.CAPTION) if not self._verdict.body[block.index] else None
                if word is None or not self._has_image(block):
                    continue
                rule = f"names: {word}"
            elif hints & Hint.CAPTION:
                rule = "figcaption"
            elif self._verdict.body[block.index]:
                continue
            else:
                rule = "inside figure"
            if not hints & (Hint.NAV | Hint.FOOTER | Hint.LINK):
                values = self._picture(block)
                if rule == "figcaption" or values:
                    self._put(block.index, Role.CAPTION, rule, 0.9, values)

    def _figure(self, block: Block) -> Any:
        element = self._page.elements[block.index]
        for _ in range(_STEPS):
            if element is None or element.tag in ("figure", "body"):
                break
            if next(element.iter("img", "amp-img"), None) is not None:
                break
            element = element.getparent()
        return element

    def _has_image(self, block: Block) -> bool:
        element = self._figure(block)
        return element is not None and element.tag != "body" and next(element.iter("img", "amp-img"), None) is not None

    def _picture(self, block: Block) -> tuple[tuple[str, str], ...]:
        element = self._figure(block)
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

    def _find_head(self) -> None:
        """Byline, date, section and lead stand near the title or at the ends of the body."""
        verdict = self._verdict
        if verdict.last < 0 and self._title < 0:
            return
        start = self._title if self._title >= 0 else verdict.first
        ends = (verdict.first if verdict.last >= 0 else start) + 3
        spans = [range(max(start - 6, 0), min(max(start + _NEAR, ends), len(self._blocks)))]
        if verdict.last >= 0:
            spans.append(range(verdict.last + 1, min(verdict.last + 5, len(self._blocks))))
        for span in spans:
            after = span is not spans[0]
            for index in span:
                if self._named_around(index) not in _COMMENTS:
                    self._head_block(self._blocks[index], after=after)
        if not self._dated():
            self._find_day(start + 1, spans)
        self._find_lead(start)

    def _head_block(self, block: Block, *, after: bool) -> None:
        index = block.index
        hints = self._hints(block)
        if index in self._labels or len(block.text) > _SHORT or hints & (Hint.NAV | Hint.FOOTER):
            return
        element = self._page.elements[index]
        body = self._verdict.body[index]
        when = next(element.iter("time"), None) if block.kind != "paragraph" or len(block.text) < 80 else None
        signed = authors_in(element, block.text) if not (body and len(block.text) > 100) else None
        if signed is not None:
            values = [("author", name) for name in signed[1]]
            values += day_of(when) if when is not None else day_in(element, block.text)
            self._put(index, Role.BYLINE, signed[0], 0.9, tuple(values))
        elif when is not None and any(c.isdigit() for c in block.text):
            self._put(index, Role.DATE, "element: time", 0.9, tuple(day_of(when)))
        elif body:
            return
        elif (word := self._names(block, Role.BYLINE)) is not None and len(block.text) <= 120:
            role = Role.DATE if is_date_line(block.text) else Role.BYLINE
            values = [("author", name) for name in signers(block.text)]
            values += [] if after and self._dated() else day_values(block.text)
            self._put(index, role, f"names: {word}", 0.8, tuple(values))
        elif not after and self._signs(index):
            self._put(index, Role.BYLINE, SIGNS, 0.7, (("author", signer(block.text)),))
        elif len(block.text) <= _BYLINE and not hints & Hint.LINK and read_byline(block.text) is not None:
            self._put(index, Role.BYLINE, "reads as a byline", 0.7, tuple(day_values(block.text)))
        elif (word := self._names(block, Role.DATE)) is not None and any(c.isdigit() for c in block.text):
            self._put(index, Role.DATE, f"names: {word}", 0.8, (("date", block.text),))
        elif not after and self._may_date(index) and len(block.text) <= _DATE_LINE and tells_day(block.text):
            self._put(index, Role.DATE, "reads as a date line", 0.75, tuple(day_values(block.text)))
        elif not after and len(block.text) <= 40 and self._title >= 0 and abs(index - self._title) <= 4:
            word = self._names(block, Role.SECTION, 1)
            if word is not None:
                self._put(index, Role.SECTION, f"names: {word}", 0.7)

    def _dated(self) -> bool:
        return any(key in ("date", "modified") for label in self._labels.values() for key, _ in label.values)

    def _find_day(self, start: int, spans: Sequence[range]) -> None:
        """Where no line tells the day and little else: the first short line below the title with one day in it, or one
        right below the body that says that it is the day of publication."""
        for span in spans:
            for index in span[max(start - span.start, 0) :]:
                block = self._blocks[index]
                hints = self._hints(block) & (Hint.NAV | Hint.FOOTER | Hint.LINK | Hint.HIDDEN)
                if index in self._labels or self._verdict.body[index] or hints or len(block.text) > _DATE_LINE:
                    continue
                values = day_values(block.text) if span is spans[0] or tells_day(block.text, labelled=True) else []
                if values and self._named_around(index) is None:
                    self._put(index, Role.DATE, "a day next to the text", 0.6, tuple(values))
                    return

    def _may_date(self, index: int) -> bool:
        """Whether a date in this place is the article's: below the title, or right above it and in no menu or masthead."""
        below = -1 < self._title < index
        return below or (0 < self._title - index <= _RIGHT_ABOVE and self._named_around(index) is None)

    def _named_around(self, index: int) -> Role | None:
        """The removed role that an element around a block is named after; elements around the title say nothing."""
        owners, end = self._page.owners, self._page.nodes.end
        node: int = owners[index]
        title: int = owners[self._title] if self._title >= 0 else 0
        while node and not node <= title < end[node]:
            facts = self._facts[self._named[node]]
            if facts.furniture is not None and not (facts.furniture[1] == "header" and _OWN.intersection(facts.words)):
                return facts.furniture[0]
            node = self._page.nodes.parent[node]
        return None

    def _signs(self, index: int) -> bool:
        above, text, below = (
            self._blocks[i].text if 0 <= i < len(self._blocks) else "" for i in range(index - 1, index + 2)
        )
        return len(text) <= _BYLINE and signs(text, above, below)

    def _find_lead(self, start: int) -> None:
        """A standfirst stands apart from the body: by its names, or by an element of its own in the header."""
        verdict = self._verdict
        if verdict.last < 0:
            return
        for index in range(max(start - 2, 0), min(verdict.first + 4, verdict.last)):
            block = self._blocks[index]
            if index in self._labels or not 25 <= len(block.text) <= 900:
                continue
            if not (verdict.body[index] or verdict.scores[index] >= 0.25):
                continue
            word = self._names(block, Role.LEAD, 3)
            apart = self._hints(block) & Hint.HEADER and verdict.body[index]
            if (word is not None or apart) and self._apart(index):
                rule = f"names: {word}" if word else "inside the article's header"
                self._put(index, Role.LEAD, rule, 0.85)
                return

    def _apart(self, index: int) -> bool:
        """Whether the next body block stands in another element, or under other names."""
        page, verdict = self._page, self._verdict
        following = next((i for i in range(index + 1, verdict.last + 1) if verdict.body[i]), None)
        if following is None:
            return False
        mine, other = page.owners[index], page.owners[following]
        names = page.nodes.names
        if page.nodes.parent[mine] != page.nodes.parent[other]:
            return True
        return bool(names[mine] != names[other] or page.nodes.tag[mine] != page.nodes.tag[other])

    def _find_tags(self) -> None:
        verdict = self._verdict
        if verdict.last < 0 or Role.TAGS not in self._fields:
            return
        start = max((self._title if self._title >= 0 else verdict.first) - 6, 0)
        for block in self._blocks[start : verdict.last + 40]:
            if block.index in self._labels or verdict.body[block.index] or len(block.text) > 400:
                continue
            word = self._names(block, Role.TAGS, 4)
            density = block.evidence.link_density if block.evidence else 0.0
            if word is None or density < 0.5 or self._hints(block) & (Hint.NAV | Hint.FOOTER):
                continue
            links = [clean_text("".join(a.itertext())) for a in self._page.elements[block.index].iter("a")]
            if not links and self._hints(block):
                links = [block.text]
            tags = tuple(("tag", link.lstrip("#")) for link in links if 0 < len(link.lstrip("#")) <= 60)
            if tags:
                self._put(block.index, Role.TAGS, f"names: {word}", 0.8, tags)
