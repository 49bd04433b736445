"""Language and direction."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.metadata.language import detect_language, direction

TEXTS = {
    "ar": "عقدت اللجنة اجتماعها الأول وبحثت خطة العمل للعام المقبل مع ممثلي البلديات",
    "fa": "نشست نخست کمیسیون برگزار شد و پیش‌نویس برنامه‌های سال آینده بررسی گردید",
    "ur": "کمیٹی کا پہلا اجلاس منعقد ہوا جس میں اگلے سال کے منصوبے پر غور کیا گیا",
    "ckb": "لیژنەکە یەکەم کۆبوونەوەی خۆی ئەنجامدا و پلانی ساڵی داهاتووی تاوتوێ کرد",
    "ps": "د کمېټې لومړۍ غونډه وشوه او د راتلونکي کال پر پلان خبرې وشوې چې ډېر څه پکې وو",
    "he": "הוועדה קיימה את ישיבתה הראשונה ודנה בתוכנית לשנה הבאה",
    "el": "Η επιτροπή συνεδρίασε για πρώτη φορά και συζήτησε το σχέδιο",
    "th": "คณะกรรมการประชุมครั้งแรกและหารือแผนงานปีหน้า",
    "ko": "위원회는 첫 회의를 열고 내년 계획을 논의했다",
    "ja": "委員会は初会合を開き、来年の計画について話し合った",
    "zh": "委员会举行首次会议讨论明年工作计划并听取各方意见",
    "en": "The committee held its first meeting and discussed the plan for the coming year.",
    "de": "Der Ausschuss hielt seine erste Sitzung ab und beriet über den Plan für das kommende Jahr.",
    "fr": "La commission a tenu sa première réunion et a examiné le plan de l'année prochaine.",
    "es": "La comisión celebró su primera reunión y debatió el plan para el próximo año.",
    "ru": "Комиссия провела первое заседание и обсудила план на следующий год.",
    "uk": "Комісія провела перше засідання та обговорила план на наступний рік.",
    "tr": "Komisyon ilk toplantısını yaptı ve gelecek yılın planını görüştü.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_languages(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text", ["قالت شركة گوگل إن الخدمة عادت", "بطارية صواريخ پاتريوت جديدة", "أقر المجلس الخطة (Plan B) أمس"]
)
def test_foreign_names_do_not_make_arabic_persian(text: str) -> None:
    assert detect_language(text) == "ar"


@pytest.mark.parametrize("text", ["", "12:30 | 2024", "ok", "كتب", "…"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_arabic_needs_no_model() -> None:
    code = (
        "import sys; from newsclean.metadata.language import detect_language; "
        f"assert detect_language({TEXTS['ar']!r}) == 'ar'; assert not {{'numpy', 'py3langid'}} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("ar", "", "rtl"), ("ar-EG", "Latin", "rtl"), ("he", "", "rtl"), ("ckb", "", "rtl"), ("en", "عربي", "ltr"),
    (None, TEXTS["ur"], "rtl"), (None, TEXTS["he"], "rtl"), (None, TEXTS["de"], "ltr"), (None, "123", "ltr"),
])  # fmt: skip
def test_direction(language: str | None, text: str, expected: str) -> None:
    assert direction(language, text) == expected


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text) == detect_language(text)
    assert direction(None, text) in ("ltr", "rtl")
