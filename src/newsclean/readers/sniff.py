"""HTML or flattened text?"""

from __future__ import annotations

import re

__all__ = ["looks_like_html"]

_START = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|p|div|article|section|main|header|"
    r"h[1-6]|table|ul|ol|figure|blockquote|span|amp-[a-z-]+|svg|noscript|iframe|form|nav|aside|center|font|br)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_STRUCTURE = re.compile(
    r"</?(?:html|head|body|p|div|article|section|main|header|footer|h[1-6]|table|tr|td|ul|ol|li|figure|blockquote|br|nav|aside)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_SAMPLE = 200_000


def looks_like_html(text: str) -> bool:
    """Whether ``text`` is HTML: it starts with a tag of structure, or such tags stand all over it.

    A text that holds a stray ``<b>``, or speaks of ``<div>``, is text.

    >>> looks_like_html("<p>A fragment.</p>"), looks_like_html("Prices rose <b>again</b> in May.")
    (True, False)
    """
    head = text[:_SAMPLE].lstrip("\ufeff")
    if "<" not in head:
        return False
    if _START.match(head):
        return True
    tags = len(_STRUCTURE.findall(head))
    if tags < 2 or not re.search(r"</(?:p|div|article|body|html|h[1-6]|ul|table)\s*>|<br\s*/?>", head, re.IGNORECASE):
        return False
    lines = sum(1 for line in head.splitlines() if line.strip())
    return tags >= max(2, lines * 0.25)
