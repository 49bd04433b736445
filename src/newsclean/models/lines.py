"""What each line of a flattened page is: body or not, and which role, learned from pages of many sites.

A small convolution net (see ``training/``) over the features of :mod:`newsclean.models.features`. All its numbers are
multiples of a power of two and all sums fit a 64-bit float, so the scores are the same on every platform.
Loads numpy; import it lazily.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsclean.document.shape import rough_words
from newsclean.models.features import page_features

__all__ = ["LineScore", "Model", "page_facts", "page_kind", "page_kind_of", "score_lines", "scores_of"]

_FINE = 2.0**8
_CLIP = 8.0 * _FINE
_SCAN_LAYER = 2
_GATE = 1.0 * _FINE
_WINDOW = 2000
_MARGIN = 300
_TABLE_STEP = 16
_ONE_THREAD = 2**18
"""Multiplications up to which OpenBLAS, which numpy carries, works in one thread."""
_TABLE_REACH = 16
_E = 2.718281828459045
_ROLE_VOTE = 0.375
"""What the role's probabilities count in whether a line is body; the rest is the body output itself."""
_SURE = 0.35
_KEPT = frozenset({"paragraph", "heading", "quote", "list_item", "lead"})

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


class LineScore(NamedTuple):
    """``body``: probability, 0 to 1, that the line belongs to the article's text (standfirst and body).

    ``role`` is the likeliest role (a value of :class:`newsclean.document.roles.Role`) and ``role_confidence`` its
    probability, 0 to 1.
    """

    body: float
    role: str
    role_confidence: float


class Model(NamedTuple):
    """The learned numbers, as 64-bit floats that are multiples of a power of two."""

    roles: tuple[str, ...]
    dilations: tuple[int, ...]
    weights: dict[str, Float]
    page: tuple[float, ...]
    page_bias: float
    chances: Float
    powers: Float
    kept: Int
    stories: npt.NDArray[np.bool_]

    @classmethod
    def load(cls, path: Traversable | None = None) -> Model:
        """The weights of a file that ``training`` wrote; the shipped ones without ``path``."""
        return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Model:
    return _read(files("newsclean.models") / "lines.npz")


def _read(path: Traversable) -> Model:
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as data:
        steps = range(-_TABLE_REACH * _TABLE_STEP, _TABLE_REACH * _TABLE_STEP + 1)
        return Model(
            roles=tuple(str(role) for role in data["roles"]),
            dilations=tuple(int(step) for step in data["dilations"]),
            weights=_laid_out(
                {
                    name: data[name].astype(np.float64) * 2.0 ** (-10 if name.endswith(".w") else -18)
                    for name in data.files
                    if name.endswith((".w", ".b")) and not name.startswith("page")
                }
            ),
            page=tuple((data["page.w"] * 2.0**-12).tolist()),
            page_bias=float(data["page.b"]) * 2.0**-12,
            chances=np.array([round(1 / (1 + _E ** (-step / _TABLE_STEP)), 6) for step in steps]),
            powers=np.array([float(round(_E ** (-step / _TABLE_STEP) * 1e9)) for step in range(256)]),
            kept=np.array([number for number, role in enumerate(data["roles"]) if role in _KEPT], np.int64),
            stories=np.array([role in _OTHER_STORIES for role in data["roles"]]),
        )


def score_lines(
    texts: Sequence[str], blanks: Sequence[int], hints: Sequence[str | None], headings: Sequence[bool]
) -> list[LineScore]:
    """A score for every line of a page, in order.

    ``texts``: visible text of each line or paragraph; ``blanks``: blank lines before each; ``hints``: the role that a
    phrase of the lexicon gives the line, or ``None``; ``headings``: whether that phrase opens a list of other stories.
    The four are of one length, else :class:`ValueError` is raised. Cost is linear in the length of the page.

    >>> [score] = score_lines(["One line."], [0], [None], [False])
    >>> 0 <= score.body <= 1
    True
    """
    count = len(texts)
    if not count == len(blanks) == len(hints) == len(headings):
        raise ValueError(f"lengths differ: {count}, {len(blanks)}, {len(hints)}, {len(headings)}")
    if count <= _WINDOW + 2 * _MARGIN:
        return _score(texts, blanks, hints, headings) if count else []
    out: list[LineScore] = []
    for start in range(0, count, _WINDOW):
        low, high = max(0, start - _MARGIN), min(count, start + _WINDOW + _MARGIN)
        part = _score(texts[low:high], blanks[low:high], hints[low:high], headings[low:high])
        out += part[start - low : start - low + _WINDOW]
    return out


