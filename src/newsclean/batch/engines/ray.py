"""Units as tasks of Ray Core. Inputs and output must be reachable by the same paths on all nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsclean.batch.config import need
from newsclean.batch.engines import Job
from newsclean.batch.engines.remote import do_unit
from newsclean.batch.units import Unit

__all__ = ["run_ray"]


def _task(config: str, place: int, line: str, folder: str) -> tuple[str, dict[str, Any], str]:
    import ray

    return (*do_unit(config, place, line, folder), ray.get_runtime_context().get_node_id())


def run_ray(job: Job) -> None:
    """Do all units on a Ray cluster: that of ``config.address``, one already connected to, or one of this machine.

    A task whose node or process is lost is given to another one, three times at most.
    """
    ray = need("ray", "ray", "--engine ray")
    ours = not ray.is_initialized()
    if ours:
        alone = {} if job.config.address else {"include_dashboard": False}
        ray.init(address=job.config.address, log_to_driver=False, **alone)
    try:
        _drive(job, ray)
    finally:
        if ours:
            ray.shutdown()


def _drive(job: Job, ray: Any) -> None:
    task = ray.remote(num_cpus=1, max_retries=3, scheduling_strategy="SPREAD")(_task)
    config = ray.put(job.config.model_dump_json())
    running: dict[Any, tuple[int, Unit]] = {}
    try:
        while True:
            # Two for each processor: the next unit waits at the node when one ends.
            wanted = max(2, 2 * int(ray.cluster_resources().get("CPU", 1)))
            while len(running) < wanted and (following := job.next()) is not None:
                place, unit = following
                running[task.remote(config, place, unit.to_line(), str(job.folder.absolute()))] = following
            if not running or job.at_once.is_set():
                return
            ready, _ = ray.wait(list(running), num_returns=1, timeout=0.5)
            for reference in ready:
                place, unit = running.pop(reference)
                part, receipt, node = _result(ray, reference)
                job.commit(place, unit, Path(part), receipt, node)
    finally:
        for reference in running:
            ray.cancel(reference, force=True)


def _result(ray: Any, reference: Any) -> tuple[str, dict[str, Any], str]:
    try:
        return ray.get(reference)  # type: ignore[no-any-return]
    except ray.exceptions.RayTaskError as error:
        # The error of the unit itself (disk full, an extra that is missing there), not Ray's wrapping of it.
        raise (error.cause if isinstance(error.cause, Exception) else error) from error
