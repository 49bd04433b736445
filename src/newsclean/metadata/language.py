"""The language of a text and the direction it is written in.

Scripts and letters decide where they are unmistakable; the model (py3langid, BSD) is loaded for the rest only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from newsclean.document.normalize import COMMON, as_bytes, is_common

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["detect_language", "direction"]

_SAMPLE = 2000
_MODEL_SAMPLES = ((200, 0.9), (400, 0.6), (_SAMPLE, 0.6))
"""Characters the model reads, and the probability that ends the reading: two sentences mostly tell it what fifty would,
and it reads byte by byte."""
_FEWEST_LETTERS = 12
_RIGHT_TO_LEFT = frozenset(
    [
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "ks",
        "ku-arab",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)

_LETTERS = {
    "arabic": "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f",
    "latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "he": "\u05d0-\u05ea",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "th": "\u0e01-\u0e2e",
    "ko": "\uac00-\ud7a3\u1100-\u11ff",
    "kana": "\u3041-\u309f\u30a1-\u30fa",
    "han": "\u4e00-\u9fff\u3400-\u4dbf",
    "hy": "\u0531-\u0587",
    "ka": "\u10a0-\u10ff",
    "devanagari": "\u0904-\u0939",
    "bn": "\u0985-\u09b9",
    "pa": "\u0a05-\u0a39",
    "gu": "\u0a85-\u0ab9",
    "ta": "\u0b85-\u0bb9",
    "te": "\u0c05-\u0c39",
    "kn": "\u0c85-\u0cb9",
    "ml": "\u0d05-\u0d39",
    "si": "\u0d85-\u0dc6",
    "lo": "\u0e81-\u0eae",
    "my": "\u1000-\u102a",
    "km": "\u1780-\u17b3",
    "am": "\u1200-\u137f",
}
_RUNS = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, letters in _LETTERS.items()))
_ARABIC_RUN = re.compile(f"[{_LETTERS['arabic']}]+")
_ARABIC_BYTES = bytes(place for place, char in enumerate(COMMON) if _ARABIC_RUN.match(char))
_LATIN_RUN = re.compile(f"[{_LETTERS['latin']}]+")
_MODEL_DECIDES = frozenset({"latin", "cyrillic", "devanagari"})
_PERSIAN = re.compile(r"[پچگژ]\w*")
"""A word with such a letter, from it on."""
# Letters of one Arabic-script language; Arabic has none of them outside names.
_MARKED = (
    ("ug", re.compile("[ۇۈۋەۆې]")),
    ("ps", re.compile("[ټډړږښڼځڅۍې]")),
    ("sd", re.compile("[ڄڃڻڳڀٺٿڊڍڦ]")),
    ("ckb", re.compile("[ڵڕۆێە]")),
    ("ur", re.compile("[ٹڈڑںےہھ]")),
)
_ANY_MARK = re.compile("[ۇۈۋەۆېټډړږښڼځڅۍڄڃڻڳڀٺٿڊڍڦڵڕێٹڈڑںےہھ]")
_ENOUGH_MARKS = 0.012


def _arabic_script(text: str, letters: int | None = None) -> str:
    """The language of text in Arabic letters (so many, if it is known), told by the letters only it has.

    >>> _arabic_script("قال الرئيس في بيان صحفي"), _arabic_script("رئیس‌جمهور گفت که این گفتگو پس از چند روز")
    ('ar', 'fa')
    """
    size = max(_arabic_letters(text) if letters is None else letters, 1)
    if not is_common(text) and _ANY_MARK.search(text):
        runs = "".join(_ARABIC_RUN.findall(text))
        counts = {language: len(letters.findall(runs)) / size for language, letters in _MARKED}
        best = max(counts, key=lambda language: counts[language])
        if counts[best] > _ENOUGH_MARKS * 2:
            return best
    if text.count("ة") * 60 >= size:
        return "ar"
    persian = len(_PERSIAN.findall(text))
    return "fa" if (persian > 1 and persian / size > _ENOUGH_MARKS) or text.count("ی") / size > 0.03 else "ar"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _arabic_letters(text: str) -> int:
    known = as_bytes(text)
    if known is None:
        return len("".join(_ARABIC_RUN.findall(text)))
    return len(known) - len(known.translate(None, _ARABIC_BYTES))


def _scripts(sample: str) -> dict[str, int]:
    arabic = _arabic_letters(sample)
    if arabic >= _FEWEST_LETTERS and arabic > len(sample) * 0.55:  # whatever else there is, it is less
        return {"arabic": arabic}
    latin = sum(map(len, _LATIN_RUN.findall(sample)))
    if arabic + latin > len(sample) * 0.55:
        return {"arabic": arabic, "latin": latin}
    counts: dict[str, int] = {}
    for run in _RUNS.finditer(sample):
        script = str(run.lastgroup)
        counts[script] = counts.get(script, 0) + run.end() - run.start()
    return counts


def detect_language(text: str) -> str | None:
    """The BCP-47 primary tag of ``text`` ("ar", "en"), or None for too little text or no clear answer.

    Looks at the first 2,000 characters, so give it the body and not the page.

    >>> detect_language("بحث رئيس الوزراء مع الوفد سبل التعاون"), detect_language("12:30")
    ('ar', None)
    """
    sample = text[:_SAMPLE]
    counts = _scripts(sample)
    letters = sum(counts.values())
    if not counts:
        return None
    script = max(counts, key=lambda name: counts[name])
    if counts.get("kana", 0) * 12 > counts.get("han", 0) + counts.get("kana", 0) > letters * 0.5:
        return "ja"
    dense = script in ("han", "ko", "kana")
    if letters < (_FEWEST_LETTERS // 3 if dense else _FEWEST_LETTERS) or counts[script] < letters * 0.5:
        return None
    if script == "arabic":
        return _arabic_script(sample, counts[script])
    if script == "han":
        return "zh"
    if script == "kana":
        return "ja"
    if script not in _MODEL_DECIDES:
        return script
    for size, sure in _MODEL_SAMPLES:
        language, confidence = _identifier().classify(sample[:size])
        if confidence >= sure:
            return str(language)
    return None


def direction(language: str | None, text: str) -> Literal["ltr", "rtl"]:
    """The direction of ``text``: that of ``language`` where known, else that of most of its letters.

    >>> direction("ar", ""), direction(None, "أكد الوزير (Minister)"), direction(None, "")
    ('rtl', 'rtl', 'ltr')
    """
    if language:
        return (
            "rtl" if language.lower() in _RIGHT_TO_LEFT or language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
        )
    right = left = 0
    counts = _scripts(text[:_SAMPLE])
    for script, count in counts.items():
        if script in ("arabic", "he"):
            right += count
        else:
            left += count
    return "rtl" if right > left else "ltr"
