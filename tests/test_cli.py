"""The command line, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean import Article, __version__

TEXT = """Bridge reopens after two years of repairs

The old bridge over the river opened to traffic on Monday, two years after a flood had damaged its pillars.

Engineers said the new pillars were built to last for a century and would be checked every spring.

Most read
Mayor wins second term
"""


def run(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def err(result: subprocess.CompletedProcess[bytes]) -> str:
    return result.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    (pages / "deep").mkdir(parents=True)
    for name in ("a.txt", "c.txt", "deep/e.txt"):
        (pages / name).write_text(TEXT.replace("Monday", f"Monday ({name})"), "utf-8")
    (pages / "b.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (pages / "d.txt").write_bytes(b"")
    (pages / ".hidden").write_text("not a page", "utf-8")
    return pages


def test_folder_with_bad_files(folder: Path) -> None:
    result = run("clean", folder)
    assert result.returncode == 1
    articles = [Article.model_validate_json(line) for line in result.stdout.splitlines()]
    assert [a.body[0].text.partition("(")[2][:6] for a in articles] == ["a.txt)", "c.txt)", "deep/e"]
    failures = err(result).splitlines()
    assert len(failures) == 2
    assert failures[0].startswith(f"{folder / 'b.pdf'}: is a PDF")
    assert failures[1].startswith(f"{folder / 'd.txt'}: is empty")


def test_stdin_and_relative_paths_say_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absolute = run("clean", folder / "a.txt").stdout
    assert run("clean", "-", stdin=(folder / "a.txt").read_bytes()).stdout == absolute
    monkeypatch.chdir(folder)
    assert run("clean", "a.txt").stdout == absolute
    assert run("clean", "a.txt", "a.txt").stdout == absolute * 2


def test_formats(folder: Path) -> None:
    path = folder / "a.txt"
    one = json.loads(run("clean", path, "--format", "json").stdout)
    assert one["title"] == "Bridge reopens after two years of repairs"
    many = json.loads(run("clean", path, folder / "c.txt", "--format", "json").stdout)
    assert [a["title"] for a in many] == [one["title"]] * 2
    assert json.loads(run("clean", folder / "d.txt", path, path, "-f", "json").stdout) == [one, one]
    assert run("clean", path, "-f", "md").stdout.decode().startswith("# Bridge reopens")
    assert run("clean", path, "-f", "txt").stdout.decode().startswith("The old bridge")
    assert run("clean", path, "-f", "html").stdout.decode().startswith('<article lang="en" dir="ltr">')
    assert json.loads(run("clean", path, "-f", "jsonld").stdout)["@type"] == "NewsArticle"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["clean"], "Missing argument"), (["clean", "x.txt", "--format", "xml"], "xml"), (["nonsense"], "nonsense"),
        (["clean", "x.txt", "--timezone", "Mars/Olympus"], "IANA"), (["clean", "x.txt", "--input", "pdf"], "--input"),
        (["clean", "x.txt", "y.txt", "--url", "https://example.com"], "one input"), (["clean", "x.txt", "--max-bytes", "0"], "--max-bytes"),
        (["clean", "-", "--site", "nowhere.example"], "no such site file"), (["clean", "-", "--site-folder", "/nowhere"], "no such folder"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: list[str], told: str) -> None:
    result = run(*arguments, stdin=TEXT.encode())
    assert result.returncode == 2
    assert told in err(result)
    assert result.stdout == b""


def test_missing_file_and_page_without_article(tmp_path: Path) -> None:
    page = tmp_path / "menu.txt"
    page.write_text("Home\nNews\nSport\n", "utf-8")
    result = run("clean", tmp_path / "missing.txt", page)
    assert result.returncode == 1
    assert "missing.txt: no such file [unreadable]" in err(result)
    assert "menu.txt: no article was found" in err(result)


def test_explain(folder: Path, tmp_path: Path) -> None:
    result = run("explain", folder / "a.txt")
    assert result.returncode == 0
    text = result.stdout.decode()
    assert "+ title" in text
    assert "- most_read" in text
    assert run("explain", folder / "d.txt").returncode == 1
    page = tmp_path / "why.html"
    assert run("explain", folder / "a.txt", "--html", page).returncode == 0
    assert "<td class=role>most_read</td>" in page.read_text("utf-8")


def test_explain_shows_pages_without_article(tmp_path: Path) -> None:
    page = tmp_path / "menu.txt"
    page.write_text("Home\nNews\nSport\n", "utf-8")
    result = run("explain", page)
    assert result.returncode == 1
    assert "Sport" in result.stdout.decode()
    assert "no article was found" in result.stdout.decode()


def test_schema_and_version() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Article"
    assert set(schema["required"]) == {"body", "quality", "provenance"}
    assert run("--version").stdout.decode().strip() == __version__


def test_sites(tmp_path: Path) -> None:
    listing = run("sites", "list").stdout.decode()
    assert "youm7.com\tاليوم السابع\tar\thtml+text" in listing
    shown = run("sites", "show", "www.youm7.com").stdout.decode()
    assert 'hosts = ["youm7.com"]' in shown
    assert run("sites", "show", "nowhere.example").returncode == 1
    assert run("sites", "check").returncode == 0
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[site]\nhosts = ["wrong"]\nname = "x"\n', "utf-8")
    result = run("sites", "check", wrong)
    assert result.returncode == 1
    assert "wrong.toml: line 2: site.hosts" in err(result)


def test_reader_that_goes_away(folder: Path) -> None:
    command = f"{sys.executable} -m newsclean clean {' '.join([str(folder / 'a.txt')] * 50)} | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in result.stderr
