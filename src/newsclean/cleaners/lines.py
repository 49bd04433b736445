"""The learned cleaner for flattened text: every line gets a label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsclean.cleaners.furniture import matches
from newsclean.document.block import Block, Label
from newsclean.document.document import Document
from newsclean.document.roles import REMOVED, Role
from newsclean.document.shape import Shape
from newsclean.options import Options

if TYPE_CHECKING:
    from newsclean.models.lines import LineScore

__all__ = ["Lines", "body_cut", "listing_chance", "scores"]

_MOST, _LEAST = 0.55, 0.2
"""Bounds of the probability at which lines of a page belong to its body."""
_LEAST_LISTING = 8
"""A list of stories has more lines than this."""
_LONG = 40
"""Words of a line that is taken for article text when nothing else is."""
_SURE_ROLE = 0.5
_OPENING = 0.5
"""Share of a line up to which a footer's phrase may be the opening of a sentence, of which the model is not told."""
_WHOLE = 0.95
"""The score of lines that are all prose: a text without furniture comes out whole, and the model is not asked."""
_CONFIDENT = 0.5
"""The model has the last word, so it never says less."""
_MEMO, _CUT = "line scores", "body cut"


def scores(document: Document, options: Options) -> tuple[LineScore, ...]:
    """The model's score of each line of ``document``; worked out once a document."""
    found: tuple[LineScore, ...] | None = document.memo.get(_MEMO)
    if found is None:
        found = document.memo[_MEMO] = tuple(_scored(document, options))
    return found


def _scored(document: Document, options: Options) -> Sequence[LineScore]:
    from newsclean.models.lines import LineScore, score_lines

    hints, shapes = matches(document, options), document.shapes
    if all(shape.prose for shape in shapes) and not any(hints):
        return [LineScore(_WHOLE, Role.PARAGRAPH.value, _WHOLE)] * len(shapes)
    return score_lines(
        [block.text for block in document.blocks],
        [block.blanks for block in document.blocks],
        [
            hint.role if hint and not (hint.category == "footer" and hint.share < _OPENING and shape.prose) else None
            for hint, shape in zip(hints, shapes, strict=True)
        ],
        [hint is not None and hint.heading for hint in hints],
    )


def body_cut(document: Document, options: Options) -> float:
    """The probability from which lines of this page belong to its body: that of the highest expected F1.

    Half of the best expected F1 is the best cut (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize
    F1 measure"), so a page that the model is unsure of as a whole keeps its likeliest lines.
    """
    found: float | None = document.memo.get(_CUT)
    if found is None:
        pairs = zip(scores(document, options), document.shapes, strict=True)
        ranked = sorted(((score.body, shape.words) for score, shape in pairs), reverse=True)
        expected = sum(chance * count for chance, count in ranked)
        hit = taken = best = 0.0
        for chance, count in ranked:
            hit += chance * count
            taken += count
            best = max(best, 2 * hit / (taken + expected) if expected else 0.0)
        cut = min(_MOST, max(_LEAST, best / 2))
        if not ranked or ranked[0][0] < cut:
            cut = _last_resort(document, options, cut)
        found = document.memo[_CUT] = cut
    return found


def _last_resort(document: Document, options: Options, cut: float) -> float:
    """Where no line reaches the cut, long prose does: a page with a real paragraph is never lost whole."""
    pairs = zip(scores(document, options), document.shapes, strict=True)
    return max((score.body for score, shape in pairs if shape.prose and shape.words >= _LONG), default=cut)


def listing_chance(document: Document, options: Options) -> float:
    """Probability that a flattened page is a list of stories and no article; 0 for HTML."""
    if document.kind != "text" or len(document.blocks) < _LEAST_LISTING:
        return 0.0
    from newsclean.models.lines import page_kind

    return page_kind(scores(document, options), [block.text for block in document.blocks])


class Lines:
    """Body or not, and as what, by the learned model; the last word on lines that no rule names."""

    name = "model"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """A label for every line of flattened text; HTML gets none."""
        if document.kind != "text":
            return
        last = len(document.blocks) - 1
        cut = body_cut(document, options)
        for block, score, shape in zip(document.blocks, scores(document, options), document.shapes, strict=True):
            if score.body >= cut:
                role = _body_role(block, score, shape, final=block.index == last)
                yield self._label(block, role, f"body {score.body:.2f}", max(score.body, _CONFIDENT))
            else:
                role = _furniture_role(score)
                sure = max(1 - score.body, _CONFIDENT)
                yield self._label(block, role, f"body {score.body:.2f}, {score.role} {score.role_confidence:.2f}", sure)

    def _label(self, block: Block, role: Role, rule: str, confidence: float) -> Label:
        return Label(block=block.index, role=role, cleaner=self.name, rule=rule, confidence=confidence)


def _body_role(block: Block, score: LineScore, shape: Shape, *, final: bool) -> Role:
    if block.kind == "list_item":
        return Role.LIST_ITEM
    if block.kind == "heading":
        return Role.HEADING
    if score.role == Role.QUOTE and score.role_confidence >= _SURE_ROLE:
        return Role.QUOTE
    heading = score.role == Role.HEADING or (shape.words <= 12 and score.role != Role.PARAGRAPH)
    if heading and not shape.prose and not final and shape.words <= 25 and block.text[-1] not in ":：":
        return Role.HEADING
    return Role.PARAGRAPH


def _furniture_role(score: LineScore) -> Role:
    """The model's role if it is one that is removed, or a caption it is sure of; bylines, dates and titles are read by
    rules, and what they do not read is not one."""
    role = Role(score.role)
    if role is Role.CAPTION and score.role_confidence >= _SURE_ROLE:
        return role
    return role if role in REMOVED else Role.OTHER
