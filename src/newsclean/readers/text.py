"""Flattened text, cut into blocks whose spans tile it."""

from __future__ import annotations

import re

from newsclean.document.block import Block, TextSource
from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text, is_blank
from newsclean.errors import EmptyInput

__all__ = ["cut", "read_text"]

_BULLET = re.compile(r"(?:[•·▪●◦∙‣■□►▶➤*]|[-–—](?=\s))\s*(?=\S)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+\S")


def read_text(
    text: str, *, url: str | None, encoding: str, size: int, sha256: str, notices: tuple[Notice, ...] = ()
) -> Document:
    """A document of flattened ``text`` (decoded, no lone surrogates). ``size`` is in bytes. Raises ``EmptyInput``."""
    blocks = cut(text)
    if not blocks:
        raise EmptyInput("holds nothing but white space")
    return Document(
        kind="text",
        text=text,
        blocks=tuple(blocks),
        url=url,
        encoding=encoding,
        bytes=size,
        sha256=sha256,
        notices=notices,
    )


def cut(text: str) -> list[Block]:
    """Blocks of ``text``, one a visible line. Their spans join to ``text``: a block's span ends where the next
    begins, so it takes the line feeds and empty lines after it; what stands before the first goes to the first.

    >>> [(b.text, text[b.source.start:b.source.end]) for text in ["\\n a\\n\\nb"] for b in cut(text)]
    [('a', '\\n a\\n\\n'), ('b', 'b')]
    """
    starts: list[tuple[int, int, int, str]] = []
    at, number, blanks = 0, 1, 0
    for line in text.splitlines(keepends=True):
        seen = clean_text(line)
        if seen and not is_blank(seen):
            starts.append((at, number, blanks, seen))
            blanks = 0
        else:
            blanks += 1
        at += len(line)
        number += line.endswith(("\n", "\r"))
    blocks = []
    for index, (start, number, blanks, seen) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(text)
        source = TextSource(start=start if index else 0, end=end, line=number)
        blocks.append(_block(index, seen, source, blanks))
    return blocks


def _block(index: int, text: str, source: TextSource, blanks: int) -> Block:
    first = text[0]
    if not first.isalnum():
        bullet = _BULLET.match(text)
        if bullet and bullet.end() < len(text):
            return Block(
                index=index, text=text, source=source, kind="list_item", blanks=blanks, bullet=bullet.group().strip()
            )
        if first == "#":
            heading = _MARKDOWN_HEADING.match(text)
            if heading:
                level = len(heading.group(1))
                return Block(index=index, text=text, source=source, kind="heading", level=level, blanks=blanks)
    return Block(index=index, text=text, source=source, blanks=blanks)
