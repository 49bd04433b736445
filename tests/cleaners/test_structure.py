"""Shapes of articles that look like furniture, and furniture that looks like an article."""

from __future__ import annotations

import pytest

import newsclean
from newsclean import Options

INTERVIEW = """حوار مع الكاتب سمير عطية: أكتب كي لا أنسى

أجرت الحوار: ليلى منصور

يتحدث الكاتب سمير عطية عن روايته الأخيرة التي صدرت هذا الشهر، وعن مدينته التي لم يغادرها منذ أربعين عاما.

متى بدأت الكتابة؟

بدأت في الخامسة عشرة من عمري، حين أهداني معلمي دفترا فارغا وقال لي أن أملأه قبل نهاية الصيف.

هل ندمت؟

لم أندم يوما على ذلك، فالكتابة كانت بيتي حين لم يكن لي بيت آخر في تلك السنوات.

ما مشروعك المقبل؟

رواية عن البحر وعن الصيادين الذين لم يعودوا إلى الميناء في ذلك الشتاء البعيد.
"""

FIVE_THINGS = """Five things to know about the new harbour library

The harbour library opens its doors on Saturday after four years of work and two changes of plan.

1. Who built it?

A cooperative of carpenters from the island, with wood from the old shipyard that burnt down in the spring.

2. What happens next?

The reading rooms follow in May.
"""

RESTART = """بغداد اليوم - بغداد
أعلنت أمانة العاصمة، اليوم الأحد، افتتاح جسر جديد على النهر بعد عامين من العمل.
بغداد اليوم - رصدت كاميراتها استمرار العمل في المحطة منذ الصباح حتى ساعة متأخرة من الليل.
وقال مدير المشروع إن الجسر الجديد سيخفف الزحام عن الأحياء القديمة في جانب الكرخ.
بغداد اليوم - بغداد أعلن مصدر محلي، اليوم الاثنين، عن انطلاق مهرجان الزهور بمشاركة عشرات الفرق وقال المصدر إن
"""

HTML = """<html><head><title>Old hall sold | Millford Post</title></head><body><article>
<h1>Millford sells its old hall to a housing association</h1><p>By Jane Porter</p>
<p>The town of Millford has sold its old hall to a housing association for two million pounds, the council said.</p>
<p>The building, which had stood empty for nine years, will be turned into forty flats, half of them for families.</p>
<p>Neighbours had feared that the hall would be torn down, but its front and its clock tower will stay.</p></article>
<aside><h3>Most read</h3><ul><li><a href=1>Bakery fined for selling bread by the wrong weight</a></li></ul></aside>
<section><h3>Leave a comment</h3><form><label>Your name</label><p>7 − three =</p></form></section></body></html>"""


def test_questions_of_an_interview_stay() -> None:
    article = newsclean.clean(INTERVIEW, options=Options(sites=False))
    questions = [item.text for item in article.body if item.text.endswith("؟")]
    assert questions == ["متى بدأت الكتابة؟", "هل ندمت؟", "ما مشروعك المقبل؟"]
    assert article.authors == ["ليلى منصور"]
    assert article.title == "حوار مع الكاتب سمير عطية: أكتب كي لا أنسى"


def test_a_short_last_sentence_stays() -> None:
    article = newsclean.clean(FIVE_THINGS)
    assert article.body[-1].text == "The reading rooms follow in May."


def test_a_paragraph_that_begins_with_the_sites_name_is_no_other_story() -> None:
    for dash in ("-", "–", "ـ"):
        article = newsclean.clean(RESTART.replace("اليوم -", f"اليوم {dash}"))
        assert article.site == "baghdadtoday.news"
        assert [item.source.line for item in article.body] == [2, 3, 4]
        assert [entry.role.value for entry in article.removed] == ["other_article"]
        assert article.dateline == f"بغداد اليوم {dash} بغداد"


