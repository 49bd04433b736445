"""Who does the units: processes of this machine, a Ray cluster, or Spark. Whoever does them, one process commits."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from newsclean.batch.config import BatchConfig
from newsclean.batch.units import Unit

__all__ = ["Engine", "Job", "engine_of"]


class Job:
    """The units to do, and where to report them."""

    def __init__(
        self,
        config: BatchConfig,
        todo: Iterator[tuple[int, Unit]],
        folder: Path,
        commit: Callable[[int, Unit, Path, dict[str, Any]], None],
    ) -> None:
        self.config, self.folder = config, folder
        self._todo, self._commit = todo, commit
        self._lock = threading.Lock()
        self.done_by: Counter[str] = Counter()
        """How many units each worker or node did."""
        self._enough = threading.Event()
        self.at_once = threading.Event()
        """Set where even units in progress are to be given up."""

    def next(self) -> tuple[int, Unit] | None:
        """The next unit with its place, ``None`` after the last one or after :meth:`enough`."""
        with self._lock:
            return None if self._enough.is_set() else next(self._todo, None)

    def commit(self, place: int, unit: Unit, part: Path, receipt: dict[str, Any], by: str) -> None:
        """Report a unit as done ``by`` somebody: its part, durable, under any name in ``folder``."""
        with self._lock:
            self._commit(place, unit, part, receipt)
            self.done_by[by] += 1

    def enough(self) -> None:
        """Begin no further unit."""
        self._enough.set()

    @property
    def stopping(self) -> bool:
        """Whether no further unit is to be begun."""
        return self._enough.is_set()


class Engine(Protocol):
    """Does all units of a job; raises what stops it."""

    def __call__(self, job: Job) -> None: ...


def engine_of(config: BatchConfig) -> Engine:
    """The engine by its name."""
    if config.engine == "ray":
        from newsclean.batch.engines.ray import run_ray

        return run_ray
    if config.engine == "spark":
        from newsclean.batch.engines.spark import run_spark

        return run_spark
    from newsclean.batch.engines.local import run_local

    return run_local
