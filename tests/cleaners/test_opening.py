"""What stands between title and text, on pages whose scores are given."""

from __future__ import annotations

import pytest

from newsclean.cleaners.opening import label_between, label_picture_at_start
from newsclean.cleaners.page import Page
from newsclean.document.roles import Role
from newsclean.document.shape import shape_of
from newsclean.models.lines import LineScore
from newsclean.readers.text import cut

TITLE = "Seven bakers share one oven in the old mill"
LONG = "Flour from the last windmill of the county, an oven built of river stones and a rota that hangs on the door"
PROSE = "The oven is lit at three in the morning, and whoever comes late has to bake with what heat is left."


def page(rows: list[tuple[str, float, str, float]], start: int) -> Page:
    blocks = cut("\n".join(text for text, *_ in rows))
    scores = [LineScore(body, role, sure) for _, body, role, sure in rows]
    return Page(blocks, [shape_of(b.text) for b in blocks], [None] * len(rows), scores, 0.4, start, len(rows))


@pytest.mark.parametrize(("role", "wanted"), [("lead", Role.LEAD), ("other", Role.LEAD), ("caption", None)])
def test_a_long_line_under_the_title_is_its_lead_unless_it_is_a_pictures_text(role: str, wanted: Role | None) -> None:
    found = page([(TITLE, 0.1, "title", 0.9), (LONG, 0.2, role, 0.6), (PROSE, 0.9, "paragraph", 0.9)], 2)
    label_between(found, 1, 0)
    assert (found.labels[1].role if 1 in found.labels else None) is wanted


@pytest.mark.parametrize(
    ("line", "score", "wanted"),
    [
        ("Bakers at the old mill on Friday", 0.55, True),
        ("Bakers at the old mill on Friday", 0.8, False),
        ("What does a loaf cost there?", 0.55, False),
        ("and the loaves that nobody bought", 0.55, False),
    ],
)
def test_a_line_that_opens_the_body_is_a_pictures_text(line: str, score: float, wanted: bool) -> None:
    rows = [(TITLE, 0.1, "title", 0.9), ("Share", 0.0, "share", 0.9), (line, score, "other", 0.4)]
    found = page([*rows, (PROSE, 0.9, "paragraph", 0.9), (PROSE, 0.9, "paragraph", 0.9)], 2)
    label_picture_at_start(found, 0)
    assert (2 in found.labels) is wanted
