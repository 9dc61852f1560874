"""The risk of a case: 0–100, with its reasons.

Parts add up, and each stays within its own bound; what is not harm stays below what is. So a famous customer never
passes one who is in danger, and no sum of small reasons does either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import log10
from typing import Any

from goodword.triage.reading import Reading
from goodword.triage.reasons import in_words, part_name

# The most that each part may add. Whoever may be hurt comes before everything else: from `HURT` on there is only harm,
# and all the other parts together stay below it.
HURT = 60
HARM, URGENCY, MONEY, OUTAGE, REPEATED, REVIEW, ANGER, REACH = 60, 40, 20, 16, 16, 12, 14, 10
# Hours that somebody has waited, and what they add. Few steps, so that a waiting case is seldom weighed again.
AGE_STEPS = ((4, 2), (12, 4), (24, 6), (72, 8))
# Levels of urgency as `language` reads it: 1 a mild complaint or a question, 2 a concrete failure, 3 what can't wait.
_PRESSING, _WENT_WRONG, _TOP_LEVEL = 2.5, 1.5, 4.0

_HARM = re.compile(
    r"\b(?:burn(?:s|t|ed|ing)?|injur\w*|hospital\w*|ambulance|allerg\w*|choke[ds]?|choking|poison\w*|bleed\w*|on fire|"
    r"caught fire|smoke|smoking hot|overheat\w*|recalled|(?:a|the|any|product|safety) recall|"
    r"(?:runs?|running|gets?|getting|became) (?:very|too|so|extremely|really|dangerously) hot|"
    r"explo(?:ded?|sion)|electric(?:al)? shock|shocked me|danger\w*|unsafe|safety|"
    r"suicid\w*|self[- ]harm|threaten\w*|assault\w*|abus(?:e|ed|ive)|harass\w*|racis[tm]|discriminat\w*|disabled|"
    r"wheelchair|baby|child(?:ren)?|kid|pregnan\w*|elderly|stranded|verbrannt|verletzt|gef[äa]hrlich|krankenhaus|"
    r"br[ûu]l[ée]\w*|bless[ée]\w*|peligro\w*|quemad\w*)\b",
    re.IGNORECASE,
)
_WORST_HARM = re.compile(
    r"\b(?:burn(?:s|t|ed)?|injur\w*|hospital\w*|ambulance|allerg\w*|chok\w+|poison\w*|bleed\w*|on fire|caught fire|"
    r"explo(?:ded?|sion)|suicid\w*|self[- ]harm|assault\w*|verbrannt|verletzt)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:charged|overcharg\w*|refund\w*|money|payment|paid|"
    r"invoice|bill(?:ed|ing)?|bank|credit card|debit|rent|deposit|rechnung|geld|"
    r"abgebucht|rembours\w*|dinero|sue|court|trading standards|ombudsman)\b",
    re.IGNORECASE,
)
_LOST_MONEY = re.compile(
    r"\b(?:charged (?:me )?(?:twice|double|again)|double[- ]charg\w*|stolen|fraud\w*|hacked|scam(?:med)?|"
    r"(?:no|where is my|never got (?:my|a)|still (?:no|waiting for)(?: my| a)?) refund|lawyer|lawsuit|legal action)\b",
    re.IGNORECASE,
)
_OUTAGE = re.compile(
    r"\b(?:outage|(?:is|are|all|site|app|service|system|server|everything)(?: \w+)? down|offline|crash(?:es|ed|ing)?|"
    r"not (?:working|loading|syncing)|(?:can'?t|can ?not|unable to|couldn'?t) (?:log ?in|sign ?in|connect|access)|"
    r"(?:log ?in|sign ?in|check ?out|website|site|app|account)(?: page)?(?: is| are|'s)? (?:broken|down|dead)|"
    r"error (?:code )?e?5\d\d|no (?:signal|service|internet)|anmeldung geht nicht|"
    r"ne (?:marche|fonctionne) (?:pas|plus))\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:(?:second|third|2nd|3rd|4th|fourth|fifth|\d+th) (?:time|e-?mail|call|message|contact)|again and again|"
    r"still (?:no|not|waiting|nothing)|no(?:body| one) (?:answer\w*|repl\w*|respond\w*|helps?)|"
    r"several (?:times|messages|e-?mails|calls)|no (?:response|reply|answer)|ignor(?:ed|ing) me|"
    r"for (?:weeks|months)|already (?:wrote|called|"
    r"e-?mailed|contacted))\b",
    re.IGNORECASE,
)
_REVIEW_ELSEWHERE = re.compile(
    r"\b(?:trustpilot|google review|one[- ]star|1[- ]star|left (?:a|you a) (?:bad )?review|bad review|"
    r"posted (?:this|it) (?:on|everywhere)|warn(?:ed|ing)? (?:everyone|others|people)|tell(?:ing)? everyone|"
    r"gone viral|the press|journalist|newspaper|consumer (?:watch|reports))\b",
    re.IGNORECASE,
)


_SAYS_NO_WRONG = frozenset({"age", "repeated", "urgency"})
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
    """What else counts beside the words. `earlier_cases` are this person's of the last 90 days."""

    followers: int | None = None
    rating: float | None = None
    earlier_cases: int = 0
    unanswered_messages: int = 1
    waiting_hours: float = 0.0
    public: bool = True


