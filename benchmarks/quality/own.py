"""Pages written for this project: ``own/<language>.tsv`` or ``own/<language>-<shape>.tsv``, a role and a text per line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["OwnPage", "load_own"]


@dataclass(frozen=True)
class OwnPage:
    """``rows`` are (role, text) of the lines in order, an empty text for a blank line."""

    language: str
    rows: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The flattened page."""
        return "\n".join(text for _, text in self.rows) + "\n"

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Role, text and blank lines before it, of the visible lines."""
        out: list[tuple[str, str, int]] = []
        blank = 0
        for role, text in self.rows:
            if text:
                out.append((role, text, blank))
                blank = 0
            else:
                blank += 1
        return out


def load_own(folder: Path | None = None) -> list[OwnPage]:
    """The pages of ``folder`` (default: those shipped here), ordered by name."""
    folder = folder or Path(__file__).parent / "own"
    return [_load(path) for path in sorted(folder.glob("*.tsv"))]


def _load(path: Path) -> OwnPage:
    rows: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").rstrip("\n").split("\n"):
        role, _, text = line.partition("\t")
        rows.append((role, text))
    return OwnPage(path.stem.partition("-")[0], tuple(rows))
