"""Pages labelled by hand: a JSON object per line of the file.

``{"url": "https://…", "language": "ar", "lines": [["الرئيسية", "navigation"], ["", ""], ["قال …", "paragraph"]]}``

``lines`` are the lines of the flattened page in order; an empty text is a blank line; roles are those of
:class:`newsclean.document.roles.Role`. ``"listing": true`` marks a page that is no article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.datasets import family
from newsclean.document.normalize import clean_text
from newsclean.document.roles import BODY_ROLES, Role
from training.corpus import Lines
from training.weak import ROLES

__all__ = ["load_labelled", "model_role"]

_NEAR = {
    "table": "list_item",
    "dateline": "other",
    "breadcrumb": "navigation",
    "page_tools": "other",
    "follow": "share",
    "recommended": "related",
    "read_also": "related",
    "advert": "other",
    "app_promo": "footer",
    "cookie_notice": "other",
    "paywall": "other",
    "copyright": "footer",
    "back_to_top": "navigation",
    "pagination": "navigation",
    "duplicate": "caption",
    "source_notice": "other",
    "decoration": "other",
}


def model_role(role: str) -> str:
    """The role the model knows that is nearest to ``role``.

    >>> model_role("copyright"), model_role("paragraph")
    ('footer', 'paragraph')
    """
    return role if role in ROLES else _NEAR[role]


def load_labelled(path: Path) -> Iterator[Lines]:
    """The pages of a labelled file. Raises :class:`ValueError` that names file, line and role where one is unknown."""
    kept = {str(role) for role in BODY_ROLES} | {"lead"}
    for number, raw in enumerate(path.read_text("utf-8").strip("\n").split("\n"), 1):
        row = json.loads(raw)
        texts: list[str] = []
        blanks: list[int] = []
        roles: list[str] = []
        empty = 0
        for text, role in row["lines"]:
            shown = clean_text(text)
            if not shown:
                empty += 1
                continue
            if role not in set(Role):
                raise ValueError(f"{path}:{number}: {role!r} is not a role ({', '.join(Role)})")
            texts.append(shown)
            blanks.append(empty)
            roles.append(role)
            empty = 0
        yield Lines(
            key=f"{path.name}/{number}",
            family=family(row["url"]) if row.get("url") else f"{path.name}-{number}",
            language=row.get("language", "und"),
            texts=texts,
            blanks=blanks,
            body=[int(role in kept) for role in roles],
            roles=[model_role(role) for role in roles],
            trust=[1.0] * len(roles),
            listing=bool(row.get("listing", False)),
            flattener="labelled",
            gold="\n\n".join(text for text, role in zip(texts, roles, strict=True) if role in kept),
        )
