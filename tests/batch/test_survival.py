"""What is left after kill -9, a full disk, a folder that may not be written, and inputs that go away."""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_help import parts

from newsclean.batch import supervisor
from newsclean.batch.audit import verify
from newsclean.batch.config import BatchConfig
from newsclean.batch.process import WorkerError
from newsclean.batch.runner import run
from newsclean.batch.sinks import part_rows
from newsclean.batch.summary import Silent
from newsclean.errors import ConfigurationError

Make = Callable[..., Any]

SCRIPT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from newsclean.batch.config import BatchConfig
from newsclean.batch.runner import run
from newsclean.errors import NewscleanError
try:
    summary = run(BatchConfig.model_validate_json(sys.argv[2]))
except NewscleanError as error:
    sys.exit(f"{type(error).__name__}: {error}")
sys.exit(130 if summary.interrupted else 0)
"""


def start(config: BatchConfig, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, json.dumps(sys.path), config.model_dump_json()]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **more)


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, told = process.communicate(timeout=120)
    return process.returncode, told


def wipe(output: Path) -> None:
    for path in output.parent.glob(f"{output.name}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def survives(config: BatchConfig, reference: BatchConfig, moments: int, seed: int) -> None:
    """Kill a run again and again, and let it finish: nothing lost, nothing twice, nothing torn."""
    run(reference)
    wanted, when, killed = parts(reference.output), random.Random(seed), 0  # noqa: S311
    while killed < moments:
        process = start(config)
        try:
            process.wait(when.uniform(0.2, 2.2))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        end(process)
        if process.returncode == 0:
            assert verify(config.output).clean
            assert parts(config.output) == wanted
            wipe(config.output)
            continue
        try:
            report = verify(config.output)
        except ConfigurationError:
            continue
        assert report.clean or report.problems == ["not finished: run the same command again to go on"]
    assert end(start(config)) == (0, "")
    assert verify(config.output).clean
    assert parts(config.output) == wanted


def test_kill_9_loses_and_doubles_nothing(pages: Make, config: Make) -> None:
    top = pages(250)
    slow = {"cleaner": "batch_double:slow", "workers": 2, "unit_size": 30}
    survives(config(top, **slow), config(top, output="reference.jsonl", **slow), 3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("output", ["out", "out.jsonl.zst"])
def test_kill_9_at_fifty_moments(pages: Make, config: Make, output: str) -> None:
    top = pages(500)
    slow = {"cleaner": "batch_double:slow", "workers": 2, "unit_size": 30, "dedup": output != "out"}
    survives(config(top, output=output, **slow), config(top, output=f"reference{output[3:]}", **slow), 50, 2)


def test_killed_workers_cost_nothing(pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    top = pages(250)
    chosen = config(top, cleaner="batch_double:slow", workers=2)
    children: list[Any] = []
    made = supervisor.Child.__init__

    def remember(self: Any, config: BatchConfig) -> None:
        made(self, config)
        children.append(self)

    monkeypatch.setattr(supervisor.Child, "__init__", remember)
    over = threading.Event()

    def kill() -> None:
        while len(children) < 2 and not over.wait(0.05):
            pass
        for child in children[:2]:
            over.wait(0.3)
            child._process.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    summary = run(chosen)
    over.set()
    killer.join()
    assert len(children) > 2
    assert (summary.records, summary.not_ok) == (250, 0)
    assert verify(chosen.output).clean


def killed_while_writing(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Stop each of the first ``times`` processes that are told to write a part before it can, and kill it then."""
    killed: list[int] = []
    send = supervisor.Child.send

    def send_and_kill(self: Any, **said: Any) -> None:
        dies = said.get("do") == "finish" and len(killed) < times
        if dies:
            self._process.send_signal(signal.SIGSTOP)
        send(self, **said)
        if dies:
            killed.append(self._process.pid)
            self._process.kill()

    monkeypatch.setattr(supervisor.Child, "send", send_and_kill)
    return killed


