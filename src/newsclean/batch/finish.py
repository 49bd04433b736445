"""What comes after the last unit: counting, the final form of the output, the failures, ``_SUCCESS``."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from newsclean.batch.config import BatchConfig, Fields
from newsclean.batch.disk import Distinct, Seen, commit, file_sha256, open_synced, sync_folder, write_json
from newsclean.batch.items import split_id
from newsclean.batch.ledger import Ledger, OutputError
from newsclean.batch.sinks import part_ids, part_lines, write_zst
from newsclean.batch.summary import Summary, Watcher

__all__ = ["again", "final_files", "finish", "is_finished"]

_FINGERPRINT: Final = re.compile(rb'"fingerprint":"([0-9a-f]{64})"')
_NOT_MARKED: Final = b'"duplicate_of":null'

Mark = Callable[[str, str], str | None]


def is_finished(config: BatchConfig, ledger: Ledger) -> bool:
    """Whether the output was finished from exactly the units of the present manifest."""
    try:
        said = json.loads(ledger.success.read_bytes())
        sizes = {name: (ledger.output.parent / name).stat().st_size for name in said["files"]}
        failures = ledger.failures.stat().st_size
    except (OSError, ValueError, KeyError):
        return False
    wanted = (said["manifest"], said["dedup"], said["partition"])
    return wanted == (file_sha256(ledger.manifest), config.dedup, list(config.partition)) and (sizes, failures) == (
        said["files"],
        said["failures"],
    )


def finish(config: BatchConfig, ledger: Ledger, summary: Summary, watch: Watcher) -> None:
    """Finish an output all of whose units are done; raises ``OutputError`` where the counts do not agree."""
    ledger.success.unlink(missing_ok=True)
    ledger.drop_stale()
    watch.step("counting")
    _count(ledger, summary)
    if ledger.two_steps:
        watch.step("writing the output")
        _assemble(config, ledger, summary)
    _write_failures(ledger, config.fields)
    write_json(ledger.home / "summary.json", summary.to_dict())
    base = ledger.output.parent
    files = (
        {str(path.relative_to(base)): path.stat().st_size for path in final_files(ledger)} if ledger.two_steps else {}
    )
    said = {"manifest": file_sha256(ledger.manifest), "files": files, "records": summary.records}
    said["failures"] = ledger.failures.stat().st_size
    if ledger.single:
        said["sha256"] = file_sha256(ledger.output)
    write_json(ledger.success, said | {"dedup": config.dedup, "partition": list(config.partition)})
    if ledger.store is not None:
        told = ledger.tmp / "_SUCCESS"
        shutil.copyfile(ledger.success, told)
        ledger.place.put(told, "_SUCCESS")


def final_files(ledger: Ledger) -> list[Path]:
    """Files the output consists of, in the order of their names."""
    if ledger.single:
        return [ledger.output]
    return sorted(p for p in ledger.output.rglob(f"part-*{ledger.suffix}") if ledger.home not in p.parents)


def _parts(ledger: Ledger) -> Iterator[Path]:
    return (ledger.parts / ledger.part_name(place, unit) for place, unit in ledger.units())


def _count(ledger: Ledger, summary: Summary) -> None:
    distinct = Distinct(ledger.tmp)
    for place, unit in ledger.units():
        with ledger.place.fetched(ledger.part_name(place, unit)) as part:
            for name in part_ids(part):
                distinct.add(name)
    records, different = distinct.total, distinct.count()
    if not records == different == summary.inputs:
        raise OutputError(
            f"{summary.inputs} inputs gave {records} records with {different} different ids; run it again with --force",
            input=str(ledger.output),
        )


def _assemble(config: BatchConfig, ledger: Ledger, summary: Summary) -> None:
    seen = Seen(ledger.tmp) if config.dedup else None
    duplicates = 0

    def mark(fingerprint: str, name: str) -> str | None:
        nonlocal duplicates
        first = seen.add(fingerprint, name) if seen is not None else None
        duplicates += first is not None
        return first

    try:
        if ledger.single:
            _assemble_file(ledger, mark if config.dedup else None)
        else:
            _assemble_folder(config, ledger, mark if config.dedup else None)
    finally:
        if seen is not None:
            seen.close()
    summary.duplicates = duplicates if config.dedup else None


def _marked(line: bytes, mark: Mark) -> bytes:
    found = _FINGERPRINT.search(line)
    if found is None:
        return line
    first = mark(found[1].decode(), json.loads(line)["id"])
    if first is None:
        return line
    return line.replace(_NOT_MARKED, b'"duplicate_of":' + json.dumps(first, ensure_ascii=False).encode(), 1)


def _assemble_file(ledger: Ledger, mark: Mark | None) -> None:
    temporary = ledger.tmp / "output"
    with open_synced(temporary) as file:
        for part in _parts(ledger):
            if mark is None:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            else:
                lines = (_marked(line, mark) for line in part_lines(part))
                write_zst(file, lines) if ledger.suffix.endswith(".zst") else file.writelines(lines)
    commit(temporary, ledger.output)


def _assemble_folder(config: BatchConfig, ledger: Ledger, mark: Mark | None) -> None:
    """Make the final files under ``tmp``, then put them in the place of those of an earlier run."""
    new = ledger.tmp / "final"
    new.mkdir()
    if config.kind == "jsonl":
        for part in _parts(ledger):
            with open_synced(new / part.name) as file:
                lines = (_marked(line, mark) if mark else line for line in part_lines(part))
                write_zst(file, lines)
    else:
        from newsclean.batch.partition import rewrite

        rewrite(_parts(ledger), new, config, mark, ledger.tmp)
    for old in final_files(ledger):
        old.unlink()
    for entry in sorted(new.iterdir()):
        target = ledger.output / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.replace(target)
    sync_folder(ledger.output)


def again(name: str, fields: Fields = Fields()) -> str:  # noqa: B008 - frozen
    """The command that shows an input's blocks and labels.

    >>> again("/data/a b.html")
    "newsclean explain '/data/a b.html'"
    >>> again("/data/a.jsonl#12")
    "newsclean batch --show '/data/a.jsonl#12' | newsclean explain -"
    >>> again("/data/a.jsonl#12", Fields(text="page"))
    "newsclean batch --show '/data/a.jsonl#12' --text-field page | newsclean explain -"
    """
    path, key = split_id(name)
    if key is None:
        return f"newsclean explain {shlex.quote(path)}"
    told = "".join(f" --{kind}-field {shlex.quote(column)}" for kind, column in fields if column and kind != "id")
    return f"newsclean batch --show {shlex.quote(name)}{told} | newsclean explain -"


def _write_failures(ledger: Ledger, fields: Fields) -> None:
    temporary = ledger.tmp / "failures"
    with open_synced(temporary) as file:
        for _, unit in ledger.units():
            for failure in (ledger.receipt(unit) or {})["failures"]:
                told: dict[str, Any] = {"input": failure["id"]}
                told |= {name: failure[name] for name in ("status", "reason", "error", "message")}
                line = json.dumps(told | {"again": again(failure["id"], fields)}, ensure_ascii=False)
                file.write(line.encode("utf-8", "replace") + b"\n")
    commit(temporary, ledger.failures)
