"""Everything a caller may hold."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from lxml import html as lxml_html

import newsclean
from newsclean import Options
from newsclean.errors import (
    BinaryInput,
    EmptyInput,
    InputError,
    NewscleanError,
    NoArticle,
    TooLarge,
    UnreadableInput,
    UnsupportedInput,
)

TEXT = """Bridge reopens after two years of repairs

The old bridge over the river opened to traffic on Monday, two years after a flood had damaged its pillars.

Engineers said the new pillars were built to last for a century and would be checked every spring.
"""
PARAGRAPHS = [line for line in TEXT.splitlines() if line][1:]
HTML = (
    "<html><head><title>Bridge reopens after two years of repairs</title></head><body><article>"
    "<h1>Bridge reopens after two years of repairs</h1>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article></body></html>"
)


def body(article: newsclean.Article) -> list[str]:
    return [item.text for item in article.body]


def test_text_sources(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    data = TEXT.encode()
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        sources = [
            TEXT,
            data,
            bytearray(data),
            memoryview(data),
            path,
            binary,
            text,
            io.BytesIO(data),
            io.StringIO(TEXT),
        ]
        articles = [newsclean.clean(source) for source in sources]
    for article in articles:
        assert body(article) == PARAGRAPHS
        assert article.title == "Bridge reopens after two years of repairs"
    assert len({a.provenance.sha256 for a in articles}) == 1


def test_html_sources(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    request = httpx.Request("GET", "https://example.com/bridge")
    response = httpx.Response(200, content=HTML.encode(), headers={"content-type": "text/html"}, request=request)
    tree = lxml_html.fromstring(HTML)
    before = lxml_html.tostring(tree)
    sources = [HTML, HTML.encode(), path, response, tree, tree.getroottree(), BeautifulSoup(HTML, "lxml")]
    for source in sources:
        assert body(newsclean.clean(source)) == PARAGRAPHS
    assert lxml_html.tostring(tree) == before
    assert newsclean.clean(response).url == "https://example.com/bridge"
    assert newsclean.clean(HTML, url="https://example.com/x").site == "example.com"


def test_declared_charset_of_a_response() -> None:
    request = httpx.Request("GET", "https://example.com/a")
    data = "<p>مدينة صغيرة على النهر فتحت جسرها الجديد يوم الاثنين أمام المارة والسيارات.</p>".encode("cp1256")
    response = httpx.Response(
        200, content=data, headers={"content-type": "text/html; charset=windows-1256"}, request=request
    )
    article = newsclean.clean(response)
    assert article.provenance.encoding == "cp1256"
    assert article.text.startswith("مدينة صغيرة")


def test_error_page_is_said() -> None:
    request = httpx.Request("GET", "https://example.com/a")
    response = httpx.Response(404, content=HTML.encode(), headers={}, request=request)
    assert "http-error" in {w.code for w in newsclean.clean(response).quality.warnings}


@pytest.mark.parametrize("empty", ["", " \n\t", "\u00a0\u200f\n", b"", b" \n", b"\xef\xbb\xbf", "\x00"])
def test_empty(empty: str | bytes) -> None:
    with pytest.raises((EmptyInput, BinaryInput)) as caught:
        newsclean.clean(empty)
    assert caught.value.reason in ("empty", "binary")


def test_zip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
    with pytest.raises(BinaryInput) as caught:
        newsclean.clean(path)
    assert str(caught.value).startswith(str(path))
    assert "unpack" in str(caught.value)


def test_limits() -> None:
    for source in (TEXT, TEXT.encode(), io.BytesIO(TEXT.encode()), io.StringIO(TEXT)):
        with pytest.raises(TooLarge, match="max_bytes"):
            newsclean.clean(source, options=Options(max_bytes=100))
    assert newsclean.clean(TEXT, options=Options(max_bytes=len(TEXT.encode()))).title


def test_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        newsclean.clean(tmp_path / "missing.html")
    with pytest.raises(UnreadableInput, match="folder"):
        newsclean.clean(tmp_path)


@pytest.mark.parametrize("thing", [None, 3, object(), ["a"], {"a": 1}])
def test_unsupported(thing: object) -> None:
    with pytest.raises(UnsupportedInput, match=type(thing).__name__):
        newsclean.clean(thing)


def test_no_article_says_what_to_do() -> None:
    with pytest.raises(NoArticle, match=r"pathlib\.Path"):
        newsclean.clean("pages/today.html")


def test_errors_survive_pickling() -> None:
    error = BinaryInput("is a PDF", input="a.pdf")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(copy), str(copy), copy.reason) == (BinaryInput, "a.pdf: is a PDF", "binary")
    assert issubclass(BinaryInput, InputError)
    assert issubclass(InputError, NewscleanError)


def test_lone_surrogates_keep_their_place() -> None:
    text = TEXT.replace("Monday", "Mon\ud800day")
    article = newsclean.clean(text)
    assert "Mon\ufffdday" in article.text
    assert "encoding-errors" in {w.code for w in article.quality.warnings}
