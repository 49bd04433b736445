"""The generic cleaner for HTML: what the markup says, and a learned labeler for what is body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsclean.cleaners.markup_body import verdict_of
from newsclean.cleaners.markup_fields import find_fields
from newsclean.cleaners.markup_furniture import furniture_role
from newsclean.cleaners.markup_phrases import named_by_phrases
from newsclean.cleaners.portraits import WHY, authors_of, portraits
from newsclean.document.block import Label
from newsclean.document.document import Document
from newsclean.document.roles import Role
from newsclean.options import Options

__all__ = ["Markup"]

_BODY_ROLE: Final = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "quote": Role.QUOTE,
    "table": Role.TABLE,
}


_LINE: Final = 80
"""Characters of a line that stands above a headline and is no text, at most."""


class Markup:
    """Labels every block of an HTML page.

    Fields come from what their elements are (``figcaption``, ``time``, an ``h1`` that agrees with the page's own title),
    the body from the learned labeler, and the role of what is removed from the elements around it. Where the labeler
    is unsure its label has a confidence under one half, so that a later cleaner may decide.
    """

    name: str = "markup"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """One label a block; nothing for a document that is not HTML."""
        if document.kind != "html" or not document.blocks:
            return
        verdict = verdict_of(document)
        fields = find_fields(document, verdict)
        confidences = verdict.confidences(asked=verdict.asks(options.effort))
        title = next((index for index, label in fields.items() if label.role is Role.TITLE), 0)
        labels = []
        for block, inside, confidence in zip(document.blocks, verdict.body, confidences, strict=True):
            index = block.index
            label = fields.get(index)
            if label is None:
                if inside and index < title and len(block.text) <= _LINE:
                    role, rule = Role.OTHER, "short line above the title"
                elif inside:
                    role, rule = _BODY_ROLE.get(block.kind, Role.PARAGRAPH), verdict.rule(index)
                else:
                    role, rule = furniture_role(document, verdict, index)
                label = Label(index, role, self.name, rule, confidence)
            labels.append(label)
        body = [index for index, label in enumerate(labels) if label.role is Role.PARAGRAPH]
        for place in portraits([document.blocks[index].text for index in body], authors_of(labels)):
            labels[body[place]] = Label(body[place], Role.OTHER, self.name, WHY, 0.7)
        yield from named_by_phrases(document, options, labels)
