"""``python -m benchmarks.quality.text_fields DATASET…``: title, authors and day of pages, flattened and as HTML, against
gold, and those that trafilatura with htmldate reads from the HTML.

What is measured is what the page says against what the publisher's own data say (``title``, ``authors``, ``date`` in
``gold.jsonl``): where the window's headline differs from the printed one, the title counts as different. All pages are
measured, since no model was trained on these fields; the rules were written on such pages.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import newsclean
from benchmarks.quality.datasets import Page, dataset_folders, load_pages
from benchmarks.quality.flatten import FLATTENERS
from newsclean.document.normalize import clean_text, fold

__all__ = ["Fields", "judge", "report"]

TEXT = newsclean.Options(input="text", sites=False)
HTML = newsclean.Options(input="html", sites=False)
FORMS = ("bs4", "inscriptis", "resiliparse")
ANSWERS = ("right", "part", "null", "other")
Verdict = tuple[str, str]
"""Field and answer: ``right``; ``part`` of it, or more than it; ``null``; ``other`` than gold."""


class Fields(NamedTuple):
    """What somebody read from a page."""

    title: str = ""
    authors: tuple[str, ...] = ()
    day: date | None = None


def judge(fields: Fields, page: Page) -> Iterator[Verdict]:
    """What became of each field that the gold of ``page`` has; a page that is refused has none."""
    if title := fold(clean_text(page.title)):
        found = fold(fields.title)
        part = bool(found) and (found in title or title in found)
        yield "title", _answer(found == title, part=part, null=not found)
    said = page.meta.get("authors") or ()
    if authors := {fold(str(name)) for name in ([said] if isinstance(said, str) else said)}:
        names = {fold(name) for name in fields.authors}
        yield "authors", _answer(names == authors, part=bool(names & authors), null=not names)
    if day := str(page.meta.get("date") or "")[:10]:
        yield "day", _answer(str(fields.day) == day, part=False, null=fields.day is None)


def _answer(right: bool, *, part: bool, null: bool) -> str:
    return "right" if right else "part" if part else "null" if null else "other"


def read(source: str, url: str | None, options: newsclean.Options) -> Fields:
    """The fields that newsclean reads; none of a page that it refuses."""
    try:
        article = newsclean.clean(source, url=url, options=options)
    except newsclean.NewscleanError:
        return Fields()
    day = article.published.date() if article.published else None
    return Fields(article.title or "", tuple(article.authors), day)


def read_by_trafilatura(html: str, url: str | None) -> Fields:
    """The fields that trafilatura reads, the day by htmldate."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(html, default_url=url)
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Fields(found.title or "", names, date.fromisoformat(found.date[:10]) if found.date else None)


def report(pages: Iterable[Page]) -> Iterator[str]:
    """A table: for each field and form how many pages were right, partly right, null, and other than gold."""
    counts: Counter[tuple[str, str, str]] = Counter()
    readers: dict[str, Callable[[Page], Fields]] = {
        **{form: lambda page, form=form: read(FLATTENERS[form](page.html), None, TEXT) for form in FORMS},  # type: ignore[misc]
        "HTML": lambda page: read(page.html, page.url, HTML),
        "HTML, trafilatura": lambda page: read_by_trafilatura(page.html, page.url),
    }
    for page in pages:
        for form, reader in readers.items():
            counts.update((field, form, answer) for field, answer in judge(reader(page), page))
    yield "| field | form | " + " | ".join(ANSWERS) + " |"
    yield "|---|---|" + "--:|" * len(ANSWERS)
    for field in ("title", "authors", "day"):
        for form in readers:
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
