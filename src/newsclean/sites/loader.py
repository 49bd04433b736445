"""Site files: found, read, checked, and indexed by host and by signature."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from newsclean.document.document import Document
from newsclean.errors import SiteFileError
from newsclean.options import Options
from newsclean.sites.model import Layout, SiteFile
from newsclean.sites.patterns import Pattern, PatternError, lines_with, openings_of
from newsclean.sites.text_page import CompiledText, page_openings

__all__ = ["BUILTIN", "Site", "Sites", "host_of", "load_file", "sites_for"]

BUILTIN = Path(__file__).parent / "data"
_SAMPLE_LINES = 400
_FIRST_LINES = 8
_ANYWHERE = slice(None)


class Site:
    """A checked site file and its compiled layouts."""

    def __init__(self, file: SiteFile, path: Path) -> None:
        self.file = file
        self.path = path
        self._compiled = {id(layout): CompiledText(layout.text) for layout in file.layout if layout.text}

    @property
    def host(self) -> str:
        """The host articles of the site are filed under."""
        return self.file.site.hosts[0]

    def compiled(self, layout: Layout) -> CompiledText | None:
        """The text rules of one of the site's layouts, ready to match."""
        return self._compiled.get(id(layout))


def host_of(url: str | None) -> str | None:
    """Host of ``url`` without ``www.``, or None.

    >>> host_of("https://www.youm7.com/story/2021/7/25/x/1")
    'youm7.com'
    """
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None


