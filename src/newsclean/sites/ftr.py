"""Site configurations of fivefilters (``ftr-site-config``, public domain), turned into site files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from pydantic import ValidationError

from newsclean.sites.ftr_read import LOST, NEEDLESS, Directive, FtrError, decode, directives, host_of_file

__all__ = ["Note", "Report", "import_folder", "import_ftr"]

_FIELDS: Final = ("title", "author", "date", "body")
_TESTS: Final = frozenset({"test_url", "test_contains"})
_ORDER: Final = ("title", "body", "author", "date", "drop")
_WIDTH: Final = 110
_MOST_TESTS: Final = 10
_LONGEST_VALUE: Final = 300


@dataclass(frozen=True, slots=True)
class Note:
    """A directive that was left out. ``kind`` is ``lost``, or ``needless`` where nothing is lost by it."""

    line: int
    directive: str
    kind: Literal["lost", "needless"]
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file: ``written`` names the site file, or is None and ``reason`` says why."""

    file: str
    written: Path | None
    reason: str | None = None
    mapped: int = 0
    """Directives that are rules of the site file."""
    notes: tuple[Note, ...] = ()

    @property
    def outcome(self) -> Literal["full", "part", "none"]:
        """Whether all of the file, part of it or none of it is in a site file."""
        if self.written is None:
            return "none"
        return "part" if any(note.kind == "lost" for note in self.notes) else "full"


@dataclass
class _Layout:
    """One file, read."""

    name: str
    host: str = ""
    wild: bool = False
    reason: str | None = None
    rules: dict[str, list[str]] = field(default_factory=dict)
    tests: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    mapped: int = 0

    def report(self, written: Path | None, reason: str | None = None) -> Report:
        return Report(self.name, written, self.reason or reason, self.mapped if written else 0, tuple(self.notes))


def import_folder(folder: Path, out: Path, *, force: bool = False) -> Iterator[Report]:
    """Turn each ``*.txt`` of ``folder`` into a site file in ``out``; one report a file, by host.

    ``example.com.txt`` and ``.example.com.txt`` become two layouts of one site. A file of ``out`` that says something
    else is kept unless ``force``. Raises ``OSError`` where ``folder`` cannot be listed or ``out`` cannot be written;
    no file of ``folder``, whatever it holds, raises anything.
    """
    by_host: dict[str, list[_Layout]] = {}
    for path in sorted(path for path in folder.iterdir() if path.name.lower().endswith(".txt")):
        layout = _read(path)
        by_host.setdefault(layout.host or f" {layout.name}", []).append(layout)
    out.mkdir(parents=True, exist_ok=True)
    for key in sorted(by_host):
        layouts = sorted(by_host[key], key=lambda layout: (layout.wild, layout.name))
        good = [layout for layout in layouts if layout.reason is None]
        target, refused = out / f"{key}.toml", None
        if good:
            refused = _write(target, key, good, force=force)
        for layout in layouts:
            written = target if layout in good and refused is None else None
            yield layout.report(written, refused)


def _read(path: Path) -> _Layout:
    layout = _Layout(path.name)
    named = host_of_file(path.name)
    if named is None:
        layout.reason = "is not named after a host"
        return layout
    layout.host, layout.wild = named
    try:
        lines = list(directives(decode(path.read_bytes())))
    except FtrError as error:
        layout.reason = str(error)
        return layout
    except OSError as error:
        layout.reason = f"cannot be read: {error.strerror or error}"
        return layout
    _map(layout, lines)
    if not layout.rules.get("body"):
        said = any(line.name == "body" for line in lines)
        layout.reason = (
            "no body rule of it can be used"
            if said
            else "has no body rule; a site file of HTML is not used without one"
        )
    return layout


def _map(layout: _Layout, lines: Sequence[Directive]) -> None:
    conditional = {
        before.line
        for before, after in pairwise(lines)
        if after.name == "if_page_contains" and before.name in (*_FIELDS, "strip", "strip_id_or_class")
    }
    for line in lines:
        name = line.name if line.argument is None else f"{line.name}({line.argument[:40]})"
        try:
            layout.mapped += _take(layout, line, conditional=line.line in conditional)
        except ValueError as error:
            layout.notes.append(Note(line.line, name or line.value[:40], "lost", str(error)))
        except _Needless as error:
            layout.notes.append(Note(line.line, name, "needless", str(error)))


class _Needless(Exception):
    """A directive that need not be mapped, and why."""


def _take(layout: _Layout, line: Directive, *, conditional: bool) -> bool:
    """Add what ``line`` says to ``layout``; whether it is a rule. Raises ``ValueError`` where it cannot be said."""
    from newsclean.sites.ftr_xpath import to_selector

    if conditional:
        raise ValueError("holds on some pages only (if_page_contains); a site file has no conditions")
    if not line.name:
        raise ValueError("is not 'name: value'")
    if line.name in _TESTS:
        value = " ".join(line.value.split())
        if line.name == "test_url" and value.isprintable() and len(layout.tests) < _MOST_TESTS:
            layout.tests.append(value[:_LONGEST_VALUE])
        return False
    if line.name in NEEDLESS:
        raise _Needless(NEEDLESS[line.name])
    if line.name in LOST:
        if line.name == "requires_login" and line.value.lower() in ("no", "false", ""):
            raise _Needless("says what holds anyway")
        raise ValueError(LOST[line.name])
    if line.argument is not None or line.name not in (*_FIELDS, "strip", "strip_id_or_class"):
        raise ValueError("no such directive")
    if not line.value:
        raise _Needless("is empty")
    if line.name == "strip_id_or_class":
        rule, key = _id_or_class(line.value), "drop"
    else:
        rule = to_selector(line.value, elements=line.name in ("body", "strip"))
        key = "drop" if line.name == "strip" else line.name
    rules = layout.rules.setdefault(key, [])
    if rule not in rules:
        rules.append(rule)
    return True


