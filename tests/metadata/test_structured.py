"""Structured data: the article of the page and no other, whatever the page makes of JSON."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newsclean.metadata.jsonld import nodes, parse_json
from newsclean.metadata.structured import Fact, best_authors, best_dates, json_fields
from newsclean.metadata.structured import structured_facts as facts_told
from newsclean.readers.html_page import told_of

ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Council opens the new bridge",
    "description": "It took nine years.",
    "datePublished": "2024-05-03T10:15:00+02:00",
    "dateModified": "2024-05-03T12:00:00+02:00",
    "author": [{"@type": "Person", "name": "Ann Poe"}, {"@type": "Person", "name": "Max Roe"}],
    "publisher": {"@type": "Organization", "name": "The Example"},
    "articleSection": "City",
    "keywords": "bridge, council",
    "image": {"@type": "ImageObject", "url": "https://example.org/b.jpg", "caption": "The bridge"},
    "isAccessibleForFree": "False",
    "inLanguage": "en",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/bridge"},
    "articleBody": "First line.\nSecond line.",
}
TEASER = {
    "@type": "NewsArticle",
    "headline": "Another story",
    "datePublished": "2020-01-01T00:00:00Z",
    "author": {"name": "Lee Low"},
    "url": "https://example.org/other",
}


def page(*scripts: object, head: str = "", body: str = "") -> Any:
    """A page with each object as a JSON-LD script (a string goes in as it is)."""
    texts = [s if isinstance(s, str) else json.dumps(s) for s in scripts]
    tags = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return html.document_fromstring(f"<html><head>{tags}{head}</head><body>{body or '<p>x</p>'}</body></html>")


def structured_facts(tree: Any, url: str | None) -> list[Fact]:
    return facts_told(tree, url, told_of(tree))


def values(facts: list[Fact], field: str, origin: str | None = None) -> list[str]:
    return [fact.value for fact in facts if fact.field == field and origin in (None, fact.origin)]


def test_every_field_of_an_article() -> None:
    facts = structured_facts(page(ARTICLE), "https://example.org/bridge")
    expected = {
        "type": ["newsarticle"],
        "title": ["Council opens the new bridge"],
        "lead": ["It took nine years."],
        "author": ["Ann Poe", "Max Roe"],
        "published": ["2024-05-03T10:15:00+02:00"],
        "modified": ["2024-05-03T12:00:00+02:00"],
        "section": ["City"],
        "tag": ["bridge", "council"],
        "publisher": ["The Example"],
        "image": ["https://example.org/b.jpg"],
        "image_caption": ["The bridge"],
        "paywalled": ["true"],
        "language": ["en"],
        "url": ["https://example.org/bridge"],
        "body": ["First line.\nSecond line."],
    }
    assert {field: values(facts, field, "json-ld") for field in expected} == expected
    assert {fact.field for fact in facts if fact.origin == "json-ld"} == set(expected)


WRAPPED = {
    "graph": {"@graph": [{"@type": "WebSite", "name": "The Example"}, ARTICLE]},
    "array": [{"@type": "BreadcrumbList", "itemListElement": []}, ARTICLE],
    "several types": {**ARTICLE, "@type": ["Thing", "NewsArticle"]},
    "address as type": {**ARTICLE, "@type": "http://schema.org/NewsArticle"},
    "nested": {"@type": "WebPage", "mainEntity": ARTICLE},
    "teaser first": [TEASER, ARTICLE],
    "teasers in a list": [{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": TEASER}]}, ARTICLE],
    "video": [{"@type": "VideoObject", "name": "Clip", "uploadDate": "2019-01-01"}, ARTICLE],
    "comments": {**ARTICLE, "comment": [{"@type": "Article", "headline": "No!", "datePublished": "2025-01-01"}]},
    "trailing comma": json.dumps(ARTICLE)[:-1] + ",}",
    "cdata": "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
    "html comment": "<!-- " + json.dumps(ARTICLE) + " -->",
    "semicolon": json.dumps(ARTICLE) + ";",
    "line comment": "{ // the article\n" + json.dumps(ARTICLE)[1:],
    "two objects": '{"@type": "WebSite"}\n' + json.dumps(ARTICLE),
    "control characters": json.dumps(ARTICLE).replace("nine years", "nine\x0b\tyears").replace("\x0b\t", "\x01 "),
    "escaped markup": json.dumps(ARTICLE).replace("It took", "&lt;p&gt;It took"),
}


@pytest.mark.parametrize("shape", WRAPPED)
def test_the_article_is_found_in_any_shape(shape: str) -> None:
    head = '<link rel="canonical" href="https://example.org/bridge"><meta property="og:title" content="Council opens the new bridge">'
    facts = structured_facts(page(WRAPPED[shape], head=head), None)
    assert values(facts, "title", "json-ld") == ["Council opens the new bridge"]
    assert values(facts, "published") == ["2024-05-03T10:15:00+02:00"]
    assert values(facts, "author") == ["Ann Poe", "Max Roe"]


@pytest.mark.parametrize("other", [
    {"@type": "ItemList", "itemListElement": [TEASER, TEASER]},
    {"@type": "WebSite", "name": "The Example", "datePublished": "2001-01-01"},
    {"@type": "Organization", "name": "The Example", "foundingDate": "1900-01-01"},
    {"@type": "VideoObject", "name": "Clip", "uploadDate": "2019-01-01"},
    {"@type": "CollectionPage", "hasPart": [TEASER]},
    {"@type": "NewsArticle"},
])  # fmt: skip
def test_other_entities_give_nothing(other: object) -> None:
    facts = structured_facts(page(other), "https://example.org/")
    assert [fact for fact in facts if fact.field in ("title", "published", "author")] == []


def test_author_and_image_by_reference() -> None:
    graph = {
        "@graph": [
            {**ARTICLE, "author": {"@id": "#ann"}, "image": {"@id": "#pic"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann &amp; Poe"},
            {"@type": "ImageObject", "@id": "#pic", "url": "https://example.org/p.jpg"},
        ]
    }
    facts = structured_facts(page(graph), None)
    assert values(facts, "author") == ["Ann & Poe"]
    assert values(facts, "image") == ["https://example.org/p.jpg"]


def test_meta_and_links() -> None:
    head = """
    <title>Council opens the new bridge - The Example</title>
    <meta property="og:title" content="Council opens &amp;amp; closes"><meta property="og:site_name" content="The Example">
    <meta property="article:published_time" content="2024-05-03T10:15:00Z"><meta name="date" content="2024-05-04">
    <meta property="article:tag" content="bridge"><meta property="article:tag" content="council">
    <meta name="author" content="Ann Poe"><meta property="og:image" content="https://example.org/a.jpg?a=1&amp;b=2">
    <meta property="article:content_tier" content="locked"><meta name="viewport" content="width=device-width">
    <link rel="canonical" href="https://example.org/bridge"><link rel="amphtml" href="https://example.org/amp">
    """
    facts = structured_facts(page(head=head), None)
    assert values(facts, "title") == ["Council opens & closes", "Council opens the new bridge - The Example"]
    assert values(facts, "published") == ["2024-05-03T10:15:00Z", "2024-05-04"]
    assert values(facts, "tag") == ["bridge", "council"]
    assert values(facts, "image") == ["https://example.org/a.jpg?a=1&b=2"]
    assert values(facts, "canonical_url") == ["https://example.org/bridge"]
    assert (values(facts, "amp"), values(facts, "paywalled")) == (["https://example.org/amp"], ["true"])


MICRODATA = """
<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Council opens</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="name">Ann Poe</a></span>
<meta itemprop="datePublished" content="2024-05-03T10:15:00Z"><div itemprop="articleBody"><p>Text</p>
<div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><meta itemprop="datePublished" content="2001-01-01"></div>
</div></article>
"""
MICRO_TEASER = """
<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Other</b>
<meta itemprop="datePublished" content="2020-01-01"></div>
"""


def test_microdata_of_the_article_alone() -> None:
    facts = structured_facts(page(body=MICRO_TEASER + MICRODATA + MICRO_TEASER), None)
    found = [(fact.field, fact.value) for fact in facts if fact.origin == "microdata"]
    assert found == [("title", "Council opens"), ("author", "Ann Poe"), ("published", "2024-05-03T10:15:00Z")]


def test_microdata_teasers_alone_give_nothing() -> None:
    assert values(structured_facts(page(body=MICRO_TEASER * 3), None), "published") == []


def test_times_beside_the_headline() -> None:
    header = '<header><h1>Council opens</h1><time datetime="2024-05-03T10:15Z">3 May</time><time class="updated">4 May 2024</time></header>'
    aside = '<aside><time datetime="2020-01-01">x</time></aside>' * 5
    facts = structured_facts(page(body=f"<main>{header}<p>Text</p>{aside}</main>"), None)
    assert (values(facts, "published"), values(facts, "modified")) == (["2024-05-03T10:15Z"], ["4 May 2024"])


def test_times_of_a_list_are_no_dates_of_the_page() -> None:
    teasers = "".join(f'<div><time datetime="2024-05-0{n}">x</time></div>' for n in range(1, 7))
    assert values(structured_facts(page(body=f"<main><h1>News</h1>{teasers}</main>"), None), "published") == []


def test_best_dates_pass_over_what_cannot_be_read() -> None:
    facts = [
        Fact("published", "soon", "json-ld"),
        Fact("published", "2024-05-03", "open-graph"),
        Fact("published", "2024-05-03T10:15:00+02:00", "meta"),
        Fact("published", "2021-01-01", "time"),
        Fact("modified", "0000-00-00", "meta"),
    ]
    published, modified = best_dates(facts)
    assert published is not None
    assert published.value.isoformat() == "2024-05-03T10:15:00+02:00"
    assert modified is None


def test_best_dates_in_the_zone_of_the_site() -> None:
    published, _ = best_dates([Fact("published", "2024-05-03 10:15", "meta")], timezone="Asia/Baghdad")
    assert published is not None
    assert (published.value.isoformat(), published.zone_assumed) == ("2024-05-03T10:15:00+03:00", True)


def test_best_authors_are_people_before_the_site() -> None:
    facts = [Fact("author", "The Example", "json-ld"), Fact("author", "Ann Poe", "meta")]
    assert best_authors(facts, "The Example") == ["Ann Poe"]
    assert best_authors(facts[:1], "The Example") == ["The Example"]
    assert best_authors([]) == []


def test_best_authors_are_names_before_handles() -> None:
    facts = [Fact("author", "ann-poe", "json-ld"), Fact("author", "Ann Poe", "meta"), Fact("author", "ann-poe", "meta")]
    assert best_authors(facts) == ["Ann Poe"]
    assert best_authors([Fact("author", "example.com", "meta")]) == ["example.com"]


def test_site_json_by_mapping() -> None:
    script = '{"post": {"title": "T", "authors": [{"name": "A"}, {"name": "B"}], "n": 5, "x": null}}'
    mapping = {
        "title": "post.title",
        "author": "post.authors.*.name",
        "section": "post.authors.1.name",
        "tag": "post.n",
        "lead": "post.x.y",
    }
    facts = json_fields(script, mapping)
    assert [(fact.field, fact.value) for fact in facts] == [
        ("title", "T"), ("author", "A"), ("author", "B"), ("section", "B"), ("tag", "5"),
    ]  # fmt: skip
    assert json_fields("not json", mapping) == []


def test_endless_nesting_is_bounded() -> None:
    deep = "[" * 200_000 + "]" * 200_000
    assert structured_facts(page(deep), None) == []
    chain: dict[str, Any] = dict(TEASER)
    for _ in range(200):
        chain = {"@type": "Thing", "about": chain}
    assert nodes([chain])[0] == []


@pytest.mark.parametrize(
    "flood", ['"' + '\\"' * 200_000, "{" + "/* " * 200_000, "{" + ",}" * 100_000, "<!--" * 50_000, "// " * 200_000]
)
def test_broken_json_is_given_up_in_linear_time(flood: str) -> None:
    start = time.process_time()
    assert isinstance(parse_json(flood), list)
    assert time.process_time() - start < 5


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*ARTICLE, "@id", "name", "url", "@graph", "itemListElement"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_wrong_types_are_ignored(value: Any) -> None:
    forced = {**value, "@type": "NewsArticle"} if isinstance(value, dict) else value
    for fact in structured_facts(page([value, forced]), "https://example.org/"):
        assert isinstance(fact.value, str)
        assert fact.value


@given(st.text(max_size=80))
def test_any_script_is_survived(text: str) -> None:
    assert isinstance(parse_json(text), list)
