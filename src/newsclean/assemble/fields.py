"""The fields of an article, each from the best of its sources, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsclean.assemble.decide import Decision
from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text, fold
from newsclean.document.roles import Role
from newsclean.metadata.bylines import clean_authors, read_byline
from newsclean.metadata.dateline import find_dateline
from newsclean.metadata.dates import DateReading, read_date
from newsclean.metadata.names import is_desk
from newsclean.metadata.signatures import is_person
from newsclean.metadata.structured import Fact
from newsclean.options import Options
from newsclean.sites.loader import Site, host_of

__all__ = ["Fields", "gather"]

_ABOVE_TITLE, _BUTTON = 8, 2
"""Lines above the title among which the article's date may stand, and spaces of those that may stand between."""
_FIELDS_ABOVE = frozenset({Role.DATE, Role.BYLINE, Role.SECTION, Role.BREADCRUMB, Role.DUPLICATE, Role.SHARE})


@dataclass
class Fields:
    """Values of the article's fields, and for each the source it was taken from."""

    title: str | None = None
    lead: str | None = None
    authors: list[str] = field(default_factory=list)
    published: DateReading | None = None
    modified: DateReading | None = None
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    dateline: str | None = None
    publisher: str | None = None
    canonical_url: str | None = None
    url: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


class _Page:
    def __init__(
        self,
        document: Document,
        decisions: Sequence[Decision],
        facts: Sequence[Fact],
        site: Site | None,
        options: Options,
    ) -> None:
        self.document, self.decisions, self.facts = document, decisions, facts
        self.site, self.options = site, options
        self.by_role: dict[Role, list[Decision]] = {}
        self.telling: list[Decision] = []
        """Decisions whose labels have read values."""
        for decision in decisions:
            label = decision.label
            self.by_role.setdefault(label.role, []).append(decision)
            if label.values:
                self.telling.append(decision)

    def of_role(self, role: Role) -> Sequence[Decision]:
        return self.by_role.get(role, ())

    def values(self, name: str) -> Iterator[tuple[str, str]]:
        """Values of ``name`` that winning labels read, with their source."""
        for decision in self.telling:
            for key, value in decision.label.values:
                if key == name and value:
                    yield clean_text(value), f"{decision.label.cleaner}: {decision.label.rule}"

    def dates(self, name: str) -> Iterator[tuple[str, str]]:
        """Dates of the page, those after the title before those right above it: further up a masthead has today's."""
        titles = self.of_role(Role.TITLE)
        title = titles[0].block.index if titles else -1
        found = [
            (d.block.index < title, clean_text(value), f"{d.label.cleaner}: {d.label.rule}")
            for d in self.telling
            for key, value in d.label.values
            if key == name and value and (d.block.index >= self._near(title) or d.label.cleaner.startswith("site:"))
        ]
        return ((value, origin) for _, value, origin in sorted(found, key=lambda item: item[0]))

    def _near(self, title: int) -> int:
        """The first of the lines right above the title: short ones, as buttons are, and paths of sections."""
        index = title
        while index > max(0, title - _ABOVE_TITLE):
            role, text = self.decisions[index - 1].role, self.decisions[index - 1].block.text
            if role not in _FIELDS_ABOVE and text.count(" ") > _BUTTON:
                break
            index -= 1
        return index

    def facts_of(self, name: str) -> Iterator[tuple[str, str]]:
        for fact in self.facts:
            if fact.field == name and (text := clean_text(fact.value)):
                yield text, fact.origin

    @property
    def timezone(self) -> str | None:
        site_zone = self.site.file.site.timezone if self.site else None
        return self.options.timezone or site_zone


def gather(
    document: Document, decisions: Sequence[Decision], facts: Sequence[Fact], site: Site | None, options: Options
) -> Fields:
    """All fields of the article on ``document``; what is not there stays null."""
    page = _Page(document, decisions, facts, site, options)
    fields = Fields()
    _publisher(page, fields)
    _title(page, fields)
    _lead(page, fields)
    _authors(page, fields)
    _dates(page, fields)
    _section_and_tags(page, fields)
    _dateline(page, fields)
    _urls(page, fields)
    return fields


def _put(fields: Fields, name: str, found: tuple[str, str] | None) -> None:
    if found is not None and found[0]:
        setattr(fields, name, found[0])
        fields.origins[name] = found[1]


def _publisher(page: _Page, fields: Fields) -> None:
    if page.site is not None:
        _put(fields, "publisher", (page.site.file.site.name, f"site:{page.site.host}"))
    else:
        _put(fields, "publisher", next(page.facts_of("publisher"), None))


def _title(page: _Page, fields: Fields) -> None:
    blocks = page.of_role(Role.TITLE)
    shown: tuple[str, str] | None = None
    if blocks:
        label = blocks[0].label
        value = next((v for k, v in label.values if k == "title"), None)
        text = clean_text(value) if value else " ".join(d.block.text for d in blocks)
        shown = (text, f"{label.cleaner}: {label.rule}")
    if shown is None or not (page.document.kind == "text" or shown[1].startswith("site:")):
        from newsclean.metadata.titles import best_title, is_headline_of

        host = host_of(page.document.url)
        said = [fact for fact in page.facts if fact.field != "title" or not shown or fact.origin != "meta"]
        named = best_title(said, [shown[0]] if shown else [], host)
        if shown and named and not any(fact.field == "title" and fact.origin != "open-graph" for fact in said):
            named = shown[0] if is_headline_of(shown[0], named) else named
        if named is not None and (shown is None or fold(named) != fold(shown[0])):
            origin = next((o for text, o in page.facts_of("title") if fold(named) in fold(text)), "structured data")
            shown = (named, origin)
    _put(fields, "title", shown or next(page.values("title"), None))