@pytest.mark.parametrize("output", ["out", "out.jsonl"])
def test_workers_killed_while_they_write_cost_nothing(
    pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    top = pages(100)
    reference = config(top, output=f"reference{output[3:]}")
    run(reference)
    killed = killed_while_writing(monkeypatch, 2)
    chosen = config(top, output=output)
    summary = run(chosen)
    assert (len(set(killed)), summary.records, summary.not_ok) == (2, 100, 0)
    assert parts(chosen.output) == parts(reference.output)
    assert verify(chosen.output).clean


def test_writing_that_always_ends_the_process_ends_the_run(
    pages: Make, config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = config(pages(10))
    with monkeypatch.context() as patch:
        killed = killed_while_writing(patch, 100)
        with pytest.raises(WorkerError, match=r"3 worker processes in turn ended while they wrote .*SIGKILL"):
            run(chosen)
        assert len(killed) == 3
    assert run(chosen).records == 10


def test_ctrl_c_ends_after_the_units_in_progress(pages: Make, config: Make) -> None:
    top = pages(300)
    slow = {"cleaner": "batch_double:slow", "workers": 1, "unit_size": 30}
    chosen = config(top, **slow)
    process = start(chosen)
    done = chosen.output.with_name("out.jsonl.newsclean") / "done"
    until = time.monotonic() + 60
    while not (done.exists() and any(done.glob("*.json"))) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert end(process) == (130, "")
    before = {path.name for path in done.glob("*.json")}
    assert before
    assert not chosen.output.exists()
    summary = run(chosen)
    assert 0 < summary.cleaned < summary.records == 300
    reference = config(top, output="reference.jsonl", **slow)
    run(reference)
    assert parts(chosen.output) == parts(reference.output)


@pytest.mark.parametrize("output", ["out.jsonl", "out"])
def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(pages: Make, config: Make, output: str) -> None:
    top = pages(100)
    chosen = config(top, output=output)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))  # noqa: E731
    status, told = end(start(chosen, preexec_fn=limit))
    assert status == 1
    assert "OutputError: " in told
    assert "run the same command again" in told
    assert end(start(chosen)) == (0, "")
    reference = config(top, output=f"reference{output[3:]}")
    run(reference)
    assert parts(chosen.output) == parts(reference.output)


@pytest.mark.slow
def test_a_really_full_disk(pages: Make, config: Make, tmp_path: Path) -> None:
    """A tmpfs of 600 kB in a mount namespace of its own, which is then enlarged."""
    disk = tmp_path / "disk"
    disk.mkdir()
    chosen = config(pages(1000), output="disk/out", workers=2)
    command = [sys.executable, "-c", SCRIPT, json.dumps(sys.path), chosen.model_dump_json()]
    script = (
        'mount -t tmpfs -o size=600k none "$0" || exit 90\n'
        '"$@"; first=$?\n'
        'mount -o remount,size=60m "$0" && "$@" && cp -r "$0" "$0.copy" && exit $((first + 100))\n'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, str(disk), *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "No space left on device" in done.stderr) == (101, True), done.stderr
    shutil.copytree(tmp_path / "disk.copy", disk, dirs_exist_ok=True)
    assert verify(chosen.output).clean


def powerless() -> None:
    """Root without the power to write where it may not (capabilities 1 and 2: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        assert libc.prctl(24, 1, 0, 0, 0) == libc.prctl(24, 2, 0, 0, 0) == 0


@pytest.mark.parametrize("output", ["closed/out", "closed/out.jsonl", "closed"])
def test_a_folder_that_may_not_be_written(pages: Make, config: Make, tmp_path: Path, output: str) -> None:
    chosen = config(pages(10), output=output)
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    status, told = end(start(chosen, preexec_fn=powerless))
    closed.chmod(0o755)
    assert status == 1
    assert "OutputError" in told
    assert "cannot be written: Permission denied" in told
    assert end(start(chosen)) == (0, "")


def test_inputs_that_go_away_meanwhile_are_failed_records(pages: Make, config: Make) -> None:
    top = pages(200)
    chosen = config(top)
    last = top / "001"

    class Thief(Silent):
        def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
            if last.exists():
                shutil.rmtree(last)

    summary = run(chosen, watch=Thief())
    found = list(part_rows(chosen.output))
    assert len(found) == len({row["id"] for row in found}) == summary.records == 200
    gone = [row for row in found if row["status"] != "ok"]
    assert {(row["status"], row["reason"], Path(row["id"]).parent.name) for row in gone} == {
        ("failed", "unreadable", "001")
    }
    assert len(gone) >= 50
    assert verify(chosen.output).clean
    after = run(chosen)
    assert (after.records, after.not_ok) == (100, 0)
    assert verify(chosen.output).clean
