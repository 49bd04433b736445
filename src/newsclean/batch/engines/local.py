"""Worker processes of this machine, each with a thread that watches over it.

A worker that finds no further unit to begin helps with those in progress, a few documents at a time, so that the last
units keep all processors busy, and a single unit too. Who began a unit puts its pieces together, in their order.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from newsclean.batch.engines import Job
from newsclean.batch.engines.remote import deliver
from newsclean.batch.sinks import make_durable
from newsclean.batch.supervisor import Lane, Stopped, own_name
from newsclean.batch.units import Unit

__all__ = ["run_local"]

_PIECE: Final = 32
"""Documents that a worker takes at once."""


class _Shared:
    """A unit in progress, in pieces that any worker may take."""

    def __init__(self, place: int, unit: Unit, folder: Path) -> None:
        self.place, self.unit = place, unit
        self._pieces = unit.pieces(_PIECE)
        name = own_name(unit)
        self.spools = [folder / f"{name}.{number}.rows" for number in range(len(self._pieces))]
        self._first, self._after = 0, len(self._pieces)
        self._left = len(self._pieces)
        self._changed = threading.Condition()

    def clean(self, lane: Lane, *, mine: bool) -> bool:
        """Clean a piece: the first one left for who began the unit, the last one for others; false where none is."""
        with self._changed:
            if self._first == self._after:
                return False
            self._first += mine
            self._after -= not mine
            number = self._first - 1 if mine else self._after
        lane.rows(self._pieces[number], self.spools[number])
        with self._changed:
            self._left -= 1
            self._changed.notify_all()
        return True

    def wait(self, job: Job) -> None:
        """Wait for the pieces that others took; raises ``Stopped`` where they were given up."""
        with self._changed:
            while self._left:
                if job.at_once.is_set():
                    raise Stopped
                self._changed.wait(0.2)

    def remove(self) -> None:
        """Remove what is left of the work."""
        for spool in self.spools:
            spool.unlink(missing_ok=True)


class _Crew:
    """All workers of a run."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._taking = threading.Lock()
        self._open: list[_Shared] = []

    def work(self, lane: Lane, name: str) -> None:
        """Do units until there are none, then help with those of others."""
        before: Future[None] | None = None
        with ThreadPoolExecutor(1) as behind:
            while (shared := self._begin()) is not None:
                done = self._done(shared, lane)
                if before is not None:
                    before.result()
                # While the disk makes sure of this unit the worker cleans the next one.
                before = behind.submit(self._commit, shared, *done, name)
            for shared in self._others():
                while shared.clean(lane, mine=False):
                    pass
            if before is not None:
                before.result()

    def _begin(self) -> _Shared | None:
        with self._taking:
            following = self._job.next()
            if following is None:
                return None
            shared = _Shared(*following, self._job.folder)
            self._open.append(shared)
            return shared

    def _others(self) -> list[_Shared]:
        with self._taking:
            return list(self._open)

    def _done(self, shared: _Shared, lane: Lane) -> tuple[Path, dict[str, Any]]:
        try:
            while shared.clean(lane, mine=True):
                pass
            shared.wait(self._job)
            self._open.remove(shared)
            return lane.finish(shared.unit, shared.spools)
        finally:
            shared.remove()

    def _commit(self, shared: _Shared, part: Path, receipt: dict[str, Any], name: str) -> None:
        make_durable(part, receipt)
        delivered = deliver(self._job.config, shared.place, shared.unit, part)
        self._job.commit(shared.place, shared.unit, delivered, receipt, name)


def run_local(job: Job) -> None:
    """Do all units in ``config.lanes`` worker processes; raises the first error after all of them have ended."""
    errors: list[BaseException] = []
    crew = _Crew(job)
    lanes = [Lane(job.config) for _ in range(job.config.lanes)]

    def drive(number: int, lane: Lane) -> None:
        try:
            crew.work(lane, f"worker {number}")
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            errors.append(error)
            job.enough()
            job.at_once.set()
        finally:
            lane.close()

    threads = [threading.Thread(target=drive, args=pair, daemon=True) for pair in enumerate(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            if job.at_once.is_set():
                for lane in lanes:
                    lane.stop()
            thread.join(0.2)
    if errors:
        raise errors[0]
