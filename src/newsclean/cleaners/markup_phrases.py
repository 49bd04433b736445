"""Roles of HTML blocks that their words tell better than their elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from newsclean.cleaners.furniture import languages_of
from newsclean.cleaners.phrases import PhraseMatch, matcher_for
from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.normalize import fold_clean
from newsclean.document.roles import REMOVED, Role
from newsclean.metadata.bylines import read_byline
from newsclean.options import Options

__all__ = ["named_by_phrases"]

_LONGEST: Final = 160
_LONGEST_BYLINE: Final = 90
_VAGUE: Final = frozenset(
    {Role.OTHER, Role.OTHER_ARTICLE, Role.NAVIGATION, Role.PAGE_TOOLS, Role.COMMENTS, Role.DECORATION}
)
"""Roles that elements give where they tell little."""
_TELLING: Final = REMOVED - {Role.OTHER, Role.DECORATION}
_LISTS: Final = frozenset({Role.OTHER, Role.OTHER_ARTICLE})
_PARAGRAPH: Final = Role.PARAGRAPH
_FORM: Final = Role.COMMENT_FORM
_OF_FORMS: Final = frozenset({Role.NEWSLETTER, Role.PAGE_TOOLS})
_WITHIN: Final = frozenset({"read_also", "newsletter", "subscribe", "cookie_notice", "follow", "comments"})
"""Categories whose sentences stand between the paragraphs of a page and are never its own."""
_COUNTS: Final = frozenset({"view_count", "reading_time"})
"""Counts stand below a form, and are none of its fields."""
_LONGEST_NOTICE: Final = 400
_NOTICE: Final = 0.8
_OPENING: Final = 80
"""Characters in which the opening of a notice stands."""
_FORMS: Final = frozenset({Role.OTHER, Role.PAGE_TOOLS, Role.COMMENTS})


def named_by_phrases(document: Document, options: Options, labels: Iterable[Label]) -> Iterator[Label]:
    """``labels`` of an HTML page in page order, those of removed blocks under the role their words name.

    A heading such as "Most read" gives its role to the blocks after it that nothing else names.
    """
    blocks = document.blocks
    match = None
    run: Role | None = None
    paragraphs = 0
    for label in labels:
        said = label.role
        if said not in REMOVED:
            run = None
            paragraphs += said is _PARAGRAPH
            text = blocks[label.block].text
            head = _head(said, text, paragraphs)
            if head:
                match = match or matcher_for(languages_of(document, options))
                found = match.match_folded(fold_clean(head))
                if found is not None and (_heads_stories(found) if said is Role.TABLE else _no_text(found)):
                    rule = f"{found.language}:{found.category}: {found.phrase}"
                    yield label._replace(role=Role(found.role), rule=rule, confidence=_NOTICE)
                    continue
            opening = said is _PARAGRAPH and paragraphs <= 2
            yield (_byline(label, text) if opening else None) or label
            continue
        if said in _VAGUE and len(text := blocks[label.block].text) <= _LONGEST:
            match = match or matcher_for(languages_of(document, options))
            found = match.match_folded(fold_clean(text))
            whole = found is not None and (found.share >= 0.999 or found.category == "copyright")
            role = Role(found.role) if found is not None and whole else None
            if found is not None and role in _TELLING:
                keeps = role is _FORM or (run is _FORM and role in _OF_FORMS and found.category not in _COUNTS)
                run = role if found.heading else _FORM if keeps else None
                role = _FORM if keeps else role
                yield label._replace(role=role, rule=f"{found.language}:{found.category}: {found.phrase}")
                continue
            if role is Role.OTHER:  # a poll, a message of the page's theme: no entry of the list above it
                run = None
        if run is not None and said in (_FORMS if run is _FORM else _LISTS):
            yield label._replace(role=run, rule=f"under the heading {run.value}")
        else:
            run = None
            yield label


def _head(said: Role, text: str, paragraphs: int) -> str:
    """What of a body block may show that it is none: a table's first line, the opening of a paragraph."""
    if said is Role.TABLE:
        return text.partition("\n")[0]
    first = paragraphs <= 1 and len(text) > _OPENING
    if said is not _PARAGRAPH or first or len(text) > _LONGEST_NOTICE:
        return ""
    return text if len(text) <= _OPENING else text[:_OPENING].rpartition(" ")[0]


def _no_text(found: PhraseMatch) -> bool:
    """Whether a paragraph with this phrase is none of an article: a notice, or a row of buttons."""
    return (found.category in _WITHIN and found.match != "suffix") or found.rule in ("menu", "glued")


def _heads_stories(found: PhraseMatch) -> bool:
    return found.heading and found.share == 1


def _byline(label: Label, text: str) -> Label | None:
    """A short line at the start of the body that names who wrote it, whatever its element is called."""
    byline = read_byline(text) if len(text) <= _LONGEST_BYLINE else None
    if byline is None:
        return None
    values = tuple(("author", name) for name in byline.authors)
    return Label(
        block=label.block, role=Role.BYLINE, cleaner=label.cleaner, rule="byline", confidence=0.8, values=values
    )
