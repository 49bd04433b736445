"""Pages as the block labeler sees them, with the share of every block that is body, and a split that holds apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.align import body_shares, tokens
from benchmarks.quality.datasets import held_out, load_pages
from newsclean.cleaners.markup_columns import columns_of
from newsclean.cleaners.markup_listing import said_of
from newsclean.metadata.structured import structured_facts
from newsclean.models.blocks_columns import Columns
from newsclean.readers.html import read_html

__all__ = ["FOLDS", "Sample", "load", "word_scores"]

FOLDS = 5
_ALIKE = 0.55
_FEW = 12


@dataclass(slots=True)
class Sample:
    """One page. ``group`` is its site family, joined with all families whose pages are built from the same template."""

    id: str
    dataset: str
    family: str
    columns: Columns
    texts: list[str]
    gold: str
    shares: list[float]
    counts: list[int]
    template: frozenset[str]
    said: tuple[bool, bool] = (False, False)
    """What the structured data says, see ``newsclean.cleaners.markup_listing.said_of``."""
    group: str = ""

    @property
    def fold(self) -> int:
        """SHA-256 of the group, first 32 bits, modulo :data:`FOLDS`."""
        return int(hashlib.sha256(self.group.encode()).hexdigest()[:8], 16) % FOLDS

    @property
    def measured(self) -> bool:
        """Whether the benchmarks measure on this page's family, so that nothing like it may be trained on."""
        return any(held_out(name) for name in self.group.split("+"))


def load(folders: list[Path]) -> tuple[list[Sample], list[Sample]]:
    """All pages of ``folders``: those that have a gold text, and those that have none, which are lists and no articles."""
    samples = [
        _sample(page.id, page.dataset, page.family, page.html, page.url, page.gold)
        for folder in folders
        for page in load_pages(folder)
    ]
    articles = [sample for sample in samples if sample.gold]
    _join_templates(articles)
    groups = {sample.family: sample.group for sample in articles}
    listings = [sample for sample in samples if not sample.gold]
    for sample in listings:
        sample.group = groups.get(sample.family, sample.family)
    return articles, listings


def _sample(name: str, dataset: str, family: str, html: str, url: str, gold: str) -> Sample:
    document = read_html(html, url=url, encoding="utf-8", size=len(html), sha256="0" * 64)
    texts = [block.text for block in document.blocks]
    columns = columns_of(document)
    template = frozenset(word for words in columns.words for word in words if len(word) > 3)
    counts = [len(tokens(text)) for text in texts]
    said = said_of(structured_facts(document.tree.root, url, document.tree.told))
    return Sample(name, dataset, family, columns, texts, gold, body_shares(texts, gold), counts, template, said)


def _join_templates(samples: list[Sample]) -> None:
    """Families whose pages share most of their class names are one group, named after all of them."""
    leader = {sample.family: sample.family for sample in samples}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for i, one in enumerate(samples):
        for other in samples[:i]:
            if one.family == other.family or min(len(one.template), len(other.template)) < _FEW:
                continue
            shared = len(one.template & other.template)
            if shared > _ALIKE * len(one.template | other.template):
                leader[find(one.family)] = find(other.family)
    members: dict[str, set[str]] = {}
    for sample in samples:
        members.setdefault(find(sample.family), set()).add(sample.family)
    for sample in samples:
        sample.group = "+".join(sorted(members[find(sample.family)]))


def word_scores(texts: list[str], gold: str) -> tuple[float, float, float]:
    """Word precision, recall and F1 of the blocks taken, as bags of words."""
    mine = Counter(word for text in texts for word in tokens(text))
    target = Counter(tokens(gold))
    hit = sum((mine & target).values())
    precision = hit / max(sum(mine.values()), 1)
    recall = hit / max(sum(target.values()), 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0
