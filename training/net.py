"""A small convolution net over the lines of a page, trained with numpy alone.

A layer sees the lines at distance 0 and ±1, ±2, ±4, ±8; running maxima from above and from below, the page's mean and
the mean of the lines that the first of the maxima chooses carry what stands further away. All pages of a batch lie in one array, separated by rows of zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["CLIP", "DILATIONS", "GAP", "Adam", "Net", "lay_out"]

DILATIONS = (1, 2, 4, 8)
CLIP = 8.0
GAP = 8
GATE = 1.0
"""What the weights of a mean of chosen lines are divided by besides their sum, so that no line may be chosen."""
_SCAN_LAYER = 2
Array = npt.NDArray[np.float32]
Spans = list[tuple[int, int]]


def lay_out(pages: Sequence[npt.NDArray[Any]]) -> tuple[Array, Spans]:
    """The rows of all pages in one array with :data:`GAP` rows of zeros around each, and where each page lies."""
    spans: Spans = []
    at = GAP
    for page in pages:
        spans.append((at, at + len(page)))
        at += len(page) + GAP
    out = np.zeros((at, pages[0].shape[1]), np.float32)
    for page, (start, end) in zip(pages, spans, strict=True):
        out[start:end] = page
    return out, spans


def _shift(rows: Array, by: int) -> Array:
    out = np.zeros_like(rows)
    if by > 0:
        out[by:] = rows[:-by]
    else:
        out[:by] = rows[-by:]
    return out


class Net:
    """The parameters and the two passes. ``size``: units per layer, ``scans``: running maxima each way."""

    def __init__(self, width: int, roles: int, *, size: int = 48, scans: int = 12, seed: int = 0) -> None:
        rng = np.random.default_rng(seed)

        def matrix(rows: int, columns: int, gain: float = 1.0) -> Array:
            return (rng.standard_normal((rows, columns)) * gain * np.sqrt(2.0 / rows)).astype(np.float32)

        self.scans = scans
        self.params: dict[str, Array] = {"in.w": matrix(width, size, 0.7), "in.b": np.zeros(size, np.float32)}
        for number, _ in enumerate(DILATIONS):
            rows = 3 * size + (2 * scans + 2 * size if number == _SCAN_LAYER else 0)
            self.params[f"{number}.w"] = matrix(rows, size, 0.5)
            self.params[f"{number}.b"] = np.zeros(size, np.float32)
        self.params["scan.w"] = matrix(size, scans)
        self.params["scan.b"] = np.zeros(scans, np.float32)
        self.params["out.w"] = matrix(2 * size, 1 + roles, 0.3)
        self.params["out.b"] = np.zeros(1 + roles, np.float32)

    def forward(
        self, rows: Array, spans: Spans, *, rng: np.random.Generator | None = None, drop: float = 0.0
    ) -> tuple[Array, dict[str, Any]]:
        """Logits per row (body first, then the roles) and what :meth:`backward` needs.

        While training, a share ``drop`` of what the layers add is left out, drawn with ``rng``.
        """
        p = self.params
        mask = np.zeros((len(rows), 1), np.float32)
        for start, end in spans:
            mask[start:end] = 1
        hidden = np.clip(rows @ p["in.w"] + p["in.b"], 0, CLIP) * mask
        kept: dict[str, Any] = {"rows": rows, "mask": mask, "h": [hidden], "seen": [], "kept": []}
        for number, step in enumerate(DILATIONS):
            parts = [_shift(hidden, step), hidden, _shift(hidden, -step)]
            if number == _SCAN_LAYER:
                parts += self._scan(hidden, spans, kept)
            seen = np.concatenate(parts, axis=1)
            added = seen @ p[f"{number}.w"] + p[f"{number}.b"]
            chosen = None
            if rng is not None and drop > 0:
                chosen = (rng.random(added.shape, np.float32) >= drop) * np.float32(1 / (1 - drop))
                added *= chosen
            kept["kept"].append(chosen)
            hidden = np.clip(hidden + added, 0, CLIP) * mask
            kept["h"].append(hidden)
            kept["seen"].append(seen)
        last = np.concatenate([hidden, kept["h"][0]], axis=1)
        kept["last"] = last
        return last @ p["out.w"] + p["out.b"], kept

    def _scan(self, hidden: Array, spans: Spans, kept: dict[str, Any]) -> list[Array]:
        raw = np.clip(hidden @ self.params["scan.w"] + self.params["scan.b"], 0, CLIP)
        down, up, mean, chosen = (np.zeros_like(part) for part in (raw, raw, hidden, hidden))
        down_at, up_at = np.zeros(raw.shape, np.int64), np.zeros(raw.shape, np.int64)
        for start, end in spans:
            part = raw[start:end]
            down[start:end], down_at[start:end] = _running(part, start)
            top, at = _running(part[::-1], 0)
            up[start:end], up_at[start:end] = top[::-1], end - 1 - at[::-1]
            mean[start:end] = hidden[start:end].mean(axis=0)
            gate = part[:, 0]
            chosen[start:end] = gate @ hidden[start:end] / (gate.sum() + np.float32(GATE))
        kept["scan"] = (raw, down_at, up_at, chosen)
        return [down, up, mean, chosen]

    def backward(self, grad: Array, spans: Spans, kept: dict[str, Any]) -> dict[str, Array]:
        """Gradients of all parameters, given that of the logits."""
        p, out = self.params, {}
        size = kept["h"][0].shape[1]
        out["out.w"], out["out.b"] = kept["last"].T @ grad, grad.sum(axis=0)
        back = grad @ p["out.w"].T
        flow, first = back[:, :size], back[:, size:]
        for number in reversed(range(len(DILATIONS))):
            step = DILATIONS[number]
            after = kept["h"][number + 1]
            flow = flow * ((after > 0) & (after < CLIP))
            inner = flow if kept["kept"][number] is None else flow * kept["kept"][number]
            out[f"{number}.w"], out[f"{number}.b"] = kept["seen"][number].T @ inner, inner.sum(axis=0)
            down = inner @ p[f"{number}.w"].T
            flow = flow + _shift(down[:, :size], -step) + down[:, size : 2 * size]
            flow += _shift(down[:, 2 * size : 3 * size], step)
            if number == _SCAN_LAYER:
                flow += self._scan_back(down[:, 3 * size :], spans, kept, out)
            flow *= kept["mask"]
        flow = (flow + first) * ((kept["h"][0] > 0) & (kept["h"][0] < CLIP)) * kept["mask"]
        out["in.w"], out["in.b"] = kept["rows"].T @ flow, flow.sum(axis=0)
        return out

    def _scan_back(self, down: Array, spans: Spans, kept: dict[str, Any], out: dict[str, Array]) -> Array:
        raw, down_at, up_at, chosen = kept["scan"]
        width = raw.shape[1]
        mask = kept["mask"]
        columns = np.arange(width)
        flat = np.zeros(raw.size)
        for part, at in ((down[:, :width], down_at), (down[:, width : 2 * width], up_at)):
            flat += np.bincount((at * width + columns).ravel(), (part * mask).ravel(), minlength=raw.size)
        grad = flat.reshape(raw.shape).astype(np.float32)
        hidden = kept["h"][_SCAN_LAYER]
        size = hidden.shape[1]
        flow = np.zeros_like(hidden)
        for start, end in spans:
            gate = raw[start:end, 0]
            share = down[start:end, 2 * width + size :].sum(axis=0) / (gate.sum() + np.float32(GATE))
            flow[start:end] = down[start:end, 2 * width : 2 * width + size].mean(axis=0) + gate[:, None] * share
            grad[start:end, 0] += (hidden[start:end] - chosen[start]) @ share
        grad *= (raw > 0) & (raw < CLIP)
        out["scan.w"], out["scan.b"] = hidden.T @ grad, grad.sum(axis=0)
        return flow + grad @ self.params["scan.w"].T


def _running(part: Array, offset: int) -> tuple[Array, npt.NDArray[np.int64]]:
    """Running maximum of the columns from above, and the row each value comes from."""
    top = np.maximum.accumulate(part, axis=0)
    fresh = np.ones(part.shape, bool)
    fresh[1:] = part[1:] > top[:-1]
    at = np.maximum.accumulate(np.where(fresh, np.arange(len(part))[:, None], 0), axis=0)
    return top, at + offset


class Adam:
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019)."""

    def __init__(self, params: dict[str, Array], decay: float = 0.01) -> None:
        self.first = {name: np.zeros_like(value) for name, value in params.items()}
        self.second = {name: np.zeros_like(value) for name, value in params.items()}
        self.decay = decay
        self.steps = 0

    def step(self, params: dict[str, Array], grads: dict[str, Array], rate: float) -> None:
        """Change ``params`` by one step against ``grads``, their norm held to 1."""
        self.steps += 1
        norm = float(np.sqrt(sum(float((g.astype(np.float64) ** 2).sum()) for g in grads.values())))
        scale = min(1.0, 1.0 / max(norm, 1e-9))
        for name, grad in grads.items():
            first, second = self.first[name], self.second[name]
            first += np.float32(0.1) * (grad * np.float32(scale) - first)
            second += np.float32(0.002) * ((grad * np.float32(scale)) ** 2 - second)
            mean = first / np.float32(1 - 0.9**self.steps)
            spread = np.sqrt(second / np.float32(1 - 0.998**self.steps)) + np.float32(1e-6)
            shrink = np.float32(1 - rate * self.decay if name.endswith(".w") else 1)
            params[name] = params[name] * shrink - np.float32(rate) * mean / spread
