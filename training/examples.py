"""Labelled pages as arrays: features, targets and weights."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.quality.datasets import Page, held_out
from newsclean.cleaners.phrases import languages_for, matcher_for
from newsclean.document.normalize import clean_text
from newsclean.models.features import STEP, page_features
from training.bank import Bank
from training.corpus import Lines
from training.spoil import unspaced
from training.synth import Story, make_page
from training.weak import ROLES

__all__ = ["Example", "hints_of", "stories_of_bodies", "stories_of_pages", "synthetic", "to_example"]

_ROLE_AT = {role: number for number, role in enumerate(ROLES)}
_LEAST_STORIES = 5
_LINE_COST = 10
"""Words that a body line of a made page counts for besides its own: short ones are to be kept as surely as long ones."""


@dataclass
class Example:
    """One page. ``rows`` are features in steps; ``weight`` is of the body decision, ``trust`` of the role."""

    rows: npt.NDArray[np.uint16]
    body: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float32]
    role: npt.NDArray[np.int64]
    trust: npt.NDArray[np.float32]
    page: Lines


def hints_of(texts: Sequence[str]) -> tuple[list[str | None], list[bool]]:
    """What the phrases say of each line: a role or ``None``, and whether it opens a list of other stories."""
    matcher = matcher_for(languages_for("\n".join(texts)[:6000]))
    found = [matcher.match(text) for text in texts]
    return [hit.role if hit else None for hit in found], [bool(hit and hit.heading) for hit in found]


def draw(key: str) -> float:
    """A number in [0, 1) that depends on ``key`` alone."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def to_example(page: Lines, *, hints: bool = True, caseless: bool = False, dense: bool = False) -> Example:
    """Features and targets of ``page``; without ``hints`` the phrases are not asked.

    With ``caseless`` its script has no capitals, with ``dense`` no spaces either; phrases are found all the same.
    """
    found: tuple[list[Any], list[bool]] = ([None] * len(page.texts), [False] * len(page.texts))
    if hints:
        found = hints_of(page.texts)
    if dense:
        page = unspaced(page)
    rows = page_features(page.texts, page.blanks, *found, caseless=caseless)
    words = np.array(page.words, np.float32)
    body = np.array(page.body, np.float32)
    mass = max(float(words[body > 0].sum()), 60.0)
    least = 2 + _LINE_COST * body if page.flattener == "synthetic" else 2
    weight = (np.minimum(words, 120) + least) / mass
    weight *= min(1.0, 3.0 / float(weight.sum()))
    trust = np.array(page.trust, np.float32) / max(len(words), 15)
    return Example(
        rows=np.rint(rows * STEP).astype(np.uint16),
        body=body,
        weight=weight.astype(np.float32),
        role=np.array([_ROLE_AT.get(role, len(ROLES) - 1) for role in page.roles]),
        trust=trust.astype(np.float32),
        page=page,
    )


def stories_of_bodies(rows: Sequence[dict[str, Any]], language: str = "ar") -> list[Story]:
    """Stories of an ``articles.jsonl``; every tenth-part of them is a family of its own, for holding out."""
    out: list[Story] = []
    for row in rows:
        parts = [clean_text(part) for part in row["body"].split("\n")]
        parts = [part for part in parts if part]
        title = clean_text(row["title"] or "")
        if not parts or not title:
            continue
        lead = parts.pop(0) if len(parts) > 2 and draw(row["id"]) < 0.8 else ""
        out.append(
            Story(
                key=f"bodies/{row['id']}",
                family=f"bodies-{int(row['id']) % 40}",
                language=language,
                title=title,
                paragraphs=tuple((part, _role(part)) for part in parts),
                author=clean_text(row.get("author") or ""),
                lead=lead,
            )
        )
    return out


def stories_of_pages(pages: Sequence[Page]) -> list[Story]:
    """Stories from the gold of whole pages."""
    out: list[Story] = []
    for page in pages:
        parts = [clean_text(part) for part in page.gold.split("\n\n")]
        parts = [part for part in parts if part]
        title = clean_text(page.title)
        if len(parts) < 2 or not title or page.language == "und":
            continue
        summary = str(page.meta.get("summary") or "")
        lead = parts.pop(0) if clean_text(summary).strip("[]'\"")[:40] == parts[0][:40] else ""
        out.append(
            Story(
                key=f"{page.dataset}/{page.id}",
                family=page.family,
                language=page.language,
                title=title,
                paragraphs=tuple((part, _role(part)) for part in parts),
                lead=lead,
            )
        )
    return out


def _role(part: str) -> str:
    if part[0] in '"“«„' and part[-1] in '"”»“.':
        return "quote" if part.count(part[0]) == 1 else "paragraph"
    if part[0] in "•*-–·":
        return "list_item"
    return "heading" if len(part) < 90 and part[-1] not in '.!؟?。:"”»…،,;' else "paragraph"


def synthetic(
    stories: Sequence[Story], banks: dict[str, Bank], *, copies: dict[str, int], held: bool, seed: int = 1
) -> list[Lines]:
    """Pages around the stories of held-out families or of all others: ``copies`` per story by language."""
    by_language: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        if held_out(story.family) == held:
            by_language[story.language].append(story)
    out: list[Lines] = []
    for language, chosen in sorted(by_language.items()):
        if len(chosen) < _LEAST_STORIES or language not in banks:
            continue
        for story in chosen:
            for copy in range(copies.get(language, copies.get("*", 1))):
                key = f"synthetic/{language}/{story.key}/{copy}"
                rng = random.Random(f"{seed}/{key}")  # noqa: S311
                bank = banks[language] if rng.random() < 0.95 else banks[rng.choice(sorted(banks))]
                others = [other for other in rng.sample(chosen, min(len(chosen), 30)) if other.key != story.key]
                out.append(make_page(rng, story, others, bank, key=key))
    return out


def facts_folder(name: str | None) -> Path | None:
    """The folder of furniture facts, if one was named."""
    return Path(name) if name else None
