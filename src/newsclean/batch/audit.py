"""Read everything again and say what is not as it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from newsclean.batch.disk import Distinct, file_sha256
from newsclean.batch.finish import final_files
from newsclean.batch.ledger import Ledger
from newsclean.batch.rows import ARTICLE, article_of
from newsclean.batch.sinks import part_rows
from newsclean.batch.units import Unit

__all__ = ["Report", "verify"]

_STATUSES: Final = frozenset(("ok", "refused", "failed", "quarantined"))
_MOST: Final = 100
"""Problems that are told one by one."""


@dataclass(slots=True)
class Report:
    """What :func:`verify` found."""

    inputs: int = 0
    records: int = 0
    different: int = 0
    not_ok: int = 0
    complete: bool = False
    problems: list[str] = field(default_factory=list)
    more: int = 0
    """Problems beyond the first hundred."""

    def problem(self, text: str) -> None:
        """Add one."""
        if len(self.problems) < _MOST:
            self.problems.append(text)
        else:
            self.more += 1

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong and the run was finished."""
        return self.complete and not self.problems


def verify(output: Path) -> Report:
    """Check every part against its receipt and every record against the contract, and count.

    Raises ``ConfigurationError`` where ``output`` was not written by a batch run. Writes nothing but a temporary folder.
    """
    ledger, report = Ledger.found(output), Report()
    report.complete = ledger.success.exists()
    if not report.complete:
        report.problem("not finished: run the same command again to go on")
    if not ledger.manifest.exists():
        return report
    ledger.tmp.mkdir(exist_ok=True)
    distinct = Distinct(ledger.tmp)
    try:
        for place, unit in ledger.units():
            report.inputs += unit.count
            for row in _unit_rows(ledger, place, unit, report):
                distinct.add(row["id"])
                _check_row(row, report)
    finally:
        report.records, report.different = distinct.total, distinct.count()
    if report.complete:
        if not report.inputs == report.records == report.different:
            counts = f"{report.records} records with {report.different} different ids"
            report.problem(f"{report.inputs} inputs, but {counts}")
        _check_final(ledger, report)
        _check_failures(ledger, report)
    return report


def _unit_rows(ledger: Ledger, place: int, unit: Unit, report: Report) -> Iterator[dict[str, Any]]:
    name = ledger.part_name(place, unit)
    receipt = ledger.receipt(unit)
    if receipt is None or ledger.place.size(name) is None:
        if report.complete:
            report.problem(f"{name}: missing")
        return
    if ledger.place.sha256(name) != receipt["sha256"]:
        report.problem(f"{name}: changed since it was written")
    rows = 0
    try:
        with ledger.place.fetched(name) as part:
            for row in part_rows(part):
                rows += 1
                yield row
    except (OSError, ValueError, KeyError) as error:
        report.problem(f"{name}: cannot be read: {error}")
        return
    if rows != unit.count:
        report.problem(f"{name}: {rows} records for {unit.count} inputs")


def _check_row(row: dict[str, Any], report: Report) -> None:
    if row["status"] not in _STATUSES:
        report.problem(f"{row['id']}: status {row['status']!r}")
    report.not_ok += row["status"] != "ok"
    if (row["status"] == "ok") != (row["reason"] is None):
        report.problem(f"{row['id']}: status {row['status']} with reason {row['reason']!r}")
    if not all(name in row for name in ARTICLE):
        return
    try:
        article = article_of(row)
    except ValueError as error:
        report.problem(f"{row['id']}: not a valid article: {str(error).splitlines()[0]}")
        return
    if article is not None and row.get("fingerprint") not in (None, article.fingerprint):
        report.problem(f"{row['id']}: the fingerprint is that of another text")


def _check_final(ledger: Ledger, report: Report) -> None:
    """The files made of the parts, and what ``_SUCCESS`` says of them."""
    said = json.loads(ledger.success.read_bytes())
    if said["manifest"] != file_sha256(ledger.manifest):
        report.problem("_SUCCESS belongs to another manifest")
    if not ledger.two_steps:
        return
    there = {str(p.relative_to(ledger.output.parent)): p for p in final_files(ledger) if p.exists()}
    for name in sorted({*there, *said["files"]}):
        if name not in there:
            report.problem(f"{name}: missing")
        elif name not in said["files"]:
            report.problem(f"{name}: not written by this run")
    if ledger.single and ledger.output.exists() and file_sha256(ledger.output) != said["sha256"]:
        report.problem(f"{ledger.output.name}: changed since it was written")
    distinct = Distinct(ledger.tmp)
    for name, path in there.items():
        try:
            for row in part_rows(path):
                distinct.add(row["id"])
        except (OSError, ValueError, KeyError) as error:
            report.problem(f"{name}: cannot be read: {error}")
    records, different = distinct.total, distinct.count()
    if not records == different == report.inputs:
        report.problem(f"the output holds {records} records with {different} different ids for {report.inputs} inputs")


def _check_failures(ledger: Ledger, report: Report) -> None:
    try:
        with ledger.failures.open("rb") as file:
            told = sum(1 for _ in file)
    except OSError as error:
        report.problem(f"{ledger.failures.name}: {error.strerror}")
        return
    if told != report.not_ok:
        report.problem(f"{ledger.failures.name}: {told} lines for {report.not_ok} records that are not ok")
