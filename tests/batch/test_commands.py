from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from batch_help import page
from typer.testing import CliRunner, Result

from newsclean.batch import commands
from newsclean.batch.progress import Lines, Live, print_summary, watcher
from newsclean.batch.runner import run

Make = Callable[..., Any]

app = typer.Typer()
app.command("batch")(commands.batch)
app.command("verify")(commands.verify)


def call(*arguments: object, stdin: str | None = None) -> Result:
    given = [str(a) for a in arguments]
    if given[0] == "batch":
        given += ["--cleaner", "batch_double:clean", "--workers", "1"]
    return CliRunner().invoke(app, given, input=stdin)


def test_status_0_1_and_nothing_on_stdout(pages: Make, tmp_path: Path) -> None:
    good, bad = pages(12), pages(5, {3: ""}, name="bad")
    done = call("batch", good, "-o", tmp_path / "out.jsonl")
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert "12 of 12 inputs: 12 ok; 12 cleaned now" in done.stderr
    done = call("batch", bad, "-o", tmp_path / "bad.jsonl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "1 inputs without an article" in done.stderr.replace("\n", "")
    checked = call("verify", tmp_path / "bad.jsonl")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert "5 records of 5 inputs, 1 without an article" in checked.stderr
    quiet = call("batch", good, "-o", tmp_path / "q.jsonl", "-q")
    assert (quiet.exit_code, quiet.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "name at least one source"),
        (("nowhere",), "name at least one source"),
        (("nowhere", "-o", "{out}"), "nowhere: no such file or folder"),
        (("{in}", "-o", "{out}", "--engine", "abacus"), "engine"),
        (("{in}", "-o", "{out}.jsonl", "--partition", "site"), "--partition needs a Parquet folder"),
        (("{in}", "-o", "{out}", "--columns", "nonsense"), "'nonsense' is not a column"),
        (("{in}", "-o", "{out}", "--options", '{"min_words": 0}'), "min_words"),
        (("{in}", "-o", "{out}", "--only", "old"), "only"),
        (("{in}", "-o", "{out}", "--workers", "x"), "workers"),
    ],
)
def test_status_2_says_what_is_wrong(pages: Make, tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    top = pages(2)
    given = [a.replace("{in}", str(top)).replace("{out}", str(tmp_path / "out")) for a in arguments]
    done = CliRunner().invoke(app, ["batch", *given])
    assert done.exit_code == 2
    assert why in done.stderr
    assert done.stdout == ""


def test_list_on_stdin_and_all_options(pages: Make, tmp_path: Path) -> None:
    top = pages(12)
    names = "".join(f"{path}\n" for path in sorted(top.rglob("*.txt"))[:7])
    done = call(
        *("batch", "-", "-o", tmp_path / "out", "--format", "jsonl", "--columns", "title", "--dedup", "--unit-size"),
        *("5", "--min-quality", "0.5", "--options", '{"min_words": 3}', "--memory-limit", "500"),
        stdin=names,
    )
    assert done.exit_code == 0, done.output
    assert "7 of 7 inputs" in done.stderr
    assert "0 are duplicates" in done.stderr
    assert call("verify", tmp_path / "out").exit_code == 0


def test_verify_says_what_is_wrong(pages: Make, tmp_path: Path) -> None:
    call("batch", pages(5), "-o", tmp_path / "out.jsonl")
    (tmp_path / "out.jsonl").write_text("{}")
    done = call("verify", tmp_path / "out.jsonl")
    assert (done.exit_code, "changed since it was written" in done.stderr) == (1, True)
    assert call("verify", tmp_path).exit_code == 2


def test_show_gives_the_page_behind_an_id(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    rows.write_text("".join(json.dumps({"text": t}) + "\n" for t in (page(1), "صفحة")))
    (tmp_path / "a.html").write_bytes(b"\xff\x00")
    assert call("batch", "--show", f"{rows}#2").stdout == "صفحة"
    assert call("batch", "--show", tmp_path / "a.html").stdout_bytes == b"\xff\x00"
    gone = call("batch", "--show", f"{rows}#3")
    assert (gone.exit_code, gone.stdout) == (1, "")
    assert "holds no record '3'" in gone.stderr


class Screen:
    """A stream that is a terminal, or says so."""

    def __init__(self, *, terminal: bool) -> None:
        self.terminal, self.text = terminal, ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_on_a_terminal_and_elsewhere(pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    chosen = config(pages(60, {3: ""}))
    terminal = Screen(terminal=True)
    watch = watcher(quiet=False, stream=terminal)  # type: ignore[arg-type]
    assert isinstance(watch, Live)
    with watch:
        summary = run(chosen, watch=watch)
        watch.note("a note")
    assert "60 of 60 (59 ok, 1 refused)" in terminal.text
    print_summary(summary, terminal)  # type: ignore[arg-type]
    for word in ("s0.news", "empty", "double", "60 of 60 inputs", "24%"):
        assert word in terminal.text, terminal.text
    plain = Screen(terminal=False)
    lines = watcher(quiet=False, stream=plain)  # type: ignore[arg-type]
    assert isinstance(lines, Lines)
    monkeypatch.setattr("newsclean.batch.progress._EVERY", 0.0)
    run(chosen.model_copy(update={"force": True}), watch=lines)
    assert "60 of 60 (59 ok, 1 refused)" in plain.text
