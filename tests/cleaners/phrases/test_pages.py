"""One page per language, line by line: furniture gets its role, the article stays untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclean.cleaners.phrases import languages, languages_for, matcher_for

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
# "x y z"-shaped pairs a page may legitimately get either way
NEAR = {
    frozenset(pair) for pair in (("related", "recommended"), ("related", "read_also"), ("comments", "comment_form"))
}


def read(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(role, text) for role, text in rows]


def test_every_language_has_a_page() -> None:
    assert sorted(path.stem for path in PAGES) == sorted(languages())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    rows = read(path)
    chosen = languages_for("\n".join(text for _, text in rows))
    assert path.stem in chosen
    matcher = matcher_for(chosen)
    wrong = []
    for role, text in rows:
        hit = matcher.match(text)
        got = hit.role if hit else "-"
        if got != role and frozenset((got, role)) not in NEAR:
            wrong.append(f"{text!r}: want {role}, got {got} ({hit})")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_prose_is_safe_from_all_languages_together(path: Path) -> None:
    matcher = matcher_for(languages())
    hits = [(text, matcher.match(text)) for role, text in read(path) if role == "-"]
    assert hits
    assert [pair for pair in hits if pair[1] is not None] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_is_read_by_its_own_lexicon(path: Path) -> None:
    text = "\n".join(text for role, text in read(path) if role == "-")
    assert languages_for(text)[0] == path.stem
    assert len(languages_for(text)) <= 4
