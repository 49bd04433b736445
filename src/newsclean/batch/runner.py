"""One batch run: plan, do what is not done, count, finish."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

from newsclean.batch.config import BatchConfig, need
from newsclean.batch.disk import Seen, locked
from newsclean.batch.engines import Job, engine_of
from newsclean.batch.finish import finish, is_finished
from newsclean.batch.ledger import Ledger, OutputError
from newsclean.batch.sources import Found, exist, find
from newsclean.batch.summary import Silent, Summary, Watcher
from newsclean.batch.units import Unit, plan
from newsclean.errors import ConfigurationError

__all__ = ["run"]

_NOTES: Final = 100


def run(config: BatchConfig, *, stdin: Iterable[str] | None = None, watch: Watcher | None = None) -> Summary:
    """Clean all inputs of ``config.sources`` into ``config.output``, or go on where an earlier run ended.

    ``stdin`` are the lines of paths for the source ``-``. In the main thread SIGINT and SIGTERM let the units in
    progress end and come back as ``summary.interrupted``; a second signal gives them up.

    Raises ``ConfigurationError`` (no such source, other settings, another run, an extra that is missing),
    ``OutputError`` (disk full, no permission) and ``WorkerError``.
    """
    watch = watch or Silent()
    if config.kind == "parquet":
        need("pyarrow", "batch", "writing Parquet")
    elif config.part_suffix.endswith(".zst"):
        need("zstandard", "batch", "writing .zst")
    exist(config)
    ledger = Ledger.of(config)
    ledger.prepare()
    try:
        with locked(ledger.home / "lock"):
            try:
                return _run(config, ledger, stdin, watch)
            except ConfigurationError:
                ledger.withdraw()
                raise
    except OSError as error:
        where = error.filename or config.store or ledger.output
        why = f"{error.strerror or error}; nothing that is done is lost, run the same command again to go on"
        raise OutputError(why, input=str(where)) from error


def _run(config: BatchConfig, ledger: Ledger, stdin: Iterable[str] | None, watch: Watcher) -> Summary:
    ledger.sweep()
    ledger.agree(config)
    summary = Summary(ledger.output, ledger.failures)
    summary.units, summary.inputs = ledger.write_manifest(_planned(config, ledger, stdin, summary))
    if not summary.inputs:
        raise ConfigurationError("no inputs found", input=" ".join(config.sources))
    for note in summary.notes:
        watch.note(note)
    watch.planned(summary.units, summary.inputs)

    def todo() -> Iterator[tuple[int, Unit]]:
        for place, unit in ledger.units():
            receipt = ledger.check(place, unit)
            if receipt is not None and not (config.retry and _worth_retrying(receipt)):
                _count(summary, receipt)
                watch.unit(receipt, again=False)
            else:
                yield place, unit

    def commit(place: int, unit: Unit, part: Path, receipt: dict[str, Any]) -> None:
        if not summary.cleaned:
            ledger.success.unlink(missing_ok=True)
        ledger.commit(place, unit, part, receipt)
        summary.cleaned += unit.count
        _count(summary, receipt)
        watch.unit(receipt, again=True)

    job = Job(config, todo(), ledger.tmp, commit)
    with _interruptible(job, watch):
        engine_of(config)(job)
    summary.done_by = dict(job.done_by)
    if job.stopping:
        summary.interrupted = True
        return summary
    if not is_finished(config, ledger):
        finish(config, ledger, summary, watch)
    summary.complete = True
    return summary


def _worth_retrying(receipt: dict[str, Any]) -> bool:
    return any(receipt["status"].get(status) for status in ("failed", "quarantined"))


def _count(summary: Summary, receipt: dict[str, Any]) -> None:
    summary.records += receipt["records"]
    summary.stats.merge(receipt)


def _planned(config: BatchConfig, ledger: Ledger, stdin: Iterable[str] | None, summary: Summary) -> Iterator[Unit]:
    def unreadable(path: str, why: str) -> None:
        if len(summary.notes) < _NOTES:
            summary.notes.append(f"{path} cannot be read to its end: {why}")

    found = find(config, ledger.tmp, stdin)
    if config.only != "new" or not ledger.manifest.exists():
        yield from plan(found, config, unreadable)
        return
    seen = Seen(ledger.tmp)
    try:
        for _, unit in ledger.units():
            for path, _, _ in unit.files:
                seen.add(path)
            yield unit
        yield from plan(_unseen(found, seen), config, unreadable)
    finally:
        seen.close()


def _unseen(found: Iterator[Found], seen: Seen) -> Iterator[Found]:
    return (file for file in found if seen.add(file.path) is None)


@contextlib.contextmanager
def _interruptible(job: Job, watch: Watcher) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if job.stopping:
            job.at_once.set()
        else:
            watch.note("stopping after the units in progress; once more to give them up")
        job.enough()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
