"""Inputs and configurations for the batch tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsclean.batch.config import BatchConfig, Limits

# Worker processes get the search path of their parent, and with it the double.
sys.path.insert(0, str(Path(__file__).parent))

from batch_help import page


@pytest.fixture
def pages(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of pages, in folders of a hundred."""

    def make(count: int, special: dict[int, str] | None = None, name: str = "in") -> Path:
        top = tmp_path / name
        for i in range(count):
            path = top / f"{i // 100:03d}" / f"{i:05d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((special or {}).get(i, page(i)), encoding="utf-8")
        return top

    return make


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., BatchConfig]:
    """Makes a configuration that cleans with the double."""

    def make(*sources: Path | str, output: str = "out.jsonl", **more: Any) -> BatchConfig:
        settings: dict[str, Any] = {
            "cleaner": "batch_double:clean",
            "unit_size": 50,
            "workers": 1,
            "limits": Limits(seconds=20, cpu_seconds=1, memory=200_000_000),
        }
        return BatchConfig(sources=tuple(map(str, sources)), output=tmp_path / output, **(settings | more))

    return make
