"""Faults in their usual words, which need no likeness to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from goodword.honesty.rules.words import any_of
from goodword.honesty.rules.words import small_words as words

_BETTER_DONE: Final = any_of(
    *("read", "checked", "called", "told", "asked", "known", "measured", "waited", "contacted", "noticed", "kept"),
    *("taken", "tried", "come", "booked", "ordered", "looked", "followed", "said", "paid", "thought", "listened"),
)
PLAIN: Final[Mapping[str, re.Pattern[str]]] = {
    "blame": words(
        rf"you (?:really )?(?:should|could|ought to)(?: have|['’]ve| of) {_BETTER_DONE}\b",
        rf"(?:if|had) you(?:['’]d| had)? (?:only |just )?(?:bothered|{_BETTER_DONE})\b",
        r"you (?:failed|forgot|neglected) to\b",
        r"(?:your own|entirely your|not our) (?:fault|problem|mistake|doing)\b",
        r"(?:that|this|it)(?:['’]s| is| was) your (?:fault|mistake|doing|responsibility)\b",
        r"(?:problem|issue|error|fault) (?:is|was|lies) (?:on|with|at) your (?:end|side)\b",
        r"user error\b",
    ),
    "excuse": words(
        r"(?:as )?per (?:our|company) (?:policy|policies|terms|rules)\b",
        r"(?:it|that|this)(?:['’]s| is) (?:just )?(?:our|company|against (?:our|company)) policy\b",
        r"due to (?:the |an? )?(?:unusually |very )?(?:high|higher|increased|large|unprecedented|overwhelming)\b"
        r"[^.!?]{0,24}\b(?:volumes?|demand|number|traffic)\b",
        r"(?:volumes?|wait times) (?:are |is )?(?:much )?higher than (?:usual|normal|expected)\b",
        r"(?:high|higher)(?:er)? (?:than (?:usual|normal|expected) )?(?:call |contact |message )?volumes?\b",
        *(
            r"these things happen\b",
            r"(?:our|my) hands are tied\b",
            r"(?:there['’]?s|there is) nothing (?:we|i) can do\b",
        ),
        r"that(?:['’]s| is) (?:just |simply )?(?:how|the way) (?:it|the system|things) (?:is|are|works?)\b",
        r"(?:unable to|can['’]?t|cannot|don['’]?t) make (?:any )?exceptions?\b",
    ),
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
