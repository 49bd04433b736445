"""Scraped news pages, as HTML or as flattened text, become validated articles: every line kept or removed, and why.

>>> import newsclean
>>> article = newsclean.clean('''Bridge reopens after two years of repairs
...
... By Jane Miller
...
... The old bridge over the river opened to traffic on Monday, two years after a flood had damaged its pillars.
...
... Engineers said the new pillars were built to last for a century and would be checked every spring.
...
... Most read
... Mayor wins second term''')
>>> article.title, article.authors
('Bridge reopens after two years of repairs', ['Jane Miller'])
>>> [(line.role.value, line.text) for line in article.removed]
[('most_read', 'Most read'), ('most_read', 'Mayor wins second term')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean._version import __version__
from newsclean.errors import NewscleanError, NoArticle

if TYPE_CHECKING:
    from newsclean.api import Explanation, Result, clean, clean_many, explain
    from newsclean.document.article import Article
    from newsclean.options import Options

__all__ = [
    "Article",
    "Explanation",
    "NewscleanError",
    "NoArticle",
    "Options",
    "Result",
    "__version__",
    "clean",
    "clean_many",
    "explain",
]

_HOME = {
    "Article": "newsclean.document.article",
    "Options": "newsclean.options",
    "Explanation": "newsclean.api",
    "Result": "newsclean.api",
    "clean": "newsclean.api",
    "clean_many": "newsclean.api",
    "explain": "newsclean.api",
}


def __getattr__(name: str) -> Any:
    """Load public names when they are first used: importing newsclean opens no site, no model, no parser."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
