"""``python -m benchmarks.speed.flattened FOLDER…``: time per flattened page, against peers over the wrapped lines.

Takes ``.txt`` files of the folders named, or dataset folders (their pages flattened by resiliparse). Writes Markdown.
Each figure is the mean over the pages of the least of several runs, one thread, peers in turns on the same pages.
"""

# ruff: noqa: E402 (the number of threads is set before numpy is loaded)

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.datasets import load_pages
from benchmarks.quality.flatten import resiliparse
from benchmarks.quality.own import load_own
from benchmarks.quality.systems import justext_wrapped, newsclean_text, trafilatura_wrapped

__all__ = ["least", "stages", "texts_of"]


def texts_of(folders: list[Path], limit: int) -> list[tuple[str, str]]:
    """(language, text) of the flat pages in ``folders``; the project's own pages without any."""
    out: list[tuple[str, str]] = []
    for folder in folders:
        files = sorted(folder.glob("*.txt"))[:limit]
        out += [("ar", path.read_text("utf-8")) for path in files]
        if (folder / "gold.jsonl").exists():
            pages = (page for _, page in zip(range(limit), load_pages(folder), strict=False))
            out += [(page.language, resiliparse(page.html)) for page in pages]
    return out or [(page.language, page.text) for page in load_own()]


def least(run: Callable[[], object], repeats: int) -> float:
    """Milliseconds of the fastest of ``repeats`` runs."""
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def stages(text: str, repeats: int) -> dict[str, float]:
    """Milliseconds of the parts of the learned cleaner on one page: phrases, features, net."""
    from newsclean.cleaners.phrases import languages_for, matcher_for
    from newsclean.models.features import page_features
    from newsclean.models.lines import Model, score_lines, scores_of
    from training.corpus import flat_lines

    texts, blanks = flat_lines(text)
    if not texts:
        return {}
    matcher = matcher_for(languages_for("\n".join(texts)[:6000]))
    hits = [matcher.match(line) for line in texts]
    evidence: tuple[Any, Any] = ([h.role if h else None for h in hits], [bool(h and h.heading) for h in hits])
    rows = page_features(texts, blanks, *evidence)
    model = Model.load()
    return {
        "phrases": least(lambda: [matcher.match(line) for line in texts], repeats),
        "features": least(lambda: page_features(texts, blanks, *evidence), repeats),
        "net": least(lambda: scores_of(model, rows), repeats),
        "scores in all": least(lambda: score_lines(texts, blanks, *evidence), repeats),
    }


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.flattened", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--limit", type=int, default=60, help="at most so many pages per folder")
    options = parser.parse_args(argv)
    texts = texts_of(options.folders, options.limit)
    systems: dict[str, Callable[[str, str], str]] = {
        "newsclean": newsclean_text,
        "newsclean, without site files": lambda text, language: newsclean_text(text, language, sites=False),
        "trafilatura on <p>": trafilatura_wrapped,
        "jusText on <p>": justext_wrapped,
    }
    totals = dict.fromkeys(systems, 0.0)
    parts: dict[str, float] = {}
    for language, text in texts:
        for name, run in systems.items():
            run(text, language)
            totals[name] += least(lambda run=run, t=text, la=language: run(t, la), options.repeats)  # type: ignore[misc]
        for name, spent in stages(text, options.repeats).items():
            parts[name] = parts.get(name, 0.0) + spent
    lines = sum(1 for _, text in texts for line in text.split("\n") if line.strip())
    print(f"{len(texts)} pages, {lines / len(texts):.0f} lines each, {platform.machine()}, Python "
          f"{platform.python_version()}, trafilatura {version('trafilatura')}, jusText {version('jusText')}\n")  # fmt: skip
    print("| system | ms per page | newsclean takes |\n|---|--:|--:|")
    for name, total in totals.items():
        print(f"| {name} | {total / len(texts):.2f} | {totals['newsclean'] / total:.2f} of it |")
    print("\n| part of newsclean | ms per page |\n|---|--:|")
    for name, total in parts.items():
        print(f"| {name} | {total / len(texts):.2f} |")
    print()
    _growth()
    return 0


def _growth() -> None:
    """Time of the line scores on ever longer texts: it should grow with the length."""
    from newsclean.models.lines import score_lines

    page = next(page for page in load_own() if page.language == "en")
    once = [text for _, text, _ in page.lines]
    print("| lines scored | ms per 1,000 lines |\n|--:|--:|")
    for times in (1, 20, 200, 1000, 1_000_000 // len(once)):
        texts = once * times
        nothing = [None] * len(texts)
        spent = least(lambda t=texts, n=nothing: score_lines(t, [0] * len(t), n, [False] * len(t)), 2)  # type: ignore[misc]
        print(f"| {len(texts)} | {spent / len(texts) * 1000:.1f} |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
