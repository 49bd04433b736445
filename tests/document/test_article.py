"""The contract holds: what is wrong cannot be built."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from newsclean.document.article import Article
from newsclean.document.roles import BODY_ROLES, FIELD_ROLES, KEPT, REMOVED, Role


def good() -> dict[str, Any]:
    source = {"start": 6, "end": 30, "line": 2}
    return {
        "schema_version": "1", "url": "https://example.com/a", "canonical_url": None, "site": "example.com",
        "publisher": None, "title": "Title", "lead": None, "authors": ["Jane Doe"],
        "published": "2024-05-03T10:00:00+03:00", "published_precision": "minute", "modified": None, "section": None,
        "tags": [], "dateline": None, "language": "en", "direction": "ltr",
        "body": [{"kind": "paragraph", "text": "A sentence.", "level": None, "source": source}],
        "images": [{"url": None, "caption": "A bridge", "credit": None, "alt": None, "source": None}],
        "comments": [],
        "fields": [{"role": "title", "text": "Title", "cleaner": "c", "rule": "r", "confidence": 1.0, "source": {"start": 0, "end": 6, "line": 1}}],
        "removed": [{"role": "share", "text": "Share", "cleaner": "c", "rule": "r", "confidence": 0.9, "source": {"start": 30, "end": 36, "line": 3}}],
        "quality": {"score": 0.9, "warnings": [{"code": "no-date", "message": "x"}]},
        "provenance": {"input": "text", "sha256": "0" * 64, "encoding": "utf-8", "bytes": 36, "cleaners": ["c"], "newsclean": "0"},
    }  # fmt: skip


def test_round_trip() -> None:
    article = Article.model_validate(good())
    assert json.loads(article.to_json()) == article.to_dict()
    assert Article.model_validate_json(article.to_json()) == article
    assert list(article.to_dict()) == list(good())
    assert article.published == datetime(2024, 5, 3, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", ""), ("title", "  "), ("title", "a\x00b"), ("title", "a\nb"), ("lead", ""), ("authors", [""]), ("authors", ["a\tb"]),
        ("url", "ftp://example.com"), ("url", "example.com/a"), ("url", "https://"), ("url", "https://a b.com/"), ("url", "javascript:alert(1)"),
        ("published", "2024-05-03T10:00:00"), ("published_precision", None), ("published", None), ("published_precision", "hour"),
        ("body", []), ("body.0.text", ""), ("body.0.text", "\u0007"), ("body.0.kind", "share"), ("body.0.level", 7),
        ("body.0.source", {"start": 8, "end": 30, "line": 2}), ("body.0.source", {"start": 5, "end": 30, "line": 2}),
        ("body.0.source", {"start": 30, "end": 6, "line": 2}), ("body.0.source", {"path": "/html/body/p[1]"}),
        ("removed.0.source", {"start": 30, "end": 99, "line": 3}), ("removed.0.role", "title"), ("fields.0.role", "share"),
        ("removed.0.role", "nonsense"), ("removed.0.confidence", 1.5), ("quality.score", -0.1), ("quality.warnings.0.code", "No Date"),
        ("language", "arabic language"), ("direction", "up"), ("images.0.caption", None), ("provenance.sha256", "abc"),
        ("provenance.bytes", 0), ("extra", 1), ("schema_version", "2"),
    ],
)  # fmt: skip
def test_refused(path: str, value: Any) -> None:
    data: Any = good()
    *parents, last = path.split(".")
    place = data
    for key in parents:
        place = place[int(key)] if key.isdigit() else place[key]
    place[last] = value
    with pytest.raises(ValidationError):
        Article.model_validate(data)


def test_frozen() -> None:
    article = Article.model_validate(good())
    with pytest.raises(ValidationError):
        article.title = "Other"  # type: ignore[misc]


def test_roles_are_either_kept_or_removed() -> None:
    assert set(Role) == KEPT | REMOVED
    assert not KEPT & REMOVED
    assert KEPT == BODY_ROLES | FIELD_ROLES


def test_renderings_escape() -> None:
    data = good()
    data["title"] = "a <b> & # *c*"
    data["body"] = [
        {"kind": kind, "text": text, "level": level, "source": {"start": a, "end": b, "line": 2}}
        for kind, text, level, a, b in [
            ("heading", "Head <i>", 3, 6, 10), ("paragraph", "1. not a list", None, 10, 14), ("list_item", "• one", None, 14, 18),
            ("list_item", "• two", None, 18, 22), ("quote", "said", None, 22, 26), ("table", "a\tb\nc\td", None, 26, 30),
        ]
    ]  # fmt: skip
    article = Article.model_validate(data)
    assert "<h1>a &lt;b&gt; &amp; # *c*</h1>" in article.to_html()
    assert "<h3>Head &lt;i&gt;</h3>" in article.to_html()
    assert "<ul>\n<li>one</li>\n<li>two</li>\n</ul>" in article.to_html()
    assert "<tr><td>a</td><td>b</td></tr>" in article.to_html()
    assert article.to_markdown().startswith(
        "# a \\<b\\> & # \\*c\\*\n\n### Head \\<i\\>\n\n1\\. not a list\n\n- one\n- two\n\n> said"
    )
    assert article.to_jsonld()["@type"] == "NewsArticle"
    assert "description" not in article.to_jsonld()


def test_properties() -> None:
    article = Article.model_validate({**good(), "lead": "Lead here"})
    assert article.text == "Lead here\n\nA sentence."
    assert article.word_count == 4
    other = Article.model_validate({**good(), "title": "Another title"})
    assert article.fingerprint == other.fingerprint
