"""Flattened text, cut into blocks whose spans tile it."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, pairwise
from typing import NamedTuple

from newsclean.document.block import Block, TextSource
from newsclean.document.document import Document, Notice
from newsclean.document.normalize import clean_text, is_blank, is_common
from newsclean.errors import EmptyInput

__all__ = ["cut", "read_text"]

_BULLET = re.compile(r"(?:[•·▪●◦∙‣■□►▶➤*]|[-–—](?=\s))\s*(?=\S)")
_LEAST_WRAPPED = 8
"""Fewer lines are never taken for a hard-wrapped text."""
_WIDEST_WRAP, _FEW_WIDE = 140, 200
"""A text is not hard-wrapped where more than one line in so many is wider: an address has no place to be cut."""
_DOUBLE, _FEW_CLOSE = 2, 50
"""Lines from one visible line to the next in double-spaced text, and one in how many may stand close."""
_RUN_ON = 1000
"""Characters of a line from which a text of a few lines counts as one without line breaks."""
_GOING_ON = re.compile(r"[,،、，;؛；：。．！？)\]）」』](?![,)])|[.:!?؟](?=\s|$)|['’]s\b")
"""How no line of a page begins, but the rest of a sentence."""
_LONGEST = 4000
"""Characters of a line from which on nothing is added to it."""
_TORN = 2
"""Lines that begin with such a mark, from which on a page's small letters tell, too, that a line goes on: lists may be
all in small letters."""
_SOME, _LINK, _SHORT_WORD = 2, 3, 5
_CLOSED = ".!?؟。．！？…:：,،、，;؛；|•"
_COMMAS = frozenset(",،、，：")
_OPEN_ENDS = "、，："
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


class _Piece(NamedTuple):
    start: int
    line: int
    blanks: int
    shown: str


def cut(text: str) -> list[Block]:
    """Blocks of ``text``, one a visible line; lines of a hard-wrapped text are joined to paragraphs, and a text that
    stands in one long line is cut into sentences.

    Their spans join to ``text``: a block's span ends where the next begins, so it takes the line feeds and empty lines
    after it; what stands before the first goes to the first.

    >>> [(b.text, text[b.source.start:b.source.end]) for text in ["\\n a\\n\\nb"] for b in cut(text)]
    [('a', '\\n a\\n\\n'), ('b', 'b')]
    """
    lines = text.splitlines(keepends=True)
    pieces = _lines(lines, plain=_is_plain(text))
    if not pieces:
        return []
    pieces = _mended(pieces)
    if len(pieces) >= _LEAST_WRAPPED:
        pieces = _joined(lines, pieces)
    elif any(len(piece.shown) >= _RUN_ON for piece in pieces):
        pieces = _sentences(text, pieces)
    ends = [piece.start for piece in pieces[1:]] + [len(text)]
    blocks = []
    for index, ((start, line, blanks, shown), end) in enumerate(zip(pieces, ends, strict=True)):
        source = TextSource(start if index else 0, end, line)
        if shown[0].isalnum():
            blocks.append(Block(index, shown, source, "line", None, blanks))
        else:
            blocks.append(_marked(index, shown, source, blanks))
    return blocks


def _is_plain(text: str) -> bool:
    """Whether nothing in a line of ``text`` needs to be cleaned but white space: one look at all lines together."""
    return is_common(text) and unicodedata.is_normalized("NFC", text)


def _lines(lines: list[str], *, plain: bool) -> list[_Piece]:
    pieces = []
    at, number, blanks = 0, 1, 0
    for line in lines:
        if not plain:
            shown = clean_text(line)
        elif "  " in line or "\u00a0" in line:
            shown = " ".join(line.split())
        else:
            shown = line.strip()
        if shown and (shown[0].isalnum() or not is_blank(shown)):
            pieces.append(_Piece(at, number, blanks, shown))
            blanks = 0
        else:
            blanks += 1
        at += len(line)
        number += line.endswith(("\n", "\r"))
    return pieces


def _mended(pieces: list[_Piece]) -> list[_Piece]:
    """Sentences that a link or a bold word tore apart, whole again: a line that begins as none does, with a comma, goes
    on with the line above, and what follows a comma that stands alone goes on with it.

    >>> [p.shown for p in _mended([_Piece(0, 1, 0, "the minister"), _Piece(13, 2, 0, ", who"), _Piece(19, 3, 0, "said")])]
    ['the minister, who', 'said']
    """
    marks = [not piece.shown[0].isalnum() and _GOING_ON.match(piece.shown) is not None for piece in pieces]
    torn = sum(marks) >= _TORN
    if not torn and not any(marks) and not any(piece.shown[-1] in _OPEN_ENDS for piece in pieces):
        return pieces
    out: list[_Piece] = []
    open_end = False
    for piece, goes_on in zip(pieces, marks, strict=True):
        shown = piece.shown
        near = piece.blanks == 0 or (goes_on and len(shown) == 1)
        last = out[-1] if out and near and len(out[-1].shown) <= _LONGEST else None
        if last is not None and (open_end or (goes_on and last.shown[-1] not in _CLOSED)):
            out[-1] = _put(last, shown, "" if goes_on or last.shown[-1] in _OPEN_ENDS else " ")
            open_end = shown in _COMMAS or shown[-1] in _OPEN_ENDS
        elif last is not None and torn and shown[0].islower() and _may_go_on(last.shown, shown):
            link = last.blanks == 0 and last.shown.count(" ") <= _LINK
            if link and len(out) > 1 and _breaks_off(out[-2].shown):
                out[-2:] = [_put(out[-2], last.shown, " ")]
            out[-1] = _put(out[-1], shown, " ")
            open_end = False
        else:
            out.append(piece)
            open_end = False
    return out


def _put(piece: _Piece, shown: str, gap: str) -> _Piece:
    return piece._replace(shown=f"{piece.shown}{gap}{shown}")


def _may_go_on(above: str, shown: str) -> bool:
    """Whether a line that begins with a small letter is the rest of the one above: that has no end, and both together
    are more than two words of a menu."""
    return (above[-1].isalnum() or above[-1] in ",،\"'’”»)") and above.count(" ") + shown.count(" ") >= _SOME


def _breaks_off(above: str) -> bool:
    """Whether a line ends in the middle of a sentence, with a short word in small letters (after, the, of); headings and
    names do not."""
    rest, _, word = above.rpartition(" ")
    return " " in rest and len(word) <= _SHORT_WORD and word.isalpha() and word.islower()


def _joined(lines: list[str], pieces: list[_Piece]) -> list[_Piece]:
    """Paragraphs of a hard-wrapped text; of any other, its lines as they are."""
    wide = sum(len(piece.shown) > _WIDEST_WRAP for piece in pieces)
    if wide * _FEW_WIDE > len(pieces):
        return pieces
    from newsclean.models.segment import is_hard_wrapped, join_wrapped

    bare = [line.rstrip() for line in lines]
    starts = [0, *accumulate(map(len, lines))]
    places = _double_spaced(bare) or range(len(bare))
    rows = [bare[place] for place in places]
    if not is_hard_wrapped(rows):
        return pieces
    by_start = {piece.start: piece for piece in pieces}
    joined = []
    for first, last in join_wrapped(rows):
        parts = [by_start[starts[place]] for place in places[first:last] if starts[place] in by_start]
        if parts:
            joined.append(parts[0]._replace(shown=" ".join(part.shown for part in parts)))
    return joined


def _double_spaced(bare: list[str]) -> list[int]:
    """Of a text whose lines have an empty one between each two, the places of its lines and of one of the empty ones where
    several stand together; none of any other text."""
    shown = [place for place, line in enumerate(bare) if line]
    gaps = [after - before for before, after in pairwise(shown)]
    if len(gaps) < _LEAST_WRAPPED or gaps.count(1) * _FEW_CLOSE > len(gaps):
        return []
    places = shown[:1]
    for place, gap in zip(shown[1:], gaps, strict=True):
        places += [place - 1, place] if gap > _DOUBLE else [place]
    return places


def _sentences(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Sentences of the long lines of a text that has hardly any line breaks."""
    from newsclean.models.segment import split_run_on

    out = []
    ends = [piece.start for piece in pieces[1:]] + [len(text)]
    for piece, end in zip(pieces, ends, strict=True):
        if len(piece.shown) < _RUN_ON:
            out.append(piece)
            continue
        blanks = piece.blanks
        for start, stop in split_run_on(text[piece.start : end]):
            shown = clean_text(text[piece.start + start : piece.start + stop])
            if shown and not is_blank(shown):
                out.append(_Piece(piece.start + start, piece.line, blanks, shown))
                blanks = 0
    return out or pieces


def _marked(index: int, text: str, source: TextSource, blanks: int) -> Block:
    """A line that does not begin with a letter or digit: it may be an item of a list or a heading."""
    bullet = _BULLET.match(text)
    if bullet and bullet.end() < len(text):
        return Block(index, text, source, "list_item", None, blanks, bullet.group().strip())
    heading = _MARKDOWN_HEADING.match(text)
    if heading:
        return Block(index, text, source, "heading", len(heading.group(1)), blanks)
    return Block(index, text, source, "line", None, blanks)
