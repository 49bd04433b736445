"""News pages of East and South-East Asia: own pages of the benchmark, whose lines all have a role."""

from __future__ import annotations

import pytest

import newsclean
from benchmarks.quality.align import word_f1
from benchmarks.quality.own import OwnPage, load_own
from newsclean import Options

KEPT = {"paragraph", "heading", "lead"}
PAGES = [page for page in load_own() if page.language in ("ja", "zh", "ko", "th")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_title_and_text(page: OwnPage) -> None:
    article = newsclean.clean(page.text, options=Options(input="text", sites=False))
    assert [article.title] == [" ".join(text.split()) for role, text, _ in page.lines if role == "title"]
    gold = "\n".join(text for role, text, _ in page.lines if role in KEPT)
    assert word_f1(article.text, gold)[2] > 0.96
    assert not {"several-articles", "truncated"} & {warning.code for warning in article.quality.warnings}
    assert article.published is not None
    assert article.language == page.language
