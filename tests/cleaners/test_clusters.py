"""Words of a list that stand elsewhere, too: the section above each headline, the button below it."""

from __future__ import annotations

import pytest

from newsclean.cleaners.clusters import settle
from newsclean.cleaners.phrases import matcher_for
from newsclean.document.shape import shape_of

LISTS = {
    "ar": ("الأكثر قراءة", ["رياضة", "اقتصاد"], "المدينة تفتتح جسرا جديدا فوق النهر", "اقرأ المزيد"),
    "en": ("Most read", ["Sport", "Politics"], "Baker wins bread prize for the third time", "Read more"),
    "de": ("Meistgelesen", ["Sport", "Politik"], "Stadt baut neue Brücke über den alten Fluss", "Mehr lesen"),
    "fr": ("Les plus lus", ["Sport", "Politique"], "La ville ouvre un nouveau pont sur la rivière", "Lire la suite"),
    "es": ("Lo más leído", ["Deportes", "Política"], "La ciudad abre un nuevo puente sobre el río", "Leer más"),
    "tr": ("En çok okunanlar", ["Spor", "Ekonomi"], "Belediye nehrin üzerine yeni bir köprü yaptı", "Devamını oku"),
    "fa": ("پربازدیدترین‌ها", ["ورزش", "اقتصاد"], "شهرداری پل تازه‌ای روی رودخانه ساخت", "ادامه مطلب"),
    "he": ("הנקראות ביותר", ["ספורט", "כלכלה"], "העירייה פתחה גשר חדש מעל הנחל הישן", "קרא עוד"),
}


def roles(language: str, lines: list[str]) -> list[str | None]:
    matcher = matcher_for((language,))
    found = settle([matcher.match(line) for line in lines], [shape_of(line) for line in lines], [])
    return [hint.role if hint else None for hint in found]


@pytest.mark.parametrize("language", LISTS)
def test_sections_above_and_buttons_below_the_headlines_of_a_list_are_of_it(language: str) -> None:
    heading, sections, headline, button = LISTS[language]
    items = [line for section in sections for line in (section, headline, button)]
    assert roles(language, [heading, *items]) == ["most_read", *["most_read", None, "most_read"] * 2]


@pytest.mark.parametrize("language", LISTS)
def test_a_menu_below_a_list_stays_a_menu(language: str) -> None:
    heading, sections, headline, _ = LISTS[language]
    found = roles(language, [heading, headline, headline, *sections, *sections])
    assert "most_read" not in found[1:]
    assert None not in found[3:]


def test_one_word_before_one_long_line_is_no_list() -> None:
    found = roles("en", ["Most read", "Baker wins bread prize again", "Home", "All that we print is read twice by us"])
    assert found[2] == "navigation"