def _id_or_class(value: str) -> str:
    """The selector of ``strip_id_or_class``: any element whose id or class holds ``value``, quotes apart.

    >>> _id_or_class("'share bar'")
    '[id*="share bar"], [class*="share bar"]'
    """
    part = value.replace("'", "").replace('"', "").strip()
    if not part:
        raise ValueError("names no id or class")
    if not part.isprintable() or len(part) > _LONGEST_VALUE:
        raise ValueError("is no part of an id or class")
    if "\\" in part:
        return f"xpath://*[contains(@id, '{part}') or contains(@class, '{part}')]"
    return f'[id*="{part}"], [class*="{part}"]'


def _write(target: Path, host: str, layouts: Sequence[_Layout], *, force: bool) -> str | None:
    """Write the site file of ``host``; why not, or None."""
    from newsclean.sites.markup import check_selector
    from newsclean.sites.model import SiteFile

    text = _render(host, layouts)
    try:
        SiteFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        return f"would not be a site file: {str(error).splitlines()[0]}"
    for rule in (rule for layout in layouts for rules in layout.rules.values() for rule in rules):
        problem = check_selector(rule)
        if problem:
            return f"would not be a site file: {problem}"
    data = text.encode()
    if target.exists() and not force and target.read_bytes() != data:
        return f"{target.name} is there already and says something else (--force writes over it)"
    target.write_bytes(data)
    return None


def _render(host: str, layouts: Sequence[_Layout]) -> str:
    lines = [f"# From {', '.join(layout.name for layout in layouts)} of an ftr-site-config folder (public domain)."]
    lines += ["", "[site]", f"hosts = [{_string(host)}]", f"name = {_string(host)}"]
    for layout in layouts:
        lines += ["", "[[layout]]", f"name = {_string(('*.' if layout.wild else '') + host)}"]
        lines += [f"# test: {url}" for url in layout.tests]
        lines += ["", "[layout.html]", "unverified = true # imported; no saved page has proved it"]
        for key in _ORDER:
            if layout.rules.get(key):
                lines += _list(key, layout.rules[key])
    return "\n".join(lines) + "\n"


def _list(key: str, values: Sequence[str]) -> list[str]:
    strings = [_string(value) for value in values]
    one = f"{key} = [{', '.join(strings)}]"
    return [one] if len(one) <= _WIDTH else [f"{key} = [", *(f"  {string}," for string in strings), "]"]


def _string(value: str) -> str:
    r"""``value`` as TOML, in the quotes that need less marking.

    >>> print(_string("h1"), _string('[a="b"]'), _string("it's \"x\"\t"))
    "h1" '[a="b"]' "it's \"x\"\u0009"
    """
    if ('"' in value or "\\" in value) and "'" not in value and value.isprintable():
        return f"'{value}'"
    marked = value.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(
            c if c.isprintable() else f"\\U{ord(c):08x}" if ord(c) > 0xFFFF else f"\\u{ord(c):04x}" for c in marked
        )
        + '"'
    )


def import_ftr(
    folder: Annotated[Path, typer.Argument(help="Folder with files such as example.com.txt.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the site files; made if it is not there.")],
    force: Annotated[bool, typer.Option("--force", help="Write over site files that say something else.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Name also the directives that lose nothing by being left out.")
    ] = False,
) -> None:
    """Turn site configurations of fivefilters (ftr-site-config) into site files, and say what does not map and why.

    Exit code 0 when every file became a site file, 1 when some did not, 2 when there is nothing to read or no place to
    write.
    """
    if not folder.is_dir():
        typer.echo(f"{folder}: no such folder", err=True)
        raise typer.Exit(2)
    counts = {"full": 0, "part": 0, "none": 0}
    targets = set()
    try:
        for report in import_folder(folder, out, force=force):
            counts[report.outcome] += 1
            targets.add(report.written)
            for line in _told(report, verbose=verbose):
                typer.echo(line)
    except OSError as error:
        typer.echo(f"{error.filename or out}: {error.strerror or error}", err=True)
        raise typer.Exit(2) from error
    total = sum(counts.values())
    if not total:
        typer.echo(f"{folder}: no .txt files", err=True)
        raise typer.Exit(2)
    typer.echo(
        f"{total} file{'' if total == 1 else 's'}: {counts['full']} mapped fully, {counts['part']} in part, "
        f"{counts['none']} not; {len(targets - {None})} site files in {out}",
        err=True,
    )
    if counts["none"]:
        raise typer.Exit(1)


def _told(report: Report, *, verbose: bool) -> Iterator[str]:
    name = report.file if report.file.isprintable() else repr(report.file)
    if report.written is None:
        yield f"{name}: not written: {report.reason}"
    for note in report.notes:
        if note.kind == "lost" or verbose:
            directive = note.directive if note.directive.isprintable() else repr(note.directive)
            yield f"{name}:{note.line}: {directive}: {note.reason}"
