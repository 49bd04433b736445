"""What a run tells when it ends, and while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from newsclean.batch.sinks import Stats

__all__ = ["Silent", "Summary", "Watcher"]


@dataclass(slots=True)
class Summary:
    """The outcome of a run. ``records`` counts what stands in the output, ``cleaned`` what this run did of it."""

    output: Path
    failures: Path
    inputs: int = 0
    units: int = 0
    records: int = 0
    cleaned: int = 0
    duplicates: int | None = None
    done_by: dict[str, int] = field(default_factory=dict)
    """Units each worker or node did in this run."""
    interrupted: bool = False
    complete: bool = False
    stats: Stats = field(default_factory=Stats)
    notes: list[str] = field(default_factory=list)

    @property
    def not_ok(self) -> int:
        """Inputs that have no article."""
        return self.records - self.stats.status["ok"]

    def to_dict(self) -> dict[str, Any]:
        """JSON types only; nothing that depends on when or where the run was."""
        told = {"inputs": self.inputs, "records": self.records, "units": self.units, "duplicates": self.duplicates}
        return told | self.stats.to_dict()


class Watcher(Protocol):
    """Is told how a run goes."""

    def planned(self, units: int, inputs: int) -> None:
        """The plan stands."""

    def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
        """A unit is done: by an earlier run (``again`` false) or by this one."""

    def note(self, text: str) -> None:
        """Something people should know."""

    def step(self, text: str) -> None:
        """What comes after cleaning has begun."""


class Silent:
    """A watcher that says nothing."""

    def planned(self, units: int, inputs: int) -> None:
        """See :class:`Watcher`."""

    def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
        """See :class:`Watcher`."""

    def note(self, text: str) -> None:
        """See :class:`Watcher`."""

    def step(self, text: str) -> None:
        """See :class:`Watcher`."""
