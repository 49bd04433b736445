"""Floors under the figures on the project's own pages: ``floors.json`` beside this file, checked in CI.

``python -m benchmarks.quality.floors`` checks; ``--pin`` writes the present figures, less a small slack, where they
are higher; ``--lower`` also where they are lower. The file names the hash of the pages, so that other pages need a new
pin.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.align import word_f1
from benchmarks.quality.measures import mean
from benchmarks.quality.own import load_own
from benchmarks.quality.roles import RolePage, coarse, judge
from benchmarks.quality.systems import newsclean_text

__all__ = ["FLOORS", "below", "figures", "pages_hash"]

FLOORS = Path(__file__).with_name("floors.json")
_KEPT = {"paragraph", "heading", "quote", "list_item", "lead", "table"}
_SLACK = 0.01


def pages_hash() -> str:
    """SHA-256 of the own pages, first 16 hexadecimal digits."""
    return hashlib.sha256("\f".join(page.text for page in load_own()).encode()).hexdigest()[:16]


def figures() -> dict[str, float]:
    """Word F1, body lines kept, furniture removed and roles right on the own pages, without site rules."""
    f1: list[float] = []
    pairs: list[tuple[str, str]] = []
    for page in load_own():
        gold = "\n".join(text for role, text, _ in page.lines if role in _KEPT)
        f1.append(word_f1(newsclean_text(page.text, page.language, sites=False), gold)[2])
        pairs += judge(RolePage(page.language, page.lines))
    return {
        "word_f1": mean(f1),
        "lowest_word_f1": min(f1),
        "body_lines_kept": mean([float(got in _KEPT) for want, got in pairs if want in _KEPT]),
        "furniture_removed": mean([float(got not in _KEPT) for want, got in pairs if want not in _KEPT]),
        "roles_right": mean([float(coarse(want) == coarse(got)) for want, got in pairs]),
    }


def below(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What lies below its floor, in words.

    >>> below({"word_f1": 0.9}, {"word_f1": 0.95})
    ['word_f1: 0.9000 is below its floor 0.9500']
    """
    return [
        f"{name}: {found[name]:.4f} is below its floor {floor:.4f}"
        for name, floor in sorted(floors.items())
        if found[name] < floor
    ]


def main(argv: list[str]) -> int:
    """Check, or pin. Exit code 1 where a figure lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.floors", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="raise the floors to the present figures")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower them, too")
    options = parser.parse_args(argv)
    found = figures()
    for name, value in sorted(found.items()):
        print(f"{name} {value:.4f}")
    stored = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"pages": pages_hash(), "floors": {}}
    if options.pin:
        old = {} if options.lower or stored["pages"] != pages_hash() else stored["floors"]
        floors = {name: max(round(value - _SLACK, 4), old.get(name, 0.0)) for name, value in found.items()}
        FLOORS.write_text(
            json.dumps({"pages": pages_hash(), "floors": floors}, indent=1, sort_keys=True) + "\n", "utf-8"
        )
        return 0
    if stored["pages"] != pages_hash():
        print("the pages have changed: pin new floors", file=sys.stderr)
        return 1
    failures = below(found, stored["floors"])
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
