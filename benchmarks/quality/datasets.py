"""Reading a dataset folder: ``gold.jsonl`` (``id``, ``url``, ``gold`` …) beside ``pages/<id>.html.gz``."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["HELD_OUT_OF", "Page", "dataset_folders", "family", "held_out", "load_bodies", "load_pages"]

HELD_OUT_OF = 5
"""One site family of so many is held out."""


@dataclass(frozen=True)
class Page:
    """One page of a dataset. ``gold`` is the body, paragraphs separated by blank lines; empty for index pages."""

    id: str
    url: str
    dataset: str
    html: str
    gold: str = ""
    title: str = ""
    language: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The site family of the page, see :func:`family`."""
        return family(self.url)


def family(url: str) -> str:
    """The registrable domain of ``url`` without its suffix, so that all countries of a brand fall together.

    >>> family("https://www.example.co.uk/a"), family("https://news.example.de/b")
    ('example', 'example')
    """
    from tld import get_tld

    found: Any = get_tld(url, as_object=True, fail_silently=True)
    return str(found.domain if found else url).lower()


def held_out(site_family: str) -> bool:
    """Whether a site family is kept for measuring: SHA-256 of its name, first 32 bits, divisible by five.

    Training and measuring ask this one function, so nothing that is trained on can be measured.

    >>> [held_out(name) for name in ("example", "faz", "bbc")]
    [False, True, False]
    """
    return int(hashlib.sha256(site_family.encode()).hexdigest()[:8], 16) % HELD_OUT_OF == 0


def dataset_folders(arguments: list[str]) -> list[Path]:
    """The dataset folders named by ``arguments``, or all below ``NEWSCLEAN_DATASETS``.

    A folder that holds no dataset itself stands for the datasets below it. Raises ``SystemExit`` where there is none.
    """
    roots = arguments or [os.environ.get("NEWSCLEAN_DATASETS", "")]
    folders: list[Path] = []
    for root in filter(None, roots):
        path = Path(root)
        if (path / "gold.jsonl").exists() or (path / "articles.jsonl").exists():
            folders.append(path)
        else:
            folders += sorted(p.parent for name in ("gold.jsonl", "articles.jsonl") for p in path.glob(f"*/{name}"))
    if not folders:
        raise SystemExit("no dataset: name a folder with gold.jsonl, or set NEWSCLEAN_DATASETS")
    return folders


def _decode(raw: bytes) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return str(bytes_to_str(raw, detect_encoding(raw)))


def load_pages(folder: Path) -> Iterator[Page]:
    """The pages of ``folder`` in the order of its ``gold.jsonl``; none for a folder of bodies only."""
    index = folder / "gold.jsonl"
    if not index.exists():
        return
    for line in index.read_text("utf-8").strip("\n").split("\n"):
        row = json.loads(line)
        html = _decode(gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes()))
        known = {"id", "url", "gold", "title"}
        yield Page(
            id=row["id"],
            url=row["url"],
            dataset=folder.name,
            html=html,
            gold=row.get("gold") or "",
            title=row.get("title") or "",
            language=_language(html),
            meta={key: value for key, value in row.items() if key not in known},
        )


def load_bodies(folder: Path) -> list[dict[str, Any]]:
    """The rows of ``articles.jsonl`` (``title``, ``body``, ``published``, ``author``, ``keywords``), if it is there."""
    path = folder / "articles.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").strip("\n").split("\n")]


def _language(html: str) -> str:
    import re

    found = re.search(r"<html[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2})", html[:20000], re.IGNORECASE)
    return found[1].lower() if found else "und"
