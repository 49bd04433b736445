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
