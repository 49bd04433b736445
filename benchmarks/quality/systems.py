"""Ways to clean flat text: newsclean and its peers. Each takes the text and its language, and gives the kept text."""

# ruff: noqa: ARG001 (one signature for all)

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["HTML_SYSTEMS", "JUSTEXT", "Cleaner", "model_only", "newsclean_text", "text_systems", "wrapped"]

Cleaner = Callable[[str, str], str]

JUSTEXT = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian_Bokmal",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


def wrapped(text: str) -> str:
    """The lines as paragraphs of an HTML page, the only form HTML extractors take flat text in."""
    lines = "".join(f"<p>{html.escape(line.strip())}</p>\n" for line in text.split("\n") if line.strip())
    return f"<html><head><title></title></head><body>\n{lines}</body></html>"


def as_it_is(text: str, language: str) -> str:
    """Nothing done."""
    return text


@cache
def _c4() -> Any:
    from datatrove.pipeline.filters import C4QualityFilter

    return C4QualityFilter(min_num_sentences=-1, filter_lorem_ipsum=False, filter_curly_bracket=False)


def c4_lines(text: str, language: str) -> str:
    """C4's rule on lines as datatrove runs it, its rules on whole documents off."""
    from datatrove.data import Document

    document = Document(text=text, id="page")
    return document.text if _c4().filter(document) is True else ""


def trafilatura_wrapped(text: str, language: str) -> str:
    """trafilatura over the lines wrapped in ``<p>``."""
    import trafilatura

    return trafilatura.extract(wrapped(text), include_comments=False) or ""


def justext_wrapped(text: str, language: str) -> str:
    """jusText over the lines wrapped in ``<p>``, with the stop list of the page's language (English where it has none)."""
    import justext

    stop = justext.get_stoplist(JUSTEXT.get(language, "English")) if language != "ar" else frozenset()
    found = justext.justext(wrapped(text).encode(), stop, encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def resiliparse_wrapped(text: str, language: str) -> str:
    """Resiliparse main content over the lines wrapped in ``<p>``."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(wrapped(text), main_content=True))


def newsclean_text(text: str, language: str, *, sites: bool = True) -> str:
    """``newsclean.clean(text).text``; the empty string where it finds no article."""
    import newsclean
    from newsclean.errors import NewscleanError

    try:
        return newsclean.clean(text, options=newsclean.Options(input="text", sites=sites)).text
    except NewscleanError:
        return ""


def model_only(cut: float) -> Cleaner:
    """The learned line scores alone with phrase hints, lines kept from ``cut`` on."""
    from newsclean.cleaners.phrases import languages_for, matcher_for
    from newsclean.models.lines import score_lines
    from training.corpus import flat_lines

    def run(text: str, language: str) -> str:
        texts, blanks = flat_lines(text)
        matcher = matcher_for(languages_for("\n".join(texts)[:6000]))
        hits = [matcher.match(line) for line in texts]
        hints = [hit.role if hit else None for hit in hits]
        scores = score_lines(texts, blanks, hints, [bool(hit and hit.heading) for hit in hits])
        return "\n".join(line for line, score in zip(texts, scores, strict=True) if score.body >= cut)

    return run


def text_systems(*, peers: bool, model_cut: float | None, sites: bool) -> dict[str, Cleaner]:
    """The systems to run over flat text, by name."""
    systems: dict[str, Cleaner] = {}
    if model_cut is not None:
        systems[f"newsclean model ≥ {model_cut}"] = model_only(model_cut)
    else:
        systems["newsclean"] = lambda text, language: newsclean_text(text, language, sites=sites)
    if peers:
        systems |= {
            "as it is": as_it_is,
            "C4 line rule": c4_lines,
            "trafilatura on <p>": trafilatura_wrapped,
            "jusText on <p>": justext_wrapped,
            "resiliparse main on <p>": resiliparse_wrapped,
        }
    return systems


def _trafilatura_html(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


def _resiliparse_html(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True))


HTML_SYSTEMS: dict[str, Callable[[str], str]] = {
    "trafilatura on the HTML": _trafilatura_html,
    "resiliparse main on the HTML": _resiliparse_html,
}
"""What is run on the original HTML, for comparison."""
