"""Worker processes of this machine, each with a thread that watches over it."""

from __future__ import annotations

import threading

from newsclean.batch.engines import Job
from newsclean.batch.engines.remote import deliver
from newsclean.batch.supervisor import Lane, Stopped

__all__ = ["run_local"]


def run_local(job: Job) -> None:
    """Do all units in ``config.lanes`` worker processes; raises the first error after all of them have ended."""
    errors: list[BaseException] = []
    lanes = [Lane(job.config) for _ in range(job.config.lanes)]

    def drive(number: int, lane: Lane) -> None:
        try:
            while (following := job.next()) is not None:
                place, unit = following
                part, receipt = lane.work(unit, job.folder)
                job.commit(place, unit, deliver(job.config, place, unit, part), receipt, f"worker {number}")
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            errors.append(error)
            job.enough()
            job.at_once.set()
        finally:
            lane.close()

    threads = [threading.Thread(target=drive, args=pair, daemon=True) for pair in enumerate(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            if job.at_once.is_set():
                for lane in lanes:
                    lane.stop()
            thread.join(0.2)
    if errors:
        raise errors[0]
