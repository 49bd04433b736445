"""``python -m benchmarks.quality.html DATASET… [--peers] [--all]``: what is kept of HTML pages, against peers.

Word F1 is that of the bags of words, shingle F1 that of 4-grams of words, both averaged over pages. Pages of site
families that the shipped weights were trained on are left out, unless ``--all``. Every system runs in the same call, in a
process of its own. Markdown on stdout; peers that are not installed are named as missing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.align import shingle_f1, word_f1
from benchmarks.quality.datasets import Page, dataset_folders, held_out, load_pages
from benchmarks.quality.html_peers import ONE_THREAD, PEERS, available, run_peer
from benchmarks.quality.measures import interval, mean

__all__ = ["Row", "main", "measure", "newsclean_answers", "table"]

EFFORTS = ("fast", "balanced", "best")
_WORST = 25


@dataclass(frozen=True)
class Row:
    """One system on one page; ``seconds`` of CPU."""

    page: str
    precision: float
    recall: float
    f1: float
    shingles: float
    seconds: float


def newsclean_answers(pages: Sequence[Page], effort: str, *, sites: bool) -> Iterator[tuple[float, str]]:
    """Seconds of CPU and text of each page from ``newsclean.clean`` in a process of its own."""
    code = (
        "import json, os, sys, time\n"
        "import newsclean\n"
        "from newsclean.errors import NewscleanError\n"
        f"options = newsclean.Options(input='html', effort={effort!r}, sites={sites!r})\n"
        "for line in sys.stdin.buffer:\n"
        "    html, url = json.loads(line)\n"
        "    began = time.process_time()\n"
        "    try:\n"
        "        text = newsclean.clean(html, url=url, options=options).text\n"
        "    except NewscleanError:\n"
        "        text = ''\n"
        "    print(json.dumps([time.process_time() - began, text]))\n"
    )
    data = "".join(json.dumps([page.html, page.url]) + "\n" for page in pages)
    found = subprocess.run(
        [sys.executable, "-c", code],
        input=data,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, **ONE_THREAD},
    )
    for line in found.stdout.splitlines():
        seconds, text = json.loads(line)
        yield seconds, text


def measure(pages: Sequence[Page], answers: Iterator[tuple[float, str]]) -> list[Row]:
    """The figures of one system."""
    rows = []
    for page, (seconds, text) in zip(pages, answers, strict=True):
        precision, recall, f1 = word_f1(text, page.gold)
        rows.append(Row(page.id, precision, recall, f1, shingle_f1(text, page.gold)[2], seconds))
    return rows


def table(systems: dict[str, list[Row]]) -> str:
    """A Markdown table, one row a system; CPU as the median over pages of its share of trafilatura's."""
    base = [row.seconds for row in systems.get("trafilatura", [])]
    lines = [
        "| system | word F1 | 95 % | shingle F1 | precision | recall | CPU |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rows in systems.items():
        low, high = interval([row.f1 for row in rows])
        shares = sorted(row.seconds / other for row, other in zip(rows, base, strict=False) if other)
        share = f"{shares[len(shares) // 2]:.2f}" if shares else "–"
        lines.append(
            f"| {name} | {mean([r.f1 for r in rows]):.3f} | {low:.3f}–{high:.3f} | {mean([r.shingles for r in rows]):.3f} "
            f"| {mean([r.precision for r in rows]):.3f} | {mean([r.recall for r in rows]):.3f} | {share} |"
        )
    return "\n".join(lines)


def _worst(pages: Sequence[Page], rows: Sequence[Row]) -> str:
    lines = ["| page | word F1 | precision | recall |", "|---|---|---|---|"]
    ranked = sorted(zip(rows, pages, strict=True), key=lambda pair: (pair[0].f1, pair[0].page))
    lines += [f"| {p.family}: {r.page} | {r.f1:.3f} | {r.precision:.3f} | {r.recall:.3f} |" for r, p in ranked[:_WORST]]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.html", description=__doc__)
    parser.add_argument("datasets", nargs="*")
    parser.add_argument("--peers", action="store_true", help="measure the peers too")
    parser.add_argument("--all", action="store_true", help="pages of families that were trained on, too")
    parser.add_argument("--sites", action="store_true", help="use site files")
    parser.add_argument("--efforts", nargs="*", default=["balanced"], choices=EFFORTS)
    parser.add_argument("--worst", action="store_true", help="list the worst pages")
    options = parser.parse_args(arguments)
    for folder in dataset_folders(options.datasets):
        pages = [p for p in load_pages(folder) if p.gold and (options.all or held_out(p.family))]
        if not pages:
            continue
        systems: dict[str, list[Row]] = {}
        missing = []
        for effort in options.efforts:
            systems[f"newsclean {effort}"] = measure(pages, newsclean_answers(pages, effort, sites=options.sites))
        for name in PEERS if options.peers else ("trafilatura",):
            python = available(name)
            if python is None:
                missing.append(name)
                continue
            try:
                systems[name] = measure(pages, run_peer(name, python, [p.html for p in pages]))
            except subprocess.CalledProcessError as error:
                missing.append(f"{name} ({(error.stderr or str(error)).strip().splitlines()[-1]})")
        which = "all" if options.all else "of families held out"
        print(f"## {folder.name}: {len(pages)} pages, {which}\n\n{table(systems)}\n")
        if missing:
            print(f"Missing: {', '.join(missing)}.\n")
        if options.worst:
            print(f"{_worst(pages, systems[f'newsclean {options.efforts[0]}'])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
