"""Every page in ``tests/fixtures`` against what a careful editor says of it (see ``tests/fixtures/README.md``)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean import Article, Options

ABOUT = ("trap", "url", "options")
"""What an expected.json says about the page itself; not compared."""
PLAIN = ("title", "lead", "authors", "published_precision", "section", "tags", "dateline")
PAGE = ("language", "direction", "site", "publisher")
FIELDS = (*PLAIN, *PAGE, "published", "modified", "captions", "body", "furniture")
MISSING = "(missing)"


def expected_of(page: Path) -> Path:
    return page.with_suffix(".expected.json")


def clean(page: Path, about: dict[str, Any]) -> Article:
    return newsclean.clean(page, url=about.get("url"), options=Options(**about.get("options", {})))


def shown(article: Article) -> dict[str, Any]:
    """The article in the form of an expected.json."""
    data = article.to_dict()
    furniture: dict[str, list[str]] = {}
    for entry in data["removed"]:
        furniture.setdefault(entry["role"], []).append(entry["text"])
    return {
        **{name: data[name] for name in ("title", "lead", "authors")},
        "published": article.published.isoformat() if article.published else None,
        "published_precision": data["published_precision"],
        "modified": article.modified.isoformat() if article.modified else None,
        **{name: data[name] for name in ("section", "tags", "dateline", *PAGE)},
        "body": [[item["kind"], item["text"]] for item in data["body"]],
        "captions": [image["caption"] for image in data["images"] if image["caption"]],
        "furniture": dict(sorted(furniture.items())),
    }


def moment(value: str | None) -> tuple[datetime, object] | None:
    """A date with its offset: the same instant in another zone is another answer."""
    if value is None:
        return None
    read = datetime.fromisoformat(value)
    return read, read.utcoffset()


def differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[tuple[str, object, object]]:
    """Field, wanted, got, for all that differs."""
    found = [(name, wanted[name], got[name]) for name in (*PLAIN, *PAGE) if wanted[name] != got[name]]
    dates = ("published", "modified")
    found += [(name, wanted[name], got[name]) for name in dates if moment(wanted[name]) != moment(got[name])]
    found += lines("captions", wanted["captions"], got["captions"])
    found += lines("body", wanted["body"], got["body"])
    removed = as_wanted(wanted["furniture"], got["furniture"])
    for role in sorted({*wanted["furniture"], *removed}):
        found += lines(f"furniture.{role}", wanted["furniture"].get(role, []), removed.get(role, []))
    return found


def as_wanted(wanted: dict[str, list[str]], got: dict[str, list[str]]) -> dict[str, list[str]]:
    """``got`` with its lines under the keys of ``wanted``, where ``copyright|footer`` says that either will do."""
    found: dict[str, list[str]] = {}
    for role, texts in got.items():
        either = [key for key in wanted if "|" in key and role in key.split("|")]
        for text in texts:
            key = next((key for key in either if text in wanted[key]), role)
            found.setdefault(key, []).append(text)
    return found


def lines(name: str, wanted: list[Any], got: list[Any]) -> list[tuple[str, object, object]]:
    """Two lists held against each other so that one line too many is one difference."""
    from difflib import SequenceMatcher

    left = [tuple(x) if isinstance(x, list) else x for x in wanted]
    right = [tuple(x) if isinstance(x, list) else x for x in got]
    found: list[tuple[str, object, object]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            want = left[a + offset] if a + offset < b else MISSING
            have = right[c + offset] if c + offset < d else MISSING
            found.append((f"{name}[{a + offset if want != MISSING else c + offset}]", want, have))
    return found


def told(page: Path, found: list[tuple[str, object, object]], trap: str | None) -> str:
    rows = [f"{page.parent.name}/{page.name}: {trap or ''}".rstrip(": ")]
    for name, want, have in found:
        rows += [f"  {name}", f"    wanted {_one(want)}", f"    got    {_one(have)}"]
    return "\n".join(rows)


def _one(value: object) -> str:
    return value if value is MISSING else json.dumps(value, ensure_ascii=False)  # type: ignore[return-value]


def test_page(fixture_page: Path, update_fixture: Callable[[Path, dict[str, Any]], None] | None) -> None:
    path = expected_of(fixture_page)
    wanted = json.loads(path.read_text("utf-8")) if path.exists() else {}
    about = {name: wanted[name] for name in ABOUT if name in wanted}
    got = shown(clean(fixture_page, about))
    if update_fixture:
        update_fixture(path, {"trap": "", **about, **got})
        return
    assert path.exists(), f"{path.name} is missing; `pytest tests/test_fixtures.py --update-fixtures -k NAME` writes it"
    assert about.get("trap"), f"{path.name}: trap: say in one sentence which trap the page pins"
    assert sorted({*wanted} - {*ABOUT}) == sorted(FIELDS), f"{path.name}: fields missing or unknown"
    found = differences(wanted, got)
    if found:
        pytest.fail(told(fixture_page, found, about.get("trap")), pytrace=False)


def test_kept_and_removed_are_the_page(fixture_page: Path) -> None:
    about = _about(fixture_page)
    article = clean(fixture_page, about)
    options = Options(**about.get("options", {}))
    explanation = newsclean.explain(fixture_page, url=about.get("url"), options=options)
    if article.provenance.input == "text":
        text = explanation.document.text
        spans = [block.source for block in article.blocks()]
        assert "".join(text[s.start : s.end] for s in spans) == text  # type: ignore[union-attr]
        starts = [0]
        for span in spans:
            assert span.start == starts[-1]  # type: ignore[union-attr]
            starts.append(span.end)  # type: ignore[union-attr]
        return
    page = sorted((str(d.block.source), d.block.text) for d in explanation.decisions)
    assert sorted((str(block.source), block.text) for block in article.blocks()) == page


def test_round_trip_and_same_bytes_twice(fixture_page: Path) -> None:
    about = _about(fixture_page)
    article = clean(fixture_page, about)
    written = article.to_json()
    assert Article.model_validate_json(written) == article
    assert Article.model_validate(article.to_dict()).to_json() == written
    assert clean(fixture_page, about).to_json() == written


def _about(page: Path) -> dict[str, Any]:
    path = expected_of(page)
    wanted = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: wanted[name] for name in ABOUT if name in wanted}


def test_a_difference_is_told_field_by_field() -> None:
    same = dict.fromkeys(FIELDS) | {
        "captions": [],
        "body": [["paragraph", "a"]],
        "furniture": {"share": ["x"]},
    }
    other = same | {"title": "t", "body": [["paragraph", "a"], ["heading", "b"]], "furniture": {}}
    assert differences(same, same) == []
    assert differences(same, other) == [
        ("title", None, "t"),
        ("body[1]", MISSING, ("heading", "b")),
        ("furniture.share[0]", "x", MISSING),
    ]


def test_either_role_will_do_where_the_page_says_so() -> None:
    wanted = {"copyright|footer": ["© A", "© B"], "share": ["x"]}
    assert as_wanted(wanted, {"footer": ["© B", "c"], "share": ["x"]}) == {
        "copyright|footer": ["© B"],
        "footer": ["c"],
        "share": ["x"],
    }


def test_another_offset_is_another_date() -> None:
    assert moment("2021-12-07T17:48:00+03:00") != moment("2021-12-07T14:48:00+00:00")
