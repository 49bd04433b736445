"""The process that cleans. It is told what to do on standard input and answers on standard output.

Which document it is at it notes in a file, which the supervisor reads when it has reason to.

It is a process of its own making, not a fork of the caller: no threads, locks or memory come with it. It ends when its
supervisor does, because its standard input ends then.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, Final

from newsclean.batch.config import API, BatchConfig
from newsclean.errors import NewscleanError

__all__ = ["OUT_OF_MEMORY", "main"]

OUT_OF_MEMORY: Final = 86
"""Exit status of a worker that reached its memory limit."""


class _Limiter:
    """Moves the soft limits of this process along: so much for each document."""

    def __init__(self, cpu_seconds: int, memory: int) -> None:
        self._cpu_seconds, self._memory = cpu_seconds, memory
        try:
            import resource
        except ImportError:
            self._resource: Any = None
            return
        self._resource = resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        self._cpu_hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        self._memory_hard = resource.getrlimit(resource.RLIMIT_AS)[1]

    def memory(self, *, on: bool) -> None:
        """Limit address space to what there is now and ``memory`` more, or lift the limit."""
        if self._resource is None:
            return
        soft = self._memory_hard
        if on:
            try:
                pages = int(Path("/proc/self/statm").read_text().split()[0])
            except OSError:
                return
            soft = pages * self._resource.getpagesize() + self._memory
            if self._memory_hard != self._resource.RLIM_INFINITY:
                soft = min(soft, self._memory_hard)
        self._resource.setrlimit(self._resource.RLIMIT_AS, (soft, self._memory_hard))

    def processor(self, *, on: bool) -> None:
        """Allow ``cpu_seconds`` from now on, or lift the limit."""
        if self._resource is None:
            return
        soft = self._cpu_hard
        if on:
            used = self._resource.getrusage(self._resource.RUSAGE_SELF)
            soft = int(used.ru_utime + used.ru_stime) + 1 + self._cpu_seconds
            if self._cpu_hard != self._resource.RLIM_INFINITY:
                soft = min(soft, self._cpu_hard)
        self._resource.setrlimit(self._resource.RLIMIT_CPU, (soft, self._cpu_hard))


class _Worker:
    def __init__(self, config: Any, out: int, note: int) -> None:
        from newsclean.batch.forward import Forward
        from newsclean.batch.rows import load_cleaner

        self._config, self._out, self._note = config, out, note
        self._skipped = 0
        self._cleaner = load_cleaner(config.cleaner)
        self._forward = Forward(config.fields, self._skipping)
        if config.kind == "parquet":
            from newsclean.batch.schema import full_schema

            full_schema()
        self._limiter = _Limiter(config.limits.cpu_seconds, config.limits.memory)
        if config.cleaner == API:
            self._warm_up()
        self._limiter.memory(on=True)

    def _warm_up(self) -> None:
        """Load models and libraries before memory and time are counted, so that no document pays for them."""
        lines = [
            "A bridge is repaired",
            *("The council voted to repair the old stone bridge before winter." for _ in "123"),
        ]
        for page in ("\n".join(lines), "<article><h1>" + "</h1><p>".join(lines) + "</p></article>"):
            with contextlib.suppress(Exception):  # a page that cannot be cleaned says so when its turn comes
                self._cleaner(page, options=self._config.options)

    def say(self, **said: Any) -> None:
        """Tell the supervisor."""
        write_all(self._out, json.dumps(said).encode() + b"\n")

    def _at(self, **said: Any) -> None:
        """Note the document this is at; a change is a sign of life."""
        os.pwrite(self._note, json.dumps(said).encode() + b"\n", 0)

    def _skipping(self) -> None:
        self._limiter.processor(on=True)
        self._skipped += 1
        self._at(skipped=self._skipped)

    def work(self, unit: dict[str, Any], at: int, until: int, spool: str) -> None:
        """Clean documents ``at`` to ``until`` of a unit; each becomes a line of the spool at once."""
        from newsclean.batch.rows import clean_item
        from newsclean.batch.units import Unit

        config = self._config
        handle = os.open(spool, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            self._limiter.processor(on=True)
            self._at(begun=True)
            for i, item in enumerate(self._forward.items(Unit.of(unit), at), at):
                self._at(at=i, id=item.id, source_id=item.source_id)
                line = clean_item(item, self._cleaner, config.options, config.min_quality)
                write_all(handle, line.encode() + b"\n")
                if i + 1 >= until:
                    break
                self._limiter.processor(on=True)
        finally:
            self._limiter.processor(on=False)
            os.close(handle)
        self.say(done=True)

    def finish(self, spools: list[str], part: str) -> None:
        """Make the part of complete spools."""
        from newsclean.batch.sinks import write_part

        self._limiter.memory(on=False)
        try:
            receipt = write_part([Path(spool) for spool in spools], Path(part), self._config.stored)
        finally:
            self._limiter.memory(on=True)
        self.say(receipt=receipt)


def write_all(handle: int, data: bytes) -> None:
    """Write all of ``data`` to a file descriptor; raises ``OSError``."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _commands() -> queue.SimpleQueue[dict[str, Any]]:
    """Commands as they come; the process ends at once when they end."""
    commands: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            commands.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return commands


def main() -> None:
    """Run until standard input ends."""
    try:
        _main()
    except BaseException:  # noqa: BLE001 - the interpreter cannot end in order while a thread reads standard input
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not be taken for a message
    commands = _commands()
    start = commands.get()
    try:
        worker = _Worker(BatchConfig.model_validate_json(start["config"]), out, start["note"])
    except NewscleanError as error:
        write_all(out, json.dumps({"refused": error.message}).encode() + b"\n")
        return
    worker.say(ready=True)
    while True:
        command = commands.get()
        try:
            if command.pop("do") == "work":
                worker.work(**command)
            else:
                worker.finish(**command)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except NewscleanError as error:
            worker.say(refused=error.message)
        except OSError as error:
            worker.say(
                disk=f"{error.strerror or error}", file=str(error.filename or command.get("part") or command["spool"])
            )
