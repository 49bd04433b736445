"""Any number of pages, overnight: see ``docs/batch.md``.

::

    from newsclean.batch import BatchConfig, run, verify

    summary = run(BatchConfig(sources=("pages",), output="articles"))
    assert verify(summary.output).clean
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclean.batch.arrow import clean_batch
    from newsclean.batch.audit import verify
    from newsclean.batch.config import BatchConfig, Fields, Limits
    from newsclean.batch.runner import run

__all__ = ["BatchConfig", "Fields", "Limits", "clean_batch", "run", "verify"]

_HOMES = {
    "BatchConfig": "config",
    "Fields": "config",
    "Limits": "config",
    "clean_batch": "arrow",
    "run": "runner",
    "verify": "audit",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
