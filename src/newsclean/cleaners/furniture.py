"""The phrase lexicon as a cleaner: lines that are furniture in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclean.cleaners.phrases import PhraseMatch, languages_for, matcher_for
from newsclean.document.block import Label
from newsclean.document.document import Document, Lazy
from newsclean.document.roles import REMOVED, Role
from newsclean.options import Options

__all__ = ["Phrases", "languages_of", "matches", "told"]

_SAMPLE = 6000
_BREADCRUMB = re.compile(r"\S\s*[»›>/]\s*\S.*[»›>/]\s*\S")
_MEMO, _TOLD = "phrases", "phrases among their neighbours"


def matches(document: Document, options: Options) -> Sequence[PhraseMatch | None]:
    """What the lexicons of the page's languages say of each block; each is looked up once, when it is asked for."""
    found: Lazy[PhraseMatch | None] | None = document.memo.get(_MEMO)
    if found is None:
        match, folded = matcher_for(languages_of(document, options)).match_folded, document.folded
        found = document.memo[_MEMO] = Lazy(len(folded), lambda index: match(folded[index]))
    return found


def told(document: Document, options: Options) -> Sequence[PhraseMatch | None]:
    """:func:`matches` with the roles that their neighbours tell; as they are where elements or a site file tell more."""
    if document.kind != "text" or document.memo.get("named by the site"):
        return matches(document, options)
    found: list[PhraseMatch | None] | None = document.memo.get(_TOLD)
    if found is None:
        from newsclean.cleaners.clusters import settle
        from newsclean.cleaners.lines import body_cut, scores

        cut = body_cut(document, options)
        body = [index for index, score in enumerate(scores(document, options)) if score.body >= cut]
        found = settle(matches(document, options), document.shapes, body)
        document.memo[_TOLD] = found
    return found


def languages_of(document: Document, options: Options) -> tuple[str, ...]:
    """The lexicons a page needs, told from its longest blocks."""
    blocks = document.blocks
    longest = sorted(range(len(blocks)), key=lambda i: (-len(blocks[i].text), i))[:8]
    sample = "\n".join(blocks[i].text[:1200] for i in sorted(longest))[:_SAMPLE]
    found = languages_for(sample)
    named = (options.language or "").partition("-")[0].lower()
    return (named, *(code for code in found if code != named)) if named in _known() else found


def _known() -> tuple[str, ...]:
    from newsclean.cleaners.phrases import languages

    return languages()


class Phrases:
    """Labels lines that a phrase file names as furniture. Kept roles (byline, date …) are left to those who parse."""

    name = "phrases"

    def label(self, document: Document, options: Options) -> Iterator[Label]:
        """Labels with the phrase as their rule."""
        found = told(document, options)
        settled = document.memo.get("settled", ())
        for block in document.blocks:
            match = None if block.index in settled else found[block.index]
            if match is None:
                continue
            role = Role(match.role)
            if role not in REMOVED:
                continue
            if role in (Role.OTHER, Role.LATEST_NEWS) and _in_menu(document, block.index):
                role = Role.NAVIGATION
            if role is Role.NAVIGATION and _BREADCRUMB.search(block.text):
                role = Role.BREADCRUMB
            rule = f"{match.language}:{match.category}: {match.phrase}" if match.phrase else match.rule
            yield Label(block=block.index, role=role, cleaner=self.name, rule=rule, confidence=_confidence(match))


def _in_menu(document: Document, index: int) -> bool:
    """A section called "News" among others, not a heading over headlines: the lines around it are as short."""
    shapes = document.shapes
    around = [shapes[i].words for i in (index - 1, index, index + 1) if 0 <= i < len(shapes)]
    return len(around) == 3 and max(around) <= 2


def _confidence(match: PhraseMatch) -> float:
    if match.share >= 0.999:
        return 0.95
    return 0.9 if match.match in ("prefix", "slots") and match.share > 0.15 else 0.8
