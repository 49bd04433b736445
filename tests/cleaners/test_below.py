"""What stands around the body of flattened pages: forms, lists, teasers, tags, footers, fields above the text."""

from __future__ import annotations

import pytest

import newsclean
from newsclean import Options
from newsclean.document.roles import Role

TEXT = Options(input="text", sites=False)

AR = """جسر جديد يربط ضفتي النهر في البلدة

أعلنت بلدية البلدة، اليوم الأحد، افتتاح جسر جديد يربط ضفتي النهر بعد عامين من العمل المتواصل.

وقال مدير المشروع إن الجسر الجديد سيخفف الزحام عن الأحياء القديمة ويختصر الطريق إلى السوق.

وأضاف أن البلدية ستزرع على جانبي الجسر أشجارا وتضع مقاعد لكبار السن قبل نهاية الصيف.
"""
EN = """Old mill to become a school for boat builders

The old mill on the river will become a school for boat builders, the county said on Monday.

Its wheel has not turned for forty years, and two floods have taken most of the ground floor.

The first twelve pupils will start in September and build a ferry for the village across the water.
"""
DE = """Alte Mühle wird Schule für Bootsbauer

Die alte Mühle am Fluss wird eine Schule für Bootsbauer, teilte der Landkreis am Montag mit.

Das Rad hat sich seit vierzig Jahren nicht gedreht, zwei Hochwasser nahmen einen Teil des Erdgeschosses mit.

Die ersten zwölf Schüler beginnen im September und bauen eine Fähre für das Dorf am anderen Ufer.
"""
ES = """El viejo molino será una escuela de carpinteros de ribera

El viejo molino del río se convertirá en una escuela de carpinteros de ribera, anunció el lunes la comarca.

La rueda no gira desde hace cuarenta años y dos riadas se llevaron buena parte de la planta baja.

Los primeros doce alumnos empezarán en septiembre y construirán una barca para el pueblo de enfrente.
"""
TR = """Eski değirmen tekne ustaları için okul olacak

Nehir kıyısındaki eski değirmen tekne ustaları için okul olacak, valilik pazartesi günü duyurdu.

Çark kırk yıldır dönmüyor ve iki sel zemin katın büyük bölümünü alıp götürdü.

İlk on iki öğrenci eylül ayında başlayacak ve karşı kıyıdaki köy için bir tekne yapacak.
"""

FR = """Le vieux moulin deviendra une école de charpentiers de marine

Le vieux moulin de la rivière deviendra une école de charpentiers de marine, a annoncé lundi le département.

La roue ne tourne plus depuis quarante ans et deux crues ont emporté une partie du rez-de-chaussée.

Les douze premiers élèves commenceront en septembre et construiront un bac pour le village d'en face.
"""


def roles(text: str) -> dict[str, str]:
    """Role by line."""
    return {d.block.text: d.role.value for d in newsclean.explain(text, options=TEXT).decisions}


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (AR, "اضف تعليق\nالاسم\nالبريد الالكتروني\nالتعليق\nارسال"),
        (EN, "Leave a Reply\nName *\nEmail *\nWebsite\nPost Comment"),
        (ES, "Deja una respuesta\nComentario *\nNombre *\nCorreo electrónico *\nPublicar el comentario"),
        (TR, "Bir yanıt yazın\nYorum *\nAd *\nE-posta *\nYorum gönder"),
        (FR, "Ajouter un commentaire\nPseudo\nAdresse e-mail\nVotre message\nPublier"),
        (DE, "Kommentar schreiben\nName *\nE-Mail *\nWebsite\nAbsenden"),
    ],
)
def test_a_comment_form_is_a_cluster(page: str, form: str) -> None:
    found = roles(f"{page}\n{form}\n")
    assert {line: found[line] for line in form.split("\n")} == dict.fromkeys(form.split("\n"), "comment_form")


def test_a_lone_field_among_share_buttons_shares() -> None:
    found = roles(f"{DE}\nTeilen\nFacebook\nE-Mail\nWhatsApp\n\nMeistgelesen\nDrei Kühe laufen durch die Innenstadt\n")
    assert found["E-Mail"] == "share"
    assert found["Drei Kühe laufen durch die Innenstadt"] == "most_read"