def test_places_of_two_words() -> None:
    for place in ("ذي قار", "صلاح الدين", "بغداد/ متابعة"):
        text = RESTART.replace("بغداد اليوم - بغداد\n", f"بغداد اليوم - {place}\n")
        assert newsclean.clean(text).dateline == f"بغداد اليوم - {place}"


def test_html_furniture_has_the_role_that_its_words_name() -> None:
    article = newsclean.clean(HTML)
    assert article.title == "Millford sells its old hall to a housing association"
    assert article.authors == ["Jane Porter"]
    assert [(e.role.value, e.text) for e in article.removed] == [
        ("most_read", "Most read"),
        ("most_read", "Bakery fined for selling bread by the wrong weight"),
        ("comment_form", "Leave a comment"),
        ("comment_form", "Your name"),
        ("comment_form", "7 − three ="),
    ]


BOXED = """Fährleute am Oberlauf bekommen ein neues Boot

Die Gemeinde am Oberlauf hat ihren Fährleuten ein neues Boot gekauft, das im Frühjahr zum ersten Mal ablegen soll.
Das alte Boot war nach dreißig Jahren so morsch, dass der Prüfer es im Herbst aus dem Wasser nehmen ließ.
Bis dahin müssen die Leute zu Fuß über die Brücke im Nachbarort gehen, was fast eine Stunde länger dauert.
Eine Brücke für alle
Kommentare:
49
Das neue Boot fasst zwanzig Menschen und zwei Kühe, und es fährt mit Strom aus der Mühle am Wehr.
Bezahlt wird es aus einer Spende der Müllerin, die selbst nicht schwimmen kann und jeden Morgen übersetzt.
"""


@pytest.mark.parametrize(
    "field", ["Kommentare:\n49", "Kommentare: 49, Empfehlungen: 4", "• Kommentare: , Empfehlungen: 4"]
)
def test_a_field_that_counts_comments_does_not_end_the_body(field: str) -> None:
    article = newsclean.clean(BOXED.replace("Kommentare:\n49", field), options=Options(sites=False))
    assert article.body[-1].text.endswith("jeden Morgen übersetzt.")
    assert "Kommentare:" not in article.text


def test_notices_between_the_paragraphs_of_an_html_page_are_not_its_text() -> None:
    paragraphs = [f"<p>{line}</p>" for line in BOXED.splitlines() if line.endswith(".")]
    notices = ["Lesen Sie auch: Das Fährhaus wird Museum", "An dieser Stelle finden Sie einen externen Inhalt."]
    paragraphs[2:2] = [f"<p>{notice}</p>" for notice in notices]
    page = f"<html><body><article><h1>Fährleute bekommen ein Boot</h1>{''.join(paragraphs)}</article></body></html>"
    article = newsclean.clean(page, options=Options(sites=False))
    removed = {entry.text: entry.role.value for entry in article.removed}
    assert [removed.get(notice) for notice in notices] == ["read_also", "cookie_notice"]
    assert len(article.body) == len(paragraphs) - 2


CHRONICLE = """A chronicle of the ferry that nobody wanted

By Ida Lund
4 May 2023

The ferry between the two harbours has carried three million passengers, and it was never meant to sail at all.

June 4, 1977:
The council orders a boat for forty cars, although the bridge has been promised for the same year.

March 29, 1984:
The bridge is put off for the third time, and the ferry gets a second deck and a small restaurant.

July 23, 1999:
A storm tears the boat from its moorings, and fishermen tow it back before breakfast.
"""


def test_days_that_open_an_entry_of_a_chronicle_are_no_date_of_the_page() -> None:
    article = newsclean.clean(CHRONICLE, options=Options(sites=False))
    assert [item.text for item in article.body if item.text.endswith(":")] == [
        "June 4, 1977:",
        "March 29, 1984:",
        "July 23, 1999:",
    ]
    assert article.published is not None
    assert article.published.year == 2023
