"""``newsclean batch`` and ``newsclean verify``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from newsclean.errors import ConfigurationError, NewscleanError

__all__ = ["batch", "verify"]

_FAILED, _USAGE, _INTERRUPTED = 1, 2, 130


def _option(*names: str, help: str, group: str = "Options", **more: Any) -> Any:  # noqa: A002
    return typer.Option(*names, help=help, rich_help_panel=group, show_default=False, **more)


_CLEAN = "newsclean.api:clean"
_IN, _OUT, _RUN = "Inputs", "Output", "How it runs"


def batch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Folders, files, globs, or - for a list of paths on standard input.", show_default=False),
    ] = None,
    output: Annotated[
        str | None, _option("-o", "--output", help="A .jsonl or .jsonl.zst file, a folder, or s3://…", group=_OUT)
    ] = None,
    ledger: Annotated[Path | None, _option("--ledger", help="With s3://…: folder for bookkeeping.", group=_OUT)] = None,
    include: Annotated[list[str] | None, _option("--include", help="Only files like this.", group=_IN)] = None,
    exclude: Annotated[list[str] | None, _option("--exclude", help="No files like this.", group=_IN)] = None,
    text_field: Annotated[str | None, _option("--text-field", help="Column of flattened text.", group=_IN)] = None,
    html_field: Annotated[str | None, _option("--html-field", help="Column of HTML.", group=_IN)] = None,
    url_field: Annotated[str | None, _option("--url-field", help="Column of the page's URL.", group=_IN)] = None,
    id_field: Annotated[str | None, _option("--id-field", help="Column kept as source_id.", group=_IN)] = None,
    only: Annotated[str | None, _option("--only", help="new: leave what was done before as it is.", group=_IN)] = None,
    retry: Annotated[bool, _option("--retry", help="Try failed and quarantined inputs again.", group=_IN)] = False,
    format: Annotated[str | None, _option("--format", help="Of a folder: parquet or jsonl.", group=_OUT)] = None,  # noqa: A002
    columns: Annotated[str | None, _option("--columns", help="Columns to keep, with commas.", group=_OUT)] = None,
    partition: Annotated[str | None, _option("--partition", help="site, month, or site,month.", group=_OUT)] = None,
    dedup: Annotated[
        bool, _option("--dedup", help="Mark records with the text of an earlier one.", group=_OUT)
    ] = False,
    min_quality: Annotated[float | None, _option("--min-quality", help="Refuse articles below it.", group=_OUT)] = None,
    force: Annotated[bool, _option("--force", help="Do an output of other settings again.", group=_OUT)] = False,
    workers: Annotated[int, _option("--workers", help="Processes; 0: one for each processor.", group=_RUN)] = 0,
    unit_size: Annotated[int, _option("--unit-size", help="Most documents in a unit [1000].", group=_RUN)] = 1000,
    time_limit: Annotated[float, _option("--time-limit", help="Seconds for a document [120].", group=_RUN)] = 120.0,
    cpu_limit: Annotated[int, _option("--cpu-limit", help="Processor seconds for a document [60].", group=_RUN)] = 60,
    memory_limit: Annotated[int, _option("--memory-limit", help="MB for a document [2000].", group=_RUN)] = 2000,
    engine: Annotated[str, _option("--engine", help="local, ray or spark.", group=_RUN)] = "local",
    address: Annotated[str | None, _option("--address", help="Of the Ray or Spark cluster.", group=_RUN)] = None,
    options: Annotated[str | None, _option("--options", help="Cleaning options as JSON.", group=_RUN)] = None,
    cleaner: Annotated[str, _option("--cleaner", help="A function of your own: module:name.", group=_RUN)] = _CLEAN,
    quiet: Annotated[bool, _option("-q", "--quiet", help="Say nothing but errors.", group=_RUN)] = False,
    show: Annotated[
        str | None, _option("--show", help="Write the page behind a record's id to standard output.")
    ] = None,
) -> None:
    """Clean any number of pages; run the same command again to go on after an interruption.

    Every input gets exactly one record. Inputs without an article are repeated in OUTPUT.failures.jsonl. Exit status:
    0 all cleaned, 1 some were not, 2 wrong usage, 130 interrupted.
    """
    fields = {"text": text_field, "html": html_field, "url": url_field, "id": id_field}
    if show is not None:
        _show(show, fields)
        return
    if not sources or not output:
        raise _failed("name at least one source, and the output with -o")
    said: dict[str, Any] = {
        "sources": sources,
        "output": ledger or _ledger_of(output) if "://" in output else output,
        "store": output if "://" in output else None,
        "include": include or (),
        "exclude": exclude or (),
        "fields": fields,
        "only": only,
        "retry": retry,
        "format": format,
        "columns": columns.split(",") if columns else None,
        "partition": partition.split(",") if partition else (),
        "dedup": dedup,
        "min_quality": min_quality,
        "force": force,
        "workers": workers,
        "unit_size": unit_size,
        "limits": {"seconds": time_limit, "cpu_seconds": cpu_limit, "memory": memory_limit * 1_000_000},
        "engine": engine,
        "address": address,
        "cleaner": cleaner,
    }
    _run(said, options, quiet=quiet)


def _ledger_of(store: str) -> Path:
    """The folder for bookkeeping where none is named: the last name of the store's path, here."""
    return Path(store.partition("?")[0].rstrip("/").rpartition("/")[2])


