"""The only place that joins text: a document and its decisions become an article."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from pydantic import TypeAdapter

from newsclean.assemble.decide import Decision, decide
from newsclean.assemble.fields import Fields, gather
from newsclean.assemble.quality import judge
from newsclean.cleaners import markup_listing
from newsclean.cleaners.furniture import matches
from newsclean.cleaners.lines import listing_chance
from newsclean.document.article import Article, BodyItem, Comment, Entry, Image, Provenance
from newsclean.document.block import TextSource
from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text
from newsclean.document.roles import BODY_ROLES, FIELD_ROLES, REMOVED, Role
from newsclean.errors import NoArticle
from newsclean.metadata.language import detect_language, direction
from newsclean.metadata.structured import Fact
from newsclean.options import Options
from newsclean.sites.loader import Site, host_of

__all__ = ["Decision", "Fields", "assemble", "decide", "settle"]

_LISTING, _PERHAPS_LISTING = 0.985, 0.35
"""Probability from which a page is refused as a list of stories, and from which it is warned of."""
_PARAGRAPHS = 40
"""Words of two adjacent paragraphs that make a page an article whatever surrounds them."""
_PARAGRAPH = 60
"""Words of one paragraph that do: teasers are shorter."""
_STRETCH = 100
"""Words of an unbroken stretch of body with two paragraphs in it that do the same."""
_ENTRIES: Final = TypeAdapter(list[Entry])
_ITEMS: Final = TypeAdapter(list[BodyItem])
_BULLETS = "•·▪●◦∙‣■□►▶➤*–—- \u00a0"


def settle(decisions: Sequence[Decision]) -> list[Decision]:
    """A page has one title: of several the surest stays, the earlier on a tie; the others are duplicates."""
    titles = [d for d in decisions if d.role is Role.TITLE]
    if len(titles) < 2:
        return list(decisions)
    best = max(titles, key=lambda d: (d.label.confidence, -d.block.index))
    return [_demoted(d) if d.role is Role.TITLE and d is not best else d for d in decisions]


def _demoted(decision: Decision) -> Decision:
    label = decision.label._replace(role=Role.DUPLICATE, values=())
    return Decision(decision.block, label, decision.losers)


def assemble(
    document: Document,
    decisions: Sequence[Decision],
    *,
    facts: Sequence[Fact],
    site: Site | None,
    notices: Sequence[Notice],
    options: Options,
    order: Sequence[str],
    version: str,
) -> tuple[Article, Fields]:
    """The article and its fields with their sources. ``order`` names the cleaners as they were asked.

    Raises ``NoArticle`` where no body, or too little of one, is left.
    """
    body = [d for d in decisions if d.role in BODY_ROLES]
    text = "\n".join(d.block.text for d in body)
    count = sum(document.shapes[d.block.index].words for d in body)
    if count < options.min_words:
        raise NoArticle(_nothing(document, len(decisions), count))
    chance, refused, warned = 0.0, _LISTING, _PERHAPS_LISTING
    if site is None and document.kind == "html":
        chance = markup_listing.listing_chance(document, facts)
        refused, warned = markup_listing.REFUSED, markup_listing.WARNED
    elif site is None:
        chance = listing_chance(document, options)
    if chance >= refused and not options.listings and not _has_paragraphs(document, body):
        raise NoArticle(
            "a list of stories, no article: nearly all of it is headlines and teasers; `newsclean explain` shows the "
            "lines, Options(listings=True) takes what prose there is",
            reason="index-page",
        )
    if chance >= warned:
        message = f"the page looks like a list of stories (probability {chance:.2f})"
        notices = [*notices, Notice(code="index-page", message=message)]
    fields = gather(document, decisions, facts, site, options)
    language = options.language or detect_language(text) or (site.file.site.language if site else None)
    used = {d.label.cleaner for d in decisions}
    article = Article(
        url=_url(fields.url),
        canonical_url=_url(fields.canonical_url),
        site=site.host if site else host_of(fields.url or fields.canonical_url),
        publisher=fields.publisher,
        title=fields.title,
        lead=fields.lead,
        authors=fields.authors,
        published=fields.published.value if fields.published else None,
        published_precision=fields.published.precision if fields.published else None,
        modified=fields.modified.value if fields.modified else None,
        section=fields.section,
        tags=fields.tags,
        dateline=fields.dateline,
        language=language,
        direction=direction(language, text),
        body=_body_items(document, decisions),
        images=_images(decisions, facts),
        comments=_comments(document, decisions, options) if options.comments else [],
        fields=_entries(decisions, FIELD_ROLES),
        removed=_entries(decisions, REMOVED),
        quality=judge(document, decisions, fields, notices),
        provenance=Provenance(
            input=document.kind,
            sha256=document.sha256,
            encoding=document.encoding,
            bytes=document.bytes,
            cleaners=[name for name in dict.fromkeys(order) if name in used],
            newsclean=version,
        ),
    )
    return article, fields


def _has_paragraphs(document: Document, body: Sequence[Decision]) -> bool:
    """A long paragraph, two that follow each other or stand in one long stretch of body, or prose for two fifths of the
    page: teasers of a list are short and stand apart, each under its headline."""
    shapes = document.shapes
    prose = [d.block.index for d in body if shapes[d.block.index].prose]
    if 5 * sum(shapes[index].words for index in prose) >= 2 * sum(shape.words for shape in shapes):
        return True
    if any(shapes[index].words >= _PARAGRAPH for index in prose):
        return True
    if any(b == a + 1 and shapes[a].words + shapes[b].words >= _PARAGRAPHS for a, b in pairwise(prose)):
        return True
    words = paragraphs = 0
    last = -1
    for index in (d.block.index for d in body):
        if index != last + 1:
            words = paragraphs = 0
        words += shapes[index].words
        paragraphs += shapes[index].prose
        if words >= _STRETCH and paragraphs > 1:
            return True
        last = index
    return False


def _nothing(document: Document, lines: int, count: int) -> str:
    what = (
        f"its text has {count} word{'' if count == 1 else 's'}" if count else f"none of its {lines} lines is body text"
    )
    message = f"no article was found: {what}; `newsclean explain` shows why"
    if document.encoding == "str" and len(document.text) < 300 and "\n" not in document.text.strip():
        message += " (a str is taken as the page itself; give a path as pathlib.Path)"
    return message


def _url(value: str | None) -> str | None:
    """``value`` if it is an absolute http(s) URL that the article can carry, else None."""
    if value is None or any(c.isspace() for c in value) or not value.startswith(("http://", "https://")):
        return None
    return value if host_of(value) else None


def _body_items(document: Document, decisions: Sequence[Decision]) -> list[BodyItem]:
    """The body, in page order; sentences that stood in one line and all stay are that line again."""
    items: list[dict[str, Any]] = []
    last: Decision | None = None
    for decision in decisions:
        if decision.role not in BODY_ROLES:
            last = None
            continue
        block = decision.block
        if last is not None and _same_line(last, decision):
            start, end = items[-1]["source"].start, block.source.end  # type: ignore[union-attr]
            source = TextSource(start=start, end=end, line=block.source.line)  # type: ignore[union-attr]
            items[-1] = {"kind": "paragraph", "text": clean_text(document.text[start:end]), "source": source}
        else:
            kind = decision.role.value
            level = block.level if kind == "heading" else None
            items.append({"kind": kind, "text": block.text, "level": level, "source": block.source})
        last = decision
    return _ITEMS.validate_python(items)


def _same_line(one: Decision, other: Decision) -> bool:
    a, b = one.block.source, other.block.source
    if not (isinstance(a, TextSource) and isinstance(b, TextSource)):
        return False
    return a.line == b.line and a.end == b.start and one.role is other.role is Role.PARAGRAPH


def _entries(decisions: Sequence[Decision], roles: frozenset[Role]) -> list[Entry]:
    """The decisions of these roles as entries; a page has hundreds, which are validated together."""
    entries = [
        {
            "role": label.role,
            "text": block.text,
            "cleaner": label.cleaner,
            "rule": label.rule,
            "confidence": round(label.confidence, 4),
            "source": block.source,
        }
        for block, label, _ in decisions
        if label.role in roles
    ]
    return _ENTRIES.validate_python(entries)


def _comments(document: Document, decisions: Sequence[Decision], options: Options) -> list[Comment]:
    """The blocks of the comments that are no furniture of theirs (headings, buttons, dates)."""
    hints = matches(document, options)
    return [
        Comment(text=d.block.text, source=d.block.source)
        for d in decisions
        if d.role is Role.COMMENTS and hints[d.block.index] is None and document.shapes[d.block.index].words >= 3
    ]


def _images(decisions: Sequence[Decision], facts: Sequence[Fact]) -> list[Image]:
    """Pictures the page names in its structured data, then captions that stand on the page."""
    images = []
    seen: set[str] = set()
    for fact in facts:
        url = _url(fact.value) if fact.field == "image" else None
        if url and url not in seen:
            seen.add(url)
            images.append(Image(url=url))
    for decision in decisions:
        if decision.role is not Role.CAPTION:
            continue
        values = dict(decision.label.values)
        caption = values.get("caption") or decision.block.text.lstrip(_BULLETS) or decision.block.text
        images.append(
            Image(
                url=_url(values.get("url")),
                caption=caption,
                credit=values.get("credit"),
                alt=values.get("alt"),
                source=decision.block.source,
            )
        )
    return images
