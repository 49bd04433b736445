"""Parts in an object store; ``file://`` stands in for one, through the same interface of pyarrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from batch_help import page
from test_commands import call

from newsclean.batch.audit import verify
from newsclean.batch.places import Store
from newsclean.batch.runner import run
from newsclean.errors import ConfigurationError

Make = Callable[..., Any]


def held(store: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(store.glob("part-*"))}


def test_parts_in_a_store_are_those_of_a_folder(pages: Make, config: Make, tmp_path: Path) -> None:
    top, store = pages(200, {7: ""}), tmp_path / "bucket" / "articles"
    local = config(top, output="local")
    run(local)
    chosen = config(top, output="ledger", store=store.as_uri(), workers=2)
    assert run(chosen).not_ok == 1
    assert held(store) == held(local.output)
    assert list(chosen.output.glob("part-*")) == []
    assert (store / "_SUCCESS").read_bytes() == (chosen.output / "_SUCCESS").read_bytes()
    assert verify(chosen.output).problems == []
    assert pq.read_table(store).num_rows == 200
    assert run(chosen).cleaned == 0

    (top / "000" / "00000b.txt").write_text(page(500))
    (top / "001" / "00150.txt").unlink()
    summary = run(chosen)
    assert 0 < summary.cleaned < 200
    run(local)
    assert held(store) == held(local.output)

    next(store.glob("part-*")).write_bytes(b"damaged")
    assert not verify(chosen.output).clean
    run(chosen)
    assert held(store) == held(local.output)
    assert verify(chosen.output).problems == []


def test_mistakes_about_stores(pages: Make, config: Make, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nonsense://x: not an object store"):
        run(config(pages(3), output="ledger", store="nonsense://x"))
    with pytest.raises(ValueError, match="an object store takes plain folders"):
        config(tmp_path, output="ledger", store="s3://x", dedup=True)
    with pytest.raises(OSError, match="part-1"):
        Store((tmp_path / "empty").as_uri()).sha256("part-1")


def test_a_store_on_the_command_line(pages: Make, tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = call("batch", pages(5), "-o", store.as_uri(), "--ledger", tmp_path / "ledger")
    assert done.exit_code == 0, done.stderr
    assert len(held(store)) == 1
    assert call("verify", tmp_path / "ledger").exit_code == 0
