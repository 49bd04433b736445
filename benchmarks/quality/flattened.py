"""``python -m benchmarks.quality.flattened DATASET…``: flat text of pages with gold, cleaned by newsclean and its peers.

Only pages of held-out site families are measured (see ``datasets.held_out``) unless ``--every-page`` is given, which
is right for datasets none of whose hosts was trained on. A folder of bodies (``articles.jsonl``) is measured on pages
made around the held-out bodies. The project's own pages, with the role of every line, are always measured.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.align import body_shares
from benchmarks.quality.datasets import Page, dataset_folders, held_out, load_bodies, load_pages
from benchmarks.quality.flatten import FLATTENERS, SPOILERS, four
from benchmarks.quality.measures import Figures, interval, mean, measure_page
from benchmarks.quality.own import load_own
from benchmarks.quality.roles import RolePage, confusion, judge
from benchmarks.quality.systems import HTML_SYSTEMS, Cleaner, text_systems

Table = dict[str, list[Figures]]
_SPOILT = "resiliparse"
_WORST = 8


def forms(page: Page) -> Iterator[tuple[str, str]]:
    """Name and text of each flattened form of ``page``."""
    for name, flatten in FLATTENERS.items():
        text = flatten(page.html)
        if text.strip():
            yield name, text
            if name == _SPOILT:
                for spoiler, spoil in SPOILERS.items():
                    yield spoiler, spoil(text)


def run_pages(pages: Iterable[Page], systems: dict[str, Cleaner], *, peers: bool) -> Table:
    """Figures of every system on every form of ``pages``."""
    table: Table = defaultdict(list)
    for page in pages:
        for form, text in forms(page):
            _measure(table, systems, page.id, form, page.language, text, page.gold)
        for name, run in HTML_SYSTEMS.items() if peers else ():
            table[name].append(measure_page(page.id, "html", page.language, run(page.html), page.gold, [], []))
    return table


def _measure(
    table: Table, systems: dict[str, Cleaner], name: str, form: str, language: str, text: str, gold: str
) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    wanted = [share >= 0.6 for share in body_shares(lines, gold)]
    for system, run in systems.items():
        table[system].append(measure_page(name, form, language, run(text, language), gold, lines, wanted))


def report(table: Table) -> Iterator[str]:
    """Markdown: per system and form, the headline mean with its interval, per language, and newsclean's worst pages."""
    yield "| system | form | pages | precision | recall | word F1 | 95 % | 4-grams | lines right |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for system, rows in table.items():
        for form in dict.fromkeys(row.form for row in rows):
            yield _row(system, form, [row for row in rows if row.form == form])
        chosen = [row for row in rows if row.form in four]
        if len({row.form for row in chosen}) == len(four):
            means = [mean([row.f1 for row in rows if row.form == form]) for form in four]
            yield f"| **{system}** | mean of {', '.join(four)} | | | | **{mean(means):.4f}** | | | |"
    first, rows = next(iter(table.items()))
    by_language: dict[str, list[Figures]] = defaultdict(list)
    for row in rows:
        if row.form not in SPOILERS:
            by_language[row.language].append(row)
    yield f"\n{first} by language (spoilt forms left out)\n"
    yield "| language | pages and forms | precision | recall | word F1 | 95 % |"
    yield "|---|--:|--:|--:|--:|--:|"
    for language, part in sorted(by_language.items(), key=lambda item: -len(item[1])):
        low, high = interval([row.f1 for row in part])
        numbers = f"{mean([r.precision for r in part]):.3f} | {mean([r.recall for r in part]):.3f}"
        yield f"| {language} | {len(part)} | {numbers} | {mean([r.f1 for r in part]):.4f} | {low:.3f}–{high:.3f} |"
    yield f"\nWorst of {first}\n"
    for row in sorted(rows, key=lambda row: row.f1)[:_WORST]:
        yield f"- {row.page}, {row.form}: F1 {row.f1:.3f} (precision {row.precision:.3f}, recall {row.recall:.3f})"


def _row(system: str, form: str, rows: list[Figures]) -> str:
    low, high = interval([row.f1 for row in rows])
    numbers = [
        mean([getattr(row, name) for row in rows]) for name in ("precision", "recall", "f1", "shingles", "lines")
    ]
    precision, recall, f1, shingles, lines = numbers
    right = "" if form == "html" else f"{lines:.4f}"
    return (
        f"| {system} | {form} | {len(rows)} | {precision:.3f} | {recall:.3f} | {f1:.4f} | {low:.3f}–{high:.3f} "
        f"| {shingles:.4f} | {right} |"
    )


