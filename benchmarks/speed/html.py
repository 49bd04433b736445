"""``python -m benchmarks.speed.html DATASET…``: CPU per HTML page as a share of trafilatura's, stage by stage.

Every stage and trafilatura run in turns on the same page, one thread; each figure is the least of several runs, and the
shares are medians over pages. A first row tells what a page costs that nobody has seen before: names of classes and
short lines are remembered, so the pages of a site cost less than the first of them. Another row tells what a page costs
whose site file names title and paragraphs: one that is made up for its host stands in. Markdown on stdout.
"""

# ruff: noqa: E402 (the number of threads is set before numpy is loaded)

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.datasets import Page, dataset_folders, load_pages

__all__ = ["known_sites", "main", "page_times"]


def _least(run: Callable[[], object], repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def first_sight(pages: list[Page]) -> list[float]:
    """For each page, in order, what the first cleaning of it costs as a share of trafilatura's first."""
    import trafilatura

    import newsclean
    from newsclean.errors import NewscleanError
    from newsclean.options import Options

    def clean(page: Page) -> None:
        try:
            newsclean.clean(page.html, url=page.url, options=Options(input="html"))
        except NewscleanError:
            return

    shares = []
    for page in pages:
        mine = _least(partial(clean, page), 1)
        theirs = _least(partial(trafilatura.extract, page.html, include_comments=False), 1)
        shares.append(mine / theirs)
    return shares


_SITE: Final = """[site]
hosts = ["{host}"]
name = "{host}"
language = "en"

[[layout]]
name = "paragraphs"

[layout.html]
unverified = true
title = ["h1"]
body = ["article p", "main p", "p"]
"""


def known_sites(pages: list[Page], repeats: int) -> list[float]:
    """For each page on which a site file of title and paragraphs holds, its share of trafilatura's cost."""
    import trafilatura

    import newsclean
    from newsclean.errors import NewscleanError
    from newsclean.options import Options
    from newsclean.sites.loader import host_of

    def clean(page: Page, options: Options) -> bool:
        try:
            article = newsclean.clean(page.html, url=page.url, options=options)
        except NewscleanError:
            return False
        return any(name.startswith("site:") for name in article.provenance.cleaners)

    shares = []
    for page in pages:
        host = host_of(page.url)
        if host is None:
            continue
        with TemporaryDirectory() as folder:
            Path(folder, f"{host}.toml").write_text(_SITE.format(host=host), "utf-8")
            options = Options(input="html", site_folders=(folder,))
            if clean(page, options):
                mine = _least(partial(clean, page, options), repeats)
                theirs = _least(partial(trafilatura.extract, page.html, include_comments=False), repeats)
                shares.append(mine / theirs)
    return shares


def page_times(page: Page, repeats: int) -> dict[str, float]:
    """Seconds of CPU of each stage on one page."""
    import trafilatura

    import newsclean
    from newsclean.cleaners.markup import Markup
    from newsclean.cleaners.markup_columns import columns_of
    from newsclean.errors import NewscleanError
    from newsclean.models.blocks import load_model
    from newsclean.models.blocks_features import features
    from newsclean.options import Options
    from newsclean.readers.guard import guarded
    from newsclean.readers.html import parse_html, read_html
    from newsclean.readers.html_walk import Walker

    fast = Options(input="html", effort="fast")
    document = read_html(page.html, url=page.url, encoding="utf-8", size=1, sha256="0" * 64)
    root = document.tree.root
    model = load_model()
    columns = columns_of(document)
    tokens = model.token_scores(columns.words)
    matrix = features(columns, tokens)

    def clean(options: Options) -> None:
        try:
            newsclean.clean(page.html, url=page.url, options=options)
        except NewscleanError:
            return

    def label() -> None:
        document.memo.clear()
        list(Markup().label(document, fast))

    stages: dict[str, Callable[[], object]] = {
        "trafilatura": lambda: trafilatura.extract(page.html, include_comments=False),
        "clean, fast": lambda: clean(fast),
        "clean, balanced": lambda: clean(Options(input="html")),
        "read: guard": lambda: guarded(page.html),
        "read: parse": lambda: parse_html(page.html.encode("utf-8", "replace")),
        "read: walk": lambda: Walker().run(root),
        "read in all": lambda: read_html(page.html, url=None, encoding="utf-8", size=1, sha256="0" * 64),
        "label: columns": lambda: columns_of(document),
        "label: features": lambda: features(columns, tokens),
        "label: trees": lambda: model.scores(matrix),
        "label in all": label,
    }
    return {name: _least(run, repeats) for name, run in stages.items()}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.html", description=__doc__)
    parser.add_argument("datasets", nargs="*")
    parser.add_argument("--limit", type=int, default=40, help="pages per dataset, evenly taken")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    for folder in dataset_folders(options.datasets):
        pages = list(load_pages(folder))
        pages = pages[:: max(len(pages) // options.limit, 1)][: options.limit]
        if not pages:
            continue
        page_times(pages[0], 1)  # loads what is loaded once
        first = sorted(first_sight(pages[1:]))
        times = [page_times(page, options.repeats) for page in pages]
        known = sorted(known_sites(pages, options.repeats))
        print(
            f"## {folder.name}: {len(pages)} pages\n\n| stage | ms, median | share of trafilatura, median |\n|---|---|---|"
        )
        print(f"| clean, balanced, first sight | | {first[len(first) // 2]:.3f} |")
        if known:
            print(f"| clean, balanced, site file ({len(known)} pages) | | {known[len(known) // 2]:.3f} |")
        for name in times[0]:
            middle = sorted(t[name] for t in times)[len(times) // 2] * 1000
            share = sorted(t[name] / t["trafilatura"] for t in times)[len(times) // 2]
            print(f"| {name} | {middle:.2f} | {share:.3f} |")
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