def _score(
    texts: Sequence[str], blanks: Sequence[int], hints: Sequence[str | None], headings: Sequence[bool]
) -> list[LineScore]:
    return scores_of(Model.load(), page_features(texts, blanks, hints, headings))


def scores_of(model: Model, rows: Float) -> list[LineScore]:
    """The scores of the lines of one page, given their features."""
    logits = _logits(model, rows)
    edge = _TABLE_REACH * _TABLE_STEP
    steps = np.clip(np.rint(logits[:, 0] * _TABLE_STEP), -edge, edge).astype(np.int64) + edge
    rest = logits[:, 1:]
    best = rest.argmax(axis=1)
    below = np.minimum(np.rint((rest.max(axis=1, keepdims=True) - rest) * _TABLE_STEP), 255).astype(np.int64)
    shares = model.powers[below]
    total = shares.sum(axis=1)
    _follow(model, shares, total, best)
    sure = np.maximum(np.rint(shares[np.arange(len(best)), best] / total * 1e4), 1) / 1e4
    body = (1 - _ROLE_VOTE) * model.chances[steps] + _ROLE_VOTE * (shares[:, model.kept].sum(axis=1) / total)
    body = np.rint(body * 1e6) / 1e6
    roles = model.roles
    return [
        LineScore(chance, roles[role], confidence)
        for chance, role, confidence in zip(body.tolist(), best.tolist(), sure.tolist(), strict=True)
    ]


def _follow(model: Model, shares: Float, total: Float, best: Int) -> None:
    """A list of other stories has one role: a line of it that no role is sure of takes that of the line above."""
    listed = model.stories[best]
    if not listed.any():
        return
    unsure = listed & (shares.max(axis=1) < _SURE * total)
    for line in np.flatnonzero(unsure[1:]) + 1:
        if model.stories[best[line - 1]]:
            best[line] = best[line - 1]


def _logits(model: Model, rows: Float) -> Float:
    """The net's outputs: body first, then the roles. Each layer is rounded down to multiples of 1/256, and
    counted in them."""
    w, count = model.weights, len(rows)
    first = _times(rows, w["in.w"])
    first += w["in.b"]
    hidden = _rounded(first)
    width = hidden.shape[1]
    for number, step in enumerate(model.dilations):
        parts = _times(hidden, w[f"{number}.near"])
        after = parts[:, width : 2 * width] + hidden
        if step < count:
            after[step:] += parts[:-step, :width]
            after[:-step] += parts[step:, 2 * width :]
        after += _far(w, hidden) if number == _SCAN_LAYER else w[f"{number}.b"]
        hidden = _rounded(after)
    out = _times(np.concatenate([hidden, first], axis=1), w["out.w"])
    out += w["out.b"]
    return out


