"""How to clean: one frozen object, passed in, never global."""

from __future__ import annotations

import hashlib
import os
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, field_validator

__all__ = ["DEFAULT", "Options", "Zone"]


def _known_zone(value: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is not an IANA time zone such as 'Asia/Baghdad'") from error
    return value


Zone = Annotated[str, AfterValidator(_known_zone)]
"""Name of an IANA time zone that this machine knows."""


class Options(BaseModel):
    """Settings of one cleaning. Every field has a default; the object is frozen and hashable.

    >>> Options(max_bytes=1000).max_bytes
    1000
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: Annotated[int, Field(ge=1)] = 20_000_000
    """Largest input taken, in bytes (for ``str``: of its UTF-8 form); a larger one raises ``TooLarge``."""

    input: Literal["auto", "html", "text"] = "auto"
    """What the input is; ``auto`` sniffs it."""

    encoding: str | None = None
    """Encoding of bytes, where it is known better than the bytes tell."""

    sites: bool = True
    """Use site files (by URL, or by the signatures of flattened text)."""

    site: str | None = None
    """Host whose site file is used whatever the page looks like."""

    site_folders: tuple[str, ...] = ()
    """Folders with site files of your own; a file for a host stands in for the one shipped."""

    language: str | None = None
    """BCP-47 tag of the article, where it is known; else it is detected on the body."""

    timezone: Zone | None = None
    """IANA zone of dates that carry none, for pages whose site file names none; else UTC."""

    relative_to: AwareDatetime | None = None
    """When the page was fetched. Only with it are dates such as "2 hours ago" read; else they stay null."""

    effort: Literal["fast", "balanced", "best"] = "balanced"
    """HTML: how often trafilatura is asked for a second opinion: never, where nothing looks like body, always."""

    comments: bool = False
    """Return readers' comments as their own list."""

    listings: bool = False
    """Take what prose there is on a page that is a list of stories, instead of raising ``NoArticle``."""

    min_words: Annotated[int, Field(ge=1)] = 5
    """Fewest words a body needs to be an article."""

    @field_validator("site_folders", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        if isinstance(value, (str, os.PathLike)):
            return (os.fspath(value),)
        if isinstance(value, (list, tuple)):
            return tuple(os.fspath(v) if isinstance(v, os.PathLike) else v for v in value)
        return value

    @field_validator("language")
    @classmethod
    def _language_tag(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
            raise ValueError(f"{value!r} is not a BCP-47 tag such as 'ar' or 'pt-BR'")
        return value

    @property
    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of the settings: equal settings, equal fingerprint."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


DEFAULT = Options()
