"""One worker process and the care of it: a document that kills it, or hangs, costs that document only."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from newsclean.batch.config import BatchConfig, Limits
from newsclean.batch.forward import nameless
from newsclean.batch.rows import lost_row
from newsclean.batch.units import Unit
from newsclean.batch.worker import OUT_OF_MEMORY
from newsclean.errors import ConfigurationError, NewscleanError

__all__ = ["Lane", "Stopped", "WorkerError"]

_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from newsclean.batch.worker import main; main()"
)
# One thread each: there is a worker for each processor. The seed: third-party code may depend on the order of sets.
_ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
_START_SECONDS: Final = 300.0


class WorkerError(NewscleanError):
    """A worker process cannot do its work at all, whatever the document."""

    reason = "worker"


class Stopped(Exception):
    """The lane was told to stop at once."""


class _Died(Exception):
    def __init__(self, status: int | None) -> None:
        self.status = status
        super().__init__(status)


@dataclass(slots=True)
class _Suspect:
    """A document at which a worker died."""

    at: int
    id: str | None
    source_id: str | None
    reason: str
    message: str


class _Child:
    """A worker process."""

    def __init__(self, config: BatchConfig) -> None:
        self._log = tempfile.TemporaryFile("ab+")  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,
        )
        self._buffer = b""
        try:
            self.send(config=config.model_dump_json())
            first = self.hear(_START_SECONDS)
        except _Died as died:
            why = f"the worker process did not start ({_how(died.status)}): {self.log()}"
            self.end()
            raise WorkerError(why) from died
        if first is None or "ready" not in first:
            self.end()
            raise ConfigurationError(first["refused"] if first else "the worker process did not start in time")

    def send(self, **said: Any) -> None:
        """Give it a command."""
        try:
            assert self._process.stdin is not None  # noqa: S101 - for the type checker
            self._process.stdin.write(json.dumps(said).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise _Died(self._process.wait()) from error

    def hear(self, seconds: float | None) -> dict[str, Any] | None:
        """Its next message, ``None`` where none comes in time."""
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        handle = self._process.stdout.fileno()
        until = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._buffer:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return None
            if not select.select([handle], [], [], left)[0]:
                return None
            more = os.read(handle, 1 << 16)
            if not more:
                raise _Died(self._process.wait())
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
        return said

    def log(self) -> str:
        """End of what it printed."""
        self._log.seek(0)
        return self._log.read()[-800:].decode("utf-8", "replace").strip().rpartition("\n")[2]

    def forget_log(self) -> None:
        """Empty what it printed, which would grow for ever."""
        self._log.truncate(0)

    def end(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._log.close()


class Lane:
    """Does one unit after the other in a worker process, which it starts again as often as it must.

    Belongs to one thread. ``close`` ends the process.
    """

    def __init__(self, config: BatchConfig) -> None:
        self._config = config
        self._child: _Child | None = None
        self._stopped = False

    def close(self) -> None:
        """End the worker process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def stop(self) -> None:
        """Make :meth:`work` raise :class:`Stopped` soon; may be called from another thread."""
        self._stopped = True

    def work(self, unit: Unit, folder: Path) -> tuple[Path, dict[str, Any]]:
        """Do ``unit``; returns the durable part, under a name of its own in ``folder``, and its receipt.

        Raises ``OSError`` (disk full, no permission), ``WorkerError``, ``ConfigurationError`` and ``Stopped``.
        """
        name = f"{unit.id}.{uuid.uuid4().hex[:8]}"
        spool = folder / f"{name}.rows"
        part = folder / f"{name}{self._config.part_suffix}"
        try:
            self.rows(unit, spool)
            child = self._running()
            try:
                child.send(do="finish", spool=str(spool), part=str(part))
                said = self._hear(child, None)
            except _Died as died:
                why = f"the worker process ended while it wrote {part} ({_how(died.status)}): {child.log()}"
                self.close()
                raise WorkerError(why) from died
            return part, {"unit": unit.id, **said["receipt"]}
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        finally:
            spool.unlink(missing_ok=True)

    def rows(self, unit: Unit, spool: Path) -> None:
        """Write a line for each document of ``unit`` to the file ``spool``; raises as :meth:`work` does."""
        at, suspected = 0, False
        spool.touch()
        while at < unit.count:
            suspect = self._clean(unit, at, at + 1 if suspected else unit.count, spool)
            if suspect is None:
                at, suspected = (at + 1 if suspected else unit.count), False
                continue
            at = suspect.at
            if suspected:
                _quarantine(unit, suspect, spool)
                at += 1
            suspected = not suspected

    def _clean(self, unit: Unit, at: int, until: int, spool: Path) -> _Suspect | None:
        """Send the worker through documents ``at`` to ``until``; the document it died at, if it did."""
        child = self._running()
        said: dict[str, Any] = {}
        limits = self._config.limits
        try:
            child.send(do="work", unit=asdict(unit), at=at, until=until, spool=str(spool))
            while True:
                heard = self._hear(child, limits.seconds)
                if heard is None:
                    why = ("timeout", _too_long(limits))
                    break
                if "done" in heard:
                    return None
                if "at" in heard:
                    said = heard
        except _Died as died:
            why = _why(died.status, limits)
        self.close()
        here = _settle(spool)
        known = said if said.get("at") == here else {}
        return _Suspect(here, known.get("id"), known.get("source_id"), *why)

    def _hear(self, child: _Child, seconds: float | None) -> Any:
        """Next message; errors that are not the document's are raised."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if self._stopped:
                raise Stopped
            left = 0.5 if until is None else min(0.5, until - time.monotonic())
            if left <= 0:
                return None
            said = child.hear(left)
            if said is None:
                continue
            if "disk" in said:
                raise OSError(None, said["disk"], said["file"])
            if "refused" in said:
                raise ConfigurationError(said["refused"])
            return said

    def _running(self) -> _Child:
        if self._child is not None:
            self._child.forget_log()
            return self._child
        for _ in range(2):
            # Once or twice may be the system, short of memory for a moment.
            with contextlib.suppress(WorkerError):
                self._child = _Child(self._config)
                return self._child
        self._child = _Child(self._config)
        return self._child


def _settle(spool: Path) -> int:
    """Cut off a torn last line; how many lines there are."""
    count, end = 0, 0
    with spool.open("rb+") as file:
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(end)
                break
            count, end = count + 1, end + len(line)
    return count


def _quarantine(unit: Unit, suspect: _Suspect, spool: Path) -> None:
    name = suspect.id if suspect.id is not None else nameless(unit, suspect.at)
    line = lost_row(name, "quarantined", suspect.reason, suspect.message, source_id=suspect.source_id)
    with spool.open("ab") as file:
        file.write(line.encode() + b"\n")


def _too_long(limits: Limits) -> str:
    return (
        f"took longer than {limits.cpu_seconds} s of processor time or {limits.seconds:g} s in all, "
        "the second time alone"
    )


def _why(status: int | None, limits: Limits) -> tuple[str, str]:
    if status == -signal.SIGXCPU:
        return "timeout", _too_long(limits)
    if status == OUT_OF_MEMORY:
        return "memory", f"needed more than {limits.memory:,} bytes of memory, the second time alone"
    return "crashed", f"its process ended with {_how(status)}, the second time alone"


def _how(status: int | None) -> str:
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"status {status}"
