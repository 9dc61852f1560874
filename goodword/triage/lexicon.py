"""A plain reader: words that weigh. It stands in until a learned reader does, and where that one can't be loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodword.triage.reading import Reading

_NEGATIVE = re.compile(
    r"\b(?:bad|worst|terrible|awful|horrible|useless|poor|broken|fail(?:ed|s|ing|ure)?|wrong|late|delay(?:ed|s)?|slow|"
    r"never|nobody|no one|still (?:no|not|waiting)|lost|missing|cancel(?:led|ed)?|stuck|rude|disappoint\w*|frustrat\w*|"
    r"annoy\w*|unacceptable|ridiculous|pathetic|joke|hate|sucks?|waste|issue|problem|error|crash\w*|down|"
    r"doesn'?t work|not working|can'?t|cannot|won'?t|refund|complain\w*|sad|angry)\b",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"\b(?:thank(?:s| you)|thx|great|love(?:d|ly)?|awesome|amazing|excellent|perfect|brilliant|best|good|nice|happy|"
    r"fantastic|wonderful|well done|kudos|appreciat\w*|helpful|works? (?:great|fine|now)|solved)\b",
    re.IGNORECASE,
)
_ANGRY = re.compile(
    r"\b(?:furious|disgust\w*|outrag\w*|worst|wtf|ffs|damn|bullshit|scam|thieves|liars?|shame|sick of|fed up|"
    r"never again|ridiculous|pathetic|unacceptable)\b|!{2,}",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|\b(?:how (?:do|can|long)|can (?:you|i|someone)|could you|when (?:will|is)|why (?:is|do|does|am)|"
    r"where (?:is|do)|any (?:news|update)|please (?:help|advise)|help)\b",
    re.IGNORECASE,
)
_SPAM = re.compile(
    r"\b(?:buy (?:followers|likes)|earn \$?\d+|work from home|crypto giveaway|free (?:iphone|gift card)|click here|"
    r"limited offer|casino|viagra|onlyfans|promo code|\d\d% off (?:designer|all|everything)|"
    r"designer (?:sunglasses|bags)|(?:rank|first page) (?:on|of) google|seo (?:audit|service|expert|report)|"
    r"website is losing customers)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+")


def _share(found: int, scale: float) -> float:
    return found / (found + scale)


class LexiconReader:
    """Counts words. Its figures are rough and not calibrated."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order; only the first 5,000 characters count."""
        return [_read(text[:5000]) for text in texts]


def _read(text: str) -> Reading:
    negative = _share(len(_NEGATIVE.findall(text)), 1.0)
    positive = _share(len(_POSITIVE.findall(text)), 1.0)
    anger = _share(len(_ANGRY.findall(text)), 1.0)
    question = 0.85 if _QUESTION.search(text) else 0.1
    spam = 0.95 if _SPAM.search(text) and (_LINK.search(text) or not _QUESTION.search(text)) else 0.02
    complaint = min(0.97, negative * (1 - 0.5 * positive) + 0.2 * anger)
    return Reading(
        negative=negative,
        positive=positive * (1 - 0.5 * negative),
        anger=anger,
        complaint=complaint,
        question=question,
        spam=spam,
        needs_reply=max(complaint, question) * (1 - spam),
        urgency=min(4.0, 3 * complaint + anger),
        severity=min(4.0, 3 * complaint + anger),
    )