def load_file(path: Path, *, selectors: bool = True) -> Site:
    """Read and check one site file. Raises ``SiteFileError`` that names file, key and line.

    ``selectors=False`` leaves CSS unread, for files that have been checked before: it spares loading a parser.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SiteFileError(f"cannot be read: {reason}", input=str(path)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteFileError(f"is not TOML: {error}", input=path.name) from error
    try:
        file = SiteFile.model_validate(data)
    except ValidationError as error:
        raise SiteFileError(f"\n{path.name}: ".join(_explain(error, text)), input=path.name) from error
    _check_signatures(file, path)
    if selectors:
        _check_selectors(file, text, path)
    return Site(file, path)


def _check_signatures(file: SiteFile, path: Path) -> None:
    for index, signature in enumerate(file.site.signatures):
        try:
            Pattern(signature.lstrip("!^$"))
        except PatternError as error:
            raise SiteFileError(f"site.signatures[{index}]: {error}", input=path.name) from error


def _check_selectors(file: SiteFile, text: str, path: Path) -> None:
    from newsclean.sites.markup import check_selector

    for number, layout in enumerate(file.layout):
        selectors = {**layout.html.selectors(), "drop": layout.html.drop} if layout.html else {}
        for name, values in selectors.items():
            for index, css in enumerate(values):
                problem = check_selector(css)
                if problem:
                    key = f"layout[{number}].html.{name}[{index}]"
                    line = _line_of(text, ("layout", number, "html", name))
                    raise SiteFileError(f"line {line}: {key}: {css!r}: {problem}", input=path.name)


def _explain(error: ValidationError, text: str) -> Iterator[str]:
    for item in error.errors(include_url=False):
        where = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", ".".join(str(p) for p in item["loc"] if p != "[key]")) or "file"
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "no such key"
        elif item["type"] == "missing":
            message = "is missing"
        elif isinstance(item["input"], str) and not message.startswith(repr(item["input"])):
            message = f"{item['input']!r}: {message}"
        inner = re.match(r"([a-z_.]+)\[\d+\]: ", message)
        location = (*item["loc"], *inner.group(1).split(".")) if inner else item["loc"]
        yield f"line {_line_of(text, location)}: {where}: {message}"


def _line_of(text: str, location: tuple[Any, ...]) -> int:
    """1-based line of the deepest key of ``location`` that the file spells, else 1."""
    line, at = 1, 0
    lines = text.splitlines()
    for index, part in enumerate(location):
        if not isinstance(part, str):
            continue
        table = re.compile(rf"^\s*\[+[^\]]*\b{re.escape(part)}\b")
        key = re.compile(rf"(?:^|[\s{{,])\"?{re.escape(part)}\"?\s*=")
        skip = location[index + 1] if index + 1 < len(location) and isinstance(location[index + 1], int) else 0
        for number in range(at, len(lines)):
            if table.search(lines[number]) or key.search(lines[number]):
                if skip and lines[number].lstrip().startswith("[["):
                    skip -= 1
                    continue
                line, at = number + 1, number
                break
    return line


class _Signature:
    """A pattern, where it must stand, and how much it proves."""

    def __init__(self, source: str) -> None:
        marks = source[: len(source) - len(source.lstrip("!^$"))]
        self.weight = 2 if "!" in marks else 1
        self.where = slice(0, _FIRST_LINES) if "^" in marks else slice(-1, None) if "$" in marks else _ANYWHERE
        self.pattern = Pattern(source[len(marks) :])

    def found(self, lines: Sequence[str], page: str) -> bool:
        """Whether one of the folded ``lines`` (joined: ``page``) has the signature."""
        literal, match = self.pattern.literal, self.pattern.regex.match
        near = lines_with(literal, page) if self.where == _ANYWHERE else lines[self.where]
        return any(literal in line and match(line) for line in near)


class Sites:
    """All site files of some folders; a host or a signature claimed twice is refused."""

    def __init__(self, sites: list[Site]) -> None:
        self.sites = sorted(sites, key=lambda site: site.host)
        self._by_host: dict[str, Site] = {}
        self._signatures: list[tuple[str, _Signature, Site]] = []
        self._by_opening: dict[str | None, list[tuple[str, _Signature, Site]]] = {}
        for site in self.sites:
            for host in site.file.site.hosts:
                other = self._by_host.setdefault(host, site)
                if other is not site:
                    raise SiteFileError(f"site.hosts: {host!r} is also in {other.path.name}", input=site.path.name)
            for mark in [_Signature(source) for source in site.file.site.signatures]:
                word = mark.pattern.opening
                listed = self._by_opening.setdefault(word, []) if word else self._signatures
                listed.append((mark.pattern.literal, mark, site))

    def by_host(self, host: str | None) -> Site | None:
        """The site of ``host`` or of the nearest host above it."""
        while host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return None

    def by_text(self, lines: Sequence[str], page: str, openings: AbstractSet[str]) -> Site | None:
        """The site whose signatures stand in the folded ``lines`` (joined: ``page``), which open with the words
        ``openings``: two of them, or one unmistakable. None on a tie."""
        scores: dict[str, int] = {}
        near = [self._by_opening[word] for word in openings if word in self._by_opening]
        for literal, mark, site in chain(self._signatures, *near):
            if literal in page and mark.found(lines, page):
                scores[site.host] = scores.get(site.host, 0) + mark.weight
        best = max(scores.values(), default=0)
        hosts = [host for host, score in scores.items() if score == best]
        return self._by_host[hosts[0]] if best >= 2 and len(hosts) == 1 else None

    def find(self, document: Document, options: Options) -> Site | None:
        """The site of a document: as the options say, by URL, or for flattened text by signatures."""
        if options.site is not None:
            site = self.by_host(options.site.lower().removeprefix("www."))
            if site is None:
                known = ", ".join(s.host for s in self.sites)
                raise SiteFileError(f"Options(site={options.site!r}): no such site file; there are {known}")
            return site
        if document.url is not None:
            return self.by_host(host_of(document.url))
        if document.kind != "text":
            return None
        folded = document.folded
        if len(folded) <= _SAMPLE_LINES:
            return self.by_text(folded, document.folded_text, page_openings(document))
        half = _SAMPLE_LINES // 2
        folded = folded[:half] + folded[-half:]
        return self.by_text(folded, "\n".join(folded), openings_of(folded))


def _stamp(folder: str) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the site files of a folder: the key under which they are kept once read."""
    if not Path(folder).is_dir():
        raise SiteFileError("Options(site_folders=…): no such folder", input=folder)
    paths = sorted(path for path in Path(folder).glob("*.toml") if not path.name.startswith("_"))
    return tuple((str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in paths)


@lru_cache(maxsize=8)
def _load(folders: tuple[tuple[tuple[str, int, int], ...], ...]) -> Sites:
    sites: list[Site] = []
    taken: set[str] = set()
    for files in reversed(folders):
        own = [load_file(Path(path), selectors=files != _builtin()) for path, _, _ in files]
        sites += [site for site in own if not taken & set(site.file.site.hosts)]
        taken.update(host for site in own for host in site.file.site.hosts)
    return Sites(sites)


@lru_cache(maxsize=1)
def _builtin() -> tuple[tuple[str, int, int], ...]:
    return _stamp(str(BUILTIN))


@lru_cache(maxsize=1)
def _registered() -> tuple[tuple[tuple[str, int, int], ...], ...]:
    """Folders of site files that installed packages register as entry points ``newsclean.sites``."""
    from importlib.metadata import entry_points

    points = sorted(entry_points(group="newsclean.sites"), key=lambda point: point.name)
    folders = (point.load() for point in points)
    return tuple(_stamp(str(folder() if callable(folder) else folder)) for folder in folders)


def sites_for(options: Options) -> Sites:
    """The site files ``options`` ask for: those shipped, those that packages register (entry points
    ``newsclean.sites``, each a folder or a function that names one), and those of ``Options.site_folders``; a later one
    stands in for an earlier one of the same host."""
    return _load((_builtin(), *_registered(), *(_stamp(folder) for folder in options.site_folders)))
