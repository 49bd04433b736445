"""Which line above the body is the title, on pages whose scores are given."""

from __future__ import annotations

import pytest

from newsclean.cleaners.headlines import find_title, over_the_fields
from newsclean.cleaners.opening import ends_in_credit
from newsclean.cleaners.page import Page
from newsclean.document.shape import shape_of
from newsclean.models.lines import LineScore
from newsclean.readers.text import cut

Row = tuple[str, float, str, float]

TITLE: Row = ("Seven bakers share one oven in the old mill", 0.1, "other", 0.3)
BUTTONS: list[Row] = [(word, 0.0, "share", 0.9) for word in ("Share", "Post", "Mail", "Copy", "Save")]
PROSE: Row = (
    "The oven of the seven bakers is lit at three, and whoever comes late bakes with less heat.",
    0.9,
    "paragraph",
    0.9,
)
SITE: Row = ("Valley morning post", 0.0, "title", 0.4)


def page(rows: list[Row]) -> Page:
    blocks = cut("\n".join(text for text, *_ in rows))
    scores = [LineScore(body, role, sure) for _, body, role, sure in rows]
    start = next(i for i, score in enumerate(scores) if score.body > 0.5)
    return Page(blocks, [shape_of(b.text) for b in blocks], [None] * len(rows), scores, 0.4, start, len(rows))


def test_the_one_headline_over_buttons_is_the_title_however_many_they_are() -> None:
    assert over_the_fields(page([TITLE, *BUTTONS, *BUTTONS, *BUTTONS, PROSE])) == 0


def test_a_headline_over_buttons_that_has_no_word_of_the_text_is_not() -> None:
    other: Row = ("Harbour dues rise again next spring", 0.1, "other", 0.3)
    assert over_the_fields(page([other, *BUTTONS, PROSE])) is None


def test_capitals_of_a_headline_do_not_hide_that_it_speaks_of_the_text() -> None:
    capital: Row = ("SEVEN BAKERS SHARE THE MILL", 0.1, "other", 0.3)
    assert over_the_fields(page([capital, *BUTTONS, PROSE])) == 0


def test_the_name_of_the_site_that_stands_twice_yields_to_a_title_the_model_is_sure_of() -> None:
    sure: Row = (TITLE[0], 0.1, "title", 0.9)
    assert find_title(page([SITE, SITE, sure, BUTTONS[0], PROSE])) == 2
    assert find_title(page([SITE, SITE, PROSE])) == 0


def test_of_two_titles_the_model_is_sure_of_the_one_that_speaks_of_the_text_is_it() -> None:
    offer: Row = ("Best harbour cruises of the coming season", 0.1, "title", 0.95)
    told: Row = (TITLE[0], 0.1, "title", 0.7)
    assert find_title(page([offer, BUTTONS[0], told, BUTTONS[0], PROSE])) == 2


def test_headlines_each_under_its_time_are_a_list() -> None:
    listed: list[Row] = [("08:15", 0.0, "other", 0.5), ("Harbour dues rise again next spring", 0.0, "title", 0.6)]
    assert find_title(page([*listed, *listed, TITLE, PROSE])) == 4


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("The bridge after the storm (AP Photo/Jane Doe, File)", True),
        ("Die Brücke nach dem Sturm. Foto: Jane Doe/dpa", True),
        ("A ponte depois da chuva — Foto: Caio Teles/Agência Ribeira", True),
        ("הגשר אחרי הסופה ( צילום: דן אלמוג )", True),
        ("dpa/Jane Doe Die Brücke nach dem Sturm", True),
        ("Erstes Bild: So könnte die neue Brücke aussehen", False),
        ("In photos: the bridge after the storm", False),
        ("In Bild und Foto: was vom Sturm geblieben ist", False),
    ],
)
def test_a_line_that_ends_in_its_credit_is_a_pictures_text(line: str, is_caption: bool) -> None:
    assert ends_in_credit(line) is is_caption


def test_the_title_of_the_window_again_above_the_text_is_the_headline() -> None:
    window: Row = (f"{TITLE[0]} | Valley Morning Post", 0.0, "title", 0.9)
    other: Row = ("Mayor opens the bridge to the island again", 0.0, "title", 0.9)
    assert find_title(page([window, other, TITLE, *BUTTONS, PROSE])) == 2
    assert find_title(page([SITE, other, SITE, PROSE])) == 1


def test_a_numbered_line_of_a_list_is_no_headline() -> None:
    numbered: Row = (f"3. {TITLE[0]}", 0.0, "most_read", 0.9)
    found = find_title(page([numbered, TITLE, *BUTTONS, (TITLE[0], 0.0, "caption", 0.5), PROSE]))
    assert found is not None
    assert found > 0


def test_two_texts_of_a_picture_right_below_the_title_are_not_it() -> None:
    title: Row = ("Bakers of the old mill light one oven at three", 0.1, "other", 0.3)
    picture: Row = ("A picture from the square at night", 0.1, "other", 0.3)
    assert find_title(page([("Home", 0.0, "navigation", 0.9), title, picture, picture, PROSE])) == 1


def test_names_of_section_and_site_behind_the_windows_title() -> None:
    window: Row = (f"{TITLE[0]} | Town | Valley Morning Post", 0.0, "title", 0.9)
    assert find_title(page([window, SITE, TITLE, *BUTTONS, PROSE])) == 2


def test_the_title_again_as_the_text_of_a_picture_leaves_the_headline_above_its_fields() -> None:
    window: Row = (f"{TITLE[0]} | Valley Morning Post", 0.0, "title", 0.9)
    assert find_title(page([window, SITE, TITLE, *BUTTONS, TITLE, PROSE])) == 2
