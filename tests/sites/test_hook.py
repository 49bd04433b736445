"""Code for a site points at the page and invents nothing; its faults cost a warning."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree

from newsclean.document.document import Document, Notice
from newsclean.document.roles import BODY_ROLES, Role
from newsclean.errors import ConfigurationError
from newsclean.options import Options
from newsclean.readers import read
from newsclean.sites.hook import Applied, Hooked, HookResult, apply_hook, apply_known, label_hook, load_hooks, run_hook
from newsclean.sites.loader import load_file

PAGE = """<!doctype html><html lang="en"><head><title>Ferry runs again | Bay Post</title>
<meta property="og:title" content="Ferry runs again after repairs">
<script type="application/json">{"desk": "Harbour \\u0026 Coast"}</script></head><body>
<nav><a href="/">Home</a> <a href="/coast">Coast</a></nav>
<h1>Ferry runs again</h1>
<div class="by">By Ann Lee</div>
<div id="story">
<p>The ferry across the bay runs again since Monday, <b>two weeks</b> after the engine failed.</p>
<div class="promo">Read more: our guide to the coast and all of its small islands</div>
<p>Repairs took longer than planned, because a part had to come by ship from far away.</p>
</div>
<div class="box"><p>Our newsletter brings you the news of the bay every morning.</p></div>
</body></html>"""
FIRST = "The ferry across the bay runs again since Monday, two weeks after the engine failed."
SECOND = "Repairs took longer than planned, because a part had to come by ship from far away."
URL = "https://www.baypost.example/coast/ferry"


class Point:
    """An entry point that needs no installed package."""

    def __init__(self, name: str, function: Any, value: str = "package:function") -> None:
        self.name, self.value, self.function, self.loaded = name, value, function, 0

    def load(self) -> Any:
        self.loaded += 1
        if isinstance(self.function, Exception):
            raise self.function
        return self.function


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Point]]]:
    def put(*points: Point) -> list[Point]:
        found = list(points)
        monkeypatch.setattr(
            importlib.metadata, "entry_points", lambda group: found if group == "newsclean.site_code" else []
        )
        load_hooks.cache_clear()
        return found

    yield put
    load_hooks.cache_clear()


def page() -> Document:
    return read(PAGE, url=URL, options=Options())


def story(soup: BeautifulSoup, url: str | None) -> dict[str, Any]:
    box = soup.select_one("#story")
    assert box is not None
    for promo in box.select(".promo"):
        promo.decompose()
    return {
        "title": soup.h1,
        "authors": ["Ann Lee"],
        "published": datetime(2024, 5, 3, 8, 30, tzinfo=UTC),
        "section": "coast",
        "tags": [],
        "lead": None,
        "body": [box],
    }


def said(document: Document, hooked: Hooked | Notice | None) -> dict[str, str]:
    assert isinstance(hooked, Hooked), hooked
    labels = [*hooked.rules.labels, *hooked.region.labels]
    assert sorted(label.block for label in labels) == list(range(len(document.blocks)))
    return {document.blocks[label.block].text: label.role.value for label in labels}


def test_tags_that_are_returned_become_the_body(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", story))
    document = page()
    hooked = apply_hook(document)
    roles = said(document, hooked)
    assert roles[FIRST] == roles[SECOND] == "paragraph"
    assert roles["Ferry runs again"] == "title"
    assert roles["By Ann Lee"] == "byline"
    kept = {role.value for role in BODY_ROLES}
    assert [text for text, role in roles.items() if role in kept] == [FIRST, SECOND]
    assert isinstance(hooked, Hooked)
    assert {(fact.field, fact.value) for fact in hooked.facts} == {
        ("title", "Ferry runs again"),
        ("author", "Ann Lee"),
        ("published", "2024-05-03T08:30:00+00:00"),
        ("section", "coast"),
    }
    first = next(label for label in hooked.region.labels if document.blocks[label.block].text == FIRST)
    assert dict(first.values) == {"date": "2024-05-03T08:30:00+00:00", "section": "coast"}
    assert {label.cleaner for label in hooked.region.labels} == {"site:baypost.example"}


def test_texts_that_are_returned_are_found_on_the_page(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", lambda soup, url: {"body": [f"{FIRST.upper()}\n\n{SECOND}"]}))
    document = page()
    roles = said(document, apply_hook(document))
    assert [text for text, role in roles.items() if role == "paragraph"] == [FIRST, SECOND]


def test_the_same_text_twice_is_taken_in_page_order(register: Callable[..., list[Point]]) -> None:
    line = "The mayor spoke of a good day for everybody on the coast."
    html = f"<html><body><p>{line}</p><p>{FIRST}</p><p>{line}</p></body></html>"
    register(Point("baypost.example", lambda soup, url: {"body": [FIRST, line]}))
    document = read(html, url=URL, options=Options())
    hooked = apply_hook(document)
    assert isinstance(hooked, Hooked)
    assert [label.block for label in hooked.region.labels] == [1, 2]


def test_inline_tags_copies_and_parts_of_a_block(register: Callable[..., list[Point]]) -> None:
    html = f"<html><body><p><span>{FIRST}</span></p><p>One<br>{SECOND}</p><p>Other words stand here.</p></body></html>"

    def code(soup: BeautifulSoup, url: str | None) -> dict[str, Any]:
        other = BeautifulSoup(str(soup), "lxml")
        return {"body": [soup.span, other.find_all("p")[1]]}

    register(Point("baypost.example", code))
    document = read(html, url=URL, options=Options())
    hooked = apply_hook(document)
    assert isinstance(hooked, Hooked)
    kept = " ".join(document.blocks[label.block].text for label in hooked.region.labels)
    assert FIRST in kept
    assert SECOND in kept
    assert "Other" not in kept


def test_fields_alone_leave_the_rest_to_others(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", lambda soup, url: {"title": "Ferry runs again", "section": "Harbour & Coast"}))
    hooked = apply_hook(page())
    assert isinstance(hooked, Hooked)
    assert [label.role for label in hooked.rules.labels] == [Role.TITLE]
    assert hooked.region.labels == ()
    assert [fact.value for fact in hooked.facts] == ["Ferry runs again", "Harbour & Coast"]


def test_a_title_that_stands_in_the_head_only_is_a_fact(register: Callable[..., list[Point]]) -> None:
    title = "Ferry runs again after repairs"
    register(Point("baypost.example", lambda soup, url: {"title": title, "body": soup.select("#story > p")}))
    hooked = apply_hook(page())
    assert isinstance(hooked, Hooked)
    assert [fact.value for fact in hooked.facts] == [title]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "NoneType, not a mapping"),
        ([], "list, not a mapping"),
        ({"titel": "x"}, "'titel', which is no field (title, lead, section, authors"),
        ({"title": 3}, "int as title, not a text"),
        ({"title": "Ferry sinks"}, "not on the page as title: 'Ferry sinks'"),
        ({"authors": "Ann Lee"}, "str as authors, not a list of texts"),
        ({"authors": ["Ann Lee", "Bob Ray"]}, "not on the page as authors: 'Bob Ray'"),
        ({"tags": [None]}, "NoneType as tags, not a text"),
        ({"published": "soon"}, "'soon' as published, which is no date"),
        ({"published": 1714725000}, "int as published, not a text"),
        ({"body": FIRST}, "str as body, not a list"),
        ({"body": [3]}, "int in body, not a tag or a text"),
        ({"body": [FIRST, "The captain was very glad."]}, "not on the page: 'The captain was very glad.'"),
        ({"body": ["Ferry runs again"]}, "almost no body"),
        ({"body": [""]}, "almost no body"),
    ],
)
def test_what_cannot_be_used_is_told(register: Callable[..., list[Point]], answer: object, told: str) -> None:
    register(Point("baypost.example", lambda soup, url: answer))
    notice = apply_hook(page())
    assert isinstance(notice, Notice)
    assert notice.code == "site-code-failed"
    assert told in notice.message
    assert notice.message.startswith("the code for baypost.example returned ")


def test_empty_answers_say_nothing(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", lambda soup, url: {"title": " ", "lead": "", "authors": [], "body": []}))
    hooked = apply_hook(page())
    assert isinstance(hooked, Hooked)
    assert hooked == Hooked(hooked.rules, hooked.region, ())
    assert hooked.rules.labels == hooked.region.labels == ()


def test_code_that_raises_costs_a_warning(register: Callable[..., list[Point]]) -> None:
    def broken(soup: BeautifulSoup, url: str | None) -> dict[str, Any]:
        raise KeyError("no such box")

    register(Point("baypost.example", broken))
    notice = apply_hook(page())
    assert isinstance(notice, Notice)
    assert "raised KeyError: 'no such box'" in notice.message
    register(Point("baypost.example", ImportError("no module named bay")))
    notice = apply_hook(page())
    assert isinstance(notice, Notice)
    assert "ImportError: no module named bay" in notice.message


def test_code_is_found_by_host_and_loaded_when_it_is_needed(register: Callable[..., list[Point]]) -> None:
    [point, other] = register(Point("www.Baypost.example", story), Point("else.example", story, value="package:other"))
    document = page()
    assert apply_hook(read(PAGE, url="https://unknown.example/", options=Options())) is None
    assert apply_hook(read(PAGE, url=None, options=Options())) is None
    assert apply_hook(read("One line of text.", url=URL, options=Options())) is None
    assert point.loaded == 0
    assert isinstance(run_hook("m.baypost.example", document.tree.root, URL), HookResult)
    assert isinstance(apply_hook(read(PAGE, url=None, options=Options()), "baypost.example"), Hooked)
    assert point.loaded == 2
    assert other.loaded == 0


def test_two_packages_for_one_host_are_refused(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", story, "a:code"), Point("www.baypost.example", story, "b:code"))
    with pytest.raises(ConfigurationError, match="both a:code and b:code"):
        load_hooks()


def test_the_soup_is_the_page_and_the_page_stays_as_it_was(register: Callable[..., list[Point]]) -> None:
    seen: list[str] = []

    def code(soup: BeautifulSoup, url: str | None) -> dict[str, Any]:
        box = soup.find(id="story")
        assert isinstance(box, Tag)
        assert box.p is not None
        assert box.p.b is not None
        assert soup.select_one("div.by") is not None
        assert soup.find(class_="box") is not None
        seen.append(str(soup))
        soup.clear()
        return {}

    register(Point("baypost.example", code))
    document = page()
    before = etree.tostring(document.tree.root, method="html")
    assert isinstance(run_hook("baypost.example", document.tree.root, URL), HookResult)
    assert etree.tostring(document.tree.root, method="html") == before
    assert BeautifulSoup(seen[0], "lxml").get_text() == BeautifulSoup(before, "lxml").get_text()


def test_the_answer_is_the_same_whatever_ran_before(register: Callable[..., list[Point]]) -> None:
    register(Point("baypost.example", story))
    document = page()
    first = apply_hook(document)
    register(Point("baypost.example", story))
    assert isinstance(first, Hooked)
    assert apply_hook(document) == first
    assert apply_hook(page()) == first
    result = run_hook("baypost.example", document.tree.root, URL)
    assert isinstance(result, HookResult)
    labels = label_hook(document, result)
    assert isinstance(labels, list)
    assert {label.block for label in labels} == {label.block for label in (*first.rules.labels, *first.region.labels)}


def test_a_tag_made_by_the_code_is_looked_up_by_its_text(register: Callable[..., list[Point]]) -> None:
    def code(soup: BeautifulSoup, url: str | None) -> dict[str, Any]:
        for tag in list(soup.find_all(True)):
            tag.decompose()
        made = []
        for text in (FIRST, SECOND):
            paragraph = soup.new_tag("p")
            paragraph.string = text
            made.append(paragraph)
        return {"body": made}

    register(Point("baypost.example", code))
    roles = said(page(), apply_hook(page()))
    assert [text for text, role in roles.items() if role == "paragraph"] == [FIRST, SECOND]


def test_code_comes_before_the_site_file_and_falls_back_on_it(
    register: Callable[..., list[Point]], tmp_path: Path
) -> None:
    path = tmp_path / "baypost.example.toml"
    path.write_text(
        '[site]\nhosts = ["baypost.example"]\nname = "Bay Post"\n[[layout]]\n[layout.html]\nbody = ["#story"]\n',
        "utf-8",
    )
    site = load_file(path)
    document = page()
    register(Point("baypost.example", story))
    known = apply_known(site, document)
    assert [label.rule for label in known.region[0].labels] == ["body: code", "body: code"]
    assert known.notices == ()
    register(Point("baypost.example", lambda soup, url: {"title": "Ferry runs again"}))
    known = apply_known(site, document)
    assert len(known.first) == 2
    assert "body: #story" in {label.rule for label in known.region[0].labels}
    register(Point("baypost.example", lambda soup, url: {"body": ["Ferry sinks in the bay."]}))
    known = apply_known(site, document)
    assert [notice.code for notice in known.notices] == ["site-code-failed"]
    assert known.facts == ()
    assert "body: #story" in {label.rule for label in known.region[0].labels}
    assert [notice.code for notice in apply_known(None, document).notices] == ["site-code-failed"]
    register()
    assert apply_known(None, document) == Applied()
