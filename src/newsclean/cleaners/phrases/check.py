"""What is wrong with a phrase file, in plain words, for the person who edits it."""

from __future__ import annotations

from pathlib import Path

from newsclean.cleaners.phrases.schema import DATA, Entry, Slot, parse_file, read_toml
from newsclean.cleaners.phrases.tokens import is_dense
from newsclean.errors import LexiconError

__all__ = ["check_file"]


def check_file(path: Path | str) -> list[str]:
    """Complaints about the phrase file at ``path``, one sentence each; an empty list means it is fine.

    Looks for: a broken file or wrong key, the same phrase twice, a phrase of one letter or of symbols only, a prefix or
    suffix so short that prose may begin or end with it, and any phrase that hits the prose samples
    (``data/_prose.toml``). Raises nothing for a wrong file.
    """
    path = Path(path)
    try:
        _, entries = parse_file(path)
    except LexiconError as error:
        return [str(error)]
    except OSError as error:
        return [f"{path.name}: cannot be read: {error.strerror}"]
    return [*_twice(path.name, entries), *_short(path.name, entries), *_in_prose(path.name, entries)]


def _written(entry: Entry) -> str:
    return " ".join(f"{{{part.kind}{part.most}}}" if isinstance(part, Slot) else part for part in entry.pattern)


def _twice(name: str, entries: list[Entry]) -> list[str]:
    seen: dict[tuple[str, str], Entry] = {}
    faults = []
    for entry in entries:
        side = "line" if entry.match in ("line", "heading") else entry.match
        known = seen.setdefault((_written(entry), side), entry)
        if known is not entry:
            faults.append(
                f"{name}: {entry.phrase!r} ({entry.category}) is the same phrase as {known.phrase!r} ({known.category}); "
                "case, accents and punctuation do not count: remove one of the two"
            )
    return faults


def _short(name: str, entries: list[Entry]) -> list[str]:
    faults = []
    for entry in entries:
        if entry.language == "mul":
            continue
        words = [part for part in entry.pattern if isinstance(part, str)]
        letters = sum(
            len(word) * (2 if "가" <= word[0] <= "힣" else 1) for word in words
        )  # a Hangul syllable is two to three
        dense = any(is_dense(word[0]) for word in words)
        if letters < 2:
            faults.append(f"{name}: {entry.phrase!r} is too short to be told from other text: remove it")
        elif (
            entry.match in ("prefix", "suffix")
            and not entry.bound
            and letters < (4 if dense else 6 if len(words) < len(entry.pattern) else 8)
        ):
            faults.append(
                f"{name}: {entry.phrase!r}: a {entry.match} this short also begins or ends sentences: "
                'use match = "line", or end a prefix with a colon'
            )
    return faults


def _in_prose(name: str, entries: list[Entry]) -> list[str]:
    from newsclean.cleaners.phrases.index import Index
    from newsclean.cleaners.phrases.matcher import Matcher

    faults = []
    matcher = Matcher([Index(entries)])
    for sentences in read_toml(DATA / "_prose.toml")["prose"].values():
        for sentence in sentences:
            hit = matcher.match(sentence)
            if hit is not None and hit.rule == "phrase":
                faults.append(
                    f"{name}: {hit.phrase!r} would remove the sentence {sentence!r}: make it longer or line-only"
                )
    return faults
