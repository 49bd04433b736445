"""What a site's code said of a page, as labels of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from newsclean.document.block import Label
from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text, fold, word_count
from newsclean.document.roles import Role
from newsclean.metadata.structured import Fact

__all__ = ["HookResult", "Part", "failed", "key_of", "label_hook"]

_ROLES: Final = {
    "title": Role.TITLE,
    "lead": Role.LEAD,
    "author": Role.BYLINE,
    "section": Role.SECTION,
    "tag": Role.TAGS,
}
_BODY_ROLE: Final = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "quote": Role.QUOTE,
    "table": Role.TABLE,
}
_VALUE: Final = {"published": "date"}
_MIN_WORDS: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One item of a body: its text, and the elements of the page it was made of (none for a plain text)."""

    text: str
    elements: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class HookResult:
    """What a site's function said, checked."""

    host: str
    facts: tuple[Fact, ...]
    body: tuple[Part, ...]


def failed(host: str, what: str) -> Notice:
    """The notice that the code for ``host`` is left aside, and why."""
    message = f"the code for {host} {clean_text(what)[:300]}; cleaned as a page without it"
    return Notice(code="site-code-failed", message=message)


def key_of(text: str) -> str:
    """``text`` as it is looked for: folded, without any white space."""
    return "".join(fold(text).split())


def label_hook(document: Document, result: HookResult) -> list[Label] | Notice:
    """Labels for the blocks of ``document`` that ``result`` names.

    With a body every block gets one; without, only those that show a field. A body text that is not on the page, or a
    body of almost nothing, gives a notice.
    """
    keys = [key_of(block.text) for block in document.blocks]
    name = f"site:{result.host}"
    inside = [False] * len(keys)
    at = 0
    for part in result.body:
        found = _blocks_of(part, document, keys, at)
        if found is None:
            return failed(result.host, f"returned a text that is not on the page: {clean_text(part.text)[:80]!r}")
        for index in found:
            inside[index] = True
        at = max(found, default=at - 1) + 1
    if result.body and sum(word_count(document.blocks[i].text) for i, kept in enumerate(inside) if kept) < _MIN_WORDS:
        return failed(result.host, "returned almost no body")
    labels = _field_labels(result, keys, name)
    for index, kept in enumerate(inside):
        if kept and index not in labels:
            role = _BODY_ROLE.get(document.blocks[index].kind, Role.PARAGRAPH)
            labels[index] = Label(block=index, role=role, cleaner=name, rule="body: code")
    if result.body:
        from newsclean.sites.markup import _label_rest

        _label_rest(document, labels, inside, name, captions=False)
        _add_values(labels, inside, result)
    return [labels[index] for index in sorted(labels)]


def _blocks_of(part: Part, document: Document, keys: Sequence[str], at: int) -> list[int] | None:
    """Blocks that ``part`` is made of, looked for from block ``at`` on; None where some of its text is in none."""
    if part.elements:
        found = [index for index, element in enumerate(document.tree.elements) if element in part.elements]
        if found:
            return found
    found = []
    for line in (line for line in map(key_of, part.text.splitlines()) if line):
        run = _run(line, keys, at) or _run(line, keys, 0)
        if not run:
            whole = key_of(part.text)
            return _run(whole, keys, at) or _run(whole, keys, 0) or None
        found += run
        at = run[-1] + 1
    return found


def _run(wanted: str, keys: Sequence[str], at: int) -> list[int]:
    """The first blocks from ``at`` on whose texts together are ``wanted``, or the block of which it is most."""
    for start in range(at, len(keys)):
        rest, stop = wanted, start
        while rest and stop < len(keys) and keys[stop] and rest.startswith(keys[stop]):
            rest = rest[len(keys[stop]) :]
            stop += 1
        if not rest:
            return list(range(start, stop))
        if wanted in keys[start] and len(wanted) * 2 >= len(keys[start]):
            return [start]
    return []


def _field_labels(result: HookResult, keys: Sequence[str], name: str) -> dict[int, Label]:
    labels: dict[int, Label] = {}
    for fact in result.facts:
        role = _ROLES.get(fact.field)
        if role is None:
            continue
        wanted = key_of(fact.value)
        for index, key in enumerate(keys):
            near = wanted in key and len(key) <= len(wanted) + 20 if fact.field == "author" else wanted == key
            if not near or (index in labels and labels[index].role is not role):
                continue
            before = labels[index].values if index in labels else ()
            values = (*before, (fact.field, fact.value))
            labels[index] = Label(block=index, role=role, cleaner=name, rule=f"{fact.field}: code", values=values)
            break
    return labels


def _add_values(labels: dict[int, Label], inside: Sequence[bool], result: HookResult) -> None:
    """Give what no block of its own shows to the first block of the body."""
    shown = {pair for label in labels.values() for pair in label.values}
    pairs = [(_VALUE.get(fact.field, fact.field), fact.value) for fact in result.facts if fact.field != "title"]
    missing = tuple(pair for pair in pairs if pair not in shown)
    first = next(index for index, kept in enumerate(inside) if kept)
    if missing:
        label = labels[first]
        labels[first] = label._replace(values=(*label.values, *missing))
