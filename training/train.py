"""The training loop: batches of pages, asymmetric loss on body lines, cross entropy on roles."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from newsclean.models.features import STEP
from training.examples import Example
from training.net import Adam, Net, lay_out
from training.weak import ROLES

__all__ = ["Settings", "predict", "train"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """What training depends on besides the examples."""

    size: int = 72
    scans: int = 12
    epochs: float = 5.0
    batch_lines: int = 3000
    rate: float = 0.004
    decay: float = 0.05
    body_cost: float = 1.5
    role_share: float = 0.3
    drop: float = 0.15
    drop_hidden: float = 0.05
    window: int = 700
    seed: int = 1


def _window(example: Example, settings: Settings, rng: np.random.Generator) -> slice:
    """Very long pages are trained on in pieces."""
    count = len(example.rows)
    if count <= settings.window:
        return slice(0, count)
    start = int(rng.integers(0, count - settings.window // 2))
    return slice(start, start + settings.window)


def _losses(
    logits: Array, body: Array, weight: Array, role: npt.NDArray[np.int64], trust: Array, settings: Settings
) -> tuple[Array, float]:
    """Gradient of the loss by the logits, and the loss."""
    grad = np.zeros_like(logits)
    chance = 1 / (1 + np.exp(-logits[:, 0]))
    cost = weight * np.where(body > 0, settings.body_cost, 1.0).astype(np.float32)
    grad[:, 0] = (chance - body) * cost
    picked = np.where(body > 0, chance, 1 - chance)
    loss = float(-(np.log(np.maximum(picked, 1e-7)) * cost).sum())
    scores = logits[:, 1:] - logits[:, 1:].max(axis=1, keepdims=True)
    soft = np.exp(scores)
    soft /= soft.sum(axis=1, keepdims=True)
    at = np.arange(len(role))
    share = trust * settings.role_share * 15
    loss += float(-(np.log(np.maximum(soft[at, role], 1e-7)) * share).sum())
    soft[at, role] -= 1
    grad[:, 1:] = soft * share[:, None]
    return grad, loss


def train(examples: Sequence[Example], settings: Settings, *, say: Any = print) -> Net:
    """A net trained on ``examples``; the same examples and settings give the same net on one machine."""
    rng = np.random.default_rng(settings.seed)
    net = Net(examples[0].rows.shape[1], len(ROLES), size=settings.size, scans=settings.scans, seed=settings.seed)
    adam = Adam(net.params, settings.decay)
    mean = {name: value.copy() for name, value in net.params.items()}
    batches = _count_batches(examples, settings)
    total = max(1, int(batches * settings.epochs))
    began, done, running = time.monotonic(), 0, 0.0
    while done < total:
        for batch in _batches(examples, settings, rng):
            if done >= total:
                break
            loss = _one_step(net, adam, batch, settings, rng, _rate(done / total, settings))
            running += 0.02 * (loss - running)
            done += 1
            if done > total * 0.6:
                for name, value in net.params.items():
                    mean[name] += np.float32(0.01) * (value - mean[name])
            elif done == int(total * 0.6):
                mean = {name: value.copy() for name, value in net.params.items()}
            if done % max(1, total // 8) == 0:
                say(f"step {done} of {total}, loss {running:.4f}, {time.monotonic() - began:.0f} s")
    if total >= 200:
        net.params = mean
    return net


def _rate(part: float, settings: Settings) -> float:
    warm = min(1.0, part / 0.05)
    return settings.rate * warm * (0.5 + 0.5 * float(np.cos(np.pi * part))) + 1e-5


def _count_batches(examples: Sequence[Example], settings: Settings) -> int:
    lines = sum(min(len(example.rows), settings.window) for example in examples)
    return max(1, lines // settings.batch_lines)


def _batches(examples: Sequence[Example], settings: Settings, rng: np.random.Generator) -> Any:
    batch: list[tuple[Example, slice]] = []
    size = 0
    for number in rng.permutation(len(examples)):
        example = examples[int(number)]
        piece = _window(example, settings, rng)
        batch.append((example, piece))
        size += min(piece.stop, len(example.rows)) - piece.start
        if size >= settings.batch_lines:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _one_step(
    net: Net,
    adam: Adam,
    batch: list[tuple[Example, slice]],
    settings: Settings,
    rng: np.random.Generator,
    rate: float,
) -> float:
    rows, spans = lay_out([example.rows[piece] for example, piece in batch])
    rows /= STEP
    for start, end in spans:
        rows[start:end] *= rng.random(rows.shape[1]) >= settings.drop
    logits, kept = net.forward(rows, spans, rng=rng, drop=settings.drop_hidden)
    size = len(rows)
    body, weight, trust = np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32)
    role = np.zeros(size, np.int64)
    for (example, piece), (start, end) in zip(batch, spans, strict=True):
        body[start:end], weight[start:end] = example.body[piece], example.weight[piece]
        role[start:end], trust[start:end] = example.role[piece], example.trust[piece]
    grad, loss = _losses(logits, body, weight, role, trust, settings)
    grads = net.backward(grad / np.float32(len(batch)), spans, kept)
    adam.step(net.params, grads, rate)
    return loss / len(batch)


def predict(net: Net, example: Example) -> Array:
    """Logits of the lines of one page."""
    rows, spans = lay_out([example.rows])
    logits, _ = net.forward(rows / np.float32(STEP), spans)
    return logits[spans[0][0] : spans[0][1]]


def one_thread_count() -> None:
    """Hold BLAS to one thread: runs can be repeated, and products as small as these cost a quarter of the CPU.

    Call before numpy is first used heavily.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
