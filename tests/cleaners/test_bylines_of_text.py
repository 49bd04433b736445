"""Who signs a flattened page, on whole pages."""

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
