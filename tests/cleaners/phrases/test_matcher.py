"""What lines of furniture match as, what never matches, and that matching is total, stable and linear."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.cleaners.phrases import Matcher, is_captcha, languages, languages_for, load, matcher_for, trie
from newsclean.cleaners.phrases import matcher as module
from newsclean.cleaners.phrases.schema import categories
from newsclean.document.normalize import fold
from newsclean.document.roles import Role

MATCHER = matcher_for(("ar", "en"))
ALL = matcher_for(languages())


@pytest.mark.parametrize(
    ("line", "role", "rule"),
    [
        ("Facebook Twitter WhatsApp", "share", "menu"),
        ("الرئيسية سياسة اقتصاد رياضة", "navigation", "menu"),
        ("ShareFacebookTwitterWhatsApp", "share", "glued"),
        ("Share on Facebook | Tweet | Email", "share", "menu"),
        ("Home | News | Sport", "navigation", "menu"),
        ("+A -A", "page_tools", "font_size"),
        ("+A", "page_tools", "font_size"),
        ("A- A A+", "page_tools", "font_size"),
        ("12 Shares", "share", "phrase"),
        ("1.2K", "share", "share_count"),
        ("Pinterest", "share", "phrase"),
        ("pic.twitter.com/AbCdEf", "other", "embed"),
        ("© 2024 Harbour Post Ltd", "copyright", "copyright"),
        ("desk@harbour.example", "other", "email_only"),
        ("https://harbour.example/a?b=c", "other", "url_only"),
        ("#ميناء #بحر", "tags", "hashtags"),
        ("1 / 12", "pagination", "page_of"),
        ("1 2 3 4 5 ... 10", "pagination", "page_numbers"),
        ("* * *", "decoration", "decoration"),
        ("بريد الساحل بريد الساحل بريد الساحل بريد الساحل هواوى", "decoration", "repeated_words"),
        ("تابع بريد الساحل على التلغرام telegram", "follow", "phrase"),
        ("Follow Harbour Post on WhatsApp", "follow", "phrase"),
        ("3 تعليقات", "comments", "phrase"),
        ("٣ تعليقات", "comments", "phrase"),
        ("المزيد من أخبار الساحل", "related", "phrase"),
        ("5 min read", "page_tools", "phrase"),
        ("READ MORE: The market", "read_also", "phrase"),
    ],
)
def test_furniture(line: str, role: str, rule: str) -> None:
    hit = MATCHER.match(line)
    assert hit is not None
    assert (hit.role, hit.rule) == (role, rule)


@pytest.mark.parametrize(
    "line",
    [
        "Follow the money, the prosecutor said.",
        "Small local shops",
        "Next-gen nets for old boats",
        "Read-along evenings at the library",
        "World politics",
        "تابع الرئيس كلامه على الرغم من الضجيج",
        "المصدر الأمني أكد أن التحقيق مستمر",
        "الأكثر قراءة بين كتبه رواية عن البحر",
        "2020",
        "E = mc2",
        "function() { return; }",
        "",
        "   ",
    ],
)
def test_not_furniture(line: str) -> None:
    assert MATCHER.match(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "أربعة − 3 =",
        "3 + five =",
        "ستة + = 9",
        "= 9 + ستة",
        "٤ × ٥ =",
        "12 ÷ 4 = ?",
        "dix-sept + 3 =",
        "trois + = 9",
        "5 + 2 = ___",
    ],
)
def test_captcha(line: str) -> None:
    assert is_captcha(line)
    hit = MATCHER.match(line)
    assert hit is not None
    assert hit.role == "comment_form"


@pytest.mark.parametrize(
    "line", ["E = mc2", "a + b = c", "3 + 4", "= =", "profit = 3 - costs", "1 = 1", "x" * 500 + "=", ""]
)
def test_no_captcha(line: str) -> None:
    assert not is_captcha(line)


def test_share_of_a_prefix() -> None:
    hit = MATCHER.match("Read more: The market that would not close")
    assert hit is not None
    assert hit.match == "prefix"
    assert 0 < hit.share < 0.5


def test_headings_open_lists() -> None:
    for line in ("الأكثر قراءة", "Most read", "مقالات ذات صلة", "Related articles", "اخترنا لك"):
        hit = MATCHER.match(line)
        assert hit is not None
        assert hit.heading
    hit = MATCHER.match("زر الذهاب إلى الأعلى")
    assert hit is not None
    assert not hit.heading


def test_the_earlier_language_wins_a_tie() -> None:
    first = matcher_for(("es", "fr", "en")).match("Newsletter")
    second = matcher_for(("fr", "es", "en")).match("Newsletter")
    assert first is not None
    assert second is not None
    assert (first.language, second.language) == ("es", "fr")
    assert first.role == second.role


def test_roles_exist() -> None:
    roles = {role.value for role in Role}
    assert {category.role for category in categories().values()} <= roles


def test_a_whole_line_beats_a_prefix() -> None:
    for code in languages():
        for entry in load(code).entries:
            if entry.match == "line" and not entry.slotted:
                hit = ALL.match(entry.phrase)
                assert hit is not None, entry
                assert hit.share == 1, (entry, hit)


LETTERS = st.sampled_from("abcdefghijklmnoprstu مالسيونتكبءأإ0123456789 :|-=+×©#@./…\u200f\u200b\n新闻ไทยनी")
LINES = st.one_of(
    st.text(),
    st.text(alphabet=LETTERS),
    st.lists(
        st.sampled_from([e.phrase for code in ("ar", "en", "zh") for e in load(code).entries][::7]), max_size=6
    ).map(" ".join),
)


@settings(deadline=None)
@given(LINES)
def test_never_raises_and_repeats(line: str) -> None:
    hit = ALL.match(line)
    assert ALL.match(line) == hit
    assert ALL.match_folded(fold(line)) == hit
    assert hit is None or 0 < hit.share <= 1
    is_captcha(line)


@settings(deadline=None)
@given(st.lists(LINES, max_size=5))
def test_order_of_lines_does_not_matter(lines: list[str]) -> None:
    assert [MATCHER.match(line) for line in lines] == [MATCHER.match(line) for line in reversed(lines)][::-1]


@settings(deadline=None)
@given(st.text())
def test_languages_are_known_and_end_in_english(sample: str) -> None:
    chosen = languages_for(sample)
    assert set(chosen) <= set(languages())
    assert len(set(chosen)) == len(chosen)
    assert chosen[-1] == "en"


def test_a_script_nobody_told_apart_brings_all_its_languages() -> None:
    assert {"ar", "fa", "ur"} <= set(languages_for("بازار بازار بازار"))
    assert languages_for("") == ("en",)
    assert languages_for("新闻 首页") == ("zh", "en")
    assert languages_for("ニュース 社会") == ("ja", "en")


def test_same_answer_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from newsclean.cleaners.phrases import *\n"
        "m = matcher_for(languages())\n"
        "print([m.match(x) for x in ('Menu', 'Kontakt', 'Video', 'Share Facebook', 'Newsletter', 'Archiv | Kontakt')])\n"
        "print(languages_for('de la en le de die'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    "unit", ["the sea ", "سياسة ", "share", "1.1.", "= 3 + ", "新", "* ", "read more: ", "@a.", "#a "]
)
def test_tokens_cut_do_not_grow_with_the_line(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = 0

    class Counting:
        @staticmethod
        def finditer(text: str, *span: int) -> Iterator[re.Match[str]]:
            nonlocal cut
            for found in pattern.finditer(text, *span):
                cut += 1
                yield found

        @staticmethod
        def search(text: str, *span: int) -> object:
            return pattern.search(text, *span)

        @staticmethod
        def findall(text: str) -> list[str]:
            return [found.group() for found in Counting.finditer(text)]

    pattern = module.TOKEN
    monkeypatch.setattr(module, "TOKEN", Counting)
    monkeypatch.setattr(trie, "TOKEN", Counting)
    ALL.match_folded(fold(unit * 100_000))
    assert cut < 1000


def test_a_matcher_of_nothing_matches_no_words() -> None:
    assert Matcher(()).match("Most read") is None
