"""Which lines of a flattened page are body, by the longest common subsequence of words with the gold text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["body_shares", "lcs_pairs", "shingle_f1", "tokens", "word_f1"]

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]|[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u064b-\u065f\u0640]+")


def tokens(text: str) -> list[str]:
    """The words of ``text``, folded by case; letters of Han, Kana and Thai count singly.

    >>> tokens("It's 3 o'clock")
    ['it', 's', '3', 'o', 'clock']
    """
    return _TOKEN.findall(_INVISIBLE.sub("", text).casefold())


def lcs_pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of one longest common subsequence (bit-parallel, Hyyrö 2004; later matches are preferred).

    >>> lcs_pairs(list("xabyc"), list("abc"))
    [(1, 0), (2, 1), (4, 2)]
    """
    masks: dict[str, int] = {}
    for position, word in enumerate(right):
        masks[word] = masks.get(word, 0) | 1 << position
    full = (1 << len(right)) - 1
    state = full
    rows: list[int] = []
    for word in left:
        mask = masks.get(word)
        if mask is not None:
            shared = state & mask
            state = ((state + shared) | (state - shared)) & full
        rows.append(state)
    pairs: list[tuple[int, int]] = []
    row, column = len(left), len(right)
    while row and column:
        bit = 1 << (column - 1)
        if rows[row - 1] & bit:
            column -= 1
            continue
        row -= 1
        if row == 0 or rows[row - 1] & bit:
            column -= 1
            pairs.append((row, column))
    return pairs[::-1]


def body_shares(lines: Sequence[str], gold: str) -> list[float]:
    """For each line the share of its words that stand in ``gold`` at that place, 0 to 1.

    Words matched far from the others of their line do not count, so a stray "more" of a menu is no body.

    >>> body_shares(["Menu", "A first sentence.", "Share"], "A first sentence.")
    [0.0, 1.0, 0.0]
    """
    words: list[str] = []
    owner: list[int] = []
    for number, line in enumerate(lines):
        mine = tokens(line)
        words += mine
        owner += [number] * len(mine)
    target = tokens(gold)
    total = Counter(owner)
    matched: dict[int, list[int]] = {}
    pairs = lcs_pairs(words, target)
    for left, right in pairs:
        matched.setdefault(owner[left], []).append(right)
    shares = [0.0] * len(lines)
    for number, places in matched.items():
        span = places[-1] - places[0] + 1
        tight = len(places) / span if span > 2 * total[number] + 3 else 1.0
        shares[number] = len(places) / total[number] * tight
    _drop_strays(shares, matched, total)
    return shares


def _drop_strays(shares: list[float], matched: dict[int, list[int]], total: Counter[int]) -> None:
    """Short lines whose gold words have a gap on both sides, far from other body lines, matched by accident."""
    good = sorted(n for n in matched if shares[n] >= 0.6)
    for at, number in enumerate(good):
        if total[number] > 3:
            continue
        places = matched[number]
        before = matched[good[at - 1]][-1] if at else -1
        after = matched[good[at + 1]][0] if at + 1 < len(good) else None
        touches = places[0] - before == 1 or (after is not None and after - places[-1] == 1)
        if not touches:
            shares[number] = 0.0


def word_f1(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the bags of words.

    >>> word_f1("a b c d", "a b")
    (0.5, 1.0, 0.6666666666666666)
    """
    return _bag(Counter(tokens(found)), Counter(tokens(gold)))


def shingle_f1(found: str, gold: str, size: int = 4) -> tuple[float, float, float]:
    """Precision, recall and F1 of word n-grams, as scrapinghub/article-extraction-benchmark counts them."""

    def grams(text: str) -> Counter[tuple[str, ...]]:
        words = tokens(text)
        return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))) if words else Counter()

    return _bag(grams(found), grams(gold))


def _bag(found: Counter[object] | Counter[str], gold: Counter[object] | Counter[str]) -> tuple[float, float, float]:
    if not found and not gold:
        return 1.0, 1.0, 1.0
    common = (found & gold).total()
    precision = common / found.total() if found else 0.0
    recall = common / gold.total() if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0
