"""The command line: thin; what it does is done elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

import typer
from pydantic import ValidationError

from newsclean._version import __version__
from newsclean.batch.commands import batch, verify
from newsclean.errors import ConfigurationError, NewscleanError
from newsclean.options import Options
from newsclean.sites.commands import app as sites_app

__all__ = ["app", "main"]

app = typer.Typer(
    name="newsclean",
    help="Scraped news pages, as HTML or as flattened text, become validated articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(sites_app, name="sites")
app.command("batch")(batch)
app.command("verify")(verify)


class Format(StrEnum):
    """How articles are written."""

    JSONL = "jsonl"
    JSON = "json"
    MD = "md"
    HTML = "html"
    TXT = "txt"
    JSONLD = "jsonld"


Inputs = Annotated[list[str], typer.Argument(metavar="PATH|-…", help="Files, folders, or - for standard input.")]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where the page came from (one input only).")]
SitesOption = Annotated[bool, typer.Option("--sites/--no-sites", help="Use site files.")]
SiteOption = Annotated[str | None, typer.Option("--site", help="Host whose site file is used.")]
FolderOption = Annotated[list[Path] | None, typer.Option("--site-folder", help="Folder with site files of your own.")]
InputOption = Annotated[str, typer.Option("--input", help="auto, html or text.")]
EncodingOption = Annotated[str | None, typer.Option("--encoding", help="Encoding of the input, if you know it.")]
LanguageOption = Annotated[str | None, typer.Option("--language", help="BCP-47 tag of the article.")]
ZoneOption = Annotated[str | None, typer.Option("--timezone", help="IANA zone of dates that carry none.")]
BytesOption = Annotated[int, typer.Option("--max-bytes", help="Largest input, in bytes.")]
EffortOption = Annotated[str, typer.Option("--effort", help="HTML second opinion: fast, balanced or best.")]


def _usage(message: str) -> typer.Exit:
    typer.echo(f"newsclean: {message}", err=True)
    return typer.Exit(2)


def _options(**settings: Any) -> Options:
    try:
        return Options(**{name: value for name, value in settings.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]).replace("_", "-") if first["loc"] else "options"
        raise _usage(f"--{name}: {first['msg'].removeprefix('Value error, ')}") from error


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def _expand(inputs: list[str]) -> Iterator[str]:
    """Files for names; a folder gives its files in order of their names, those of its folders too."""
    for name in inputs:
        path = Path(name)
        if name != "-" and path.is_dir():
            files = sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and not any(q.startswith(".") for q in p.relative_to(path).parts)
            )
            yield from (str(p) for p in files)
        else:
            yield name


def _shown(name: str) -> str:
    return "standard input" if name == "-" else name


def _source(name: str) -> object:
    if name == "-":
        return sys.stdin.buffer
    if name.startswith(("http://", "https://")):
        raise NewscleanError(
            "URLs are not fetched; save the page and pass the file with --url", input=name, reason="usage"
        )
    return Path(name)


@app.command()
def clean(
    inputs: Inputs,
    format: Annotated[Format, typer.Option("--format", "-f", help="How articles are written.")] = Format.JSONL,  # noqa: A002
    url: UrlOption = None,
    sites: SitesOption = True,
    site: SiteOption = None,
    site_folder: FolderOption = None,
    input: InputOption = "auto",  # noqa: A002
    encoding: EncodingOption = None,
    language: LanguageOption = None,
    timezone: ZoneOption = None,
    max_bytes: BytesOption = 20_000_000,
    effort: EffortOption = "balanced",
) -> None:
    """Clean pages: articles on stdout, in the order of the inputs; failures on stderr, one line each.

    Exit code 0 when all were cleaned, 1 when some failed, 2 on wrong usage.
    """
    from newsclean.api import clean as clean_page

    options = _options(
        sites=sites, site=site, site_folders=site_folder, input=input, encoding=encoding,
        language=language, timezone=timezone, max_bytes=max_bytes, effort=effort,
    )  # fmt: skip
    names = list(_expand(inputs))
    if url is not None and len(names) != 1:
        raise _usage("--url goes with one input")
    if not names:
        raise _usage(f"no files in {', '.join(inputs)}")
    failed = 0
    with _Writer(format, many=len(names) > 1) as writer:
        for name in names:
            try:
                writer.write(clean_page(_source(name), url=url, options=options))
            except ConfigurationError as error:
                raise _usage(str(error)) from error
            except NewscleanError as error:
                failed += 1
                typer.echo(f"{error.named(_shown(name))} [{error.reason}]", err=True)
            except BrokenPipeError:
                raise
            except Exception as error:  # noqa: BLE001 — a fault of ours must not take the other inputs down
                failed += 1
                typer.echo(f"{name}: unexpected {type(error).__name__}: {error} [internal]", err=True)
    if failed:
        raise typer.Exit(1)


class _Writer:
    """Writes articles to stdout as UTF-8, whatever the locale."""

    def __init__(self, format: Format, *, many: bool) -> None:  # noqa: A002
        self.format = format
        self.many = many
        self.count = 0

    def __enter__(self) -> Self:
        if self.format is Format.JSON and self.many:
            self._out("[\n")
        return self

    def __exit__(self, *_: object) -> None:
        if self.format is Format.JSON and self.many:
            self._out("\n]\n" if self.count else "]\n")
        sys.stdout.buffer.flush()

    @staticmethod
    def _out(text: str) -> None:
        sys.stdout.buffer.write(text.encode("utf-8"))

    def write(self, article: Any) -> None:
        match self.format:
            case Format.JSONL:
                self._out(article.to_json() + "\n")
            case Format.JSON:
                self._out(",\n" if self.count else "")
                self._out(json.dumps(article.to_dict(), ensure_ascii=False, indent=2) + ("" if self.many else "\n"))
            case Format.JSONLD:
                self._out(json.dumps(article.to_jsonld(), ensure_ascii=False) + "\n")
            case Format.MD:
                self._out(("\n---\n\n" if self.count else "") + article.to_markdown())
            case Format.HTML:
                self._out(article.to_html())
            case Format.TXT:
                self._out(("\n\n" if self.count else "") + article.text + "\n")
        sys.stdout.buffer.flush()
        self.count += 1


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="PATH|-", help="A file, or - for standard input.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write a page for the browser there instead.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Whole texts instead of one line each.")] = False,
    losers: Annotated[bool, typer.Option("--losers", help="Also the labels that lost.")] = False,
    url: UrlOption = None,
    sites: SitesOption = True,
    site: SiteOption = None,
    site_folder: FolderOption = None,
    input: InputOption = "auto",  # noqa: A002
    encoding: EncodingOption = None,
    language: LanguageOption = None,
    timezone: ZoneOption = None,
    effort: EffortOption = "balanced",
) -> None:
    """Show every block of a page, what became of it, and which rule decided."""
    from newsclean.api import explain as explain_page

    options = _options(
        sites=sites, site=site, site_folders=site_folder, input=input, encoding=encoding,
        language=language, timezone=timezone, effort=effort,
    )  # fmt: skip
    try:
        explanation = explain_page(_source(path), url=url, options=options)
    except ConfigurationError as error:
        raise _usage(str(error)) from error
    except NewscleanError as error:
        typer.echo(f"{error.named(_shown(path))} [{error.reason}]", err=True)
        raise typer.Exit(1) from error
    if html is not None:
        from newsclean.report.page import explanation_page

        try:
            html.write_text(explanation_page(explanation, Path(path).name), "utf-8")
        except OSError as error:
            raise _usage(f"--html {html}: {error.strerror}") from error
    else:
        from rich.console import Console

        from newsclean.report.terminal import print_explanation

        console = Console() if sys.stdout.isatty() else Console(width=160)
        print_explanation(explanation, console, full=full, losers=losers)
    if explanation.error is not None:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON schema of an article."""
    from newsclean.document.article import Article

    typer.echo(json.dumps(Article.model_json_schema(), ensure_ascii=False, indent=2))


def main() -> None:
    """Entry point; a reader that goes away early (``| head``) is no failure."""
    try:
        app()
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
