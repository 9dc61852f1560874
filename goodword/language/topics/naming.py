"""What a group of posts is about, in its own words: phrases that are common in it and rare elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from goodword.language.topics.background import Background
from goodword.language.topics.phrases import phrases_of, words_of

_LONGER_IS_CLEARER = 0.35
_ENOUGH = 0.12


def distinctive_phrases(texts: Sequence[str], background: Background, count: int = 3) -> list[str]:
    """Up to `count` phrases that tell these posts from the background, the most telling first.

    Each is worth its share of the posts that no earlier phrase covers, times how much rarer it is in the background
    (class-based TF-IDF with coverage); a phrase of several words beats its parts where it is nearly as common.
    """
    left = [phrases_of(words_of(text)) for text in texts]
    least = 2 if len(texts) > 2 else 1
    chosen: list[str] = []
    while left and len(chosen) < count:
        covered = Counter(phrase for phrases in left for phrase in phrases)
        worth = {
            phrase: _worth(phrase, number / len(texts), background)
            for phrase, number in covered.items()
            if number >= least and not _repeats(phrase, chosen)
        }
        if not worth:
            break
        best = max(worth, key=lambda phrase: (worth[phrase], phrase))
        if chosen and covered[best] < _ENOUGH * len(texts):
            break
        chosen.append(best)
        left = [phrases for phrases in left if best not in phrases]
    return chosen


def _worth(phrase: str, share: float, background: Background) -> float:
    usual = (background.count(phrase) + 0.5) / (background.texts + 1)
    length = phrase.count(" ") + 1
    return share * math.log(1 + share / usual) * (1 + _LONGER_IS_CLEARER * (length - 1))


def _repeats(phrase: str, chosen: list[str]) -> bool:
    words = set(phrase.split())
    return any(words <= set(earlier.split()) or words >= set(earlier.split()) for earlier in chosen)
