"""``python -m benchmarks.quality.html DATASET… [--weights FILE] [--peers] [--all]``: what is kept of HTML pages, beside peers.

Word F1 is that of the bags of words, shingle F1 that of 4-grams of words, both averaged over pages; aggregate shingle F1
is the figure of scrapinghub/article-extraction-benchmark, the harmonic mean of mean precision and mean recall of 4-grams.
Only pages of held-out site families are measured, unless ``--all``; ``--weights`` names weights of the block labeler that
were trained without them (``training.html_train``), since the shipped ones have seen all families. Every system runs in the same
call, in a process of its own. Markdown on stdout; peers that are not installed are named as missing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.align import shingle_f1, word_f1
from benchmarks.quality.datasets import Page, dataset_folders, held_out, load_pages
from benchmarks.quality.html_peers import ONE_THREAD, PEERS, available, run_peer
from benchmarks.quality.measures import interval, mean

__all__ = ["Row", "main", "measure", "newsclean_answers", "table"]

EFFORTS = ("fast", "balanced", "best")
_WORST = 25
_REASONS = Path(__file__).with_name("html_reasons.toml")
"""What was seen on the worst pages: ``DATASET.PAGE = "a line"``."""


@dataclass(frozen=True)
class Row:
    """One system on one page; ``seconds`` of CPU."""

    page: str
    precision: float
    recall: float
    f1: float
    shingles: float
    shingle_precision: float
    shingle_recall: float
    found: bool
    """Whether there was any text."""
    seconds: float


def newsclean_answers(
    pages: Sequence[Page], effort: str, *, sites: bool, weights: Path | None = None
) -> Iterator[tuple[float, str]]:
    """Seconds of CPU and text of each page from ``newsclean.clean`` in a process of its own."""
    other = f"blocks._WEIGHTS = pathlib.Path({str(weights)!r})\n" if weights else ""
    code = (
        "import json, os, pathlib, sys, time\n"
        "import newsclean\n"
        "from newsclean.models import blocks\n" + other + "from newsclean.errors import NewscleanError\n"
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
        grams = shingle_f1(text, page.gold)
        rows.append(Row(page.id, precision, recall, f1, grams[2], grams[0], grams[1], bool(text.strip()), seconds))
    return rows


def aggregate(rows: Sequence[Row]) -> float:
    """Shingle F1 of mean precision (of pages with any text) and mean recall, as scrapinghub's benchmark has it."""
    precision = mean([row.shingle_precision for row in rows if row.found])
    recall = mean([row.shingle_recall for row in rows])
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def table(systems: dict[str, list[Row]]) -> str:
    """A Markdown table, one row a system; CPU as the median over pages of its share of trafilatura's."""
    base = [row.seconds for row in systems.get("trafilatura", [])]
    lines = [
        "| system | word F1 | 95 % | precision | recall | shingle F1 | aggregate shingle F1 | CPU |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, rows in systems.items():
        low, high = interval([row.f1 for row in rows])
        shares = sorted(row.seconds / other for row, other in zip(rows, base, strict=False) if other)
        share = f"{shares[len(shares) // 2]:.2f}" if shares else "–"
        lines.append(
            f"| {name} | {mean([r.f1 for r in rows]):.3f} | {low:.3f}–{high:.3f} | {mean([r.precision for r in rows]):.3f} "
            f"| {mean([r.recall for r in rows]):.3f} | {mean([r.shingles for r in rows]):.3f} | {aggregate(rows):.3f} | {share} |"
        )
    return "\n".join(lines)


def _worst(found: Sequence[tuple[Page, Row]]) -> str:
    reasons = tomllib.loads(_REASONS.read_text("utf-8"))
    lines = ["| page | word F1 | precision | recall | why |", "|---|---|---|---|---|"]
    for page, row in sorted(found, key=lambda pair: (pair[1].f1, pair[1].page))[:_WORST]:
        why = reasons.get(page.dataset, {}).get(page.id, "")
        lines.append(
            f"| {page.dataset}, {page.family}: {row.page} | {row.f1:.3f} | {row.precision:.3f} | {row.recall:.3f} | {why} |"
        )
    return "\n".join(lines)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.html", description=__doc__)
    parser.add_argument("datasets", nargs="*")
    parser.add_argument("--weights", type=Path, help="weights of the block labeler, instead of the shipped ones")
    parser.add_argument("--peers", action="store_true", help="measure the peers too")
    parser.add_argument("--all", action="store_true", help="pages of families that were trained on, too")
    parser.add_argument("--sites", action="store_true", help="use site files")
    parser.add_argument("--efforts", nargs="*", default=["balanced"], choices=EFFORTS)
    parser.add_argument("--worst", action="store_true", help="list the worst pages of all datasets")
    return parser.parse_args(arguments)


def _head(options: argparse.Namespace) -> str:
    names = [Path(name).name for name in options.datasets]
    names += ["--weights " + options.weights.name] if options.weights else []
    names += [f"--{name}" for name in ("peers", "all", "sites", "worst") if getattr(options, name)]
    names.append("--efforts " + " ".join(options.efforts))
    whose = (
        "The block labeler's weights are those of a run that never saw these families; those in the package have seen all."
        if options.weights
        else "The block labeler's weights are those in the package."
    )
    return (
        "# HTML: the tables of the command\n\n"
        f"Written by `python -m benchmarks.quality.html {' '.join(names)}`, trafilatura {version('trafilatura')}.\n"
        f"What it means: [benchmarks](../benchmarks.md). {whose}\n"
        "CPU is the median over pages of a system's share of trafilatura's, in the same run.\n"
    )


def _systems(pages: Sequence[Page], options: argparse.Namespace) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each system, and what is missing."""
    systems: dict[str, list[Row]] = {}
    missing = []
    for effort in options.efforts:
        answers = newsclean_answers(pages, effort, sites=options.sites, weights=options.weights)
        systems[f"newsclean {effort}"] = measure(pages, answers)
    for name in PEERS if options.peers else ("trafilatura",):
        python = available(name)
        if python is None:
            missing.append(name)
            continue
        try:
            systems[name] = measure(pages, run_peer(name, python, [p.html for p in pages]))
        except subprocess.CalledProcessError as error:
            missing.append(f"{name} ({(error.stderr or str(error)).strip().splitlines()[-1]})")
    return systems, missing


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    options = _options(arguments)
    print(_head(options))
    found: list[tuple[Page, Row]] = []
    for folder in dataset_folders(options.datasets):
        pages = [p for p in load_pages(folder) if p.gold and (options.all or held_out(p.family))]
        if not pages:
            continue
        systems, missing = _systems(pages, options)
        which = "all" if options.all else "of families held out"
        print(f"## {folder.name}: {len(pages)} pages, {which}\n\n{table(systems)}\n")
        if missing:
            print(f"Missing: {', '.join(missing)}.\n")
        found += zip(pages, systems[f"newsclean {options.efforts[0]}"], strict=True)
    if options.worst:
        print(f"## The worst {_WORST} pages\n\n{_worst(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
