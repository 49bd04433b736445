"""What ``isolate=True`` costs: processor time of the kernel with and without it, on pages from the test fixtures.

python -m benchmarks.batch.kernel
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys

CODE = """
import sys
from pathlib import Path
import pyarrow as pa
from newsclean.batch import clean_batch
folder, isolate, repeat = Path(sys.argv[1]), sys.argv[2] == "isolated", int(sys.argv[3])
pages = [p.read_bytes() for p in sorted(folder.rglob("*.txt"))] * repeat
for start in range(0, len(pages), 500):
    some = pages[start : start + 500]
    batch = pa.RecordBatch.from_pydict({"id": [str(i) for i in range(len(some))], "text": some})
    assert clean_batch(batch, isolate=isolate).num_rows == len(some)
print(len(pages))
"""


def measure(folder: str, kind: str, repeat: int) -> tuple[int, float]:
    """Number of pages, and processor seconds of the process and its child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", CODE, folder, kind, str(repeat)], check=True, stdout=subprocess.PIPE, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int(done.stdout), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """See the module. Starting up is taken out by the difference of a long run and a short one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default="tests/fixtures")
    parser.add_argument("--repeat", type=int, default=50)
    given = parser.parse_args()
    cost = {}
    for kind in ("plain", "isolated"):
        short, short_seconds = measure(given.folder, kind, 5)
        long, long_seconds = measure(given.folder, kind, given.repeat)
        cost[kind] = round(1000 * (long_seconds - short_seconds) / (long - short), 3)
    print(json.dumps({"cpu_ms_per_page": cost, "overhead": round(cost["isolated"] / cost["plain"] - 1, 3)}))


if __name__ == "__main__":
    main()
