"""The risk of a case: 0–100, with its reasons.

Parts add up, and each stays within its own bound; what is not harm stays below what is. So a famous customer never
passes one who is in danger, and no sum of small reasons does either, however a workspace weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from math import log10
from typing import Any, Final

from goodword.triage.reading import Reading
from goodword.triage.reasons import in_words, part_name
from goodword.triage.risk_words import (
    HURT_WORDS,
    LEGAL_WORDS,
    LOST_MONEY_WORDS,
    MONEY_WORDS,
    OUTAGE_WORDS,
    REPEATED_WORDS,
    REVIEW_WORDS,
    SAFETY_WORDS,
    VULNERABLE_WORDS,
)
from goodword.triage.weights import BOUNDS, HURT, Weights

COMPLAINS: Final = 0.5  # how sure a reading is of a complaint before it counts as one
# Hours that somebody has waited, and the share of its points that waiting adds then. Few steps, so that a waiting case
# is seldom weighed again.
AGE_STEPS = ((4, 0.25), (12, 0.5), (24, 0.75), (72, 1.0))
# Levels of urgency as `language` reads it: 1 a mild complaint or a question, 2 a concrete failure, 3 what can't wait.
_PRESSING, _WENT_WRONG, _TOP_LEVEL = 2.5, 1.5, 4.0
_SAYS_NO_WRONG = frozenset({"age", "repeated", "urgency"})
_ENDANGERS = frozenset({"safety", "vulnerable"})
_LEAST_POINTS = 3  # less than that is no reason


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: what it adds, and because of what. Kept as it is; put into words where it is read."""

    name: str
    points: int
    reason: str
    word: str = ""  # of the customer's own
    count: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the case's row."""
        return asdict(self)

    @property
    def heading(self) -> str:
        """What the part is called, in the reader's language."""
        return part_name(self.name)

    @property
    def because(self) -> str:
        """The reason in words, in the reader's language."""
        return in_words(self.reason, self.word, self.count)


@dataclass(frozen=True, slots=True)
class Risk:
    """A score from 0 to 100, and its parts with the heaviest first."""

    score: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else counts beside the words. Earlier cases, and failures among them, are this person's of 90 days.

    `disputes`: how often the customer said of this very case that what we call solved is not.
    """

    followers: int | None = None
    rating: float | None = None
    earlier_cases: int = 0
    earlier_failures: int = 0
    disputes: int = 0
    unanswered_messages: int = 1
    waiting_hours: float = 0.0
    public: bool = True


def assess(text: str, reading: Reading, around: Circumstances, weights: Weights) -> Risk:
    """Score what a customer said, in these circumstances. Pure; linear in the text's first 10,000 characters."""
    text = text[:10_000]
    said = (
        _worded(text, weights, "harm", HURT_WORDS, "hurt"),
        _worded(text, weights, "safety", SAFETY_WORDS, "unsafe"),
        _worded(text, weights, "legal", LEGAL_WORDS, "legal"),
        _worded(text, weights, "outage", OUTAGE_WORDS, "outage"),
        _money(text, weights),
        _review(text, around, weights),
        _anger(reading, weights),
        _urgency(reading, weights),
        _age(around.waiting_hours, weights),
    )
    parts = [part for part in said if part is not None]
    wrong = reading.urgency >= _WENT_WRONG or any(part.name not in _SAYS_NO_WRONG for part in parts)
    if vulnerable := _worded(text, weights, "vulnerable", VULNERABLE_WORDS, "vulnerable"):
        # Children are spoken of in praise and in questions about sizes, too.
        parts.append(vulnerable if wrong else replace(vulnerable, points=BOUNDS["vulnerable"].least))
    if around.disputes:
        parts.append(Part("second", weights.most("second"), "not_solved", count=around.disputes))
    elif wrong and around.earlier_failures:
        parts.append(Part("second", weights.most("second"), "failed_before", count=around.earlier_failures))
    elif repeated := _repeated(text, around, weights):
        parts.append(repeated)
    if reach := _reach(around, weights, wrong=wrong):
        parts.append(reach)
    return _total(parts)


def with_age(parts: Iterable[Part], waiting_hours: float, weights: Weights) -> Risk:
    """The risk of what was weighed before, after waiting for this long (zero: nobody waits)."""
    aged = [part for part in parts if part.name != "age"]
    if age := _age(waiting_hours, weights):
        aged.append(age)
    return _total(aged)


