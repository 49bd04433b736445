"""What each HTML element does to the flow of text, and what it tells about the text in it."""

from __future__ import annotations

from typing import Final

__all__ = ["BLOCK", "BREAK", "FLEX", "FLOW", "HINTS", "INLINE", "RULE", "SKIP", "SPECIAL", "Hint"]

INLINE: Final = 0
"""Text runs on through the element."""
BLOCK: Final = 1
"""The element opens and closes blocks."""
SKIP: Final = 2
"""Nothing in the element is shown as text."""
BREAK: Final = 3
"""A line break; two of them end a paragraph."""
RULE: Final = 4
"""Empty element that ends the block before it."""
FLEX: Final = 5
"""Inline where text runs already, a block of its own elsewhere."""
SPECIAL: Final = 6
"""Handled by a function of its own."""


def _all(names: str, code: int) -> dict[str, int]:
    return dict.fromkeys(names.split(), code)


FLOW: Final[dict[str, int]] = {
    **_all(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr output picture q "
        "ruby rb rt rtc s samp slot small span strike strong sub sup tt u var wbr",
        INLINE,
    ),
    **_all(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main marquee menu nav ol p "
        "plaintext pre search section summary tbody td tfoot th thead tr ul xmp",
        BLOCK,
    ),
    **_all(
        "applet area audio base basefont bgsound canvas col colgroup embed frame frameset head iframe input keygen "
        "link meta noembed noframes param rp script source style title track video img amp-img datalist meter progress",
        SKIP,
    ),
    **_all("br", BREAK),
    **_all("hr", RULE),
    **_all("button object textarea time", FLEX),
    **_all("svg template noscript table select", SPECIAL),
}
"""Element name to flow code. Unknown names with a colon (``o:p``) are inline, other unknown ones ``FLEX``."""


class Hint:
    """Bits that an element hands down to everything in it."""

    HIDDEN: Final = 1
    ARIA_HIDDEN: Final = 1 << 1
    NOSCRIPT: Final = 1 << 2
    LINK: Final = 1 << 3
    FIGURE: Final = 1 << 4
    CAPTION: Final = 1 << 5
    ASIDE: Final = 1 << 6
    NAV: Final = 1 << 7
    FOOTER: Final = 1 << 8
    HEADER: Final = 1 << 9
    ARTICLE: Final = 1 << 10
    MAIN: Final = 1 << 11
    FORM: Final = 1 << 12
    ITEM: Final = 1 << 13
    QUOTE: Final = 1 << 14
    TABLE: Final = 1 << 15
    DIALOG: Final = 1 << 16
    BODY_PROP: Final = 1 << 17
    SCRIPT: Final = 1 << 18


HINTS: Final[dict[str, int]] = {
    "figure": Hint.FIGURE,
    "figcaption": Hint.CAPTION,
    "aside": Hint.ASIDE,
    "nav": Hint.NAV,
    "menu": Hint.NAV,
    "footer": Hint.FOOTER,
    "header": Hint.HEADER,
    "article": Hint.ARTICLE,
    "main": Hint.MAIN,
    "form": Hint.FORM,
    "fieldset": Hint.FORM,
    "button": Hint.FORM,
    "li": Hint.ITEM,
    "dd": Hint.ITEM,
    "dt": Hint.ITEM,
    "blockquote": Hint.QUOTE,
    "td": Hint.TABLE,
    "th": Hint.TABLE,
    "dialog": Hint.DIALOG,
}
