"""Which blocks of a page are body: the learned labeler's word, kept with the document for those who ask later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newsclean.document.document import Document

__all__ = ["THRESHOLD", "Verdict", "verdict_of"]

THRESHOLD: Final = 0.5
_UNSURE: Final = 0.49
_MEMO: Final = "html-body"


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """For each block the probability that it is body (lead included), and what follows from it."""

    scores: tuple[float, ...]
    body: tuple[bool, ...]
    unsure: bool
    """Whether the page as a whole is worth a second opinion."""
    first: int
    """Number of the first body block, or of blocks where there is none."""
    last: int
    """Number of the last body block, or -1."""

    def confidence(self, index: int, *, asked: bool) -> float:
        """How sure the labeler is of its choice; under one half where the page is to be judged again."""
        score = self.scores[index]
        sure = score if self.body[index] else 1.0 - score
        sure = min(max(sure, 0.5), 1.0)
        return min(sure, _UNSURE) if asked and self.unsure and sure < 0.9 else sure

    def rule(self, index: int) -> str:
        """The rule's name for a body block."""
        return f"labeler: body {self.scores[index]:.2f}"


def verdict_of(document: Document) -> Verdict:
    """The verdict on ``document``, worked out once."""
    found = document.memo.get(_MEMO)
    if found is None:
        found = document.memo[_MEMO] = _judge(document)
    verdict: Verdict = found
    return verdict


def _judge(document: Document) -> Verdict:
    scores = _scores(document)
    body = tuple(score >= THRESHOLD for score in scores)
    kept = [index for index, inside in enumerate(body) if inside]
    first, last = (kept[0], kept[-1]) if kept else (len(scores), -1)
    return Verdict(scores, body, unsure=True, first=first, last=last)


def _scores(document: Document) -> tuple[float, ...]:
    page = document.tree
    parent = page.nodes.parent
    weight: dict[int, float] = {}
    prose: list[float] = []
    for block, owner, linked in zip(document.blocks, page.owners, page.linked, strict=True):
        size = len(block.text)
        good = size - 2 * linked if size >= 60 and linked * 3 < size else 0
        prose.append(good)
        node, share = owner, 1.0
        for _ in range(4):
            if good <= 0 or node == 0:
                break
            weight[node] = weight.get(node, 0.0) + good * share
            node, share = parent[node], share * 0.75
    if not weight:
        return tuple(0.85 if good > 0 else 0.15 for good in prose)
    best = max(weight, key=lambda node: (weight[node], -node))
    inside = [False] * len(parent)
    inside[best] = True
    for node in range(best + 1, len(parent)):
        inside[node] = inside[parent[node]]
    return tuple(
        0.85
        if inside[owner] and (good > 0 or (linked * 2 < len(block.text) and block.kind in ("paragraph", "heading")))
        else 0.15
        for block, owner, linked, good in zip(document.blocks, page.owners, page.linked, prose, strict=True)
    )
