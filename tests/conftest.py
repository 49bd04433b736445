"""Options of the test run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
WRITTEN = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fixtures", "pages in tests/fixtures")
    group.addoption(
        "--update-fixtures",
        action="store_true",
        help="write what newsclean says of the selected pages to their expected.json, to be reviewed by eye",
    )
    group.addoption("--fixtures-from", type=Path, default=FIXTURES, help="folder with pages, instead of tests/fixtures")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[WRITTEN] = []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fixture_page" not in metafunc.fixturenames:
        return
    root: Path = metafunc.config.getoption("--fixtures-from").resolve()
    pages = sorted(p for p in root.rglob("*") if p.suffix in (".txt", ".html"))
    if not pages:
        raise pytest.UsageError(f"{root} holds no page (*.txt, *.html)")
    stems = [p.with_suffix("") for p in pages]
    if twins := {str(stem) for stem in stems if stems.count(stem) > 1}:
        raise pytest.UsageError(f"two pages of one name share an expected.json: {', '.join(sorted(twins))}")
    metafunc.parametrize("fixture_page", pages, ids=[p.relative_to(root).as_posix() for p in pages])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for path in config.stash[WRITTEN]:
        terminalreporter.write_line(f"written, to be reviewed by eye: {path}")


@pytest.fixture
def update_fixture(request: pytest.FixtureRequest):
    """A function that writes an expected.json, or ``None`` where the run only compares."""
    if not request.config.getoption("--update-fixtures"):
        return None

    def write(path: Path, expected: dict[str, object]) -> None:
        path.write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        request.config.stash[WRITTEN].append(str(path))

    return write
