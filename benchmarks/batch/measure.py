"""Rate, memory, speed-up and overhead of ``newsclean batch`` on many small files made from the test fixtures.

    python -m benchmarks.batch.measure --small 10000 --large 100000 > benchmarks/batch/results.json

Runs in processes of their own: ``large`` files with one worker and with two, ``small`` files with two, and a plain loop
over a sample, which shows what cleaning alone costs. Speed-up is of clocks, starting up and finishing included, and means
something on a machine with nothing else to do only (see ``load``); the rest is told in times of processors.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures"

LOOP = """
import sys, time
from pathlib import Path
from newsclean import clean
from newsclean.errors import NewscleanError
names = [str(p) for p in sorted(Path(sys.argv[1]).rglob("*.*"))[: int(sys.argv[2])]]
def one(name):
    try:
        clean(Path(name)).to_json()
    except NewscleanError:
        pass
for name in names[:200]:
    one(name)
started = time.process_time()
for name in names:
    one(name)
print((time.process_time() - started) / len(names))
"""


def make(folder: Path, count: int, kinds: tuple[str, ...]) -> None:
    """``count`` pages from the fixtures, each with a number of its own in front of its last line."""
    files = [p for p in sorted(FIXTURES.rglob("*")) if p.suffix in kinds]
    pages, suffixes = [p.read_bytes() for p in files], [p.suffix for p in files]
    for i in range(count):
        data = pages[i % len(pages)]
        head, mark, tail = data.rstrip().rpartition(b"\n")
        path = folder / f"{i // 1000:04d}" / f"{i:07d}{suffixes[i % len(pages)]}"
        if i % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(head + mark + (b"" if path.suffix == ".html" else f"{i} ".encode()) + tail + b"\n")


def tree(process: int) -> list[int]:
    """Ids of a process and of those it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        threads = [t.name for t in Path(f"/proc/{process}/task").iterdir() if t.name != str(process)]
        for thread in threads:
            children += Path(f"/proc/{process}/task/{thread}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *(p for child in children for p in tree(int(child)))]


def peak(process: int) -> int:
    """Highest resident memory of a process so far, in bytes."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def run(source: Path, output: Path, workers: int) -> dict[str, Any]:
    """One run: wall and processor seconds, and the peaks of memory of the supervisor and of the largest worker."""
    code = (
        "import resource, sys; from newsclean.batch import BatchConfig, run; "
        "s = run(BatchConfig(sources=(sys.argv[1],), output=sys.argv[2], workers=int(sys.argv[3]))); "
        "print(s.records, s.not_ok, s.units, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)"
    )
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(source), str(output), str(workers)], stdout=subprocess.PIPE, text=True
    )
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for one in tree(process.pid):
            peaks[one] = max(peaks.get(one, 0), peak(one))
        time.sleep(0.2)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0
    assert process.stdout is not None
    records, not_ok, units, main = map(int, process.stdout.read().split())
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peaks.pop(process.pid, None)
    return {
        "files": records,
        "not_ok": not_ok,
        "units": units,
        "workers": workers,
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(processor, 1),
        "files_per_second": round(records / wall, 1),
        "cpu_ms_per_file": round(1000 * processor / records, 3),
        "cores_used": round(processor / wall, 2),
        "peak_supervisor_mb": round(main / 1e6, 1),
        "peak_worker_mb": round(max(peaks.values()) / 1e6, 1),
        "output_bytes_per_file": round(sum(p.stat().st_size for p in output.glob("part-*")) / records),
    }


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--kinds", default=".txt,.html")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsclean-bench-") as name:
        top = Path(name)
        for size in {given.small, given.large}:
            make(top / str(size), size, tuple(given.kinds.split(",")))
        loop = [sys.executable, "-c", LOOP, str(top / str(given.small)), str(given.sample)]
        alone = float(subprocess.run(loop, stdout=subprocess.PIPE, check=True).stdout)
        load = os.getloadavg()
        small = run(top / str(given.small), top / "small", 2)
        one = run(top / str(given.large), top / "one", 1)
        two = run(top / str(given.large), top / "two", 2)
    print(
        json.dumps(
            {
                "kinds": given.kinds,
                "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "load_before": load},
                "cleaning_alone_ms_per_file": round(1000 * alone, 3),
                "share_outside_cleaning": round(1 - 1000 * alone / two["cpu_ms_per_file"], 3),
                "speed_up_1_to_2": round(one["wall_seconds"] / two["wall_seconds"], 2),
                "memory_large_to_small": round(
                    (two["peak_supervisor_mb"] + two["peak_worker_mb"])
                    / (small["peak_supervisor_mb"] + small["peak_worker_mb"]),
                    3,
                ),
                "runs": {"small, 2 workers": small, "large, 1 worker": one, "large, 2 workers": two},
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
