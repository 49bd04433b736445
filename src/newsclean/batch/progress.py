"""How a run goes, for people, on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import IO, Any, Final, Self

from newsclean.batch.summary import Summary

__all__ = ["Lines", "Live", "print_summary", "watcher"]

_EVERY: Final = 60.0
"""Seconds between two lines where there is no terminal."""
_SITES: Final = 20


def watcher(*, quiet: bool, stream: IO[str] | None = None) -> Lines | Live:
    """A bar on a terminal, a line a minute elsewhere, nothing with ``quiet``."""
    stream = stream or sys.stderr
    if not quiet and stream.isatty():
        return Live(stream)
    return Lines(stream, quiet=quiet)


class _Counts:
    def __init__(self) -> None:
        self.units = self.inputs = self.done = self.cleaned = 0
        self.status: dict[str, int] = {}
        self.started = time.monotonic()

    def planned(self, units: int, inputs: int) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        self.units, self.inputs, self.started = units, inputs, time.monotonic()

    def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        self.done += receipt["records"]
        self.cleaned += receipt["records"] if again else 0
        for status, count in receipt["status"].items():
            self.status[status] = self.status.get(status, 0) + count

    @property
    def rate(self) -> float:
        """Documents a second, of those this run cleaned."""
        return self.cleaned / max(time.monotonic() - self.started, 1e-9)

    def told(self) -> str:
        """The counts in a few words."""
        states = ", ".join(f"{count:,} {status}" for status, count in sorted(self.status.items()))
        left = f", {_span((self.inputs - self.done) / self.rate)} left" if self.cleaned else ""
        return f"{self.done:,} of {self.inputs:,} ({states or 'none yet'}), {self.rate:.1f} a second{left}"


def _span(seconds: float) -> str:
    """
    >>> _span(59.6), _span(3725)
    ('1m00s', '1h02m')
    """
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}m{whole % 60:02d}s"
    return f"{whole // 3600}h{whole % 3600 // 60:02d}m"


class Lines(_Counts):
    """One line a minute, and notes."""

    def __init__(self, stream: IO[str], *, quiet: bool = False) -> None:
        super().__init__()
        self._stream, self._quiet, self._last = stream, quiet, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        super().unit(receipt, again=again)
        if time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            self._say(self.told())

    def note(self, text: str) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        self._say(text)

    def step(self, text: str) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""

    def _say(self, text: str) -> None:
        if not self._quiet:
            print(text, file=self._stream, flush=True)


class Live(_Counts):
    """A bar that moves with each finished unit."""

    def __init__(self, stream: IO[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        super().__init__()
        self._console = Console(file=stream)
        self._bar = Progress(BarColumn(), TextColumn("{task.description}"), console=self._console, transient=True)
        self._task = self._bar.add_task("looking for inputs", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def planned(self, units: int, inputs: int) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        super().planned(units, inputs)
        self._bar.update(self._task, total=inputs, completed=0, description=f"{inputs:,} inputs in {units:,} units")

    def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        super().unit(receipt, again=again)
        self._bar.update(self._task, completed=self.done, description=self.told(), refresh=True)

    def note(self, text: str) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        self._console.print(text, markup=False, highlight=False)

    def step(self, text: str) -> None:
        """See :class:`newsclean.batch.summary.Watcher`."""
        self._bar.update(self._task, description=text)


def print_summary(summary: Summary, stream: IO[str]) -> None:
    """Tables by status, reason, site and warning."""
    from rich.console import Console
    from rich.table import Table

    console, stats = Console(file=stream), summary.stats
    if stats.sites:
        table = Table("site", "records", "ok", "removed", title="by site")
        by_size = sorted(stats.sites.items(), key=lambda entry: (-entry[1][0], entry[0]))
        for site, (records, ok, kept, removed) in by_size[:_SITES]:
            share = f"{removed / (kept + removed):.0%}" if kept + removed else "-"
            table.add_row(site, f"{records:,}", f"{ok:,}", share)
        if len(by_size) > _SITES:
            table.add_row(f"and {len(by_size) - _SITES:,} more", "", "", "")
        console.print(table)
    for title, counter in (("by reason", stats.reasons), ("warnings", stats.warnings)):
        if counter:
            table = Table(title.removeprefix("by "), "records", title=title)
            for name, number in sorted(counter.items(), key=lambda entry: (-entry[1], entry[0])):
                table.add_row(name, f"{number:,}")
            console.print(table)
    states = ", ".join(f"{count:,} {status}" for status, count in sorted(stats.status.items()))
    doubles = "" if summary.duplicates is None else f"; {summary.duplicates:,} are duplicates"
    console.print(
        f"{summary.records:,} of {summary.inputs:,} inputs: {states or 'none'}; {summary.cleaned:,} cleaned now{doubles}",
        markup=False,
        highlight=False,
    )
