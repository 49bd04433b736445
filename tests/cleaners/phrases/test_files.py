"""Phrase files: the shipped ones are clean, wrong ones are told plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclean.cleaners.phrases import check_file, languages, load
from newsclean.cleaners.phrases.__main__ import main
from newsclean.cleaners.phrases.schema import DATA, parse_file
from newsclean.errors import LexiconError, NewscleanError

GROUP = {"category": '"related"', "match": '"line"', "zone": '"after"', "texts": '["More stories from the harbour"]'}


def write(folder: Path, head: str = 'language = "xx"', extra: str = "", **changes: str) -> Path:
    rows = {**GROUP, **changes}
    body = "\n".join(f"{key} = {value}" for key, value in rows.items() if value)
    path = folder / "xx.toml"
    path.write_text(f"{head}\n[[phrases]]\n{body}\n{extra}", encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(DATA.glob("[a-z]*.toml")), ids=lambda path: path.stem)
def test_shipped_file_is_clean(path: Path) -> None:
    assert check_file(path) == []


def test_all_languages_load() -> None:
    assert len(languages()) == 30
    assert all(len(load(code)) > 100 for code in languages())
    assert load("ar") is load("ar")


def test_good_file(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert check_file(path) == []
    language, entries = parse_file(path)
    assert (language, entries[0].phrase, entries[0].heading) == ("xx", "More stories from the harbour", True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": '"relatd"'}, "phrases[0].category: 'relatd' is not one of"),
        ({"match": '"regex"'}, "phrases[0].match: 'regex' is not one of line, prefix, suffix, heading"),
        ({"zone": ""}, "phrases[0].zone: None is not one of before, after, any"),
        ({"heading": '"yes"'}, "phrases[0].heading: must be true or false"),
        ({"texts": "[]"}, "phrases[0].texts: a list of phrases is needed"),
        ({"texts": '["More", 3]'}, "phrases[0].texts[1]: a phrase is a text"),
        ({"texts": '["***"]'}, "a phrase needs at least one word"),
        ({"texts": '["q"]'}, "a single letter is no phrase"),
        ({"texts": '["More {autor}"]'}, "unknown slot"),
        ({"texts": '["Photo: {…}"]'}, "a colon before a slot"),
        ({"texts": '["{…} and {…}"]'}, "not both"),
        ({"match": '"prefix"', "texts": '["Share"]'}, "one word alone matches whole lines only"),
        ({"match": '"prefix"', "texts": '["{…} and more"]'}, "may not begin with an open slot"),
        ({"match": '"suffix"', "texts": '["more and {…}"]'}, "may not end with an open slot"),
        ({"colour": '"red"'}, "phrases[0].colour: unknown key"),
        ({"head": 'language = "yy"'}, 'language: must be "xx"'),
        ({"head": 'language = "xx"\nauthor = "me"'}, "author: unknown key"),
        ({"extra": "texts = ["}, "not valid TOML"),
    ],
)
def test_wrong_file(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    path = write(tmp_path, **changes)
    with pytest.raises(LexiconError) as caught:
        parse_file(path)
    assert str(caught.value).startswith("xx.toml: ")
    assert said in str(caught.value)
    assert check_file(path) == [str(caught.value)]


def test_no_groups(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text('language = "xx"', encoding="utf-8")
    assert check_file(path) == ["xx.toml: phrases: at least one [[phrases]] group is needed"]


def test_missing_file_and_language() -> None:
    assert "there is no such phrase file" in check_file("no-such.toml")[0]
    with pytest.raises(NewscleanError, match="no phrase file for language 'tlh'"):
        load("tlh")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"texts": '["Read on", "READ  ON »"]'}, "is the same phrase as 'Read on'"),
        ({"match": '"prefix"', "texts": '["of it"]'}, "also begins or ends sentences"),
        ({"match": '"prefix"', "texts": '["Follow the money"]'}, "would remove the sentence 'Follow the money"),
        ({"match": '"suffix"', "texts": '["drew criticism from both parties"]'}, "would remove the sentence"),
    ],
)
def test_doubtful_file(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    faults = check_file(write(tmp_path, **changes))
    assert any(said in fault for fault in faults), faults


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert main(["check", str(write(tmp_path, zone='"nowhere"'))]) == 1
    assert "xx.toml: phrases[0].zone" in capsys.readouterr().out
    assert main([]) == 2