def made_pages(folder: Path, facts: Path | None, limit: int) -> list[RolePage]:
    """Pages around the held-out bodies of ``folder``, with furniture: every role known."""
    from training.bank import load_banks
    from training.examples import stories_of_bodies, synthetic

    stories = stories_of_bodies(load_bodies(folder))
    made = synthetic(stories, load_banks(facts), copies={"*": 2}, held=True, seed=11)[:limit]
    return [RolePage(page.language, list(zip(page.roles, page.texts, page.blanks, strict=True))) for page in made]


def run_made(pages: list[RolePage], systems: dict[str, Cleaner]) -> Iterator[str]:
    """Figures, body lines kept and furniture removed, on pages with known roles; then the confusion matrix."""
    kept = {"paragraph", "heading", "quote", "list_item", "lead", "table"}
    table: Table = defaultdict(list)
    for number, page in enumerate(pages):
        text = "\n".join("\n" * blank + line for _, line, blank in page.lines)
        gold = "\n\n".join(line for role, line, _ in page.lines if role in kept)
        _measure(table, systems, f"{page.language}-{number}", "made", page.language, text, gold)
    yield from report(table)
    if "newsclean" not in systems:
        return
    pairs = [pair for page in pages for pair in judge(page)]
    whole = [wanted in kept for wanted, _ in pairs]
    stays = [found in kept for _, found in pairs]
    yield f"\nbody lines kept: {mean([float(b) for a, b in zip(whole, stays, strict=True) if a]):.4f}"
    for role in ("comment_form", "most_read", "related", "latest_news", "caption", "other_article"):
        gone = [float(found not in kept) for wanted, found in pairs if wanted == role]
        if gone:
            yield f"{role} lines removed: {mean(gone):.4f} of {len(gone)}"
    yield ""
    yield from confusion(pairs)


def _versions() -> str:
    names = ["trafilatura", "jusText", "Resiliparse", "datatrove", "inscriptis", "html2text", "beautifulsoup4", "lxml"]
    return "Versions: " + ", ".join(f"{name} {version(name)}" for name in names)


def main(argv: list[str]) -> int:
    """Measure and print Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.flattened", description=__doc__)
    parser.add_argument("datasets", nargs="*", help="dataset folders (default: those in NEWSCLEAN_DATASETS)")
    parser.add_argument("--every-page", action="store_true", help="measure families that training may have seen, too")
    parser.add_argument(
        "--model-only", action="store_true", help="the learned scores with a cut-off instead of clean()"
    )
    parser.add_argument("--cut", type=float, default=0.4, help="that cut-off (default 0.4)")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-sites", action="store_true", help="switch site rules off")
    parser.add_argument("--facts", type=Path, help="folder of furniture facts for made pages (default: the lexicon)")
    parser.add_argument("--limit", type=int, default=10**9, help="at most so many pages per dataset")
    parser.add_argument("--own-only", action="store_true", help="only the project's own pages")
    options = parser.parse_args(argv)
    cut = options.cut if options.model_only else None
    systems = text_systems(peers=not options.no_peers, model_cut=cut, sites=not options.no_sites)
    print(_versions())
    for folder in [] if options.own_only else dataset_folders(options.datasets):
        pages = (page for page in load_pages(folder) if page.gold and (options.every_page or held_out(page.family)))
        chosen = [page for _, page in zip(range(options.limit), pages, strict=False)]
        if chosen:
            print(f"\n## {folder.name}: {len(chosen)} pages\n")
            print("\n".join(report(run_pages(chosen, systems, peers=not options.no_peers))))
        if (folder / "articles.jsonl").exists():
            made = made_pages(folder, options.facts, options.limit)
            print(f"\n## {folder.name}: {len(made)} made pages\n")
            print("\n".join(run_made(made, systems)))
    own = [RolePage(page.language, page.lines) for page in load_own()]
    print(f"\n## the project's own pages: {len(own)}, languages {', '.join(page.language for page in own)}\n")
    print("\n".join(run_made(own, systems)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
