"""Nothing lost, nothing invented: over any text and any list of lines."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import NewscleanError, Options
from newsclean.document.article import Article
from newsclean.document.normalize import clean_text, fold, is_blank

PROSE = [
    "قال الوزير إن بلاده ستواصل العمل مع الشركاء في المنطقة من أجل إنهاء الأزمة في أقرب وقت ممكن.",
    "وأضاف أن الاجتماع المقبل سيعقد في العاصمة نهاية الشهر، بحضور ممثلين عن المنظمات الدولية.",
    "The council voted on Tuesday to reopen the bridge, two years after the flood had damaged its pillars.",
    "Die Regierung will den Entwurf im Herbst vorlegen, sagte ein Sprecher am Montag in Berlin.",
    "Le maire a annoncé mercredi que les travaux dureraient deux ans et coûteraient trois millions d'euros.",
]
FURNITURE = [
    "الأكثر قراءة", "Most read", "اترك تعليقاً", "أربعة − 3 =", "Share on Facebook", "+A -A", "© 2024 Example News",
    "سياسة | 20-08-2020, 21:20 |", "كتب أحمد جمعة", "By Jane Doe", "بغداد اليوم - بغداد", "ميدل ايست نيوز: قال",
    "\u00a0", "", "  • صورة", "اقرأ أيضاً: عنوان آخر", "\u200f", "\x0c", "\ufeff", "\u2028", "a\x00b", "\r", "<p>", "&nbsp;",
]  # fmt: skip
lines = st.lists(
    st.one_of(st.sampled_from(PROSE), st.sampled_from(FURNITURE), st.text(max_size=40)), min_size=1, max_size=40
)
separators = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028"])
as_text = Options(input="text")


def outcome(source: object, options: Options = as_text) -> str:
    """The article as JSON, or the error by its class and message."""
    try:
        return newsclean.clean(source, options=options).to_json()
    except NewscleanError as error:
        return f"{type(error).__name__}: {error.reason}: {error.message}"


def check_accounted(text: str, article: Article) -> None:
    """Kept and removed are the page, character by character."""
    pieces = list(article.blocks())
    decoded = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert "".join(decoded[p.source.start : p.source.end] for p in pieces) == decoded
    for piece in pieces:
        printed = decoded[piece.source.start : piece.source.end]
        assert "".join(clean_text(printed).split()) == "".join(piece.text.split()), "only white space may change"
        assert decoded[: piece.source.start].count("\n") <= piece.source.line
    assert Article.model_validate_json(article.to_json()) == article


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    try:
        article = newsclean.clean(text, options=as_text)
    except NewscleanError:
        return
    check_accounted(text, article)


@given(lines, separators)
@settings(max_examples=300, deadline=None)
def test_any_lines(parts: list[str], separator: str) -> None:
    text = separator.join(parts)
    first = outcome(text)
    with contextlib.suppress(NewscleanError):
        check_accounted(text, newsclean.clean(text, options=as_text))
    assert outcome(text) == first


@given(st.lists(lines, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_pages_does_not_matter(pages: list[list[str]], order: random.Random) -> None:
    texts = ["\n".join(page) for page in pages]
    alone = {text: outcome(text) for text in texts}
    shuffled = texts * 2
    order.shuffle(shuffled)
    for text in shuffled:
        assert outcome(text) == alone[text]


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes(data: bytes) -> None:
    first = outcome(data, Options())
    assert outcome(data, Options()) == first


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_folding_is_idempotent_and_cleaning_too(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert is_blank(text) == (not clean_text(text).strip("\u200c\u200d"))


@pytest.mark.parametrize("sites", [True, False])
@pytest.mark.parametrize("prose", PROSE)
def test_no_title_is_invented(prose: str, sites: bool) -> None:
    article = newsclean.clean(f"{prose}\n{prose.replace('2', '3')} \n", options=Options(sites=sites))
    assert article.title is None
    assert article.lead is None
    assert article.authors == []
    assert article.published is None
    assert article.removed == []
