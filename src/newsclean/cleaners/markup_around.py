"""The blocks of an HTML page, what the elements around them are named, and what was found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsclean.cleaners.markup_head import names_of
from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.roles import Role

if TYPE_CHECKING:
    from newsclean.cleaners.markup_body import Verdict

__all__ = ["Around"]

_OWN: Final = frozenset(("article", "post", "entry", "story", "news", "blog", "category", "page", "detail", "details"))
"""Whose header is not the site's."""


class Around:
    """One page while its fields are looked for. ``title`` is the number of the headline's block, -1 until it is known."""

    def __init__(self, document: Document, verdict: Verdict, cleaner: str) -> None:
        self.document, self.verdict = document, verdict
        self.blocks, self.page = document.blocks, document.tree
        self.labels: dict[int, Label] = {}
        self.title = -1
        self._cleaner = cleaner
        self._named, self._facts = names_of(document)
        self.fields = {fact.field[0] for fact in self._facts if fact.field is not None}
        """Fields that anything on the page is named after."""

    def put(
        self, index: int, role: Role, rule: str, confidence: float, values: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Label a block that has no label yet."""
        if index not in self.labels:
            self.labels[index] = Label(index, role, self._cleaner, rule, confidence, values)

    def told(self, *fields: str) -> bool:
        """Whether a label has read one of these fields."""
        return any(key in fields for label in self.labels.values() for key, _ in label.values)

    def hints(self, index: int) -> int:
        """The :class:`~newsclean.readers.html_tags.Hint` bits of a block."""
        hints: int = self.page.nodes.hints[self.page.owners[index]]
        return hints

    def names(self, index: int, role: Role, steps: int = 2) -> str | None:
        """The word by which the element of a block, or one of those right around it, is named after a field."""
        if role not in self.fields:
            return None
        parent = self.page.nodes.parent
        node: int = self.page.owners[index]
        for _ in range(steps):
            found = self._facts[self._named[node]].field
            if found is not None and found[0] is role:
                return found[1]
            if node == 0:
                return None
            node = parent[node]
        return None

    def furniture(self, index: int) -> Role | None:
        """The removed role that an element around a block is named after; elements around the title say nothing."""
        owners, end = self.page.owners, self.page.nodes.end
        node: int = owners[index]
        title: int = owners[self.title] if self.title >= 0 else 0
        while node and not node <= title < end[node]:
            facts = self._facts[self._named[node]]
            if facts.furniture is not None and not (facts.furniture[1] == "header" and _OWN.intersection(facts.words)):
                return facts.furniture[0]
            node = self.page.nodes.parent[node]
        return None
