"""How often each word is said anywhere: what everybody says, to whoever it may be, names no topic.

The shares were counted by `python -m goodword.language.topics.count_usual` in sets that may ship: posts in English and
in seven other languages, and what customers write to brands of all kinds. A word's share is the highest of these.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

FILE: Final = "usual.txt.gz"
UNIT: Final = 1_000_000
"""Shares are stored as posts in a million."""
SELDOM: Final = 10 / UNIT
"""The share of a word that was not met often enough to be counted."""


@cache
def usual_shares() -> Mapping[str, float]:
    """The share of posts that hold a word, by word."""
    packed = (resources.files("goodword.language.topics") / FILE).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {word: int(share) / UNIT for word, share in (line.split("\t") for line in lines)}


def usual_share(phrase: str) -> float:
    """At most the share of posts that hold this phrase: that of its rarest word."""
    shares = usual_shares()
    return min(shares.get(word, SELDOM) for word in phrase.split())
