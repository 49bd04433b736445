"""``python -m benchmarks.quality.text_fields DATASET…``: title, authors and day of flattened pages against gold.

What is measured is what the page says against what the publisher's own data say (``title``, ``authors``, ``date`` in
``gold.jsonl``): where the window's headline differs from the printed one, the title counts as different. All pages are
measured, since no model was trained on these fields; the rules were written on such pages.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import newsclean
from benchmarks.quality.datasets import Page, dataset_folders, load_pages
from benchmarks.quality.flatten import FLATTENERS
from newsclean.document.article import Article
from newsclean.document.normalize import clean_text, fold

__all__ = ["judge", "report"]

FORMS = ("bs4", "inscriptis", "resiliparse")
ANSWERS = ("right", "part", "null", "other")
Verdict = tuple[str, str]
"""Field and answer: ``right``; ``part`` of it, or more than it; ``null``; ``other`` than gold."""


def judge(article: Article | None, page: Page) -> Iterator[Verdict]:
    """What became of each field that the gold of ``page`` has; a page that is refused has none."""
    if title := fold(clean_text(page.title)):
        found = fold(article.title) if article and article.title else ""
        part = bool(found) and (found in title or title in found)
        yield "title", _answer(found == title, part=part, null=not found)
    said = page.meta.get("authors") or ()
    if authors := {fold(str(name)) for name in ([said] if isinstance(said, str) else said)}:
        names = {fold(name) for name in article.authors} if article else set()
        yield "authors", _answer(names == authors, part=bool(names & authors), null=not names)
    if day := str(page.meta.get("date") or "")[:10]:
        when = article.published if article else None
        yield "day", _answer(when is not None and when.date().isoformat() == day, part=False, null=when is None)


def _answer(right: bool, *, part: bool, null: bool) -> str:
    return "right" if right else "part" if part else "null" if null else "other"


def report(pages: Iterable[Page]) -> Iterator[str]:
    """A table: for each field and flattener how many pages were right, partly right, null, and other than gold."""
    counts: Counter[tuple[str, str, str]] = Counter()
    options = newsclean.Options(input="text", sites=False)
    for page in pages:
        for form in FORMS:
            try:
                article = newsclean.clean(FLATTENERS[form](page.html), options=options)
            except newsclean.NewscleanError:
                article = None
            counts.update((field, form, answer) for field, answer in judge(article, page))
    yield "| field | form | " + " | ".join(ANSWERS) + " |"
    yield "|---|---|" + "--:|" * len(ANSWERS)
    for field in ("title", "authors", "day"):
        for form in FORMS:
            cells = " | ".join(str(counts[field, form, answer]) for answer in ANSWERS)
            yield f"| {field} | {form} | {cells} |"


def main(argv: list[str]) -> int:
    """Print a table for each dataset folder."""
    for folder in dataset_folders(argv):
        pages = list(load_pages(folder))
        print(f"\n## {folder.name}: {len(pages)} pages\n")
        for line in report(pages):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
