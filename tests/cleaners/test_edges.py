"""Where the body ends, on pages whose scores are given."""

from __future__ import annotations

from newsclean.cleaners.edges import cut_strays, keep_tail
from newsclean.cleaners.page import Page, caseless
from newsclean.document.roles import Role
from newsclean.document.shape import shape_of
from newsclean.models.lines import LineScore
from newsclean.readers.text import cut

CUT = 0.4
Rows = list[tuple[str, float, str]]

STORY: Rows = [
    ("The ferry to the island sails again, six weeks after its engine caught fire in the harbour.", 0.97, "paragraph"),
    ("Engineers replaced the fuel lines, and the crew was trained to close the hatches by hand.", 0.98, "paragraph"),
    ("Tickets that were bought before the fire are valid until the end of the summer season.", 0.96, "paragraph"),
    ("The shipping company expects to pay for a second boat, which is being built in Gdansk.", 0.95, "paragraph"),
    ("Until then the last crossing leaves at nine, and lorries have to be on the quay by eight.", 0.97, "paragraph"),
    ("Islanders who work on the mainland had slept in a school gym during the first two weeks.", 0.94, "paragraph"),
    ("Their landlady, the headmistress, says she misses the smell of coffee in the corridors.", 0.96, "paragraph"),
]
BUTTON: Rows = [("Share", 0.0, "share")]
PORTRAIT: Rows = [("Ole Brandt writes about ships and harbours.", 0.6, "other")]
MORE: Rows = [("The old engine will be shown in the harbour museum from October.", 0.93, "paragraph")]


def page(rows: Rows) -> Page:
    blocks = cut("\n".join(text for text, _, _ in rows))
    assert len(blocks) == len(rows)
    scores = [LineScore(body, role, 0.8) for _, body, role in rows]
    body = [index for index, score in enumerate(scores) if score.body >= CUT]
    return Page(blocks, [shape_of(b.text) for b in blocks], [None] * len(rows), scores, CUT, body[0], body[-1] + 1)


def test_a_small_piece_apart_that_is_doubted_is_no_body() -> None:
    found = page(STORY + BUTTON + PORTRAIT)
    cut_strays(found)
    assert found.end == len(STORY)
    assert found.labels[len(STORY) + 1].role is Role.OTHER


def test_a_small_piece_that_is_not_doubted_stays_and_so_does_a_large_one() -> None:
    for piece in (MORE, PORTRAIT * 4):
        found = page(STORY + BUTTON + piece)
        cut_strays(found)
        assert (found.labels, found.end) == ({}, len(STORY + BUTTON + piece))


def test_a_doubted_piece_before_one_that_stays_is_taken_out() -> None:
    found = page(STORY + BUTTON + PORTRAIT + BUTTON + MORE)
    cut_strays(found)
    assert list(found.labels) == [len(STORY) + 1]
    assert found.end == len(STORY) + 4


def test_pieces_above_the_main_one_are_leads_and_stay() -> None:
    found = page(PORTRAIT + BUTTON + STORY)
    cut_strays(found)
    assert found.labels == {}


CLOSING: Rows = [("We are glad of every letter you send.", 0.35, "other")]
ARABIC: Rows = [
    ("أعلنت البلدية افتتاح مكتبة جديدة في وسط المدينة بعد عامين من العمل.", 0.98, "paragraph"),
    ("وأكدت المديرة أن المكتبة تضم عشرة آلاف كتاب للأطفال.", 0.97, "paragraph"),
    ("وتفتح المكتبة أبوابها كل يوم حتى المساء.", 0.35, "other"),
]


def test_a_likely_sentence_closes_the_body_where_the_script_has_no_capitals() -> None:
    found = page(STORY + CLOSING)
    keep_tail(found)
    assert found.end == len(STORY)
    found = page(ARABIC)
    keep_tail(found)
    assert found.end == len(ARABIC)


def test_a_heading_at_the_end_of_the_body_keeps_its_sentence() -> None:
    found = page([*STORY, ("What happens next", 0.8, "heading"), *CLOSING])
    keep_tail(found)
    assert found.end == len(STORY) + 2


def test_the_last_words_of_an_open_sentence_stay() -> None:
    rows: Rows = [*STORY, ("The harbour master only shook his head about all", 0.9, "paragraph")]
    for words, end in (("the noise.", 1), ("Contact us.", 0), ("of what we do, and how, and for whom.", 0)):
        found = page([*rows, (words, 0.2, "other")])
        keep_tail(found)
        assert found.end == len(rows) + end


def test_scripts_without_capitals() -> None:
    assert [caseless(text) for text in ("مرحبا", "今日は", "12 한국", "1. Привет", "12")] == [True] * 3 + [False] * 2