def _total(parts: Iterable[Part]) -> Risk:
    heaviest_first = tuple(sorted(parts, key=lambda part: -part.points))
    total = sum(part.points for part in heaviest_first)
    return Risk(min(_ceiling(heaviest_first), total), heaviest_first)


def _ceiling(parts: Iterable[Part]) -> int:
    """Whom nothing endangers stays below whom something may, and they below who is hurt."""
    if any(part.name == "harm" for part in parts):
        return 100
    return HURT - 1 if any(part.name in _ENDANGERS for part in parts) else HURT - 2


def _worded(text: str, weights: Weights, name: str, words: re.Pattern[str], reason: str) -> Part | None:
    """What one word of the text gives away, one of the workspace's own included."""
    if found := words.search(text):
        word = found[0]
    else:
        word, reason = weights.own_word(name, text), "own_word"
    return Part(name, weights.most(name), reason, word.lower()) if word and weights.most(name) else None


def _urgency(reading: Reading, weights: Weights) -> Part | None:
    points = round(weights.most("urgency") * min(_TOP_LEVEL, reading.urgency) / _TOP_LEVEL)
    if points < _LEAST_POINTS:
        return None
    if reading.urgency >= _PRESSING:
        return Part("urgency", points, "cannot_wait")
    if reading.urgency >= _WENT_WRONG:
        return Part("urgency", points, "went_wrong")
    return Part("urgency", points, "complains" if reading.complaint >= COMPLAINS else "may_need_answer")


def _money(text: str, weights: Weights) -> Part | None:
    """All of it where money is lost; else half for one word of money, and a quarter for each further one."""
    if word := LOST_MONEY_WORDS.search(text):
        share, longest = 1.0, word[0]
    elif words := {match[0].lower() for match in MONEY_WORDS.finditer(text)}:
        share, longest = min(1.0, 0.25 + 0.25 * len(words)), max(words, key=lambda word: (len(word), word))
    else:
        share, longest = 0.5, weights.own_word("money", text)
    points = round(weights.most("money") * share)
    return Part("money", points, "money", longest.lower()) if longest and points else None


def _repeated(text: str, around: Circumstances, weights: Weights) -> Part | None:
    if around.earlier_cases:
        share, reason, count = 0.5 + 0.25 * around.earlier_cases, "cases_before", around.earlier_cases
    elif REPEATED_WORDS.search(text):
        share, reason, count = 0.75, "says_repeated", 0
    elif around.unanswered_messages > 1:
        share, reason, count = 3 / 16 * around.unanswered_messages, "wrote_again", 0
    else:
        return None
    points = round(weights.most("repeated") * min(1.0, share))
    return Part("repeated", points, reason, count=count) if points else None


def _review(text: str, around: Circumstances, weights: Weights) -> Part | None:
    """All of it for a bad rating, two thirds for words of one."""
    if around.rating is not None and around.rating <= 2:
        share, reason = 1.0, "bad_review"
    elif REVIEW_WORDS.search(text) or weights.own_word("review", text):
        share, reason = 2 / 3, "tells_others"
    else:
        return None
    points = round(weights.most("review") * share)
    return Part("review", points, reason) if points else None


def _anger(reading: Reading, weights: Weights) -> Part | None:
    share = min(1.0, 0.6 * reading.anger + 0.5 * reading.negative * reading.complaint)
    points = round(weights.most("anger") * share)
    if points < _LEAST_POINTS:
        return None
    return Part("anger", points, "very_angry" if share > 0.6 else "upset")


def _reach(around: Circumstances, weights: Weights, *, wrong: bool) -> Part | None:
    """A quarter of it for a tenfold of 100 followers and each tenfold more; half of that where nothing is wrong."""
    if not around.public or not around.followers or around.followers < 1000:
        return None
    points = round(weights.most("reach") * min(1.0, 0.25 * (log10(around.followers) - 2)))
    points = points if wrong else points // 2
    return Part("reach", points, "read_by_many") if points else None


def _age(waiting_hours: float, weights: Weights) -> Part | None:
    reached = [step for step in AGE_STEPS if waiting_hours >= step[0]]
    if not reached:
        return None
    hours, share = reached[-1]
    return Part("age", max(1, round(weights.most("age") * share)), "waiting", count=hours)
