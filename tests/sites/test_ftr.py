"""Site configurations of fivefilters: what maps becomes a site file, what does not is told with line and reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

import newsclean
from newsclean import Options
from newsclean.sites.check import check_sites
from newsclean.sites.ftr import Report, import_folder, import_ftr
from newsclean.sites.ftr_xpath import XPathSelector, to_selector
from newsclean.sites.loader import load_file
from newsclean.sites.markup import check_selector, select

FULL = """# Bay Post
title: //h1[@class='head line']
title: //meta[@property="og:title"]/@content
author: //div[@class="by"]/a
date: //time/@datetime
body: //div[contains(concat(' ', normalize-space(@class), ' '), ' story ')]
body: //article | //main

strip: //aside
strip: //p[contains(., 'Read more')]
strip_id_or_class: 'promo'
strip_id_or_class: share-
prune: no
tidy: no
test_url: https://baypost.example/1
test_url: https://baypost.example/2
test_contains: runs again
"""
FULL_TOML = """# From baypost.example.txt of an ftr-site-config folder (public domain).

[site]
hosts = ["baypost.example"]
name = "baypost.example"

[[layout]]
name = "baypost.example"
# test: https://baypost.example/1
# test: https://baypost.example/2

[layout.html]
unverified = true # imported; no saved page has proved it
title = ['h1[class="head line"]', 'meta[property="og:title"]::attr(content)']
body = ["div.story", "article, main"]
author = ['div[class="by"] > a']
date = ["time::attr(datetime)"]
drop = [
  "aside",
  "xpath://p[contains(., 'Read more')]",
  '[id*="promo"], [class*="promo"]',
  '[id*="share-"], [class*="share-"]',
]
"""


def run(tmp_path: Path, files: dict[str, str | bytes], *, force: bool = False) -> dict[str, Report]:
    folder = tmp_path / "ftr"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return {report.file: report for report in import_folder(folder, tmp_path / "out", force=force)}


def one(tmp_path: Path, text: str | bytes, name: str = "baypost.example.txt") -> tuple[Report, dict[str, object]]:
    report = run(tmp_path, {name: text})[name]
    if report.written is None:
        return report, {}
    assert list(check_sites([report.written])) == []
    return report, tomllib.loads(report.written.read_text("utf-8"))["layout"][0]["html"]


def lost(report: Report) -> list[tuple[int, str]]:
    return [(note.line, note.directive) for note in report.notes if note.kind == "lost"]


def test_a_file_that_maps_fully(tmp_path: Path) -> None:
    report = run(tmp_path, {"baypost.example.txt": FULL})["baypost.example.txt"]
    assert report.outcome == "full"
    assert report.mapped == 10
    assert report.written == tmp_path / "out" / "baypost.example.toml"
    assert report.written.read_text("utf-8") == FULL_TOML
    assert {(note.line, note.directive, note.kind) for note in report.notes} == {
        (13, "prune", "needless"),
        (14, "tidy", "needless"),
    }
    assert list(check_sites([report.written])) == []


def test_the_site_file_cleans_a_page(tmp_path: Path) -> None:
    run(tmp_path, {"baypost.example.txt": FULL})
    page = """<html><head><title>x</title></head><body><div id="promo-top">Buy a boat today, cheap and good.</div>
    <h1 class="head line">Ferry runs again</h1><div class="by"><a>Ann Lee</a></div>
    <div class="story main"><p>The ferry across the bay runs again since Monday, after two weeks of repairs.</p>
    <p>Read more about it in our guide to the coast.</p><aside>Five beaches you should not miss this year</aside>
    <p>A part had to come by ship, which took longer than anybody had planned.</p></div></body></html>"""
    options = Options(site_folders=(str(tmp_path / "out"),))
    article = newsclean.clean(page, url="https://www.baypost.example/1", options=options)
    assert article.site == "baypost.example"
    assert article.title == "Ferry runs again"
    assert article.authors == ["Ann Lee"]
    assert [block.text.split()[0] for block in article.body] == ["The", "A"]
    assert not [warning for warning in article.quality.warnings if warning.code == "site-rule-unfit"]


def test_twice_the_same_bytes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{c}.example.txt": FULL for c in "cab"}
    run(tmp_path, files)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    reports = run(tmp_path, files)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert list(reports) == ["a.example.txt", "b.example.txt", "c.example.txt"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("single_page_link: //a[@class='all']", "links to other pages"),
        ("single_page_link_in_feed: //a", "links to other pages"),
        ("next_page_link: //a[@rel='next']", "links to other pages"),
        ("find_string: <header", "never edited"),
        ("replace_string: <div", "never edited"),
        ("replace_string(<noscript>): <div>", "never edited"),
        ("replace_string(a (b): c): d", "never edited"),
        ("dissolve: //span", "never edited"),
        ("wrap_in(blockquote): //p", "never edited"),
        ("move_into(//div): //p", "never edited"),
        ("http_header(user-agent): Mozilla/5.0 (X11)", "whoever fetches"),
        ("http_header(Cookie): a=b; c=d", "whoever fetches"),
        ("requires_login: yes", "whoever fetches"),
        ("login_uri: https://example.com/login", "whoever fetches"),
        ("login_username_field: name", "whoever fetches"),
        ("login_password_field: pass", "whoever fetches"),
        ("login_extra_fields: a=b", "whoever fetches"),
        ("not_logged_in_xpath: //body", "whoever fetches"),
        ("native_ad_clue: //meta", "advert"),
        ("skip_id_or_class: share", "take furniture back"),
        ("footnotes: //ol", "footnotes"),
        ("titl: //h1", "no such directive"),
        ("body(x): //p", "no such directive"),
        ("test https://example.com/1", "no such directive|is not 'name: value'"),
        ("just words", "is not 'name: value'"),
        ("title: //h1[", "is not XPath"),
        ("title: The title", "is not XPath"),
        ("title: //h1[@class='x]", "is not XPath from"),
        ("title: //h1 # the first", "is not XPath"),
        ("title: lower-case(//h1)", "lower-case() is not a function of XPath 1.0"),
        ("title: //h1[matches(., 'x')]", "matches() is not a function of XPath 1.0"),
        ("title: //*[re:test(@id, 'x')]", "namespace prefix"),
        ("title: //svg:title", "namespace prefix"),
        ("title: $title", "variable"),
        ("author: substring-after(//div, 'By ')", "makes itself"),
        ("author: concat(//b, //i)", "makes itself"),
        ("date: count(//time)", "makes itself"),
        ("title: //h1" + "/b" * 3000, "is longer than"),
        ("title: " + "(" * 1500 + "//h1" + ")" * 1500, "is not XPath"),
        ("strip: //div/text()", "an element is needed"),
        ("strip: //p | //img/@src", "an element is needed"),
        ("strip_id_or_class: ''", "names no id or class"),
        ("strip_id_or_class: a\x07b", "is no part of an id or class"),
    ],
)
def test_what_is_lost_is_told(tmp_path: Path, line: str, reason: str) -> None:
    report, html = one(tmp_path, f"body: //article\n{line}\n")
    assert report.outcome == "part"
    [note] = report.notes
    assert note.line == 2
    assert note.kind == "lost"
    assert any(part in note.reason for part in reason.split("|")), note.reason
    assert html == {"unverified": True, "body": ["article"]}


@pytest.mark.parametrize(
    "line",
    [
        *("tidy: yes", "prune: no", "parser: html5lib", "autodetect_on_failure: no", "autodetect_next_page: yes"),
        *("convert_double_br_tags: yes", "insert_detected_image: no", "skip_json_ld: yes", "strip_comments: no"),
        *("src_lazy_load_attr: data-src", "strip_attr: //img/@srcset", "post_strip_attr: //img/@srcset"),
        *("strip_image_src: /ads/", "requires_login: no", "title:", "strip:   ", "Prune: no"),
    ],
)
def test_what_is_needless_loses_nothing(tmp_path: Path, line: str) -> None:
    report, _ = one(tmp_path, f"body: //article\n{line}\n")
    assert report.outcome == "full"
    assert [(note.line, note.kind) for note in report.notes] == [(2, "needless")]


def test_a_condition_takes_its_rule_with_it(tmp_path: Path) -> None:
    text = "body: //article\nbody: //div\nif_page_contains: //nav\nsingle_page_link: //a\nif_page_contains: //b\n"
    report, html = one(tmp_path, text)
    assert html["body"] == ["article"]
    assert [line for line, _ in lost(report)] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("README.txt", "body: //article", "not named after a host"),
        ("global.txt", "body: //article", "not named after a host"),
        ("a b.example.txt", "body: //article", "not named after a host"),
        ("..example.txt", "body: //article", "not named after a host"),
        ("a.example.txt", "", "has no body rule"),
        ("a.example.txt", "title: //h1\nstrip: //aside\n", "has no body rule"),
        ("a.example.txt", "body: //p[\n", "no body rule of it can be used"),
        ("a.example.txt", "body: //div/text()\n", "no body rule of it can be used"),
        ("a.example.txt", b"\x89PNG\r\n\0\0\0body: //p", "is not a text file"),
        ("a.example.txt", b"junk" * 500_000, "is larger than 256 KB"),
    ],
)
def test_what_leaves_nothing_is_not_written(tmp_path: Path, name: str, text: str | bytes, reason: str) -> None:
    report = run(tmp_path, {name: text})[name]
    assert report.outcome == "none"
    assert report.written is None
    assert report.reason is not None
    assert reason in report.reason
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfbody: //div[@id='caf\xc3\xa9']\r\ntitle: //h1\r\n",
        b"body: //div[@id='caf\xe9']\rtitle: //h1\r",
        "body: //div[@id='café']\ntitle: //h1\n".encode("utf-16"),
        "BODY://div[@id='café']\n\n  #x\n\ttitle  :\t//h1  ".encode(),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    report, html = one(tmp_path, data)
    assert report.outcome == "full"
    assert html == {"unverified": True, "title": ["h1"], "body": ['div[id="café"]']}


def test_a_host_and_its_subdomains_are_one_site(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        ".Bay.example.txt": "body: //main\n",
        "bay.example.txt": "body: //article\n",
        "www.sea.example.txt": "body: //p\n",
        ".bad.example.txt": "title: //h1\n",
        "bad.example.txt": "body: //article\n",
    }
    reports = run(tmp_path, files)
    assert reports["bay.example.txt"].written == reports[".Bay.example.txt"].written
    site = load_file(tmp_path / "out" / "bay.example.toml")
    assert [(layout.name, layout.html.body) for layout in site.file.layout if layout.html] == [
        ("bay.example", ["article"]),
        ("*.bay.example", ["main"]),
    ]
    assert load_file(tmp_path / "out" / "sea.example.toml").host == "sea.example"
    assert reports[".bad.example.txt"].outcome == "none"
    assert reports["bad.example.txt"].outcome == "full"
    assert list(check_sites(sorted((tmp_path / "out").glob("*.toml")))) == []


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    mine = tmp_path / "out" / "baypost.example.toml"
    mine.write_text("# mine\n", "utf-8")
    report = run(tmp_path, {"baypost.example.txt": FULL})["baypost.example.txt"]
    assert report.outcome == "none"
    assert "--force" in str(report.reason)
    assert mine.read_text("utf-8") == "# mine\n"
    assert run(tmp_path, {}, force=True)["baypost.example.txt"].outcome == "full"
    assert mine.read_text("utf-8") == FULL_TOML


def test_one_bad_file_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "ftr").mkdir()
    (tmp_path / "ftr" / "folder.example.txt").mkdir()
    (tmp_path / "ftr" / "gone.example.txt").symlink_to(tmp_path / "nowhere")
    reports = run(tmp_path, {"baypost.example.txt": FULL, "not-a-config.md": "body: //p", "z.example.txt": b"\0"})
    assert {name: report.outcome for name, report in reports.items()} == {
        "baypost.example.txt": "full",
        "folder.example.txt": "none",
        "gone.example.txt": "none",
        "z.example.txt": "none",
    }


def test_quotes_stay_what_they_are(tmp_path: Path) -> None:
    text = (
        'body: //article\nstrip: //p[. = "it\'s"]\nstrip: //a[@title=\'say "x" \\ y\']\nstrip_id_or_class: a\\b\n'
        "test_url: https://a.example/\x07\n"
    )
    report, html = one(tmp_path, text)
    assert report.outcome == "full"
    drop = html["drop"]
    assert isinstance(drop, list)
    assert drop[0] == 'xpath://p[. = "it\'s"]'
    page = etree.HTML("<p>it's</p><a title='say \"x\" \\ y'>1</a><b class='xa\\bx'>2</b>")
    assert [select(page, [rule]) is not None for rule in drop] == [True, True, True]


# XPath and CSS


@pytest.mark.parametrize(
    ("xpath", "selector"),
    [
        ("//h1", "h1"),
        (".//h1", "h1"),
        ("//*", "*"),
        ("/html/body//p", "html > body p"),
        ("//div[@class='x']", 'div[class="x"]'),
        ("//div[@id='x']/p", "div#x > p"),
        ("//*[@id='1x']", '[id="1x"]'),
        ("//*[contains(@class,'x')]", '[class*="x"]'),
        ("//*[starts-with(@id, 'x')]", '[id^="x"]'),
        ("//div[contains(concat(' ',@class,' '),' x ')]", "div.x"),
        ("//div[contains(concat(' ',normalize-space(@rel),' '),' x:y ')]", 'div[rel~="x:y"]'),
        ("//a[@href][@class='x']", 'a[href][class="x"]'),
        ("//a[@href and not(@class)]", "a[href]:not([class])"),
        ("//a[not(@id='x' or @class='y')]", 'a:not(#x):not([class="y"])'),
        ("//a[@id='x' or @id='y']/b", "a#x > b, a#y > b"),
        ("//div[(@a or @b) and @c]", "div[a][c], div[b][c]"),
        ("//p[1]", "p:first-of-type"),
        ("//p[3]", "p:nth-of-type(3)"),
        ("//div/*[1]", "div > :first-child"),
        ("//p[last()]", "p:last-of-type"),
        ("//p[position() = 2][@class='x']", 'p:nth-of-type(2)[class="x"]'),
        ("//div/descendant::p", "div p"),
        ("//h2/following-sibling::p", "h2 ~ p"),
        ("//div [ @id = 'x' ] / p", "div#x > p"),
        ("//a | //b | //a", "a, b"),
        ("//time/@datetime", "time::attr(datetime)"),
        ("//a[@id='x']/@href | //b/@href", "a#x, b::attr(href)"),
        ("//img[@data-a!='x']", 'img[data-a]:not([data-a="x"])'),
    ],
)
def test_simple_xpath_is_css(xpath: str, selector: str) -> None:
    assert to_selector(xpath) == selector
    assert check_selector(selector) is None


@pytest.mark.parametrize(
    "xpath",
    [
        *(
            "//h1/text()",
            "(//h1)[1]",
            "//p[.='x']",
            "//p[text()='x']",
            "//p[@class='x'][1]",
            "//a/parent::div",
            "//a/..",
        ),
        *(
            "//p[contains(., 'x')]",
            "//div[p]",
            "//div[.//img]",
            "//h1/@content | //h2",
            "//@content",
            "h1",
            "//a/@href/..",
        ),
        *(
            "//p[string-length(@class) = 3]",
            "//p[position() < 3]",
            "//div/descendant::p[1]",
            "//p[contains(@class, '')]",
        ),
        *("//p/preceding-sibling::h2", "//p[not(@a and @b)]", "//div[contains(concat(' ', @class), ' x')]", "//p[0]"),
        *("//div/p[not(self::p)]", "//*[contains(concat(' ',@class,' '),' a b ')]", "/div", "//*[@a = @b]", "id('x')"),
        *("//div[@a or @b][@c or @d][@e or @f][@g or @h]", "//a[text()]", "//a[2.5]", "//a/node()"),
    ],
)
def test_what_css_cannot_say_stays_xpath(xpath: str) -> None:
    assert to_selector(xpath) == f"xpath:{xpath}"
    assert check_selector(f"xpath:{xpath}") is None


def test_what_xpath_finds() -> None:
    page = etree.HTML("<body><p id='i'>one<b>two</b> three</p><p> </p></body>")
    assert [text for _, text in (select(page, ["xpath://p/text()"]) or ("", []))[1]] == ["one", "three"]
    assert [element.tag for element, _ in XPathSelector("//p/text() | //b/text()").values(page)] == ["p", "b", "p", "p"]
    assert XPathSelector("//p/text()")(page) == []
    assert [text for _, text in (select(page, ["xpath://p/@id"]) or ("", []))[1]] == ["i"]
    assert select(page, ["xpath://h1", "xpath://b"]) == ("xpath://b", [(page[0][0][0], "two")])


@pytest.mark.parametrize("bad", ["", "//p[", "//a:b", "1 + 1", "foo()", "//p[foo()]", "\x00", "$x", "string(//p)"])
def test_a_bad_xpath_is_refused_by_the_check(bad: str) -> None:
    assert check_selector(f"xpath:{bad}") is not None


_NAMES = st.sampled_from(["div", "p", "a", "*"])
_ATTRIBUTE = st.sampled_from(["@class", "@id", "@href"])
_WORD = st.sampled_from(["x", "y", "x y", "xy"])
_TEST = st.one_of(
    _ATTRIBUTE,
    st.builds("{}='{}'".format, _ATTRIBUTE, _WORD),
    st.builds("{}!='{}'".format, _ATTRIBUTE, _WORD),
    st.builds("contains({}, '{}')".format, _ATTRIBUTE, _WORD),
    st.builds("starts-with({}, '{}')".format, _ATTRIBUTE, _WORD),
    st.builds("contains(concat(' ', normalize-space({}), ' '), ' {} ')".format, _ATTRIBUTE, _WORD),
    st.sampled_from(["1", "2", "last()", "position()=1"]),
)
_TESTS = st.recursive(
    _TEST,
    lambda inner: st.one_of(
        st.builds("not({})".format, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} and {})".format, inner, inner),
    ),
    max_leaves=3,
)
_STEP = st.builds(
    lambda axis, name, tests: axis + name + "".join(f"[{test}]" for test in tests),
    st.sampled_from(["//", "/", "/descendant::", "/following-sibling::"]),
    _NAMES,
    st.lists(_TESTS, max_size=2),
)
_PATH = st.builds(lambda steps: "//body" + "".join(steps), st.lists(_STEP, min_size=1, max_size=3))
_TREE = st.recursive(
    st.just(""),
    lambda inner: st.builds(
        lambda tag, attributes, parts: f"<{tag} {attributes}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "p", "a"]),
        st.sampled_from(["", "class='x'", "class='x y' id='y'", "id='x'", "href='xy' class=' y  x '", "class='xy'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


@given(path=_PATH, other=_PATH, markup=st.lists(_TREE, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_css_finds_what_the_xpath_found(path: str, other: str, markup: list[str]) -> None:
    root = etree.fromstring(f"<html><body>{''.join(markup)}</body></html>")
    for xpath in (path, f"{path} | {other}"):
        selector = to_selector(xpath)
        assert check_selector(selector) is None
        from newsclean.sites.markup import _compiled

        assert list(_compiled(selector).find(root)) == root.xpath(xpath)


_LINES = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(
            ["body", "title", "strip", "strip_id_or_class", "test_url", "replace_string(", "if_page_contains"]
        ),
        st.sampled_from([":", "): ", ""]),
        st.text(alphabet="/@[]()'\"=|*.,:$ abcdiv1\x00\u202e\\", max_size=40),
    ),
)


@given(text=st.one_of(st.binary(max_size=300), st.lists(_LINES, max_size=8).map("\n".join)))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_raises(tmp_path: Path, text: bytes | str) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    report = run(tmp_path, {"any.example.txt": b"body: //article\n" + data}, force=True)["any.example.txt"]
    if report.written is not None:
        assert list(check_sites([report.written])) == []


# The command

app = typer.Typer()
app.command()(import_ftr)


def command(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_tells_and_counts(tmp_path: Path) -> None:
    folder, out = tmp_path / "ftr", tmp_path / "out"
    folder.mkdir()
    (folder / "baypost.example.txt").write_text(FULL, "utf-8")
    assert command(folder, "-o", out) == (
        0,
        "",
        f"1 file: 1 mapped fully, 0 in part, 0 not; 1 site files in {out}\n",
    )
    (folder / "sea.example.txt").write_text("body: //p\nnext_page_link: //a\n", "utf-8")
    (folder / "no.example.txt").write_text("title: //h1\n", "utf-8")
    code, told, summary = command(folder, "-o", out)
    assert code == 1
    assert told.splitlines() == [
        "no.example.txt: not written: has no body rule; a site file of HTML is not used without one",
        "sea.example.txt:2: next_page_link: the page is cleaned as it is given; links to other pages are not followed",
    ]
    assert summary.startswith("3 files: 1 mapped fully, 1 in part, 1 not; 2 site files in")
    code, told, _ = command(folder, "-o", out, "--verbose")
    assert "baypost.example.txt:13: prune: has nothing to do here" in told


def test_the_command_refuses_wrong_usage(tmp_path: Path) -> None:
    assert command(tmp_path / "nowhere", "-o", tmp_path / "out")[0] == 2
    (tmp_path / "empty").mkdir()
    assert command(tmp_path / "empty", "-o", tmp_path / "out")[0] == 2
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "empty" / "a.example.txt").write_text("body: //p\n", "utf-8")
    assert command(tmp_path / "empty", "-o", tmp_path / "file")[0] == 2
    assert command(tmp_path / "empty")[0] == 2
