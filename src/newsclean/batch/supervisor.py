"""One worker process and the care of it: a document that kills it, or hangs, costs that document only."""

from __future__ import annotations

import contextlib
import json
import signal
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from newsclean.batch.config import BatchConfig, Limits
from newsclean.batch.forward import nameless
from newsclean.batch.process import Child, Died, WorkerError, how
from newsclean.batch.rows import lost_row
from newsclean.batch.sinks import make_durable
from newsclean.batch.units import Unit
from newsclean.batch.worker import OUT_OF_MEMORY
from newsclean.errors import ConfigurationError

__all__ = ["Lane", "Stopped", "WorkerError", "own_name"]

_LOOK_SECONDS: Final = 0.5
"""How often a worker's note is looked at. To be told of each document would cost a processor 4 % of its time."""

_WRITES: Final = 3
"""How often the writing of a part is begun. No page is run there, so whoever ends it is most likely somebody else."""


def own_name(unit: Unit) -> str:
    """A name for work in progress that nobody else takes."""
    return f"{unit.id}.{uuid.uuid4().hex[:8]}"


class Stopped(Exception):
    """The lane was told to stop at once."""


@dataclass(slots=True)
class _Suspect:
    """A document at which a worker died."""

    at: int
    id: str | None
    source_id: str | None
    reason: str
    message: str


class Lane:
    """Does one unit after the other in a worker process, which it starts again as often as it must.

    Belongs to one thread. ``close`` ends the process.
    """

    def __init__(self, config: BatchConfig) -> None:
        self._config = config
        self._child: Child | None = None
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
        spool = folder / f"{own_name(unit)}.rows"
        try:
            self.rows(unit, spool)
            part, receipt = self.finish(unit, [spool])
        finally:
            spool.unlink(missing_ok=True)
        make_durable(part, receipt)
        return part, receipt

    def finish(self, unit: Unit, spools: list[Path]) -> tuple[Path, dict[str, Any]]:
        """Make the part of ``unit`` from all its lines; raises as :meth:`work` does.

        The part has a name of its own beside the spools. It is written and read again, and not yet durable.
        """
        part = spools[0].with_name(f"{own_name(unit)}{self._config.part_suffix}")
        try:
            receipt = self._written([str(spool) for spool in spools], part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return part, {"unit": unit.id, **receipt}

    def _written(self, spools: list[str], part: Path) -> dict[str, Any]:
        """Have the part written, again by another process where one ends meanwhile: the lines are all there."""
        why = ""
        for _ in range(_WRITES):
            child = self._running()
            try:
                child.send(do="finish", spools=spools, part=str(part))
                receipt: dict[str, Any] = self._hear(child, None)["receipt"]
            except Died as died:
                why = f"{how(died.status)}: {child.log()}"
                self.close()
            else:
                return receipt
        raise WorkerError(f"{_WRITES} worker processes in turn ended while they wrote {part} ({why})")

    def rows(self, unit: Unit, spool: Path) -> None:
        """Write a line for each document of ``unit`` to the new file ``spool``; raises as :meth:`work` does."""
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
        limits = self._config.limits
        try:
            child.send(do="work", unit=asdict(unit), at=at, until=until, spool=str(spool))
            if self._hear(child, limits.seconds) is not None:
                return None
            why = ("timeout", _too_long(limits))
        except Died as died:
            why = _why(died.status, limits)
        said = _read_note(child.note())
        self.close()
        here = _settle(spool)
        known = said if said.get("at") == here else {}
        return _Suspect(here, known.get("id"), known.get("source_id"), *why)

    def _hear(self, child: Child, seconds: float | None) -> Any:
        """Next message, ``None`` where none comes and its note stays the same for ``seconds``.

        Errors that are not the document's are raised.
        """
        note, since = b"", time.monotonic()
        while True:
            if self._stopped:
                raise Stopped
            said = child.hear(_LOOK_SECONDS if seconds is None else min(_LOOK_SECONDS, seconds / 4))
            if said is None:
                before, note = note, child.note()
                if note != before:
                    since = time.monotonic()
                elif seconds is not None and time.monotonic() - since >= seconds:
                    return None
                continue
            if "disk" in said:
                raise OSError(None, said["disk"], said["file"])
            if "refused" in said:
                raise ConfigurationError(said["refused"])
            return said

    def _running(self) -> Child:
        if self._child is not None:
            self._child.forget_log()
            return self._child
        for _ in range(2):
            # Once or twice may be the system, short of memory for a moment.
            with contextlib.suppress(WorkerError):
                self._child = Child(self._config)
                return self._child
        self._child = Child(self._config)
        return self._child


def _read_note(note: bytes) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(note)
    except ValueError:
        return {}
    return said


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
    return "crashed", f"its process ended with {how(status)}, the second time alone"
