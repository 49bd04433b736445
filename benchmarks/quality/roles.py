"""Role accuracy and the confusion matrix, on pages whose every line has a known role."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["RolePage", "coarse", "confusion", "judge"]

_GROUPS = {
    "lead": "paragraph",
    "quote": "paragraph",
    "list_item": "paragraph",
    "table": "paragraph",
    "breadcrumb": "navigation",
    "back_to_top": "navigation",
    "pagination": "navigation",
    "page_tools": "share",
    "follow": "share",
    "recommended": "related",
    "read_also": "related",
    "copyright": "footer",
    "app_promo": "footer",
    "cookie_notice": "other",
    "paywall": "other",
    "advert": "other",
    "decoration": "other",
    "source_notice": "other",
    "dateline": "other",
    "duplicate": "caption",
}


class RolePage(NamedTuple):
    """A page of lines: (role, text, blank lines before)."""

    language: str
    lines: Sequence[tuple[str, str, int]]


def coarse(role: str) -> str:
    """The group of roles that the matrix shows ``role`` in.

    >>> coarse("copyright"), coarse("most_read")
    ('footer', 'most_read')
    """
    return _GROUPS.get(role, role)


def judge(page: RolePage, *, sites: bool = False) -> list[tuple[str, str]]:
    """Pairs of wanted and found role of the lines, by ``newsclean.explain``; a line that was joined with others has the
    role of the whole."""
    import newsclean

    text = "\n".join("\n" * blank + line for _, line, blank in page.lines)
    told = newsclean.explain(text, options=newsclean.Options(input="text", sites=sites))
    ends = [decision.block.source.end for decision in told.decisions]
    out: list[tuple[str, str]] = []
    at = 0
    for role, line, blank in page.lines:
        at += blank
        out.append((role, str(told.decisions[bisect_right(ends, at)].role)))
        at += len(line) + 1
    return out


def confusion(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A Markdown table: wanted roles down, found roles across, and the share of lines with the right role."""
    counts = Counter((coarse(wanted), coarse(found)) for wanted, found in pairs)
    rows = sorted({wanted for wanted, _ in counts})
    columns = sorted({found for _, found in counts})
    yield "| wanted \\ found | " + " | ".join(columns) + " | right |"
    yield "|---" * (len(columns) + 2) + "|"
    for row in rows:
        cells = [counts[row, column] for column in columns]
        right = counts[row, row] / sum(cells)
        yield f"| {row} | " + " | ".join(str(cell or "") for cell in cells) + f" | {right:.2f} |"
    total = sum(counts.values())
    yield f"\nrole right: {sum(counts[row, row] for row in rows) / total:.4f} of {total} lines"
