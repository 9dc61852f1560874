"""The features of a few texts in plain Python: the same as those of `features.py`, without loading a compiler for them.

That one needs some 100 MB and two seconds before its first text, and a hundredth of the time from then on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from goodword.language.reading.hashing import (
    BUCKETS,
    EDGE,
    LINK,
    LONGEST_RUN,
    LONGEST_WORD,
    MENTION,
    NUMBER,
    PAIR,
    PRIME,
    RUN,
    SEED,
    SHORTEST_RUN,
)
from goodword.language.reading.normalise import MAX_CHARACTERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_64_BITS: Final = (1 << 64) - 1
_LETTERS: Final = "A-Za-z_'’\u00c0-\u1fff\u2070-\u209f\u2c00-\u2fff\u3040-\ufdff\ufe10-\U0001efff\U0001fb00-\U0010ffff"
_TOKEN: Final = re.compile(
    rf"(?P<mention>@[{_LETTERS}0-9]*)|(?P<link>http[{_LETTERS}0-9]?:[^\x00- ]*)|(?P<word>[{_LETTERS}][{_LETTERS}0-9]*)"
    r"|(?P<number>[0-9][0-9.,]*)|(?P<sign>[!?#$%():;*\u20a0-\u2bff\U0001f000-\U0001faff])"
)
_CAPITALS: Final = (range(65, 91), range(0xC0, 0xDF), range(0x391, 0x3AA), range(0x410, 0x430))
_LOWER: Final = {code: code + 32 for capitals in _CAPITALS for code in capitals}


def sums(texts: Sequence[str], table: NDArray[np.int8]) -> NDArray[np.float32]:
    """[texts, width of the table]: for each text the sum of its features' rows over the square root of their number."""
    import numpy as np

    out = np.empty((len(texts), table.shape[1]), dtype=np.float32)
    for row, text in enumerate(texts):
        features = np.array(features_of(text), dtype=np.intp)
        scale = np.float32(1) / np.sqrt(np.float32(max(1, len(features))))
        out[row] = table[features].sum(axis=0, dtype=np.int32) * scale
    return out


def features_of(text: str) -> list[int]:
    """The hashed features of a text, in no order that matters."""
    found: list[int] = []
    before = 0
    for token in _TOKEN.finditer(text[:MAX_CHARACTERS]):
        if token.lastgroup == "word":
            hashed, features = _word(token[0])
            found += features
        else:
            hashed = _other(token)
            found.append(hashed % BUCKETS)
        if before:
            found.append(_mixed(_mixed(before, PAIR), hashed) % BUCKETS)
        before = hashed
    return found


def _mixed(hashed: int, value: int) -> int:
    hashed = ((hashed ^ value) * PRIME) & _64_BITS
    return hashed ^ (hashed >> 29)


def _other(token: re.Match[str]) -> int:
    match token.lastgroup:
        case "mention":
            return _mixed(SEED, MENTION)
        case "link":
            return _mixed(SEED, LINK)
        case "number":
            return _mixed(SEED, NUMBER)
        case _:
            return _mixed(SEED, ord(token[0]))


@lru_cache(maxsize=2048)  # most of what is said is said with few words
def _word(word: str) -> tuple[int, tuple[int, ...]]:
    """The hash of a word; and as features itself and its runs."""
    codes = [ord(letter) for letter in word[:LONGEST_WORD].translate(_LOWER)]
    hashed = SEED
    for code in codes:
        hashed = _mixed(hashed, code)
    edged = [EDGE, *codes, EDGE]
    runs = []
    for first in range(len(edged) - SHORTEST_RUN + 1):
        run = RUN
        for length, code in enumerate(edged[first : first + LONGEST_RUN], start=1):
            run = _mixed(run, code)
            if length >= SHORTEST_RUN:
                runs.append(run % BUCKETS)
    return hashed, (hashed % BUCKETS, *runs)
