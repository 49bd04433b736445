"""What a block that is not body is, told by the elements around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsclean.cleaners.markup_head import names_of
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.readers.html_tags import Hint

if TYPE_CHECKING:
    from newsclean.cleaners.markup_body import Verdict

__all__ = ["furniture_role"]

_TAGS: Final = {
    "nav": Role.NAVIGATION,
    "footer": Role.FOOTER,
    "aside": Role.OTHER_ARTICLE,
    "form": Role.PAGE_TOOLS,
    "button": Role.PAGE_TOOLS,
    "select": Role.PAGE_TOOLS,
    "textarea": Role.PAGE_TOOLS,
    "dialog": Role.PAGE_TOOLS,
}
_MEMO: Final = "html-furniture"
_MAX_STEPS: Final = 12


def furniture_role(document: Document, verdict: Verdict, index: int) -> tuple[Role, str]:
    """Role and rule of a block that is removed: the nearest element around it that names one.

    Elements that also hold the body say nothing about the block.
    """
    named: _Named | None = document.memo.get(_MEMO)
    if named is None:
        named = document.memo[_MEMO] = _Named(document, _body_nodes(document, verdict))
    node = document.tree.owners[index]
    found = named.role_of(node)
    if found is not None and named.steps[node] < _MAX_STEPS:
        return found
    hints = document.tree.nodes.hints[node]
    if hints & Hint.HIDDEN:
        return Role.OTHER, "hidden"
    return _by_place(document, verdict, index, hints)


class _Named:
    """Elements of a page with the role that they or the nearest element around them name."""

    def __init__(self, document: Document, shared: set[int]) -> None:
        self._nodes = document.tree.nodes
        self._named, self._facts = names_of(document)
        self._rules: dict[int, tuple[Role, str]] = {}
        self._known: dict[int, tuple[Role, str] | None] = dict.fromkeys(shared)
        self.steps: dict[int, int] = dict.fromkeys(shared, 0)
        """How many elements up the one that names the role is."""

    def role_of(self, node: int) -> tuple[Role, str] | None:
        """Role and rule; None where only elements that hold the body would name one."""
        known, steps, parent = self._known, self.steps, self._nodes.parent
        way = []
        while node not in known:
            found = self._own(node)
            if found is not None or node == 0:
                known[node] = found
                steps[node] = 0
                break
            way.append(node)
            node = parent[node]
        found, step = known[node], steps[node]
        for below in reversed(way):
            step += 1
            known[below] = found
            steps[below] = step
        return found

    def _own(self, node: int) -> tuple[Role, str] | None:
        place = self._named[node]
        found = self._facts[place].furniture
        if found is not None:
            rule = self._rules.get(place)
            if rule is None:
                rule = self._rules[place] = (found[0], f"names: {found[1]}")
            return rule
        tag = self._nodes.tag[node]
        role = _TAGS.get(tag)
        return None if role is None else (role, f"element: {tag}")


def _by_place(document: Document, verdict: Verdict, index: int, hints: int) -> tuple[Role, str]:
    block = document.blocks[index]
    if not any(c.isalnum() for c in block.text):
        return Role.DECORATION, "no letters"
    evidence = block.evidence
    links = evidence.link_density if evidence is not None else 0.0
    if hints & Hint.NAV:
        return Role.NAVIGATION, "inside nav"
    if hints & Hint.FOOTER:
        return Role.FOOTER, "inside footer"
    if verdict.last < 0:
        return Role.OTHER, "labeler: no body"
    if index < verdict.first:
        return (Role.NAVIGATION, "links before the body") if links > 0.5 else (Role.OTHER, "labeler: before the body")
    if index > verdict.last:
        return (Role.OTHER_ARTICLE, "links after the body") if links > 0.5 else (Role.OTHER, "labeler: after the body")
    return (Role.READ_ALSO, "links inside the body") if links > 0.5 else (Role.OTHER, "labeler: inside the body")


def _body_nodes(document: Document, verdict: Verdict) -> set[int]:
    """Containers that hold more than a tenth of the body's text."""
    page = document.tree
    parent = page.nodes.parent
    amount: dict[int, int] = {}
    total = 0
    for block, owner, inside in zip(document.blocks, page.owners, verdict.body, strict=True):
        if inside:
            total += len(block.text)
            amount[owner] = amount.get(owner, 0) + len(block.text)
    for node in sorted(amount, reverse=True):
        size, at = amount[node], node
        while at:
            at = parent[at]
            amount[at] = amount.get(at, 0) + size
    return {node for node, size in amount.items() if size * 10 > total}
