"""What an HTML page names, read once for all who ask: titles and the like in its head, class names in its body."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

from newsclean.cleaners.markup_names import NameFacts, facts_of
from newsclean.document.document import Document

__all__ = ["metas_of", "names_of", "title_of"]

_MEMO, _NAMES = "html-metas", "html-names"


def names_of(document: Document) -> tuple[list[int], list[NameFacts]]:
    """For each node the place of its class names in the list of what the class names of the page tell."""
    found: tuple[list[int], list[NameFacts]] | None = document.memo.get(_NAMES)
    if found is None:
        places: dict[str, int] = defaultdict(count().__next__)
        named = [places[names] for names in document.tree.nodes.names]
        found = document.memo[_NAMES] = (named, [facts_of(names) for names in places])
    return found


def metas_of(document: Document) -> list[tuple[str, str]]:
    """Name (``property`` before ``name``) and content of each ``<meta>`` that has a content, in page order."""
    found: list[tuple[str, str]] | None = document.memo.get(_MEMO)
    if found is None:
        found = document.memo[_MEMO] = [
            (meta.get("property") or meta.get("name") or "", content)
            for meta in document.tree.told["meta"]
            if (content := meta.get("content"))
        ]
    return found


def title_of(document: Document) -> str:
    """The text of the first ``<title>`` as written, empty where there is none."""
    for title in document.tree.told["title"][:1]:
        return title.text or ""
    return ""
