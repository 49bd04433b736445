"""A worker process as its supervisor sees it: started, told, heard, ended."""

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
from typing import Any, Final

from newsclean.batch.config import BatchConfig
from newsclean.errors import ConfigurationError, NewscleanError

__all__ = ["Child", "Died", "WorkerError", "how"]

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


class Died(Exception):
    """The process has ended, with this status."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        super().__init__(status)


def how(status: int | None) -> str:
    """How a process ended, in a word or two."""
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"status {status}"


class Child:
    """A worker process."""

    def __init__(self, config: BatchConfig) -> None:
        self._log = tempfile.TemporaryFile("ab+")  # noqa: SIM115 - lives as long as the process
        self._note = tempfile.TemporaryFile("rb+", buffering=0)  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,
            pass_fds=(self._note.fileno(),),
        )
        self._buffer = b""
        try:
            self.send(config=config.model_dump_json(), note=self._note.fileno())
            first = self.hear(_START_SECONDS)
        except Died as died:
            why = f"the worker process did not start ({how(died.status)}): {self.log()}"
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
            raise Died(self._process.wait()) from error

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
                raise Died(self._process.wait())
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
        return said

    def note(self) -> bytes:
        """Where it said it was, last of all; stays readable when it is dead."""
        return os.pread(self._note.fileno(), 1 << 20, 0).partition(b"\n")[0]

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
        self._note.close()
