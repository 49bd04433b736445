"""More pages from the labelled ones: heads, bodies and tails of different pages put together, and spoilt forms."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from training.corpus import Lines

__all__ = ["augmented", "mixed_pages"]

Row = tuple[str, int, int, str, float, int]
_LONGEST_RUN = 12
_ENDS = '.!?؟۔。"”»’'


def _rows(page: Lines) -> list[Row]:
    return list(zip(page.texts, page.blanks, page.body, page.roles, page.trust, page.words, strict=True))


def _page(like: Lines, rows: list[Row], key: str) -> Lines:
    texts, blanks, body, roles, trust, words = (list(column) for column in zip(*rows, strict=True))
    return Lines(
        key=key,
        family=like.family,
        language=like.language,
        texts=texts,
        blanks=blanks,
        body=body,
        roles=roles,
        trust=trust,
        listing=like.listing,
        flattener=like.flattener,
        gold=like.gold,
        words=words,
    )


def _parts(page: Lines) -> tuple[list[Row], list[Row], list[Row]]:
    """What stands before the body, the body with what interrupts it, and what follows."""
    rows = _rows(page)
    places = [number for number, flag in enumerate(page.body) if flag]
    return rows[: places[0]], rows[places[0] : places[-1] + 1], rows[places[-1] + 1 :]


def _without_runs(rng: random.Random, rows: list[Row], chance: float) -> list[Row]:
    """Some runs of furniture taken out."""
    out: list[Row] = []
    at = 0
    while at < len(rows):
        if not rows[at][2] and rng.random() < chance / 20:
            size = rng.choice([1, 2, 5, 15, 60])
            while at < len(rows) and size and not rows[at][2]:
                at, size = at + 1, size - 1
            continue
        out.append(rows[at])
        at += 1
    return out


def _shuffled(rng: random.Random, rows: list[Row]) -> list[Row]:
    """The widgets of a tail in another order, cut where a blank line or a short line stands."""
    if len(rows) < 8:
        return rows
    cuts = sorted(rng.sample(range(1, len(rows)), min(4, len(rows) - 1)))
    pieces = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    rng.shuffle(pieces)
    return [row for piece in pieces for row in piece]


def _interruptions(page: Lines) -> list[list[Row]]:
    """The runs of furniture inside the body of ``page``: captions, promos, consent notes, links to other stories."""
    runs: list[list[Row]] = []
    previous = 1
    for row in _parts(page)[1]:
        if not row[2]:
            if previous:
                runs.append([])
            runs[-1].append(row)
        previous = row[2]
    return [run for run in runs if len(run) <= _LONGEST_RUN]


def _interrupted(rng: random.Random, body: list[Row], donors: Sequence[Lines]) -> list[Row]:
    """``body`` with some of its interruptions taken out and some of other pages put in, after ends of sentences."""
    rows = _without_runs(rng, body, 3.0) if rng.random() < 0.4 else list(body)
    runs = [run for donor in donors for run in _interruptions(donor)]
    places = [number + 1 for number, row in enumerate(rows[:-1]) if row[2] and row[5] > 8 and row[0][-1] in _ENDS]
    if not runs or not places:
        return rows
    for at in sorted(rng.sample(places, min(len(places), rng.choice([1, 1, 2, 3]))), reverse=True):
        rows[at:at] = rng.choice(runs)
    return rows


def _opening(rng: random.Random, other: Lines) -> list[Row]:
    """The beginning of another story, as endless pages append it."""
    _, body, _ = _parts(other)
    wanted = rng.randint(1, 6)
    return [(text, blank, 0, "other_article", 1.0, words) for text, blank, flag, _, _, words in body if flag][:wanted]


def _respaced(rng: random.Random, rows: list[Row]) -> list[Row]:
    manner = rng.random()
    if manner < 0.35:
        return [(text, 0, *rest) for text, _, *rest in rows]  # type: ignore[misc]
    if manner < 0.6:
        return [(text, 1, *rest) for text, _, *rest in rows]  # type: ignore[misc]
    return [(text, min(blank, 1), *rest) for text, blank, *rest in rows]  # type: ignore[misc]


def augmented(
    rng: random.Random, page: Lines, core: Lines, tail: Lines, key: str, donors: Sequence[Lines] = ()
) -> Lines:
    """The head of ``page``, the body of ``core`` and what follows the body of ``tail``, spoilt at random.

    With ``core`` and ``tail`` the same as ``page`` only the spoiling is left. What interrupts the bodies of ``donors``
    may interrupt this one.
    """
    head, (_, body, _), (_, _, end) = _parts(page)[0], _parts(core), _parts(tail)
    if rng.random() < 0.6:
        body = _interrupted(rng, body, donors)
    if core is not page:
        head = [row for row in head if row[3] not in ("title", "byline")]
        own = [row for row in _parts(core)[0] if row[3] in ("title", "byline", "date")]
        head = head + own[-3:]
    if rng.random() < 0.3:
        head = _without_runs(rng, head, 2.0)
    if rng.random() < 0.3:
        end = _shuffled(rng, _without_runs(rng, end, 2.0))
    if rng.random() < 0.12:
        end = end[: rng.randint(0, len(end))]
    if rng.random() < 0.12:
        opening = _opening(rng, tail if tail is not core else page)
        at = rng.randint(0, len(end))
        if tail is not core or page is not core:
            end = end[:at] + opening + end[at:]
    if rng.random() < 0.12:
        head = head[rng.randint(0, len(head)) :]
    if rng.random() < 0.08:
        body, end = body[: rng.randint(max(1, len(body) // 3), len(body))], []
    rows = head + body + end
    if rng.random() < 0.3:
        rows = _respaced(rng, rows)
    return _page(core, rows, key)


def mixed_pages(pages: Sequence[Lines], *, copies: int, seed: int) -> list[Lines]:
    """``copies`` new pages around the body of each page, with heads and tails of pages flattened in the same way.

    Parts come from pages of the same language where there are some, now and then from any.
    """
    articles = [page for page in pages if any(page.body)]
    by_kind: dict[tuple[str, str], list[Lines]] = defaultdict(list)
    by_flattener: dict[str, list[Lines]] = defaultdict(list)
    for page in articles:
        by_kind[page.flattener, page.language].append(page)
        by_flattener[page.flattener].append(page)
    out: list[Lines] = []
    for page in articles:
        for copy in range(copies):
            key = f"{page.key}/mixed{copy}"
            rng = random.Random(f"{seed}/{key}")  # noqa: S311
            same = by_kind[page.flattener, page.language]
            pool = same if len(same) > 3 and rng.random() < 0.85 else by_flattener[page.flattener]
            draw = rng.random()
            head = page if draw < 0.35 else rng.choice(pool)
            tail = page if draw < 0.2 else rng.choice(pool)
            donors = [rng.choice(pool) for _ in range(3)]
            out.append(augmented(rng, head, page, tail, key, donors))
    return out