def test_a_heading_gives_its_role_until_the_next() -> None:
    page = f"""{EN}
Leave a Reply
Name *
Post Comment
Recent Posts
Beekeepers count their losses after a wet spring
Choir looks for two tenors
Newsletter
Every morning in your inbox
Most read
Goat found on the roof of the town hall
"""
    found = roles(page)
    assert found["Beekeepers count their losses after a wet spring"] == "latest_news"
    assert found["Choir looks for two tenors"] == "latest_news"
    assert found["Every morning in your inbox"] == "newsletter"
    assert found["Goat found on the roof of the town hall"] == "most_read"


def test_teasers_under_related_stories() -> None:
    head = "Lighthouse keeper counts gulls for forty years"
    teaser = (
        "Every evening the keeper of the lighthouse writes the number of gulls into a blue book, and now a museum..."
    )
    found = roles(f"{EN}\nRelated stories\n{head}\n{teaser}\n\nMost read\nGoat found on the roof of the town hall\n")
    assert (found[head], found[teaser]) == ("other_article", "other_article")


@pytest.mark.parametrize(
    ("page", "head", "teaser"),
    [
        (
            AR,
            "أسعار الزيتون ترتفع في أسواق الشمال مع بداية الموسم",
            "ارتفعت أسعار الزيتون في أسواق الشمال بنسبة عشرين بالمئة مع بداية القطاف، وسط شكاوى المزارعين...",
        ),
        (
            EN,
            "Chess champion quits tournament after quarrel over chair",
            "The reigning chess champion has left the tournament in Oslo after a quarrel about the height of his chair...",
        ),
    ],
)
def test_a_teaser_right_below_the_body_is_another_story(page: str, head: str, teaser: str) -> None:
    page = (
        page.rstrip() + "\n\n" + page.split("\n\n")[2] + "\n\n" + page.split("\n\n")[3]
    )  # long enough to compare with
    article = newsclean.clean(f"{page}\n\n{head}\n\n{teaser}\n", options=TEXT)
    assert not {head, teaser} & {item.text for item in article.body}
    assert article.body[-1].text in page


def test_tags_behind_and_under_their_label() -> None:
    article = newsclean.clean(f"{ES}\nEtiquetas: molino, río, barcas\n\nCompartir\n", options=TEXT)
    assert article.tags == ["molino", "río", "barcas"]
    article = newsclean.clean(f"{AR}\nالوسوم\nالجسور\nالنقل العام\n\nشارك\nفيسبوك\n", options=TEXT)
    assert article.tags == ["الجسور", "النقل العام"]


def test_links_about_the_house_are_a_footer_below_and_a_menu_above() -> None:
    page = f"Startseite\nLokales\nKontakt\nAbo\n\n{DE}\nÜber uns\nDatenschutz\n© 2024 Flussbote. Alle Rechte vorbehalten.\n"
    found = roles(page)
    assert [found[line] for line in ("Kontakt", "Abo")] == ["navigation", "navigation"]
    assert [found[line] for line in ("Über uns", "Datenschutz")] == ["footer", "footer"]


def test_the_story_before_and_the_story_after() -> None:
    found = roles(
        f"{EN}\nPrevious post\nSchool kitchen wins a prize for its soup\nNext post\nLibrary van gets a new engine\n"
    )
    assert found["Previous post"] == found["Next post"] == "pagination"
    assert found["School kitchen wins a prize for its soup"] == "related"
    assert found["Library van gets a new engine"] == "related"


def test_comments_keep_their_names_and_dates() -> None:
    page = f"""{EN}
2 comments
Dennis P.
My brother learnt his trade in a shed much like this one, and he has never been out of work since.
Reply
Wendy
Will there be evening classes for those of us who have a job and two left hands to look after?
Reply
"""
    found = roles(page)
    assert {found[line] for line in ("Dennis P.", "Wendy", "Reply")} == {"comments"}
    assert sum(role == "comments" for role in found.values()) == 6


