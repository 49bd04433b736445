"""From many labels to one per block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsclean.document.block import Block, Label
from newsclean.document.roles import KEPT, Role

__all__ = ["CONFIDENT", "Decision", "decide"]

CONFIDENT = 0.5
"""A label of at least this confidence stands against all that come after it."""


class Decision(NamedTuple):
    """A block, the label that won, and those that lost, in the order the cleaners were asked."""

    block: Block
    label: Label
    losers: tuple[Label, ...] = ()

    @property
    def role(self) -> Role:
        """What the block is."""
        return self.label.role

    @property
    def kept(self) -> bool:
        """Whether the block reaches the article."""
        return self.label.role in KEPT


def decide(blocks: Sequence[Block], labels: Iterable[Label]) -> list[Decision]:
    """One decision a block. ``labels`` come in the order of the cleaners: the first confident one wins, else the most
    confident, the earlier on a tie. A block nobody labelled is removed as ``other``, under the rule ``unclaimed``."""
    by_block: list[list[Label]] = [[] for _ in blocks]
    for label in labels:
        by_block[label.block].append(label)
    decisions = []
    for block, found in zip(blocks, by_block, strict=True):
        if not found:
            label = Label(block=block.index, role=Role.OTHER, cleaner="newsclean", rule="unclaimed", confidence=0.0)
            decisions.append(Decision(block, label))
            continue
        if len(found) == 1:
            decisions.append(Decision(block, found[0]))
            continue
        for winner in found:
            if winner.confidence >= CONFIDENT:
                break
        else:
            winner = max(found, key=lambda label: label.confidence)
        decisions.append(Decision(block, winner, tuple([label for label in found if label is not winner])))
    return decisions
