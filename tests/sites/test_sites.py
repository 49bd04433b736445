"""Site files: read, refused with file, line and key, found by host and by signature."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import Options
from newsclean.document.normalize import clean_text
from newsclean.errors import SiteFileError
from newsclean.sites.check import check_page, check_sites
from newsclean.sites.loader import BUILTIN, Sites, load_file, sites_for
from newsclean.sites.patterns import Pattern, PatternError, fold_letters, fold_with_places

GOOD = """[site]
hosts = ["example.news"]
name = "Example News"
language = "en"
timezone = "Europe/London"
signatures = ["!Follow Example News on …", "Example News Trending"]

[[layout]]
[layout.html]
title = ["h1.headline"]
body = ["div.story > p"]
[layout.text]
opening = ["title", "lead"]
section_and_date = ["{section} | {date}"]
byline = ["Words: {author}"]
dateline = ["{place} (EN)"]
body_ends_at = { most_read = ["Example News Trending"], follow = ["Follow Example News on …"] }
drop = { page_tools = ["A+ A-"] }
"""
PAGE = """Harbour town votes on new pier
News | 3 May 2024, 10:15
A+ A-
Words: Jane Doe
The harbour town voted on Thursday to build a new pier, ending a quarrel of ten years.
Read this too
Work will begin in autumn and take two years, the mayor said after the count.
Follow Example News on Messenger
Example News Trending
Ten best beaches of the coast
"""


def write(folder: Path, text: str, name: str = "example.news.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_shipped_files_are_well() -> None:
    assert list(check_sites([])) == []
    hosts = {site.host for site in sites_for(Options()).sites}
    assert {"mdeast.news", "almayadeen.net", "baghdadtoday.news", "youm7.com"} <= hosts
    assert all(path.stem in hosts for path in BUILTIN.glob("*.toml"))


def test_own_folder(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    options = Options(site_folders=(str(tmp_path),))
    article = newsclean.clean(PAGE, options=options)
    assert article.site == "example.news"
    assert article.publisher == "Example News"
    assert article.title == "Harbour town votes on new pier"
    assert article.authors == ["Jane Doe"]
    assert article.section == "News"
    assert article.published is not None
    assert article.published.isoformat() == "2024-05-03T10:15:00+01:00"
    assert [r.role.value for r in article.removed] == ["page_tools", "follow", "most_read", "most_read"]
    without = newsclean.clean(PAGE, options=Options(sites=False))
    assert without.site is None


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    options = Options(site_folders=(str(tmp_path),))
    assert newsclean.clean(PAGE, options=options).publisher == "Example News"
    write(tmp_path, GOOD.replace('name = "Example News"', 'name = "The Example News of the Coast"'))
    assert newsclean.clean(PAGE, options=options).publisher == "The Example News of the Coast"
    path.unlink()
    assert newsclean.clean(PAGE, options=options).publisher is None


def test_own_file_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("example.news", "youm7.com"), "youm7.com.toml")
    sites = sites_for(Options(site_folders=(str(tmp_path),)))
    site = sites.by_host("m2.youm7.com")
    assert site is not None
    assert site.file.site.name == "Example News"


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("{author}", "{autor}", 15, '"{autor}" is not a field (author, date, section'),
        ('timezone = "Europe/London"', 'timezone = "Europe/Londen"', 5, "not an IANA time zone"),
        ('hosts = ["example.news"]', 'hosts = ["https://example.news/"]', 2, "not a bare host"),
        ('name = "Example News"', 'nmae = "Example News"', 3, "no such key"),
        ("{ most_read =", "{ most_reed =", 17, "most_reed"),
        ("page_tools =", "paragraph =", 18, "is a role that is kept"),
        ('"lead"]', '"leed"]', 13, "leed"),
        ('["{place} (EN)"]', '["…"]', 16, "matches every line"),
        ("h1.headline", "h1..headline", 10, "h1..headline"),
        ("{section} |", "{section} {section} |", 14, "stands twice"),
        ('language = "en"', 'language = "English"', 4, "language"),
    ],
)
def test_faults_are_told_with_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(SiteFileError) as caught:
        load_file(path)
    message = str(caught.value)
    assert "example.news.toml" in message
    assert f"line {line}:" in message
    assert told in message


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(SiteFileError, match=r"example\.news\.toml: is not TOML.*line 3"):
        load_file(write(tmp_path, GOOD.replace('hosts = ["example.news"]', 'hosts = ["example.news"')))


def test_one_host_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "other.toml")
    with pytest.raises(SiteFileError, match=r"'example\.news' is also in"):
        newsclean.clean(PAGE, options=Options(site_folders=(str(tmp_path),)))


def test_check_tells_what_will_not_work(tmp_path: Path) -> None:
    text = GOOD.replace('signatures = ["!Follow Example News on …", "Example News Trending"]', "")
    messages = list(check_sites([write(tmp_path, text, "wrong-name.toml")]))
    assert any("example.news.toml" in m for m in messages)
    assert any("never recognised" in m for m in messages)


def test_check_page(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    results = list(check_page(path, page, None))
    assert results[0] == (True, "page.txt: recognised")
    assert any("byline" in message and "Words: Jane Doe" in message for _, message in results)
    page.write_text("Something else\nentirely\n", "utf-8")
    assert [ok for ok, _ in check_page(path, page, None)] == [False, False]


def test_rule_that_does_not_fit_yields_with_a_warning(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('section_and_date = ["{section} | {date}"]\n', ""))
    options = Options(site_folders=(str(tmp_path),), site="example.news")
    text = "Pier news\n\nThe harbour town voted to build a new pier and the mayor was glad about it all the week long"
    codes = {w.code for w in newsclean.explain(text + ".", options=options).article.quality.warnings}  # type: ignore[union-attr]
    assert "site-rule-unfit" not in codes
    page = (
        "<html><body><main>"
        + "".join(f"<p>{line}</p>" for line in PAGE.splitlines()[4:7] * 3)
        + "</main></body></html>"
    )
    article = newsclean.clean(page, url="https://example.news/a", options=options)
    assert "site-rule-unfit" in {w.code for w in article.quality.warnings}
    assert any("harbour town" in item.text for item in article.body)


def test_unknown_site_is_told() -> None:
    with pytest.raises(SiteFileError, match=r"no such site file; there are .*youm7\.com"):
        newsclean.clean(PAGE, options=Options(site="nowhere.example"))


def test_a_tie_of_signatures_decides_nothing(tmp_path: Path) -> None:
    one, two = write(tmp_path, GOOD), write(tmp_path, GOOD.replace("example.news", "example.org"), "example.org.toml")
    sites = Sites([load_file(one), load_file(two)])
    line = "follow example news on messenger"
    assert sites.by_text([line], line, {"follow"}) is None


@pytest.mark.parametrize(
    ("pattern", "line", "values"),
    [
        ("كتب {author}", "كتب أحمد جمعة", {"author": "أحمد جمعة"}),
        ("{section} | {date} |", "محليات | 7-12-2021, 17:48 |", {"section": "محليات", "date": "7-12-2021, 17:48"}),
        ("بغداد اليوم - {place}", "بغداد اليوم- بغداد", {"place": "بغداد"}),
        ("بغداد اليوم - {place}", "بغداد اليوم–بغداد", {"place": "بغداد"}),
        ("اقرأ أيضاً:…", "إقرا ايضًا: عنوان ملصق", {}),
        ("تابع … على", "تابع الأخبار على", {}),
        ("{n} min", "١٢ min", {}),
    ],
)
def test_patterns_match(pattern: str, line: str, values: dict[str, str]) -> None:
    match = Pattern(pattern).match(line)
    assert match is not None
    assert dict(match.values) == values


@pytest.mark.parametrize(
    ("pattern", "line"), [("كتب {author}", "وكتب أحمد"), ("+A -A", "+A"), ("تابع … على", "تابع"), ("{n} min", "a min")]
)
def test_patterns_do_not_match(pattern: str, line: str) -> None:
    assert Pattern(pattern).match(line) is None


@pytest.mark.parametrize("pattern", ["…", "{nope}", "{author} {author}", "{dateline} …"])
def test_bad_patterns(pattern: str) -> None:
    with pytest.raises(PatternError):
        Pattern(pattern)


@given(st.text(alphabet="ابةأىـّ٣ aB_-…ß:،\u200c\u00a0é", max_size=40))
def test_folding_at_once_is_folding_letter_by_letter(text: str) -> None:
    text = clean_text(text)
    folded, places = fold_with_places(text)
    slow, its_places = fold_letters(text)
    assert (folded, list(places)) == (slow, list(its_places))
