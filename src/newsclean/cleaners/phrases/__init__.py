"""Furniture phrases: lexicons per language as data, and a matcher that says what a line is.

>>> from newsclean.cleaners.phrases import languages_for, matcher_for
>>> matcher = matcher_for(languages_for("الأكثر قراءة"))
>>> hit = matcher.match("الأكثر قراءةً")
>>> hit.role, hit.heading, hit.share
('most_read', True, 1.0)
>>> matcher.match("قال الوزير إن الأكثر قراءة هذا العام كتب التاريخ") is None
True
"""

from newsclean.cleaners.phrases.check import check_file
from newsclean.cleaners.phrases.lexicon import Lexicon, languages, languages_for, load
from newsclean.cleaners.phrases.matcher import Matcher, PhraseMatch, matcher_for
from newsclean.cleaners.phrases.rules import is_captcha
from newsclean.cleaners.phrases.schema import Entry

__all__ = [
    "Entry",
    "Lexicon",
    "Matcher",
    "PhraseMatch",
    "check_file",
    "is_captcha",
    "languages",
    "languages_for",
    "load",
    "matcher_for",
]