def test_a_sub_headline_stands_before_byline_and_date() -> None:
    title, rest = DE.split("\n", 1)
    page = f"{title}\nWarum der Landkreis trotz leerer Kassen baut\nVon Frieda Lohmann\n14. Mai 2024, 9:05 Uhr\n{rest}"
    article = newsclean.clean(page, options=TEXT)
    assert (article.title, article.lead) == (title, "Warum der Landkreis trotz leerer Kassen baut")
    assert article.authors == ["Frieda Lohmann"]
    assert article.published is not None


def test_place_and_date_and_a_desk() -> None:
    title, rest = ES.split("\n", 1)
    article = newsclean.clean(f"{title}\nRedacción\nPuerto Lindo, 8 de octubre de 2024\n{rest}", options=TEXT)
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-10-08"
    assert article.authors == ["Redacción"]


def test_section_above_the_title() -> None:
    article = newsclean.clean(f"Startseite\nLokales\nSport\nKultur\n\nLokales\n{DE}", options=TEXT)
    assert (article.section, article.title) == ("Lokales", DE.split("\n", 1)[0])


def test_headlines_with_their_time_are_a_ticker() -> None:
    page = f"Breaking\n18:02 Bin crews go back to work on Monday\n17:45 Two tram lines closed in the centre\n\n{EN}"
    article = newsclean.clean(page, options=TEXT)
    assert article.title == EN.split("\n", 1)[0]
    assert [entry.role for entry in article.removed] == [Role.LATEST_NEWS] * 3


def test_a_line_of_place_and_agency() -> None:
    title, rest = AR.split("\n", 1)
    article = newsclean.clean(f"{title}\n\nالعاصمة - وكالة الوادي للأنباء\n{rest}", options=TEXT)
    assert article.dateline == "العاصمة - وكالة الوادي للأنباء"
    assert article.body[0].text.startswith("أعلنت بلدية")


def test_scraps_of_an_arabic_sentence_stay() -> None:
    torn = ["وأضاف أن البلدية ستزرع على جانبي", "الجسر", "أشجارا وتضع مقاعد لكبار السن قبل نهاية الصيف."]
    last = "وختم بالقول إن الجسر القديم سيبقى للمشاة وحدهم، وإن البلدية ستضيء أقواسه كل ليلة حتى منتصف الليل."
    page = "\n\n".join([*AR.rstrip().split("\n\n")[:3], *torn, last])
    assert [item.text for item in newsclean.clean(page, options=TEXT).body][2:] == [*torn, last]


def test_what_a_footer_says_does_not_cut_a_text() -> None:
    page = AR.replace("وقال مدير المشروع إن", "رئيس التحرير: قال المدير إن")
    assert len(newsclean.clean(page, options=TEXT).body) == 3


SECOND = """Chess champion quits tournament after quarrel over chair

By Paul Nash

3 May 2024

The reigning chess champion has left the tournament in Oslo after a quarrel about the height of his chair.

Organisers said the chair had been measured twice and met every rule of the federation.
"""


@pytest.mark.parametrize(("between", "line"), [("\n\n", 10), ("\n\n---\n\n", 12)])
def test_of_two_articles_in_one_text_the_first_is_taken(between: str, line: int) -> None:
    article = newsclean.clean(f"{EN}{between}{SECOND}", options=TEXT)
    assert article.title == EN.split("\n", 1)[0]
    assert [item.text for item in article.body] == EN.strip().split("\n\n")[1:]
    assert (article.authors, article.published) == ([], None)
    assert [notice.message for notice in article.quality.warnings if notice.code == "several-articles"] == [
        f"another article begins on line {line}; the first was taken"
    ]


OTHER = """Blackbirds return to the old cemetery

Ornithologists counted eleven nesting couples between the gravestones, twice as many as in any previous spring.

Volunteers hang feeders beneath chestnut branches, while municipal gardeners postponed trimming hedges until autumn.

Scientists attribute the recovery to abandoned pesticides and neighbouring wetlands that were flooded again.
"""
CARPENTERS = """Carpenters rebuild wooden lighthouse without nails

Apprentices from three countries assembled hundreds of numbered beams using traditional joints and enormous clamps.

Insurance companies hesitated before accepting candles inside, although sprinklers satisfied their inspectors.

Sailors welcomed the landmark with foghorns, and fishermen decorated harbour cranes with colourful lanterns.
"""


