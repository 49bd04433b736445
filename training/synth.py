"""Pages made of a real body and of furniture: every line's role is known.

The shapes are those of flattened pages seen in the field: menus, tickers on one line, repeated titles as captions,
section and date lines, most-read lists of long headlines, teasers, comment forms with a captcha, cut-off openings of
the next story, blank lines or none.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.bank import Bank
from training.corpus import Lines
from training.parts import Parts
from training.speech import Row, Story, sentences

__all__ = ["Story", "make_page", "sentences"]


def _fragmented(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Paragraphs torn at links and emphasis, as flatteners with a line per text node leave them."""
    out: list[Row] = []
    for text, role in rows:
        words = text.split()
        if len(words) < 15 or rng.random() < 0.4:
            out.append((text, role))
            continue
        cuts = sorted(rng.sample(range(1, len(words)), rng.choice([1, 2, 2, 4])))
        for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
            out.append((" ".join(words[start:end]), role))
    return out


def _spaced(rng: random.Random, rows: list[Row]) -> list[int]:
    """Blank lines before each row, in one of the manners of flatteners."""
    manner = rng.choice(["all", "none", "noise", "prose", "double", "few", "all"])
    blanks: list[int] = []
    for number, (text, _) in enumerate(rows):
        if not number or manner == "none":
            blanks.append(0)
        elif manner == "all":
            blanks.append(1)
        elif manner == "double":
            blanks.append(rng.choice([2, 3, 3]))
        elif manner == "prose":
            blanks.append(int(len(text) > 60 or rng.random() < 0.2))
        elif manner == "few":
            blanks.append(int(rng.random() < 0.15))
        else:
            blanks.append(rng.choice([0, 0, 1, 1, 2, 5]))
    return blanks


def make_page(rng: random.Random, story: Story, others: Sequence[Story], bank: Bank, *, key: str) -> Lines:
    """One page around ``story`` with the furniture of ``bank`` and headlines and teasers from ``others``."""
    maker = Parts(rng, story, others, bank)
    shape = rng.random()
    body = maker.body()
    if rng.random() < 0.2:
        body = _fragmented(rng, body)
    if shape < 0.06:
        rows = body
    elif shape < 0.12:
        rows = maker.head() + body
    elif shape < 0.2:
        rows = maker.head() + body[: rng.randint(max(1, len(body) // 2), len(body))]
    else:
        top: list[list[Row]] = [maker.menu() if rng.random() < 0.6 else []]
        top.append(maker.ticker() if rng.random() < 0.25 else [])
        top.append(maker.listing("most_read", "most_read", 3, 12) if rng.random() < 0.08 else [])
        top.append(maker.site_lines() if rng.random() < 0.06 else [])
        rng.shuffle(top)
        rows = [row for part in top for row in part] + maker.head() + body + maker.tail()
    rows = [(text, role) for text, role in rows if text.strip()]
    kept = {"paragraph", "heading", "quote", "list_item", "lead"}
    flags = [int(role in kept) for _, role in rows]
    return Lines(
        key=key,
        family=story.family,
        language=bank.language,
        texts=[" ".join(text.split()) for text, _ in rows],
        blanks=_spaced(rng, rows),
        body=flags,
        roles=[role for _, role in rows],
        trust=[1.0 if role != "paragraph" else 0.6 for _, role in rows],
        flattener="synthetic",
        gold="\n\n".join(text for (text, _), flag in zip(rows, flags, strict=True) if flag),
    )
