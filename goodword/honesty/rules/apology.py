"""An apology that is one: for what happened, not for how it feels, and not before a "but"."""

from __future__ import annotations

import re

_SORRY = re.compile(
    r"\b(?:sorry|apologi[sz]e[sd]?|apologi[sz]ing|apolog(?:y|ies)|regret the|forgive us|mea culpa)\b"
    r"(?!,? (?:but|you (?:should|could|ought|must))\b| to (?:hear|see|read|learn|know|say|disappoint|inform)"
    r"|(?: that)? you(?:['’]re| "
    r"are)? (?:feel|remain|think|believe))",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"\b(?:no need to|don['’]?t (?:be|have to)|not|never|won['’]?t|feel) $", re.IGNORECASE)


def apologises(sentence: str) -> bool:
    """Whether a sentence apologises. "Sorry to hear" feels with someone; "sorry, but" turns away."""
    found = _SORRY.search(sentence)
    return found is not None and _NOT_OURS.search(sentence, 0, found.start()) is None
