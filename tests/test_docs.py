"""The documentation is true: every example runs and prints what is shown, the reference is what the code says.

In ``README.md`` and ``docs/*.md``

- ``python`` blocks run, those with ``>>>`` as doctests, one namespace a document;
- ``console`` blocks run line by line (``$ command``), and their output is compared, ``...`` standing for anything;
- blocks with ``title="path"`` are written to that path first, so that what follows finds them;
- all of it happens in an empty folder that holds a copy of ``examples/`` only;
- commands are those of :data:`COMMANDS`: nothing is installed, nothing is fetched.

Pages that need more than newsclean (:data:`NEEDS_MORE`: columns, a cluster, data sets) are read, not run.

``python tests/test_docs.py`` writes the generated parts anew: the command line in ``docs/reference.md`` and
``docs/article.schema.json``.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
NEEDS_MORE = {"docs/batch.md", "docs/sizing.md", "docs/benchmarks.md"}
COMMANDS = {"newsclean", "cat", "echo", "printf", "sed", "wc"}
REFERENCE = ROOT / "docs" / "reference.md"
SCHEMA = ROOT / "docs" / "article.schema.json"
CLI_BEGIN, CLI_END = "<!-- command line: generated -->", "<!-- command line: end -->"

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SHOWN_ONLY = {"sh", "text", "toml", "json", "jsonl", "html", "mermaid", "python-sketch"}


@dataclass(frozen=True)
class Fence:
    """One fenced block of a page; ``line`` is where its body starts."""

    language: str
    title: str | None
    body: str
    line: int


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a page in order."""
    for found in _FENCE.finditer(text):
        info = found["info"].strip()
        title = _TITLE.search(info)
        line = text.count("\n", 0, found.start("body")) + 1
        yield Fence(info.split()[0] if info else "", title[1] if title else None, found["body"], line)


def steps(body: str) -> Iterator[tuple[str, str]]:
    """Commands of a console block, each with the output shown under it."""
    command, shown = None, []
    for line in body.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, "\n".join(shown)
            command, shown = line[2:], []
        elif command is not None and command.endswith("\\"):
            command += "\n" + line.removeprefix("> ")
        else:
            assert command is not None, f"a console block starts with a command, not with {line!r}"
            shown.append(line)
    if command is not None:
        yield command, "\n".join(shown)


def agrees(shown: str, real: str) -> bool:
    """Whether ``real`` is what is ``shown``, where ``...`` stands for anything; a run of blanks is one blank.

    >>> agrees("one ... three", "one  two  three"), agrees("one", "two")
    (True, False)
    """
    left, right = (
        "\n".join(" ".join(line.split()) for line in text.strip("\n").splitlines()) for text in (shown, real)
    )
    pattern = ".*?".join(re.escape(piece) for piece in left.split("..."))
    return re.fullmatch(pattern, right, re.DOTALL) is not None


