"""What a batch run is asked to do: one frozen object."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from newsclean._version import __version__
from newsclean.errors import ConfigurationError
from newsclean.options import DEFAULT, Options

__all__ = ["API", "BATCH_SCHEMA", "BatchConfig", "Fields", "Limits", "need"]

BATCH_SCHEMA: Final = "1"
"""Version of the record around the Article; it changes when a column changes."""

API: Final = "newsclean.api:clean"
"""The cleaner, unless another one is named."""

SINGLE_SUFFIXES: Final = (".jsonl", ".jsonl.zst")


def need(module: str, extra: str, what: str) -> Any:
    """Import ``module``; raises ``ConfigurationError`` naming the extra that brings it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise ConfigurationError(f"{what} needs {name}: pip install 'newsclean[{extra}]'") from error


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fields(_Frozen):
    """Columns of JSONL and columnar inputs that hold the page. ``None``: the usual names are tried in turn."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    id: str | None = None


class Limits(_Frozen):
    """What one document may cost before it is stopped, tried alone once more, and put in quarantine."""

    seconds: Annotated[float, Field(gt=0)] = 120.0
    """Wall time."""
    cpu_seconds: Annotated[int, Field(ge=1)] = 60
    """Processor time, in whole seconds."""
    memory: Annotated[int, Field(ge=16_000_000)] = 2_000_000_000
    """Bytes of address space above what the idle worker holds."""


class BatchConfig(_Frozen):
    """One batch run. ``sources`` are folders, files, globs, or ``-`` for a list of paths on standard input."""

    sources: tuple[str, ...]
    output: Path
    """A file ending in ``.jsonl`` or ``.jsonl.zst``, else a folder."""
    store: str | None = None
    """URI of an object store for the parts, such as ``s3://bucket/articles``; ``output`` then holds the bookkeeping."""
    format: Literal["parquet", "jsonl"] | None = None
    """Of a folder; Parquet unless said otherwise. A single file is JSONL."""
    options: Options = DEFAULT
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fields: Fields = Fields()
    workers: Annotated[int, Field(ge=0)] = 0
    """Worker processes; 0: one for each processor this process may use."""
    unit_size: Annotated[int, Field(ge=1, le=100_000)] = 1000
    """Most documents in one unit of work."""
    limits: Limits = Limits()
    only: Literal["new"] | None = None
    retry: bool = False
    """Do units again that hold failed or quarantined inputs."""
    dedup: bool = False
    min_quality: Annotated[float, Field(ge=0, le=1)] | None = None
    columns: tuple[str, ...] | None = None
    partition: tuple[Literal["site", "month"], ...] = ()
    force: bool = False
    engine: Literal["local", "ray", "spark"] = "local"
    address: str | None = None
    cleaner: str = API
    """``module:function`` that turns a source into an Article; it is called as ``newsclean.clean`` is."""

    @model_validator(mode="after")
    def _fits(self) -> BatchConfig:
        if self.single and self.format == "parquet":
            raise ValueError(f"{self.output.name} is a JSONL file; name a folder for Parquet")
        if self.partition and (self.single or self.kind != "parquet"):
            raise ValueError("--partition needs a Parquet folder as output")
        if self.store is not None and self.two_steps:
            raise ValueError("an object store takes plain folders; --dedup and --partition need a local one")
        if self.columns is not None:
            from newsclean.batch.rows import COLUMNS

            unknown = [name for name in self.columns if name not in COLUMNS]
            if unknown:
                raise ValueError(f"{unknown[0]!r} is not a column ({', '.join(COLUMNS)})")
        return self

    @property
    def single(self) -> bool:
        """Whether the output is one file, assembled at the end."""
        return self.output.name.endswith(SINGLE_SUFFIXES)

    @property
    def kind(self) -> Literal["parquet", "jsonl"]:
        """Format of the parts."""
        return "jsonl" if self.single or self.format == "jsonl" else "parquet"

    @property
    def stored(self) -> tuple[str, ...] | None:
        """Columns that are stored: those asked for, and those that other settings need; ``None`` for all."""
        if self.columns is None:
            return None
        more: tuple[str, ...] = ("fingerprint", "duplicate_of") if self.dedup else ()
        more += ("site", "published") if self.partition else ()
        return (*self.columns, *(name for name in more if name not in self.columns))

    @property
    def part_suffix(self) -> str:
        """Ending of a part's name."""
        if self.kind == "parquet":
            return ".parquet"
        return ".jsonl" if self.output.name.endswith(".jsonl") else ".jsonl.zst"

    @property
    def two_steps(self) -> bool:
        """Whether the output is made from the units' parts at the end, rather than being the parts."""
        return self.single or self.dedup or bool(self.partition)

    @property
    def lanes(self) -> int:
        """How many worker processes there are."""
        if self.workers:
            return self.workers
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

    @property
    def unit_fingerprint(self) -> str:
        """Hexadecimal SHA-256 of everything that decides what stands in a part."""
        said = {
            "newsclean": __version__,
            "batch": BATCH_SCHEMA,
            "options": self.options.fingerprint,
            "site_files": self.site_files,
            "fields": self.fields.model_dump(),
            "min_quality": self.min_quality,
            "columns": self.stored,
            "suffix": self.part_suffix,
            "unit_size": self.unit_size,
            "cleaner": self.cleaner,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @property
    def site_files(self) -> dict[str, str]:
        """SHA-256 of the user's own site files, which decide what becomes of a page as the options do."""
        files = [path for folder in self.options.site_folders for path in sorted(Path(folder).rglob("*.toml"))]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def described(self) -> dict[str, Any]:
        """The settings two runs on one output must share, for people to compare."""
        said = self.model_dump(mode="json", include={"fields", "min_quality", "columns", "unit_size", "cleaner"})
        said |= {"dedup": self.dedup, "partition": list(self.partition), "store": self.store, "parts": self.part_suffix}
        said |= {
            "options": self.options.model_dump(mode="json"),
            "newsclean": __version__,
            "batch_schema": BATCH_SCHEMA,
        }
        said |= {"site_files": self.site_files}
        return said