def test_a_second_article_without_byline_and_date_is_warned_of_and_stays() -> None:
    article = newsclean.clean(f"{CARPENTERS}\n\n{OTHER}", options=TEXT)
    assert len(article.body) == 7
    assert [notice.message for notice in article.quality.warnings if notice.code == "several-articles"] == [
        "another article may begin on line 10; all of it was kept"
    ]


def test_the_credit_of_a_picture_inside_a_story_does_not_end_it() -> None:
    lines = CARPENTERS.strip().split("\n\n")
    more = OTHER.strip().split("\n\n")[1:]
    page = "\n\n".join([*lines, "Visitors outside the new lighthouse", "Reuters", *more])
    article = newsclean.clean(page, options=TEXT)
    assert article.body[-1].text == more[-1]


def test_a_byline_and_a_date_inside_one_story_do_not_end_it() -> None:
    lines = EN.strip().split("\n\n")
    page = "\n\n".join(
        [*lines[:3], "What the boat builders say", "By Paul Nash", lines[3], lines[2].replace("wheel", "old wheel")]
    )
    assert "several-articles" not in [w.code for w in newsclean.clean(page, options=TEXT).quality.warnings]


def test_markdown_marks_are_no_part_of_title_and_author() -> None:
    page = EN.replace("Old mill", "# Old mill", 1).replace("builders\n", "builders\n\n*By Paul Nash* · 3 May 2024\n", 1)
    article = newsclean.clean(page, options=TEXT)
    assert (article.title, article.authors) == (EN.split("\n", 1)[0], ["Paul Nash"])
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-05-03"


def test_the_header_of_a_record_is_no_page_and_its_date_is_the_crawlers() -> None:
    header = "WARC/1.0\nWARC-Type: conversion\nWARC-Date: 2024-05-03T10:00:00Z\nContent-Length: 300\n\n"
    article = newsclean.clean(f"{header}Home\nNews\nSport\n{EN}", options=TEXT)
    assert (article.title, article.published) == (EN.split("\n", 1)[0], None)
    assert [entry.role for entry in article.removed[:4]] == [Role.OTHER] * 4


def test_the_offer_of_a_newsletter_ends_a_list() -> None:
    found = roles(
        f"{DE}\nMeistgelesen\nDrei Kühe laufen durch die Stadt\nUnser Newsletter am Morgen\nE-Mail-Adresse\nAnmelden\n"
    )
    assert found["Drei Kühe laufen durch die Stadt"] == "most_read"
    assert [found[line] for line in ("Unser Newsletter am Morgen", "E-Mail-Adresse", "Anmelden")] == ["newsletter"] * 3


def test_a_line_with_a_credit_among_the_fields_is_a_caption() -> None:
    title, rest = AR.split("\n", 1)
    article = newsclean.clean(
        f"{title}\n22/04/2024 - 13:05\nعمال البلدية على الجسر الجديد (وكالات)\n{rest}", options=TEXT
    )
    assert [image.caption for image in article.images] == ["عمال البلدية على الجسر الجديد (وكالات)"]
    assert len(article.body) == 3


def test_buttons_among_comments_do_not_end_them() -> None:
    one = "My brother learnt his trade in a shed much like this one, and he has never been out of work since."
    two = "Will there be evening classes for those of us who have a job and two left hands to look after?"
    found = roles(f"{EN}\n3 comments\nDennis P.\n{one}\nShare\nRecommend\nWendy\n{two}\n")
    assert (found[one], found["Wendy"], found[two]) == ("comments", "comments", "comments")


def test_a_list_with_no_paragraph_below_it_ends_the_body() -> None:
    items = ["Lock keeper writes a book about silence", "Three towns fight over one statue of a goose"]
    lines = [*EN.strip().split("\n\n"), "You may also like", *items]
    article = newsclean.clean("\n\n".join(lines), options=TEXT)
    assert not set(items) & {item.text for item in article.body}
    assert article.body[-1].text == lines[-4]