class Runner:
    """Runs the blocks of one page in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__example__"}
        shim = folder.parent / "bin"
        shim.mkdir()
        script = shim / "newsclean"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsclean "$@"\n', "utf-8")
        script.chmod(0o755)
        path = os.pathsep.join([str(shim), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        self.environment = {**os.environ, "PATH": path, "COLUMNS": "160", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}

    def run(self, fence: Fence) -> str | None:
        """Run one block; what differs, or None."""
        if fence.title is not None:
            path = self.folder / fence.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.body, "utf-8")
            return None
        if fence.language == "console":
            return self._console(fence)
        if fence.language == "python":
            return self._doctest(fence) if ">>> " in fence.body else self._execute(fence)
        return None if fence.language in _SHOWN_ONLY else f"no such language of block: {fence.language!r}"

    def _console(self, fence: Fence) -> str | None:
        for command, shown in steps(fence.body):
            strange = {part.split()[0] for part in re.split(r"[;|] ", command)} - COMMANDS
            if strange:
                return f"$ {command}\nis not run here: {', '.join(sorted(strange))}"
            done = subprocess.run(  # noqa: S602 — commands of our own documentation
                command,
                shell=True,
                cwd=self.folder,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=120,
                check=False,
            )
            real = done.stdout.decode("utf-8")
            if not agrees(shown, real):
                return f"$ {command}\n--- shown\n{shown}\n--- real\n{real}"
        return None

    def _doctest(self, fence: Fence) -> str | None:
        test = doctest.DocTestParser().get_doctest(fence.body, self.names, "example", None, fence.line - 1)
        said: list[str] = []
        doctest.DocTestRunner(optionflags=_FLAGS, verbose=False).run(test, out=said.append, clear_globs=False)
        self.names.update(test.globs)
        return "".join(said) or None

    def _execute(self, fence: Fence) -> str | None:
        exec(compile("\n" * (fence.line - 1) + fence.body, "example", "exec"), self.names)  # noqa: S102
        return None


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEEDS_MORE])
def test_examples_do_what_they_show(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    shutil.copytree(ROOT / "examples", folder / "examples")
    monkeypatch.chdir(folder)
    runner = Runner(folder)
    for fence in fences((ROOT / name).read_text("utf-8")):
        fault = runner.run(fence)
        assert fault is None, f"{name}:{fence.line}: the example does not do what it shows\n{fault}"


def test_the_examples_are_there_and_run() -> None:
    ran = [fence.language for page in PAGES for fence in fences(page.read_text("utf-8"))]
    assert ran.count("console") >= 10
    assert ran.count("python") >= 10


def test_the_first_command_of_the_readme_cleans_the_example() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"\.venv/bin/newsclean (clean (examples/\S+) [^\n]*)", readme)
    assert shown is not None
    command = [sys.executable, "-m", "newsclean", *shown[1].split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert done.stdout.lstrip().startswith(b"{")


def test_the_site_of_the_guide_is_the_site_that_is_shipped() -> None:
    guide = (ROOT / "docs" / "add-a-site.md").read_text("utf-8")
    last = [fence for fence in fences(guide) if fence.title == "my-sites/assabah.com.tn.toml"][-1]
    assert last.body == (ROOT / "src/newsclean/sites/data/assabah.com.tn.toml").read_text("utf-8")


def _slug(heading: str) -> str:
    bare = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", bare).replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    prose = _FENCE.sub("", page.read_text("utf-8"))
    return {_slug(found) for found in re.findall(r"^#{1,6} +(.+)$", prose, re.MULTILINE)}


@pytest.mark.parametrize("name", NAMES)
def test_links_inside_the_repository_lead_somewhere(name: str) -> None:
    page = ROOT / name
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{name}: {target} leads nowhere"
        if anchor:
            assert anchor in _anchors(goal), f"{name}: {target}: no such heading"


def test_tests_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    named = re.findall(r"`((?:test|check)_\w+)`", readme)
    assert named
    assert [name for name in named if f"def {name}(" not in code] == []


@pytest.mark.parametrize("name", NAMES)
def test_files_that_are_named_exist(name: str) -> None:
    prose = _FENCE.sub("", (ROOT / name).read_text("utf-8"))
    named = re.findall(r"`((?:src|tests|examples|docs|benchmarks|\.ci)/[\w./-]*)`", prose)
    capitals = re.compile(r"[A-Z]{4,}")  # HOST and LANGUAGE stand for what the reader fills in
    assert [path for path in named if not capitals.search(path) and not (ROOT / path).exists()] == []


# What is generated


def _parameter(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        shown = (parameter.metavar or parameter.name).replace("|", "\\|")
        names = f"`{shown}`"
    default = parameter.default
    choices = type(default) if isinstance(default, Enum) else getattr(getattr(parameter, "type", None), "choices", ())
    notes = []
    if choices:
        notes.append(", ".join(str(getattr(choice, "value", choice)) for choice in choices))
    if default not in (None, False, (), []) and not callable(default) and not parameter.required:
        value = getattr(default, "value", default)
        value = next(iter(parameter.opts)) if value is True else value
        notes.append(f"default `{value}`")
    help_text = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    return f"| {names} | {help_text}{' (' + '; '.join(notes) + ')' if notes else ''} |"


def _command(command: Any, name: str) -> Iterator[str]:
    yield f"### `{name}`\n\n{' '.join((command.help or '').split())}\n"
    parameters = [p for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]
    if parameters:
        yield "| | |\n|---|---|\n" + "\n".join(_parameter(p) for p in parameters) + "\n"
    for inner in getattr(command, "commands", {}).values():
        if not inner.hidden:
            yield from _command(inner, f"{name} {inner.name}")


def command_line() -> str:
    """The commands, their arguments and options, as Markdown: the same on every terminal and with every typer."""
    from typer.main import get_command

    from newsclean.cli import app

    return "\n".join(_command(get_command(app), "newsclean"))


def article_schema() -> str:
    """What ``newsclean schema`` prints."""
    command = [sys.executable, "-m", "newsclean", "schema"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")


def _with_command_line(page: str) -> str:
    head, _, rest = page.partition(CLI_BEGIN)
    _, _, tail = rest.partition(CLI_END)
    return f"{head}{CLI_BEGIN}\n\n{command_line()}\n{CLI_END}{tail}"


def test_the_reference_shows_the_command_line_as_it_is() -> None:
    page = REFERENCE.read_text("utf-8")
    assert page.count(CLI_BEGIN) == page.count(CLI_END) == 1
    assert page == _with_command_line(page), "write it anew: python tests/test_docs.py"


def test_the_published_schema_is_the_code_s() -> None:
    assert SCHEMA.read_text("utf-8") == article_schema(), "write it anew: python tests/test_docs.py"


def _in_table(page: str, name: str) -> bool:
    return re.search(rf"^\|[^|]*`{re.escape(name)}`", page, re.MULTILINE) is not None


def test_the_reference_names_every_field_role_option_and_error() -> None:
    from newsclean import errors
    from newsclean.document.article import Article
    from newsclean.document.roles import Role
    from newsclean.options import Options

    page = REFERENCE.read_text("utf-8")
    rows = [*Article.model_fields, *Options.model_fields, *(role.value for role in Role), *errors.__all__]
    assert [name for name in rows if not _in_table(page, name)] == []


def test_the_reference_names_every_warning() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'(?:Notice\(\s*code=|_say\(\s*notices,\s*)"([a-z0-9-]+)"', code))
    page = REFERENCE.read_text("utf-8")
    assert codes
    assert sorted(name for name in codes if not _in_table(page, name)) == []


if __name__ == "__main__":
    REFERENCE.write_text(_with_command_line(REFERENCE.read_text("utf-8")), "utf-8")
    SCHEMA.write_text(article_schema(), "utf-8")
