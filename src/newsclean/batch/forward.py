"""Items of a unit; containers stay open from one unit to the next, so that each worker reads a file once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from newsclean.batch.config import Fields
from newsclean.batch.containers import Container, container
from newsclean.batch.items import Item, container_id, file_id
from newsclean.batch.units import Unit
from newsclean.errors import ConfigurationError

__all__ = ["Forward", "nameless"]


def nameless(unit: Unit, at: int) -> str:
    """Id of the document ``at`` of a unit where it could not be read far enough to know it."""
    if unit.kind == "page":
        return file_id(unit.files[at][0])
    if unit.kind == "broken":
        return file_id(unit.files[0][0])
    return container_id(unit.files[0][0], f"record-{unit.first + at}")


class Forward:
    """Reads containers forward only, and goes back to a mark where it must."""

    def __init__(self, fields: Fields, skipping: Callable[[], None]) -> None:
        """``skipping`` is called now and then while records are passed over."""
        self._fields, self._skipping = fields, skipping
        self._file: tuple[Any, ...] = ()
        self._container: Container | None = None
        self._records: Iterator[Any] = iter(())
        self._next = 0

    def items(self, unit: Unit, at: int) -> Iterator[Item]:
        """Items of ``unit`` from the one at ``at`` on; as many as the unit counts, whatever became of the file."""
        if unit.kind == "page":
            yield from (Item.of_file(path) for path, _, _ in unit.files[at:])
        elif unit.kind == "broken":
            yield from [Item.broken(nameless(unit, 0), unit.why)][at:]
        else:
            for i in range(at, unit.count):
                yield self._item(unit, i)

    def _item(self, unit: Unit, at: int) -> Item:
        try:
            raw = self._record(unit, unit.first + at)
            if raw is None or self._container is None:
                return Item.broken(nameless(unit, at), "the record is no longer in the file")
            return self._container.item(raw)
        except (ConfigurationError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - a torn file is a failed input, not the end of the run
            self._file = ()
            return Item.broken(nameless(unit, at), f"{type(error).__name__}: {error}")

    def _record(self, unit: Unit, ordinal: int) -> Any:
        mark, hint = unit.hint or (0, None)
        if self._file != (unit.kind, *unit.files[0]) or not mark <= self._next <= ordinal:
            self._container = container(unit.kind, unit.files[0][0], self._fields)
            self._records = self._container.records(hint)
            self._file, self._next = (unit.kind, *unit.files[0]), mark
        while self._next <= ordinal:
            raw = next(self._records, None)
            self._next += 1
            if self._next <= ordinal and self._next % 500 == 0:
                self._skipping()
            if raw is None:
                self._file = ()
                return None
        return raw