def _times(rows: Float, weights: Float) -> Float:
    """``rows @ weights``, in parts so small that the linear algebra library starts no threads: for a page of some
    dozens of lines they cost more than the work itself."""
    step = max(_ONE_THREAD // weights.size, 1)
    if len(rows) <= step:
        product: Float = rows @ weights
        return product
    out = np.empty((len(rows), weights.shape[1]))
    for start in range(0, len(rows), step):
        np.matmul(rows[start : start + step], weights, out=out[start : start + step])
    return out


def _far(w: dict[str, Float], hidden: Float) -> Float:
    """What stands anywhere above and below each line, the mean of the page and that of the lines the net chooses.

    What is the same for all lines is multiplied once.
    """
    raw = _times(hidden, w["scan.w"])
    raw += w["scan.b"]
    _rounded(raw)
    scanned, size = raw.shape[1], hidden.shape[1]
    scans = np.empty((len(raw), 2 * scanned))
    np.maximum.accumulate(raw, axis=0, out=scans[:, :scanned])
    np.maximum.accumulate(raw[::-1], axis=0, out=scans[::-1, scanned:])
    means = np.empty((2, size))
    np.divide(hidden.sum(axis=0), len(hidden), out=means[0])
    gate = raw[:, 0]
    np.divide((gate[:, None] * hidden).sum(axis=0), gate.sum() + _GATE, out=means[1])
    np.floor(means, out=means)
    far = _times(scans, w["scans.w"])
    far += means[0] @ w["means.w"][:size] + means[1] @ w["means.w"][size:] + w[f"{_SCAN_LAYER}.b"]
    return far


def _laid_out(weights: dict[str, Float]) -> dict[str, Float]:
    """The layers' weights side by side: for the line above, the line itself, the line below.

    Biases and the first layer in 256ths, in which the layers between count.
    """
    out = {name: value * _FINE if name.endswith(".b") else value for name, value in weights.items()}
    out |= {"in.w": weights["in.w"] * _FINE, "out.w": weights["out.w"] / _FINE, "out.b": weights["out.b"]}
    size = len(weights["in.b"])
    scanned = 2 * len(weights["scan.b"])
    for name, value in weights.items():
        if name[0].isdigit() and name.endswith(".w"):
            near = value[: 3 * size].reshape(3, size, size).transpose(1, 0, 2).reshape(size, 3 * size)
            out[f"{name[:-2]}.near"] = np.ascontiguousarray(near)
            del out[name]
            if len(value) > 3 * size:
                out["scans.w"], out["means.w"] = value[3 * size : 3 * size + scanned], value[3 * size + scanned :]
    return out


def _rounded(values: Float) -> Float:
    """``values`` clipped and rounded down, in place."""
    np.maximum(values, 0, out=values)
    np.minimum(values, _CLIP, out=values)
    return np.floor(values, out=values)


def page_facts(scores: Sequence[LineScore], texts: Sequence[str]) -> list[tuple[int, int]]:
    """Quotients on the page as a whole, from which :func:`page_kind` tells listings from articles."""
    words = [rough_words(text) for text in texts]
    chances = [round(score.body * 1000) for score in scores]
    total = max(sum(words), 1)
    kept = [number if chance >= 500 else 0 for number, chance in zip(words, chances, strict=True)]
    sure = [number if chance >= 900 else 0 for number, chance in zip(words, chances, strict=True)]
    body, long = sum(kept), sum(number for number in kept if number >= 25)
    longest = run = 0
    for number, size in zip(kept, words, strict=True):
        run = run + number if number else max(0, run - 2 * size)
        longest = max(longest, run)
    count = max(len(texts), 1)
    lines = sum(1 for number in kept if number)
    mean = sum(c * n for c, n in zip(chances, words, strict=True) if c >= 500)
    others = sum(1 for score in scores if score.role in _OTHER_STORIES)
    return [
        (body, body + 50),
        (body, body + 200),
        (body, body + 800),
        (long, long + 100),
        (long, max(body, 1)),
        (sum(sure), max(body, 1)),
        (sum(sure), sum(sure) + 100),
        (longest, longest + 60),
        (longest, longest + 300),
        (longest, max(body, 1)),
        (body, total),
        (lines, count),
        (body, body + 20 * max(lines, 1)),
        (mean, 1000 * max(body, 1)),
        (others, count),
        (count, count + 100),
    ]


_OTHER_STORIES = frozenset({"other_article", "related", "latest_news", "most_read"})


def page_kind(scores: Sequence[LineScore], texts: Sequence[str]) -> float:
    """Probability, 0 to 1, that the page is a listing of stories (home page, section, archive) and no article.

    ``scores`` are those of :func:`score_lines` for the lines ``texts``.
    """
    return page_kind_of(Model.load(), scores, texts)


def page_kind_of(model: Model, scores: Sequence[LineScore], texts: Sequence[str]) -> float:
    """:func:`page_kind` with other weights than the shipped ones."""
    logit = model.page_bias
    for (top, bottom), weight in zip(page_facts(scores, texts), model.page, strict=True):
        logit += top * 1024 // bottom / 1024 * weight
    edge = _TABLE_REACH * _TABLE_STEP
    return float(model.chances[min(max(round(logit * _TABLE_STEP), -edge), edge) + edge])
