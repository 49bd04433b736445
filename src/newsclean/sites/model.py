"""What a site file may hold."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from newsclean.document.roles import REMOVED, Role
from newsclean.options import Zone
from newsclean.sites.patterns import Pattern, PatternError

__all__ = ["HtmlLayout", "Layout", "SiteFile", "SiteInfo", "TextLayout"]

Strings = list[Annotated[str, Field(min_length=1)]]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteInfo(_Strict):
    """Whose pages these are."""

    hosts: Annotated[Strings, Field(min_length=1)]
    """Registrable hosts, first the one articles are filed under; subdomains are included."""
    name: Annotated[str, Field(min_length=1)]
    """Name of the publisher as it prints it."""
    aliases: Strings = []
    """Other names it gives itself; none of them is an author."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    timezone: Zone | None = None
    signatures: Strings = []
    """Patterns of lines by which flattened text is recognised: two must be found, or one that starts with ``!``
    (unmistakable). ``^`` means among the first eight lines, ``$`` the last line that can be seen."""

    @field_validator("hosts")
    @classmethod
    def _bare_hosts(cls, hosts: list[str]) -> list[str]:
        for host in hosts:
            if "/" in host or host != host.lower() or host.startswith("www.") or "." not in host:
                raise ValueError(f"{host!r} is not a bare host such as 'example.news'")
        return hosts


class ScriptData(_Strict):
    """JSON that a page carries in a script of its own."""

    script: Annotated[str, Field(min_length=1)]
    """CSS selector of the script element."""
    fields: dict[Literal["title", "lead", "author", "published", "modified", "section", "tag", "image"], str]
    """Dotted path of each field in the JSON; ``*`` goes through a list."""


class HtmlLayout(_Strict):
    """CSS selectors, for each field the first that matches wins. ``::text`` and ``::attr(name)`` as in Scrapy."""

    title: Strings = []
    lead: Strings = []
    body: Strings = []
    author: Strings = []
    date: Strings = []
    modified: Strings = []
    section: Strings = []
    tags: Strings = []
    caption: Strings = []
    drop: Strings = []
    json_data: Annotated[list[ScriptData], Field(alias="json")] = []
    """Metadata in scripts that are not JSON-LD."""
    unverified: bool = False
    """The selectors come from hearsay and no saved page has proved them yet."""

    def selectors(self) -> dict[str, list[str]]:
        """Fields and their selectors, those that have any."""
        names = ("title", "lead", "body", "author", "date", "modified", "section", "tags", "caption")
        return {name: list(getattr(self, name)) for name in names if getattr(self, name)}


class TextLayout(_Strict):
    """Lines of flattened text, as patterns (see :mod:`newsclean.sites.patterns`)."""

    opening: list[Role] = []
    """Roles of the first lines that no pattern names, up to the body: ``title``, ``lead``, ``caption`` (any number).
    A lead is taken only where a line of the template after it proves it; see ``lead_is_sure``."""
    lead_is_sure: bool = False
    """Every article of the site has a lead after its title."""
    section_and_date: Strings = []
    date: Strings = []
    section: Strings = []
    byline: Strings = []
    tags: Strings = []
    caption: Strings = []
    dateline: Strings = []
    """How the first paragraph opens (place, agency). A line that is nothing else is a dateline of its own."""
    starts_after: Strings = []
    """The body starts after the last of these lines; the title stands before them."""
    before: Role = Role.NAVIGATION
    """What lines before the title are."""
    body_ends_at: dict[Role, Strings] = {}
    """The body ends at the first of these lines; those after take the role of the last one seen."""
    drop: dict[Role, Strings] = {}

    @field_validator(
        "section_and_date", "date", "section", "byline", "tags", "caption", "dateline", "starts_after", mode="before"
    )
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @field_validator("opening")
    @classmethod
    def _openers(cls, roles: list[Role]) -> list[Role]:
        for role in roles:
            if role not in (Role.TITLE, Role.LEAD, Role.CAPTION):
                raise ValueError(f"{role.value!r} cannot open a text (title, lead, caption)")
        return roles

    @field_validator("body_ends_at", "drop")
    @classmethod
    def _furniture(cls, value: dict[Role, list[str]]) -> dict[Role, list[str]]:
        for role in value:
            if role not in REMOVED:
                raise ValueError(f"{role.value!r} is a role that is kept; furniture roles: {_names(REMOVED)}")
        return value

    @model_validator(mode="after")
    def _patterns(self) -> TextLayout:
        for where, patterns in self._named():
            for index, pattern in enumerate(patterns):
                try:
                    Pattern(pattern, datelines=tuple(self.dateline))
                except PatternError as error:
                    raise ValueError(f"{where}[{index}]: {error}") from error
        return self

    def _named(self) -> list[tuple[str, list[str]]]:
        plain = ("section_and_date", "date", "section", "byline", "tags", "caption", "dateline", "starts_after")
        named = [(name, list(getattr(self, name))) for name in plain]
        named += [(f"body_ends_at.{role.value}", v) for role, v in self.body_ends_at.items()]
        return named + [(f"drop.{role.value}", v) for role, v in self.drop.items()]


class Layout(_Strict):
    """One template of a site; archives need the old ones."""

    name: str | None = None
    until: date | None = None
    """Last day the template was in use, if it is no longer."""
    html: HtmlLayout | None = None
    text: TextLayout | None = None

    @model_validator(mode="after")
    def _something(self) -> Layout:
        if self.html is None and self.text is None:
            raise ValueError("a layout needs html or text")
        return self


class SiteFile(_Strict):
    """One site."""

    site: SiteInfo
    layout: Annotated[list[Layout], Field(min_length=1)]


def _names(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles))