def assess(text: str, reading: Reading, around: Circumstances) -> Risk:
    """Score what a customer said, in these circumstances. Pure; linear in the text's first 10,000 characters."""
    text = text[:10_000]
    harm = _harm(text)
    others = (
        _urgency(reading),
        _money(text),
        _outage(text),
        _repeated(text, around),
        _review(text, around),
        _anger(reading),
        _age(around.waiting_hours),
    )
    parts = [part for part in (harm, *others) if part is not None]
    wrong = reading.urgency >= _WENT_WRONG or any(part.name not in _SAYS_NO_WRONG for part in parts)
    if reach := _reach(around, wrong=wrong):
        parts.append(reach)
    return _total(parts)


def with_age(parts: Iterable[Part], waiting_hours: float) -> Risk:
    """The risk of what was weighed before, after waiting for this long (zero: nobody waits)."""
    aged = [part for part in parts if part.name != "age"]
    if age := _age(waiting_hours):
        aged.append(age)
    return _total(aged)


def _total(parts: Iterable[Part]) -> Risk:
    heaviest_first = tuple(sorted(parts, key=lambda part: -part.points))
    total = sum(part.points for part in heaviest_first)
    hurt = any(part.name == "harm" and part.points == HARM for part in heaviest_first)
    return Risk(min(100, total) if hurt else min(HURT - 1, total), heaviest_first)


def _harm(text: str) -> Part | None:
    if word := _WORST_HARM.search(text):
        return Part("harm", HARM, "hurt", word[0].lower())
    if word := _HARM.search(text):
        return Part("harm", HARM // 2, "unsafe", word[0].lower())
    return None


def _urgency(reading: Reading) -> Part | None:
    points = round(URGENCY * min(_TOP_LEVEL, reading.urgency) / _TOP_LEVEL)
    if points < _LEAST_POINTS:
        return None
    if reading.urgency >= _PRESSING:
        return Part("urgency", points, "cannot_wait")
    if reading.urgency >= _WENT_WRONG:
        return Part("urgency", points, "went_wrong")
    return Part("urgency", points, "complains" if reading.complaint >= 0.5 else "may_need_answer")


def _money(text: str) -> Part | None:
    if word := _LOST_MONEY.search(text):
        return Part("money", MONEY, "money", word[0].lower())
    words = {match[0].lower() for match in _MONEY.finditer(text)}
    if not words:
        return None
    return Part("money", min(MONEY, 10 + 5 * (len(words) - 1)), "money", max(words, key=lambda word: (len(word), word)))


def _outage(text: str) -> Part | None:
    return Part("outage", OUTAGE, "outage") if _OUTAGE.search(text) else None


def _repeated(text: str, around: Circumstances) -> Part | None:
    if around.earlier_cases:
        return Part("repeated", min(REPEATED, 8 + 4 * around.earlier_cases), "cases_before", count=around.earlier_cases)
    if _REPEATED.search(text):
        return Part("repeated", REPEATED - 4, "says_repeated")
    if around.unanswered_messages > 1:
        return Part("repeated", min(REPEATED, 3 * around.unanswered_messages), "wrote_again")
    return None


def _review(text: str, around: Circumstances) -> Part | None:
    if around.rating is not None and around.rating <= 2:
        return Part("review", REVIEW, "bad_review")
    return Part("review", REVIEW - 4, "tells_others") if _REVIEW_ELSEWHERE.search(text) else None


def _anger(reading: Reading) -> Part | None:
    points = round(ANGER * min(1.0, 0.6 * reading.anger + 0.5 * reading.negative * reading.complaint))
    if points < _LEAST_POINTS:
        return None
    return Part("anger", points, "very_angry" if points > ANGER * 0.6 else "upset")


def _reach(around: Circumstances, *, wrong: bool) -> Part | None:
    if not around.public or not around.followers or around.followers < 1000:
        return None
    points = min(REACH, round(2.5 * (log10(around.followers) - 2)))
    points = points if wrong else points // 2
    return Part("reach", points, "read_by_many") if points else None


def _age(waiting_hours: float) -> Part | None:
    reached = [step for step in AGE_STEPS if waiting_hours >= step[0]]
    if not reached:
        return None
    hours, points = reached[-1]
    return Part("age", points, "waiting", count=hours)
