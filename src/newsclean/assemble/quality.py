"""How far an article can be trusted, and what the user should know about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.assemble.decide import Decision
from newsclean.assemble.fields import Fields
from newsclean.cleaners.second import MAY_BEGIN, SECOND
from newsclean.document.article import Quality
from newsclean.document.block import TextSource
from newsclean.document.document import Document, Notice
from newsclean.document.roles import BODY_ROLES, KEPT, Role

__all__ = ["judge"]

_MOJIBAKE = re.compile(
    "(?:[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|[ØÙ][\x80-\xbf§¨©ª«¬®¯°±²³´µ¶·¸¹º»„…†‡ˆ‰Š‹]|â€[™œ\x9d“”¦]|ï¿½|\ufffd)"
)
_MOJIBAKE_STARTS = "ÃÂØÙâï\ufffd"
_PENALTY = {
    "mojibake": 0.4,
    "site-rule-unfit": 0.1,
    "no-title": 0.1,
    "no-date": 0.05,
    "short": 0.2,
    "removed-most": 0.1,
    "truncated": 0.05,
    "encoding-errors": 0.1,
    "index-page": 0.2,
}
_SHORT = 40
_NO_STOPS = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao, which have no sign for the end of a sentence."""


def judge(document: Document, decisions: Sequence[Decision], fields: Fields, notices: Sequence[Notice]) -> Quality:
    """Score and warnings. The score starts at the mean confidence of the body and loses for each thing that is wrong."""
    body = [d for d in decisions if d.label.role in BODY_ROLES]
    sizes = [(len(d.block.text), d.label.role) for d in decisions]
    kept = sum([size for size, role in sizes if role in KEPT])
    total = sum([size for size, _ in sizes])
    body_text = " ".join(d.block.text for d in body)
    found = [*document.notices, *notices, *fields.notices]
    if fields.title is None:
        found.append(Notice(code="no-title", message="no title was found; none was invented"))
    if fields.published is None:
        found.append(Notice(code="no-date", message="no publication date was found; none was invented"))
    if kept * 5 < total:
        message = f"{(total - kept) * 100 // total} % of the page's characters were removed"
        found.append(Notice(code="removed-most", message=message))
    shapes = document.shapes
    count = sum([shapes[d.block.index].words for d in body])
    if count < _SHORT:
        found.append(Notice(code="short", message=f"the body has only {count} words"))
    second = next((d.block.source for d in decisions if d.label.rule == SECOND), None)
    if isinstance(second, TextSource):
        message = f"another article begins on line {second.line}; the first was taken"
        found.append(Notice(code="several-articles", message=message))
    elif (maybe := document.memo.get(MAY_BEGIN)) is not None and decisions[maybe].role in KEPT:
        message = f"another article may begin on line {decisions[maybe].block.source.line}; all of it was kept"
        found.append(Notice(code="several-articles", message=message))
    last = body[-1] if body else None
    if (
        last
        and last.role is Role.PARAGRAPH
        and len(last.block.text) > 60
        and not document.shapes[last.block.index].ends
        and not _NO_STOPS.search(last.block.text)
    ):
        found.append(Notice(code="truncated", message="the last paragraph does not end as a sentence does"))
    spoilt = len(_MOJIBAKE.findall(body_text)) if any(char in body_text for char in _MOJIBAKE_STARTS) else 0
    if spoilt * 50 > len(body_text) or spoilt > 20:
        found.append(Notice(code="mojibake", message="the text was once decoded with the wrong encoding"))
    warnings = list({(n.code, n.message): n for n in found}.values())
    weight = sum([len(d.block.text) for d in body]) or 1
    trust = sum([d.label.confidence * len(d.block.text) for d in body]) / weight
    score = 0.5 + 0.5 * trust - sum(_PENALTY.get(code, 0.0) for code in {n.code for n in warnings})
    return Quality(score=round(min(1.0, max(0.0, score)), 3), warnings=warnings)
