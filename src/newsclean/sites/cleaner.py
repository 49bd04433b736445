"""A site file as two cleaners: first the lines it names, later the lines its body region surrounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsclean.document.block import Label
from newsclean.document.document import Document, Notice
from newsclean.document.roles import BODY_ROLES, FIELD_ROLES, REMOVED
from newsclean.metadata.structured import Fact
from newsclean.options import Options
from newsclean.sites.loader import Site
from newsclean.sites.model import Layout
from newsclean.sites.text import Verdict, label_text, refine_body

__all__ = ["SiteCleaner", "apply_site", "script_facts"]


@dataclass(frozen=True, slots=True)
class SiteCleaner:
    """Labels that were worked out for one document, as a cleaner."""

    name: str
    labels: tuple[Label, ...]

    def label(self, document: Document, options: Options) -> Iterator[Label]:  # noqa: ARG002
        """The labels."""
        return iter(self.labels)


def apply_site(site: Site, document: Document) -> tuple[SiteCleaner, SiteCleaner] | Notice:
    """Rules and region of the layout of ``site`` that fits ``document`` best; a notice where none does.

    The lines a layout names come before everything else; what only lies in its body region comes after the phrases,
    so that furniture inside a body is still seen.
    """
    name = f"site:{site.host}"
    verdicts = [verdict for layout in site.file.layout if (verdict := _verdict(site, layout, document, name))]
    if not verdicts:
        return Notice(
            code="site-rule-unfit",
            message=f"the site file of {site.host} does not fit this page; cleaned as a page of an unknown site",
        )
    best = max(verdicts, key=lambda verdict: len(verdict.rules) + len(verdict.region))
    return SiteCleaner(name, tuple(best.rules)), SiteCleaner(name, tuple(best.region))


def script_facts(site: Site, document: Document) -> list[Fact]:
    """What the scripts say that the site's layouts name."""
    from newsclean.metadata.structured import json_fields
    from newsclean.sites.markup import select

    found = []
    for layout in site.file.layout:
        for data in layout.html.json_data if layout.html else ():
            hit = select(document.tree.root, [data.script])
            for element, _ in hit[1] if hit else ():
                found += json_fields(element.text or "", {str(name): path for name, path in data.fields.items()})
    return found


def _verdict(site: Site, layout: Layout, document: Document, name: str) -> Verdict | None:
    if document.kind == "text":
        compiled = site.compiled(layout)
        return label_text(compiled, document, name) if compiled else None
    if layout.html is None or not layout.html.body:
        return None
    from newsclean.sites.markup import label_page

    labels = label_page(document, layout.html.selectors(), layout.html.drop, site.host)
    if labels is None:
        return None
    body = [label for label in labels if label.role in BODY_ROLES]
    compiled = site.compiled(layout)
    if compiled and body:
        body = refine_body(compiled, document, body, name)
    rules = [label for label in labels if label.role in FIELD_ROLES]
    rules += [label for label in body if label.role not in BODY_ROLES]
    rest = [label for label in labels if label.role in REMOVED]
    return Verdict(rules, [label for label in body if label.role in BODY_ROLES] + rest)
