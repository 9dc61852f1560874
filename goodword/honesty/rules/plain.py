"""Faults in their usual words, which need no likeness to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from goodword.honesty.rules.blaming import BLAMING
from goodword.honesty.rules.excusing import EXCUSING
from goodword.honesty.rules.words import small_words as words

PLAIN: Final[Mapping[str, re.Pattern[str]]] = {
    "blame": BLAMING,
    "excuse": EXCUSING,
    "overpromise": words(
        r"(?:this|that|it) (?:will never|won['’]?t(?: ever)?|will not(?: ever)?) happen (?:to you )?again\b",
        r"(?:i|we) (?:can |do |personally |absolutely )?guarantee\b",
        r"you(?:['’]ll| will) definitely\b",
    ),
    "sell": words(
        r"\d+ ?% off\b",
        r"why not (?:upgrade|treat|try our|join)\b",
        r"upgrad(?:e|ing) to (?:our|the) (?:\w+ )?(?:plan|premium|pro|package|tier)\b",
        r"(?:check out|take a look at|have a look at) our (?:new|latest|range|offers|sale)\b",
    ),
}
"""Of each fault, its usual words in small letters. They are few and sure: the rest is for likeness to find."""
_CODE: Final = re.compile(r"\b[Uu]se (?:the |our |promo )?code [A-Z0-9]{3,}")


def is_plain(flag: str, sentence: str, small: str) -> bool:
    """Whether a sentence, given as it is and in small letters, breaks a rule in usual words."""
    return PLAIN[flag].search(small) is not None or (flag == "sell" and _CODE.search(sentence) is not None)