def _lead(page: _Page, fields: Fields) -> None:
    blocks = page.of_role(Role.LEAD)
    if blocks:
        label = blocks[0].label
        _put(fields, "lead", (" ".join(d.block.text for d in blocks), f"{label.cleaner}: {label.rule}"))
    else:
        _put(fields, "lead", next(page.values("lead"), None))


def _authors(page: _Page, fields: Fields) -> None:
    found: list[str] = []
    origin = ""
    for decision in page.decisions:
        if decision.label.role is not Role.BYLINE and not decision.label.values:
            continue
        names = [value for key, value in decision.label.values if key == "author"]
        if names:
            origin = origin or f"{decision.label.cleaner}: {decision.label.rule}"
            byline = read_byline(decision.block.text) if decision.role is Role.BYLINE else None
            found += byline.authors if byline else clean_authors(names, publisher=None)
        elif decision.role is Role.BYLINE:
            byline = read_byline(decision.block.text)
            if byline:
                origin = origin or f"{decision.label.cleaner}: {decision.label.rule}"
                found += byline.authors
    if page.document.kind == "html":
        from newsclean.metadata.structured import best_authors

        by_site = any(d.label.cleaner.startswith("site:") for d in page.decisions if dict(d.label.values).get("author"))
        own = {fold(alias) for alias in (page.site.file.site.aliases if page.site else ())}
        named = [name for name in best_authors(page.facts, publisher=fields.publisher) if fold(name) not in own]
        if named and not by_site and not (found and _is_house(named, found, fields.publisher)):
            found, origin = named, next((o for _, o in page.facts_of("author")), "structured data")
    fields.authors = list(dict.fromkeys(clean_text(name) for name in found if clean_text(name)))
    if fields.authors:
        fields.origins["authors"] = origin


def _is_house(named: Sequence[str], shown: Sequence[str], publisher: str | None) -> bool:
    """Whether structured data name only the site, or only accounts and houses where the page shows a person."""
    if {fold(name) for name in named} <= {fold(publisher or "")}:
        return True
    return any(map(is_person, shown)) and all(map(_is_account, named))


def _is_account(name: str) -> bool:
    """Whether a name in a script with capitals is neither a person's nor a desk's: "jdoe", "example.org"."""
    return name.lower() != name.upper() and not is_person(name) and not is_desk(name)


def _dates(page: _Page, fields: Fields) -> None:
    zone, anchor = page.timezone, page.options.relative_to
    for name in ("date", "modified"):
        for text, origin in page.dates(name):
            reading = read_date(text, timezone=zone, relative_to=anchor)
            if reading is None:
                continue
            target = "modified" if reading.kind == "modified" or name == "modified" else "published"
            if getattr(fields, target) is None:
                setattr(fields, target, reading)
                fields.origins[target] = origin
    if page.document.kind == "html":
        from newsclean.metadata.structured import best_dates

        by_site = "published" in fields.origins and fields.origins["published"].startswith("site:")
        published, modified = best_dates(page.facts, timezone=zone)
        if published is not None and not by_site:
            fields.published, fields.origins["published"] = published, "structured data"
        if modified is not None and fields.modified is None:
            fields.modified, fields.origins["modified"] = modified, "structured data"
    if _stands_alone(fields) and page.document.kind == "text":
        fields.published, fields.modified = fields.modified, None
        fields.origins["published"] = fields.origins.pop("modified")
    assumed = [n for n in ("published", "modified") if (r := getattr(fields, n)) is not None and r.zone_assumed]
    if assumed:
        message = f"{' and '.join(assumed)}: the page names no time zone; {zone or 'UTC'} was assumed"
        fields.notices.append(Notice(code="timezone-assumed", message=message))


def _stands_alone(fields: Fields) -> bool:
    """Whether the only date is one of a change, to the minute: news sites print so when a story appeared. A day alone is
    when an older text was gone over."""
    return fields.published is None and fields.modified is not None and fields.modified.precision != "day"


def _section_and_tags(page: _Page, fields: Fields) -> None:
    section = next(page.values("section"), None)
    if section is None:
        block = next(iter(page.of_role(Role.SECTION)), None)
        section = (block.block.text, f"{block.label.cleaner}: {block.label.rule}") if block else None
    _put(fields, "section", section or next(page.facts_of("section"), None))
    tags = [text for text, _ in page.values("tag")] or [text for text, _ in page.facts_of("tag")]
    fields.tags = list(dict.fromkeys(tag for tag in tags if tag))
    if fields.tags:
        fields.origins["tags"] = (next(page.values("tag"), None) or next(page.facts_of("tag")))[1]


def _dateline(page: _Page, fields: Fields) -> None:
    found = next(page.values("dateline"), None)
    if found is None:
        block = next(iter(page.of_role(Role.DATELINE)), None)
        found = (block.block.text, f"{block.label.cleaner}: {block.label.rule}") if block else None
    if found is None:
        first = next((d.block.text for d in page.of_role(Role.PARAGRAPH)), None)
        opening = find_dateline(first) if first else None
        found = (opening, "dateline: opening of the body") if opening else None
    _put(fields, "dateline", found)


def _urls(page: _Page, fields: Fields) -> None:
    fields.url = page.document.url
    for name in ("canonical_url", "url"):
        for text, origin in page.facts_of(name):
            if text.startswith(("http://", "https://")) and getattr(fields, name) is None:
                _put(fields, name, (text, origin))
