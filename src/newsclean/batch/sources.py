"""From what the user named to files, in a fixed order, each once, in little memory."""

from __future__ import annotations

import fnmatch
import glob
import heapq
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from newsclean.batch.config import BatchConfig
from newsclean.batch.disk import Seen
from newsclean.errors import ConfigurationError

__all__ = ["Found", "exist", "find"]

_AT_ONCE = 20_000
"""Names of one folder that are sorted in memory; more of them go through sorted files."""


class Found(NamedTuple):
    """A file, as it was when it was listed. Size and time are -1 where it is not there."""

    path: str
    size: int
    mtime_ns: int


def exist(config: BatchConfig) -> None:
    """Raise ``ConfigurationError`` for a source that does not exist, before anything is written."""
    for source in config.sources:
        if source != "-" and not os.path.lexists(source) and not glob.has_magic(source):
            raise ConfigurationError("no such file or folder", input=source)


def find(config: BatchConfig, spill: Path, stdin: Iterable[str] | None = None) -> Iterator[Found]:
    """Files of all sources, in the order of the sources and, in folders and globs, in the order of their names.

    ``spill`` is a folder for temporary files. A file named twice is found once. Names that begin with a dot are left
    out of folders, and so is the output. Raises ``ConfigurationError`` for a source that does not exist.
    """
    own = _own_paths(config)
    if len(config.sources) == 1 and config.sources[0] != "-" and Path(config.sources[0]).is_dir():
        yield from _folder(os.path.abspath(config.sources[0]), config, own, spill)  # noqa: PTH100
        return
    seen = Seen(spill)
    try:
        for source in config.sources:
            for found in _source(source, config, own, spill, stdin):
                if seen.add(found.path) is None:
                    yield found
    finally:
        seen.close()


def _own_paths(config: BatchConfig) -> frozenset[str]:
    out = os.path.abspath(config.output)  # noqa: PTH100 - symbolic links stay as they were named
    return frozenset((out, f"{out}.newsclean", f"{out}.failures.jsonl"))


def _source(
    source: str, config: BatchConfig, own: frozenset[str], spill: Path, stdin: Iterable[str] | None
) -> Iterator[Found]:
    if source == "-":
        for line in stdin or ():
            name = line.rstrip("\r\n")
            if name:
                yield _stat(os.path.abspath(name))  # noqa: PTH100
        return
    path = os.path.abspath(source)  # noqa: PTH100
    if os.path.isdir(path):  # noqa: PTH112
        yield from _folder(path, config, own, spill)
    elif os.path.exists(path):  # noqa: PTH110
        yield _stat(path)
    elif glob.has_magic(source):
        yield from _glob(path, config, own, spill)
    else:
        raise ConfigurationError("no such file or folder", input=source)


def _glob(pattern: str, config: BatchConfig, own: frozenset[str], spill: Path) -> Iterator[Found]:
    nothing = True
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    matches = (str(path) for path in base.glob(str(Path(*parts[fixed:]))) if not _hidden(path, base))
    for path in _sorted(matches, spill):
        nothing = False
        if os.path.isdir(path):  # noqa: PTH112
            if "**" not in pattern:
                yield from _folder(path, config, own, spill)
        elif _wanted(path, os.path.dirname(path), config, own):  # noqa: PTH120
            yield _stat(path)
    if nothing:
        raise ConfigurationError("the pattern matches nothing", input=pattern)


def _hidden(path: Path, base: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(base).parts)


def _stat(path: str) -> Found:
    try:
        at = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return Found(path, -1, -1)
    return Found(path, at.st_size, at.st_mtime_ns)


def _folder(top: str, config: BatchConfig, own: frozenset[str], spill: Path) -> Iterator[Found]:
    stack: list[Iterator[str]] = [_entries(top, spill)]
    while stack:
        name = next(stack[-1], None)
        if name is None:
            stack.pop()
            continue
        path, is_folder = name[:-1], name[-1] == "/"
        if is_folder:
            if path not in own:
                stack.append(_entries(path, spill))
        elif _wanted(path, top, config, own):
            yield _stat(path)


def _entries(folder: str, spill: Path) -> Iterator[str]:
    """Paths in a folder in the order of their names; the last letter says what each is, ``/`` or ``f``."""
    try:
        with os.scandir(folder) as entries:
            marked = (_marked(entry) for entry in entries if not entry.name.startswith("."))
            yield from _sorted((name for name in marked if name), spill)
    except PermissionError:
        # A folder that may not be read is one input that fails, rather than nothing.
        yield f"{folder}f"


def _marked(entry: os.DirEntry[str]) -> str:
    if entry.is_dir(follow_symlinks=False):
        return f"{entry.path}/"
    if entry.is_symlink() and entry.is_dir():
        return ""
    return f"{entry.path}f" if entry.is_file() or entry.is_symlink() else ""


def _wanted(path: str, top: str, config: BatchConfig, own: frozenset[str]) -> bool:
    if path in own:
        return False
    if not config.include and not config.exclude:
        return True
    name, below = os.path.basename(path), os.path.relpath(path, top)  # noqa: PTH119
    match: Callable[[str], bool] = lambda p: fnmatch.fnmatchcase(name, p) or fnmatch.fnmatchcase(below, p)  # noqa: E731
    return (not config.include or any(map(match, config.include))) and not any(map(match, config.exclude))


def _sorted(names: Iterator[str], spill: Path) -> Iterator[str]:
    """All names in order, never more than :data:`_AT_ONCE` of them in memory (files of sorted runs, then merged)."""
    runs: list[IO[str]] = []
    try:
        while True:
            run = sorted(name for _, name in zip(range(_AT_ONCE), names, strict=False))
            if len(run) < _AT_ONCE and not runs:
                yield from run
                return
            if run:
                runs.append(_spilled(run, spill))
            if len(run) < _AT_ONCE:
                break
        yield from heapq.merge(*(map(_unescape, run) for run in runs))
    finally:
        for file in runs:
            file.close()


def _unescape(line: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line[:-1]) if "\\" in line else line[:-1]


def _spilled(run: list[str], spill: Path) -> IO[str]:
    file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogateescape", newline="\n", dir=spill)  # noqa: SIM115
    file.writelines(name.replace("\\", "\\\\").replace("\n", "\\n") + "\n" for name in run)
    file.seek(0)
    return file
