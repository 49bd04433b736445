"""The public face."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclean
from newsclean import NoArticle, Options
from newsclean.errors import EmptyInput, NewscleanError, UnsupportedInput

FIXTURES = Path(__file__).parent / "fixtures"
TEXT = """Bridge reopens after two years of repairs

The old bridge over the river opened to traffic on Monday, two years after a flood had damaged its pillars.

Engineers said the new pillars were built to last for a century and would be checked every spring.
"""
SOURCES: list[object] = [
    TEXT,
    "",
    TEXT.replace("Monday", "Sunday"),
    3,
    b"%PDF-1.4",
    (TEXT, "https://example.com/a"),
    "Home",
]


@pytest.mark.parametrize("workers", [0, 2])
def test_clean_many_keeps_order_and_survives(workers: int) -> None:
    results = list(newsclean.clean_many(SOURCES, workers=workers))
    assert [r.index for r in results] == list(range(len(SOURCES)))
    assert [r.ok for r in results] == [True, False, True, False, False, True, False]
    assert [type(r.error) for r in results if r.error][:2] == [EmptyInput, UnsupportedInput]
    assert results[5].article is not None
    assert results[5].article.url == "https://example.com/a"
    assert results[0].source is TEXT


def test_clean_many_is_lazy() -> None:
    asked = []

    def sources() -> Iterator[str]:
        for number in range(1000):
            asked.append(number)
            yield TEXT

    results = newsclean.clean_many(sources())
    assert asked == []
    next(results)
    assert asked == [0]


def test_clean_many_with_workers_reads_only_a_little_ahead() -> None:
    asked = []

    def sources() -> Iterator[str]:
        for number in range(1000):
            asked.append(number)
            yield TEXT

    results = newsclean.clean_many(sources(), workers=1)
    next(results)
    assert len(asked) <= 10
    results.close()  # type: ignore[attr-defined]


def test_source_that_cannot_be_pickled_costs_itself() -> None:
    results = list(newsclean.clean_many([TEXT, lambda: 0, TEXT], workers=1))
    assert [r.ok for r in results] == [True, False, True]


def test_explain_tells_every_block() -> None:
    why = newsclean.explain(TEXT)
    assert [d.role.value for d in why.decisions] == ["title", "paragraph", "paragraph"]
    assert why.article == newsclean.clean(TEXT)
    assert "title" in why.origins
    assert "+ title" in str(why)


def test_explain_of_a_page_without_article() -> None:
    why = newsclean.explain("Home\nNews\nSport\n")
    assert why.article is None
    assert isinstance(why.error, NoArticle)
    assert len(why.decisions) == 3
    with pytest.raises(EmptyInput):
        newsclean.explain("")


def test_options_are_checked_and_frozen() -> None:
    with pytest.raises(ValueError, match="IANA"):
        Options(timezone="Mars/Olympus")
    with pytest.raises(ValueError, match="extra"):
        Options(maxbytes=3)  # type: ignore[call-arg]
    assert Options() == Options()
    assert hash(Options()) == hash(Options())
    assert Options().fingerprint != Options(sites=False).fingerprint


def test_least_words() -> None:
    short = "The mayor said it was a good day for the town."
    assert newsclean.clean(short).body
    with pytest.raises(NoArticle, match="11 words"):
        newsclean.clean(short, options=Options(min_words=50))


def test_public_names() -> None:
    assert set(newsclean.__all__) <= set(dir(newsclean))
    for name in newsclean.__all__:
        assert getattr(newsclean, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        newsclean.nonsense  # noqa: B018


HEAVY = (
    "trafilatura",
    "lxml",
    "bs4",
    "httpx",
    "numpy",
    "py3langid",
    "pydantic",
    "typer",
    "rich",
    "pyarrow",
    "dateparser",
)


def test_import_loads_nothing_heavy() -> None:
    code = (
        "import sys, newsclean; print('\\n'.join(m for m in sys.modules if m.startswith('newsclean.') or '.' not in m))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(run.stdout.split())
    assert loaded.isdisjoint(HEAVY)
    assert not any(m.startswith(("newsclean.sites", "newsclean.models", "newsclean.cleaners")) for m in loaded)


def test_errors_name_their_input_once() -> None:
    error = NewscleanError("is wrong")
    assert str(error.named("a.txt").named("b.txt")) == "a.txt: is wrong"


@pytest.mark.parametrize(
    "page",
    sorted(p for p in FIXTURES.glob("*/*") if p.suffix in (".txt", ".html")),
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_an_explanation_has_the_article_that_clean_gives(page: Path) -> None:
    why = newsclean.explain(page)
    if why.article is None:
        with pytest.raises(NoArticle):
            newsclean.clean(page)
    else:
        assert newsclean.clean(page) == why.article


def test_nul_characters_are_left_out_and_it_is_said() -> None:
    article = newsclean.clean(TEXT.replace("Monday", "Mon\x00day"))
    assert "Monday" in article.text
    assert [w.message for w in article.quality.warnings if w.code == "control-characters"] == [
        "1 NUL characters were left out"
    ]
