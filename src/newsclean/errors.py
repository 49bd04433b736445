"""One tree of errors; every message names the input, the place and the way out.

::

    NewscleanError
    ├── InputError            the input cannot be read as a page
    │   ├── EmptyInput            nothing but white space
    │   ├── BinaryInput           a PDF, an image, an archive, …
    │   ├── UnknownEncoding       no encoding decodes the bytes
    │   ├── TooLarge              over Options.max_bytes
    │   ├── UnreadableInput       the file is missing or may not be opened
    │   └── UnsupportedInput      an object of a type that clean() does not take
    ├── NoArticle             a readable page that holds no article
    └── ConfigurationError    what the user configured is wrong
        ├── SiteFileError         a site's TOML file
        └── LexiconError          a phrase file
"""

from __future__ import annotations

__all__ = [
    "BinaryInput",
    "ConfigurationError",
    "EmptyInput",
    "InputError",
    "LexiconError",
    "NewscleanError",
    "NoArticle",
    "SiteFileError",
    "TooLarge",
    "UnknownEncoding",
    "UnreadableInput",
    "UnsupportedInput",
]


class NewscleanError(Exception):
    """Base of everything newsclean raises on purpose.

    ``reason`` is a short stable code (``empty``, ``binary``, ``no-article`` …) for machines; the message is for people.
    ``input`` names the input where it has a name (a path, a URL), else ``None``.
    """

    reason: str = "error"

    def __init__(self, message: str, *, input: str | None = None, reason: str | None = None) -> None:  # noqa: A002
        self.message = message
        self.input = input
        if reason is not None:
            self.reason = reason
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.input}: {self.message}" if self.input else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.input, self.reason)

    def named(self, name: str) -> NewscleanError:
        """The same error with ``name`` as its input, unless it already has one."""
        if self.input is None:
            self.input = name
        return self


def _rebuild(kind: type[NewscleanError], message: str, name: str | None, reason: str) -> NewscleanError:
    return kind(message, input=name, reason=reason)


class InputError(NewscleanError):
    """The input cannot be read as a page."""

    reason = "input"


class EmptyInput(InputError):
    """The input holds nothing but white space and invisible characters."""

    reason = "empty"


class BinaryInput(InputError):
    """The input is not text: a PDF, an image, an archive …"""

    reason = "binary"


class UnknownEncoding(InputError):
    """The bytes are text in no encoding that could be found."""

    reason = "encoding"


class TooLarge(InputError):
    """The input is larger than ``Options.max_bytes``."""

    reason = "too-large"


class UnreadableInput(InputError):
    """The file is missing or may not be opened."""

    reason = "unreadable"


class UnsupportedInput(InputError):
    """``clean()`` was given an object of a type it does not take."""

    reason = "unsupported"


class NoArticle(NewscleanError):
    """A readable page that holds no article. ``reason`` says which kind: ``no-article`` or ``index-page``."""

    reason = "no-article"


class ConfigurationError(NewscleanError):
    """Something the user configured is wrong."""

    reason = "configuration"


class SiteFileError(ConfigurationError):
    """A site file is wrong; the message names file, key and line."""

    reason = "site-file"


class LexiconError(ConfigurationError):
    """A phrase file is wrong; the message names file, entry and key."""

    reason = "lexicon"
