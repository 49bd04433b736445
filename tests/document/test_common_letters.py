"""The fast way through :mod:`newsclean.document.normalize` gives what the slow way gives."""

import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsclean.document import normalize
from newsclean.document.normalize import INVISIBLE, clean_text, fold_clean, fold_lines, is_blank, is_common
from newsclean.readers.text import cut

COMMON = [char for char in normalize.COMMON if char != "\0"]
MIXED = [*COMMON, *"\0\u200b\u200c\u200f\u2028\u0301\u0653\u0654\t", *"ﻻⅧΣяد한"]


def test_common_characters_are_visible_stable_and_fold_to_one_at_most() -> None:
    assert len(COMMON) + 1 == len(set(normalize.COMMON)) <= 256
    for char in COMMON:
        assert not INVISIBLE.search(char)
        assert char in "\u00a0…" or unicodedata.normalize("NFKC", char) == char
        assert char in "…ß" or len(normalize._fold_any(f"({char})")) <= 3
        assert not normalize._CJK.search(char)


def test_nul_is_never_common() -> None:
    assert not is_common("a\0b")
    assert clean_text("قال\0 نعم") == "قال نعم"


@given(st.text(st.sampled_from(MIXED), max_size=30))
@example("ـ")
def test_folding_is_the_same_letter_by_letter_or_byte_by_byte(text: str) -> None:
    shown = clean_text(text)
    if not shown.isascii():
        assert fold_clean(shown) == normalize._fold_any(normalize._LONE_STROKE.sub("-", shown))


@given(st.text(st.sampled_from(MIXED), max_size=30))
def test_cleaning_is_the_same_with_and_without_an_uncommon_letter(text: str) -> None:
    assert clean_text(f"{text} \u4eca") == f"{clean_text(text)} \u4eca".strip()


@given(st.lists(st.text(st.sampled_from([*COMMON, *"_`ـ\0한\u0301"]), max_size=12), max_size=5))
@example(["a`", "قال ـ نعم", "ء قال"])
@example(["_", "قال _ نعم", "Straße …"])
def test_lines_fold_together_as_they_do_alone(lines: list[str]) -> None:
    shown = [clean_text(line) for line in lines]
    assert fold_lines(shown) == [fold_clean(line) for line in shown]


REST_OF_A_SENTENCE = frozenset(",،、，;؛；：。．！？)]）」』.:!?؟'’")
"""What a line begins with that belongs to the line above; the reader joins those."""


@given(st.text(st.sampled_from([*COMMON, *"\n\n\n  \t\r\0한\u0301\u0653"]), max_size=40))
@example("قال  نعم\n ب\u064e\u0651")
def test_a_page_of_common_letters_is_cleaned_as_its_lines_are(text: str) -> None:
    shown = [clean_text(line) for line in text.splitlines()]
    lines = [line for line in shown if line and not is_blank(line)]
    assume(not any(line[0] in REST_OF_A_SENTENCE for line in lines))
    assert [block.text for block in cut(text)] == lines
