"""``newsclean sites``: list, show, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsclean.errors import NewscleanError
from newsclean.sites.ftr import import_ftr

__all__ = ["app"]

app = typer.Typer(help="Site files: list, show, check.", no_args_is_help=True)
imports = typer.Typer(help="Turn site files of other tools into ours.", no_args_is_help=True)
imports.command("ftr")(import_ftr)
app.add_typer(imports, name="import")
Folders = Annotated[list[Path] | None, typer.Option("--site-folder", help="Folder with site files of your own.")]


@app.command("list")
def list_sites(site_folder: Folders = None) -> None:
    """One line a site: host, name, language, what its layouts serve."""
    from newsclean.options import Options
    from newsclean.sites.loader import sites_for

    try:
        sites = sites_for(Options(site_folders=tuple(str(f) for f in site_folder or ())))
    except NewscleanError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for site in sites.sites:
        info = site.file.site
        serves = sorted({kind for layout in site.file.layout for kind in ("html", "text") if getattr(layout, kind)})
        unverified = " (html unverified)" if any(x.html and x.html.unverified for x in site.file.layout) else ""
        typer.echo(f"{', '.join(info.hosts)}\t{info.name}\t{info.language or '-'}\t{'+'.join(serves)}{unverified}")


@app.command()
def show(host: str, site_folder: Folders = None) -> None:
    """Print the site file of a host."""
    from newsclean.options import Options
    from newsclean.sites.loader import sites_for

    try:
        sites = sites_for(Options(site_folders=tuple(str(f) for f in site_folder or ())))
    except NewscleanError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    site = sites.by_host(host.lower().removeprefix("www."))
    if site is None:
        typer.echo(f"no site file for {host}; there are: {', '.join(s.host for s in sites.sites)}", err=True)
        raise typer.Exit(1)
    typer.echo(f"# {site.path}")
    typer.echo(site.path.read_text("utf-8"), nl=False)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Site files; without any, those shipped.")] = None,
    page: Annotated[
        list[Path] | None, typer.Option("--page", help="A saved page of the site: what do the rules do to it?")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Where the page came from; HTML is recognised by its URL.")
    ] = None,
) -> None:
    """Say what is wrong with site files, each fault with file, line and key; with --page, what they do to a page.

    Exit code 0 when all is well, 1 when something is wrong.
    """
    from newsclean.sites.check import check_page, check_sites

    wrong = 0
    for message in check_sites(files or []):
        typer.echo(message, err=True)
        wrong += 1
    if not wrong and page:
        if len(files or []) != 1:
            typer.echo("--page goes with one site file", err=True)
            raise typer.Exit(2)
        for path in page:
            for ok, message in check_page((files or [])[0], path, url):
                typer.echo(message)
                wrong += not ok
    if wrong:
        raise typer.Exit(1)
    typer.echo(f"{len(files) if files else 'all'} site file{'' if files and len(files) == 1 else 's'} well", err=True)
