"""What is done, and proof of it.

Beside the records stands a folder of bookkeeping (``_newsclean`` in an output folder, ``OUT.newsclean`` beside an
output file)::

    config.json      the settings that runs on one output must share
    manifest.jsonl   the units of the present run, in order
    done/ID.json     the receipt of a unit: how many records, and the SHA-256 of its part
    parts/           the parts, where the output is made of them at the end
    tmp/             work in progress; worthless to the next run
    lock             held by the process that runs

A unit is done when its receipt and its part are there and match. The receipt is durable before the part gets its final
name, so there is no moment at which a half-written part counts as done.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclean.batch.config import BatchConfig
from newsclean.batch.disk import commit, open_synced, write_json
from newsclean.batch.places import place_of
from newsclean.batch.units import Unit
from newsclean.errors import ConfigurationError, NewscleanError

__all__ = ["Ledger", "OutputError", "part_name"]


def part_name(place: int, unit: Unit, suffix: str) -> str:
    """Name of a part: names sort as the inputs do."""
    return f"part-{place:07d}-{unit.id[:16]}{suffix}"


class OutputError(NewscleanError):
    """The output cannot be written or is not what it should be."""

    reason = "output"


class Ledger:
    """The bookkeeping of one output."""

    def __init__(self, output: Path, *, single: bool, two_steps: bool, suffix: str, store: str | None) -> None:
        self.output = output
        self.home = output.with_name(f"{output.name}.newsclean") if single else output / "_newsclean"
        self.parts = self.home / "parts" if two_steps else output
        self.single, self.two_steps, self.suffix, self.store = single, two_steps, suffix, store
        self.place = place_of(self.parts, store)
        self.done = self.home / "done"
        self.tmp = self.home / "tmp"
        self.manifest = self.home / "manifest.jsonl"
        self.success = self.home / "_SUCCESS" if single else output / "_SUCCESS"
        self.failures = output.with_name(f"{output.name}.failures.jsonl")
        self._made: list[Path] = []

    @classmethod
    def of(cls, config: BatchConfig) -> Ledger:
        """The ledger a run keeps."""
        return cls(
            config.output,
            single=config.single,
            two_steps=config.two_steps,
            suffix=config.part_suffix,
            store=config.store,
        )

    @classmethod
    def found(cls, output: Path) -> Ledger:
        """The ledger that stands at ``output``; raises ``ConfigurationError`` where there is none."""
        for home in (output.with_name(f"{output.name}.newsclean"), output / "_newsclean"):
            if (home / "config.json").exists():
                layout = json.loads((home / "config.json").read_bytes())["layout"]
                return cls(output, **layout)
        raise ConfigurationError("holds no output of `newsclean batch`", input=str(output))

    def prepare(self) -> None:
        """Make the folders; raises ``OutputError``."""
        try:
            for folder in (self.home, self.done, self.tmp, self.parts):
                self._made += [path for path in (*reversed(folder.parents), folder) if not path.exists()]
                folder.mkdir(parents=True, exist_ok=True)
            for name in ("lock", "tmp/.writable"):
                (self.home / name).open("ab").close()
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", input=str(error.filename)) from error

    def withdraw(self) -> None:
        """Remove what :meth:`prepare` made, where no unit was ever done; the lock must be held."""
        if any(self.done.glob("*.json")):
            return
        shutil.rmtree(self.home)
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def sweep(self) -> None:
        """Remove what an earlier run left half done; the lock must be held."""
        for path in self.tmp.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in (*self.done.glob(".*.tmp"), *self.home.glob(".*.tmp")):
            path.unlink()

    def agree(self, config: BatchConfig) -> None:
        """Refuse to mix: raises ``ConfigurationError`` where the output was made with other settings."""
        path = self.home / "config.json"
        wanted = config.described()
        if path.exists() and not config.force and any(self.done.glob("*.json")):
            had = json.loads(path.read_bytes())["settings"]
            changed = sorted(name for name in {*had, *wanted} if had.get(name) != wanted.get(name))
            if changed:
                raise ConfigurationError(
                    f"was made with other settings ({', '.join(changed)}); name another output, or say --force to do "
                    "everything again",
                    input=str(self.output),
                )
        layout = {"single": self.single, "two_steps": self.two_steps, "suffix": self.suffix, "store": self.store}
        write_json(path, {"settings": wanted, "layout": layout})

    def write_manifest(self, units: Iterator[Unit]) -> tuple[int, int]:
        """Replace the manifest; returns how many units and inputs there are."""
        count = inputs = 0
        temporary = self.tmp / "manifest"
        with open_synced(temporary) as file:
            for unit in units:
                file.write(unit.to_line().encode("ascii") + b"\n")
                count += 1
                inputs += unit.count
        commit(temporary, self.manifest)
        return count, inputs

    def units(self) -> Iterator[tuple[int, Unit]]:
        """Units of the manifest with their places."""
        with self.manifest.open(encoding="ascii") as file:
            for place, line in enumerate(file):
                yield place, Unit.from_line(line)

    def part_name(self, place: int, unit: Unit) -> str:
        """Name of a part."""
        return part_name(place, unit, self.suffix)

    def receipt(self, unit: Unit) -> dict[str, Any] | None:
        """The receipt of a unit, if there is one that can be read."""
        try:
            said: dict[str, Any] = json.loads((self.done / f"{unit.id}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return said

    def check(self, place: int, unit: Unit) -> dict[str, Any] | None:
        """The receipt of a unit that is done, else ``None``. A part that has moved to another place is renamed."""
        said = self.receipt(unit)
        if said is None or said["records"] != unit.count:
            return None
        wanted = self.part_name(place, unit)
        there = next((name for name in (wanted, said["part"]) if self.place.size(name) == said["bytes"]), None)
        if there is None or self.place.sha256(there) != said["sha256"]:
            return None
        if there != wanted:
            self.place.move(there, wanted)
        if said["part"] != wanted:
            said["part"] = wanted
            write_json(self.done / f"{unit.id}.json", said)
        return said

    def commit(self, place: int, unit: Unit, part: Path, receipt: dict[str, Any]) -> None:
        """Enter a unit as done; ``part`` is durable and gets its final name, which in a store it has already."""
        if receipt["records"] != unit.count:
            raise OutputError(f"{receipt['records']} records for {unit.count} inputs", input=str(part))
        name = self.part_name(place, unit)
        if self.store is not None and self.place.size(name) != receipt["bytes"]:
            raise OutputError(f"{name} is not what was sent there", input=self.store)
        write_json(self.done / f"{unit.id}.json", receipt | {"part": name})
        if self.store is None:
            self.place.put(part, name)

    def drop_stale(self) -> int:
        """Remove parts and receipts of units that are no longer planned; returns how many parts."""
        names, ids = set(), set()
        for place, unit in self.units():
            names.add(self.part_name(place, unit))
            ids.add(unit.id)
        dropped = 0
        for name in list(self.place.names()):
            if name not in names and name.endswith(self.suffix):
                self.place.remove(name)
                dropped += 1
        for path in self.done.glob("*.json"):
            if path.stem not in ids:
                path.unlink()
        return dropped
