"""What runs on the machines of a cluster: one unit, in a worker process of its own, on a shared file system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsclean.batch.config import BatchConfig
from newsclean.batch.supervisor import Lane
from newsclean.batch.units import Unit

__all__ = ["do_unit"]

_LANE: dict[str, Lane] = {}
"""The worker process of this process, by its configuration; kept because starting one takes a second."""


def do_unit(config: str, line: str, folder: str) -> tuple[str, dict[str, Any]]:
    """Do the unit of a manifest's ``line``; returns the path of the durable part below ``folder``, and its receipt."""
    lane = _LANE.get(config)
    if lane is None:
        for old in _LANE.values():
            old.close()
        _LANE.clear()
        lane = _LANE[config] = Lane(BatchConfig.model_validate_json(config))
    try:
        part, receipt = lane.work(Unit.from_line(line), Path(folder))
    except BaseException:
        lane.close()
        raise
    return str(part), receipt
