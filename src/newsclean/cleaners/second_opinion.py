"""A second opinion on the body: trafilatura, asked where the labeler finds none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from newsclean.cleaners.markup_body import verdict_of
from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.options import Options

__all__ = ["SecondOpinion", "kept_by_trafilatura"]

_SOLID: Final = re.compile(r"[\W_]+")
_SURE: Final = 0.6
_MAX_ELEMENTS: Final = 50_000
_BODY_ROLE: Final = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "quote": Role.QUOTE,
    "table": Role.TABLE,
}


class SecondOpinion:
    """Labels by trafilatura (https://trafilatura.readthedocs.io, Apache-2.0), from a copy of the parsed tree.

    ``Options.effort`` says when it is asked: ``fast`` never, ``balanced`` where the labeler finds no body, ``best``
    always. It decides on the blocks of which the labeler is unsure.
    """

    name: str = "trafilatura"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """Labels for all blocks, or none where it was not asked or had nothing to say."""
        if document.kind != "html" or options.effort == "fast" or document.tree.size > _MAX_ELEMENTS:
            return
        if not document.blocks or not verdict_of(document).asks(options.effort):
            return
        kept = kept_by_trafilatura(document)
        if kept is None:
            return
        for block, inside in zip(document.blocks, kept, strict=True):
            if inside:
                role = _BODY_ROLE.get(block.kind, Role.PARAGRAPH)
                yield Label(block=block.index, role=role, cleaner=self.name, rule="kept", confidence=_SURE)
            else:
                yield Label(block=block.index, role=Role.OTHER, cleaner=self.name, rule="left out", confidence=_SURE)


def kept_by_trafilatura(document: Document) -> list[bool] | None:
    """For each block whether trafilatura keeps it; ``None`` where it finds no article or fails.

    Its memory of texts seen before is off and emptied first, so that nothing depends on what ran before.
    """
    text = _extract(document.tree.root)
    if not text:
        return None
    lines = {_solid(line) for line in text.splitlines()}
    whole = _solid(text)
    kept = []
    for block in document.blocks:
        solid = _solid(block.text)
        kept.append(bool(solid) and (solid in lines or (len(solid) >= 25 and solid in whole)))
    return kept


def _solid(text: str) -> str:
    return _SOLID.sub("", text).casefold()


def _extract(root: Any) -> str | None:
    from trafilatura import extract
    from trafilatura.deduplication import LRU_TEST

    LRU_TEST.clear()
    try:
        found: str | None = extract(_copy(root), include_comments=False, with_metadata=False, deduplicate=False)
    except Exception:  # noqa: BLE001  (another library's fault on an odd page must not cost the page)
        return None
    return found


def _copy(root: Any) -> Any:
    """A copy of the tree as ``lxml.html`` elements, the only ones trafilatura takes."""
    from copy import deepcopy

    from lxml.html import HTMLParser

    copy = HTMLParser(encoding="utf-8").makeelement("html", dict(root.attrib))
    copy.extend(deepcopy(child) for child in root)
    return copy
