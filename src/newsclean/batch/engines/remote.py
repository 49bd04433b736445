"""What runs on the machines of a cluster: one unit, in a worker process of its own, on a shared file system."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from newsclean.batch.config import BatchConfig
from newsclean.batch.ledger import part_name
from newsclean.batch.places import Store
from newsclean.batch.supervisor import Lane
from newsclean.batch.units import Unit

__all__ = ["deliver", "do_unit"]

_LANE: dict[str, Lane] = {}
"""The worker process of this process, by its configuration; kept because starting one takes a second."""


def deliver(config: BatchConfig, place: int, unit: Unit, part: Path) -> Path:
    """Send a part to the object store, if there is one, under its final key; else leave it to who commits."""
    if config.store is None:
        return part
    name = part_name(place, unit, config.part_suffix)
    Store(config.store).put(part, name)
    return Path(name)


def do_unit(config: str, place: int, line: str, folder: str) -> tuple[str, dict[str, Any]]:
    """Do the unit of a manifest's ``line``; returns the path of the durable part below ``folder``, and its receipt.

    With an object store the part is there under its final key, and ``folder``, which other nodes may lack, is not used.
    """
    lane = _LANE.get(config)
    if lane is None:
        for old in _LANE.values():
            old.close()
        _LANE.clear()
        lane = _LANE[config] = Lane(BatchConfig.model_validate_json(config))
    try:
        unit, chosen = Unit.from_line(line), BatchConfig.model_validate_json(config)
        with tempfile.TemporaryDirectory(prefix="newsclean-") as own:
            part, receipt = lane.work(unit, Path(folder if chosen.store is None else own))
            part = deliver(chosen, place, unit, part)
    except BaseException:
        lane.close()
        raise
    return str(part), receipt
