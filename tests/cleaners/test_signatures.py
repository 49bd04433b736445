"""Who signs a page, on whole pages: flattened, and HTML that says nothing in structured data."""

from __future__ import annotations

import pytest

import newsclean

TEXT = [
    "On the morning ferry from Skelby to the outer islands, passengers may borrow a novel and give it back on any crossing.",
    "The shelves were built by the ship's carpenter, who had counted how many people slept on the way.",
    "The company now wants to put shelves on its second ferry, too, and asks its passengers for books.",
]


def authors(*lines: str) -> list[str]:
    page = ["Home", "News", "Sport", "The ferry that carries a library", *lines, *TEXT, "Share", "Related stories"]
    return newsclean.clean("\n".join(page), options=newsclean.Options(input="text", sites=False)).authors


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["By", "Nora Whitlock", "March 12, 2023"], ["Nora Whitlock"]),
        (["Nora Whitlock", "Senior Reporter", "March 12, 2023"], ["Nora Whitlock"]),
        (["Nora Whitlock", "@norawhitlock", "March 12, 2023"], ["Nora Whitlock"]),
        (["Written by", "Nora Whitlock, Senior Editor", "Reviewed by", "Tom Ashby"], ["Nora Whitlock"]),
        (["By Nora Whitlock, CNN", "March 12, 2023"], ["Nora Whitlock"]),
        (["Edited", "by", "Tom Ashby", "March 12, 2023"], []),
        (["Share Links", "March 12, 2023"], []),
        (["March 12, 2023"], []),
    ],
)
def test_who_signs(lines: list[str], wanted: list[str]) -> None:
    assert authors(*lines) == wanted


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ("<div>By</div><div>Nora Whitlock</div>", ["Nora Whitlock"]),
        ("<div>Nora Whitlock</div><div>Senior Reporter</div>", ["Nora Whitlock"]),
        ("<div>Nora Whitlock</div><div>@norawhitlock</div>", ["Nora Whitlock"]),
        ("<div class='author-name'>Nora Whitlock</div>", ["Nora Whitlock"]),
        ("<div>Reviewed by</div><div>Nora Whitlock</div><div>Senior Editor</div>", []),
        ("<div>Harbour News</div><div>March 12, 2023</div>", []),
    ],
)
def test_who_signs_an_html_page_without_structured_data(blocks: str, wanted: list[str]) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    page = f"<article><h1>The ferry that carries a library</h1>{blocks}{paragraphs}</article>"
    assert newsclean.clean(page, options=newsclean.Options(input="html", sites=False)).authors == wanted


ARABIC = [
    "غادرت العبارة الميناء في السادسة صباحا وعلى متنها مكتبة صغيرة تضم ثلاثمئة كتاب وضعها البحارة على رفوف خشبية.",
    "وقال القبطان إن الفكرة بدأت حين نسي أحد الركاب رواية على مقعده، فقرأها الطاقم كله خلال أسبوع واحد.",
    "وتخطط الشركة لوضع رفوف مماثلة على عبارتها الثانية قبل الصيف المقبل، وتدعو ركابها إلى التبرع بالكتب.",
]


def arabic(above: list[str], below: list[str]) -> newsclean.Article:
    page = ["الرئيسية", "سياسة", "رياضة", "عبارة تحمل مكتبة إلى الجزيرة كل صباح", *above, *ARABIC, *below, "شارك الخبر"]
    return newsclean.clean("\n".join(page), options=newsclean.Options(input="text", sites=False))


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        (["كتب:", "خالد بن عيسى", "18 مايو 2023"], [], ["خالد بن عيسى"]),
        (["سارة الحداد", "18 مايو 2023"], [], ["سارة الحداد"]),
        (["سارة الحداد (جدة)", "@alhaddad_s"], [], ["سارة الحداد"]),
        (["سارة الحداد", "صحافية بالجريدة", "18 مايو 2023"], [], ["سارة الحداد"]),
        (["سارة الحداد الخميس، 18 مايو 2023"], [], ["سارة الحداد"]),
        (["مرسلة بواسطة خالد بن عيسى", "18 مايو 2023"], [], ["خالد بن عيسى"]),
        (["18 مايو 2023"], ["خالد بن عيسى"], ["خالد بن عيسى"]),
        (["العالم العربي", "18 مايو 2023"], [], []),
        (["تصوير:", "خالد بن عيسى", "18 مايو 2023"], [], []),
    ],
)
def test_arabic_names_sign(above: list[str], below: list[str], wanted: list[str]) -> None:
    article = arabic(above, below)
    assert article.authors == wanted
    assert article.text == "\n\n".join(ARABIC)


@pytest.mark.parametrize(
    ("paragraph", "goes_on"),
    [
        ("وأضاف القبطان أن الكتب تعود دائما إلى رفوفها، وأن أحدا لم يسرق منها كتابا واحدا منذ عام كامل.", True),
        ("أعلنت وزارة السياحة أمس افتتاح متحف جديد في المدينة القديمة بحضور سفراء عدة دول من أوروبا وآسيا.", False),
    ],
)
def test_below_a_list_a_paragraph_that_no_story_begins_with_goes_on(paragraph: str, goes_on: bool) -> None:
    links = ["موضوعات متعلقة", "افتتاح معرض للكتاب المستعمل في ساحة الميناء القديم"]
    assert (paragraph in arabic(["18 مايو 2023"], [*links, paragraph]).text) == goes_on
