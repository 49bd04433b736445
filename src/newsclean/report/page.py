"""An explanation as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape

from newsclean.api import Explanation
from newsclean.assemble import Decision
from newsclean.document.block import TextSource
from newsclean.document.roles import FIELD_ROLES

__all__ = ["explanation_page"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td { padding: .3rem .6rem; vertical-align: top; border-bottom: 1px solid #8883; }
td.place, td.why { color: #777; font-size: .8rem; }
td.why { width: 22rem; direction: ltr; text-align: left; }
td.role { white-space: nowrap; font-size: .85rem; direction: ltr; }
tr.body td.role { color: #16794c; } tr.field td.role { color: #0b6fa4; } tr.removed td.role { color: #b3261e; }
tr.removed td.text { color: #888; text-decoration: line-through; text-decoration-color: #b3261e66; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; } dd small { color: #777; }
""".strip()


def explanation_page(explanation: Explanation, name: str) -> str:
    """The page: fields with their sources, then every block with its role and the rule that decided."""
    article = explanation.article
    direction = article.direction if article else "ltr"
    head = []
    if article is not None:
        values = article.to_dict()
        for field, origin in explanation.origins.items():
            head.append(
                f"<dt>{escape(field)}</dt><dd dir=auto>{escape(str(values.get(field)))} <small>{escape(origin)}</small></dd>"
            )
        head.append(f"<dt>quality</dt><dd>{article.quality.score}</dd>")
        head.extend(f"<dt>{escape(w.code)}</dt><dd>{escape(w.message)}</dd>" for w in article.quality.warnings)
    elif explanation.error is not None:
        head.append(f"<dt>{escape(explanation.error.reason)}</dt><dd>{escape(str(explanation.error))}</dd>")
    rows = "\n".join(_row(decision) for decision in explanation.decisions)
    return (
        f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>{escape(name)}: kept and removed</title>\n"
        f"<meta name=viewport content='width=device-width'><style>{_STYLE}</style>\n"
        f"<h1>{escape(name)}</h1>\n<dl>{''.join(head)}</dl>\n<table dir={direction}>\n{rows}\n</table>\n</html>\n"
    )


def _row(decision: Decision) -> str:
    source = decision.block.source
    place = source.line if isinstance(source, TextSource) else decision.block.index + 1
    kind = "removed" if not decision.kept else "field" if decision.role in FIELD_ROLES else "body"
    label = decision.label
    losers = "".join(
        f"<br>{x.confidence:.2f} {x.role.value}: {escape(x.cleaner)}: {escape(x.rule)}" for x in decision.losers
    )
    return (
        f"<tr class={kind}><td class=place>{place}</td><td class=role>{label.role.value}</td>"
        f"<td class=text dir=auto>{escape(decision.block.text)}</td>"
        f"<td class=why>{label.confidence:.2f} {escape(label.cleaner)}: {escape(label.rule)}{losers}</td></tr>"
    )
