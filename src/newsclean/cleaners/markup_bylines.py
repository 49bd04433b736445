"""Who and when: what the elements and the words of a block next to a headline say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from newsclean.cleaners.markup_names import field_of
from newsclean.document.normalize import clean_text
from newsclean.document.roles import Role
from newsclean.metadata.dates import is_date_line
from newsclean.metadata.names import is_other_opening
from newsclean.metadata.signed_lines import Values, day_values, signers

__all__ = ["authors_in", "day_in", "day_of"]

_INLINE_PARTS: Final = ("a", "span", "b", "strong", "em", "i", "cite")


def authors_in(element: Any, shown: str) -> tuple[str, list[str]] | None:
    """Rule and names where a part of ``element`` says that it holds the author; ``shown`` is the text of its block."""
    for part in element.iter("a", "span"):
        if part.get("rel") == "author" or "author" in (part.get("itemprop") or ""):
            return "element: author", [name] if (name := _text(part)) else []
    for part, word in _named_parts(element, Role.BYLINE):
        for inner in (part, *part.iterdescendants("a")):  # the name may be a link, and a job stand beside it
            text = _text(inner)
            before, stands, _ = shown.partition(text) if text else ("", "", "")
            if stands and not is_other_opening(before) and (names := signers(text)):
                return f"names: {word}", names
    return None


def day_in(element: Any, shown: str) -> Values:
    """The date where a part of ``element`` says that it holds it, else the only one in ``shown``, the block's text."""
    for part, _ in _named_parts(element, Role.DATE):
        text = _text(part)
        if text in shown and is_date_line(text):
            return [("date", text)]
    return day_values(shown)


def day_of(when: Any) -> Values:
    """The date of a ``time`` element."""
    stamp = clean_text(when.get("datetime") or "") or _text(when)
    return [("date", stamp)] if stamp else []


def _named_parts(element: Any, role: Role) -> Iterator[tuple[Any, str]]:
    """Inline parts whose class names the field, and the word that does."""
    for part in element.iter(*_INLINE_PARTS):
        field = field_of(part.get("class") or "")
        if field is not None and field[0] is role:
            yield part, field[1]


def _text(element: Any) -> str:
    return clean_text("".join(element.itertext()))