def _run(said: dict[str, Any], options: str | None, *, quiet: bool) -> None:
    from newsclean.batch.config import BatchConfig
    from newsclean.batch.progress import print_summary, watcher
    from newsclean.batch.runner import run
    from newsclean.options import Options

    try:
        said["options"] = Options.model_validate_json(options) if options else Options()
        config = BatchConfig.model_validate(said)
        stdin = sys.stdin if "-" in config.sources else None
        with watcher(quiet=quiet) as watch:
            summary = run(config, stdin=stdin, watch=watch)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _failed(f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")) from error
    except ConfigurationError as error:
        raise _failed(str(error)) from error
    except NewscleanError as error:
        raise _failed(str(error), _FAILED) from error
    if not quiet:
        print_summary(summary, sys.stderr)
    if summary.interrupted:
        raise _failed("interrupted; run the same command again to go on", _INTERRUPTED)
    if summary.not_ok:
        if not quiet:
            typer.echo(f"{summary.not_ok:,} inputs without an article: {summary.failures}", err=True)
        raise typer.Exit(_FAILED)


def _failed(message: str, status: int = _USAGE) -> typer.Exit:
    typer.echo(f"newsclean: {message}", err=True)
    return typer.Exit(status)


def _show(name: str, fields: dict[str, Any]) -> None:
    from newsclean.batch.config import Fields
    from newsclean.batch.show import input_of, page_bytes

    try:
        data = page_bytes(input_of(name, Fields(**fields)))
    except NewscleanError as error:
        raise _failed(str(error), _FAILED) from error
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def verify(
    output: Annotated[Path, typer.Argument(help="What `newsclean batch` wrote.", show_default=False)],
) -> None:
    """Read a batch output again: every part, every record, every count. Exit status 1 where something is wrong."""
    from newsclean.batch.audit import verify as check

    try:
        report = check(output)
    except NewscleanError as error:
        raise _failed(str(error)) from error
    except OSError as error:
        raise _failed(f"{error.filename}: {error.strerror}", _FAILED) from error
    for problem in report.problems:
        typer.echo(problem, err=True)
    if report.more:
        typer.echo(f"and {report.more:,} more", err=True)
    if not report.clean:
        raise typer.Exit(_FAILED)
    typer.echo(
        f"{report.records:,} records of {report.inputs:,} inputs, {report.not_ok:,} without an article", err=True
    )
