"""The article: the public contract, ``schema_version`` "1"."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from newsclean.document.block import Source, TextSource
from newsclean.document.document import Notice
from newsclean.document.normalize import fold, word_count
from newsclean.document.roles import FIELD_ROLES, REMOVED, Role

__all__ = ["SCHEMA_VERSION", "Article", "BodyItem", "Comment", "Entry", "Image", "Provenance", "Quality"]

SCHEMA_VERSION: Final = "1"

_VISIBLE = r"^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f-\x9f]*$"
_VISIBLE_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0][^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"

Line = Annotated[str, Field(pattern=_VISIBLE)]
"""One line of text: not empty, no control characters."""
Lines = Annotated[str, Field(pattern=_VISIBLE_LINES)]
"""Text that may hold line feeds and tabs (a table has one row a line, a tab between cells); else like ``Line``."""
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Confidence = Annotated[float, Field(ge=0, le=1)]


def _http_url(value: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise ValueError(f"{value!r} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in value):
        raise ValueError(f"{value!r} is not an absolute http(s) URL")
    return value


Url = Annotated[str, Field(pattern=r"^https?://", json_schema_extra={"format": "uri"}), AfterValidator(_http_url)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BodyItem(_Frozen):
    """One block of the body, in page order."""

    kind: Literal["paragraph", "heading", "quote", "list_item", "table"]
    text: Lines
    level: Annotated[int, Field(ge=1, le=6)] | None = None
    """Level of a heading, where it is known."""
    source: Source


class Image(_Frozen):
    """A picture of the article. A caption in flattened text is an image without URL."""

    url: Url | None = None
    caption: Line | None = None
    credit: Line | None = None
    alt: Line | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _something(self) -> Image:
        if self.url is None and self.caption is None and self.alt is None and self.credit is None:
            raise ValueError("an image needs a url, a caption, a credit or an alternative text")
        return self


class Comment(_Frozen):
    """What one reader wrote, as far as a block of the page shows it."""

    text: Lines
    source: Source


class Entry(_Frozen):
    """A block that became a field, or was removed: as what, by which cleaner and rule, and how sure."""

    role: Role
    text: Lines
    cleaner: str
    rule: str
    confidence: Confidence
    source: Source


class Quality(_Frozen):
    """How far to trust the article: ``score`` from 0 to 1, and what to know about it."""

    score: Confidence
    warnings: list[Notice] = []


class Provenance(_Frozen):
    """Where the article came from; no clock, no machine, so that it is reproducible."""

    input: Literal["html", "text"]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    encoding: str
    bytes: Annotated[int, Field(ge=1)]
    cleaners: list[str]
    """Cleaners that decided about at least one block, in the order they are asked."""
    newsclean: str
    """Version that made the article."""


class Article(_Frozen):
    """A news article with every line of its page accounted for. See ``docs/reference.md`` for the fields."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    url: Url | None = None
    canonical_url: Url | None = None
    site: Line | None = None
    publisher: Line | None = None
    title: Line | None = None
    lead: Line | None = None
    authors: list[Line] = []
    published: AwareDatetime | None = None
    published_precision: Literal["day", "minute", "second"] | None = None
    modified: AwareDatetime | None = None
    section: Line | None = None
    tags: list[Line] = []
    dateline: Line | None = None
    language: Tag | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    body: Annotated[list[BodyItem], Field(min_length=1)]
    images: list[Image] = []
    comments: list[Comment] = []
    """Readers' comments, if ``Options(comments=True)`` asked for them; they are in ``removed`` too."""
    fields: list[Entry] = []
    removed: list[Entry] = []
    quality: Quality
    provenance: Provenance

    @model_validator(mode="after")
    def _accounted(self) -> Article:
        if (self.published is None) != (self.published_precision is None):
            raise ValueError("published and published_precision come together or not at all")
        for entry in self.fields:
            if entry.role not in FIELD_ROLES:
                raise ValueError(f"fields: {entry.role.value} is not the role of a field")
        for entry in self.removed:
            if entry.role not in REMOVED:
                raise ValueError(f"removed: {entry.role.value} is a role that is kept")
        self._check_spans()
        return self

    def _check_spans(self) -> None:
        """Kept and removed together are the page: the spans follow each other without gap or overlap."""
        groups = [[item.source for item in part] for part in (self.body, self.fields, self.removed)]
        spans = [s for group in groups for s in group if isinstance(s, TextSource)]
        if not spans:
            return
        for group in groups:
            starts = [s.start for s in group if isinstance(s, TextSource)]
            if len(starts) != len(group):
                raise ValueError("sources of text and of HTML in one article")
            if starts != sorted(starts):
                raise ValueError("spans are not in page order")
        at = 0
        for span in sorted(spans, key=lambda s: s.start):
            if span.end <= span.start:
                raise ValueError(f"a span ends at character {span.end}, not after its start {span.start}")
            if span.start != at:
                raise ValueError(f"spans leave a gap or overlap at character {min(at, span.start)}")
            at = span.end
        if at > self.provenance.bytes:
            raise ValueError(f"a span ends at character {at}, outside a source of {self.provenance.bytes} bytes")

    @property
    def text(self) -> str:
        """Lead and body, a blank line between blocks."""
        parts = [self.lead] if self.lead else []
        return "\n\n".join([*parts, *(item.text for item in self.body)])

    @property
    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of the folded body: the same story set twice has the same fingerprint."""
        return hashlib.sha256("\n".join(fold(item.text) for item in self.body).encode()).hexdigest()

    @property
    def word_count(self) -> int:
        """Words of :attr:`text`; in scripts without spaces two letters count as one word."""
        return word_count(self.text)

    def blocks(self) -> Iterator[BodyItem | Entry]:
        """Everything on the page, body, fields and removed; flattened text in page order, HTML part after part."""
        items: list[BodyItem | Entry] = [*self.body, *self.fields, *self.removed]
        return iter(sorted(items, key=lambda i: i.source.start if isinstance(i.source, TextSource) else 0))

    def to_dict(self) -> dict[str, Any]:
        """JSON types only: what ``to_json`` writes, as a ``dict``."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """One line of JSON, letters as they are (UTF-8), keys in the order of the contract."""
        return self.model_dump_json()

    def to_markdown(self) -> str:
        """The article as Markdown: title, lead, body; furniture left out."""
        from newsclean.document.render import markdown

        return markdown(self)

    def to_html(self) -> str:
        """The article as one ``<article>`` element, everything escaped."""
        from newsclean.document.render import html

        return html(self)

    def to_jsonld(self) -> dict[str, Any]:
        """The article as a schema.org ``NewsArticle`` (https://schema.org/NewsArticle)."""
        from newsclean.document.render import jsonld

        return jsonld(self)
