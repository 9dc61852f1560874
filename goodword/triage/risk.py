"""The risk of a case: 0–100, with its reasons.

Parts add up, and each stays within its own bound. Reach is the smallest bound but one and is halved where nothing is
wrong, so a famous customer never passes one who is in danger: reach and age together weigh less than harm alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log10
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.triage.reading import Reading

# The most that each part may add.
HARM, MONEY, OUTAGE, REPEATED, REVIEW, ANGER, REACH, AGE = 45, 20, 16, 16, 12, 14, 10, 8

_HARM = re.compile(
    r"\b(?:burn(?:s|t|ed|ing)?|injur\w*|hospital\w*|ambulance|allerg\w*|choke[ds]?|choking|poison\w*|bleed\w*|on fire|"
    r"caught fire|smoke|smoking hot|explo(?:ded?|sion)|electric(?:al)? shock|shocked me|danger\w*|unsafe|safety|"
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
    r"\b(?:charged (?:me )?(?:twice|double|again)|double[- ]charg\w*|charged|overcharg\w*|refund\w*|money|payment|paid|"
    r"invoice|bill(?:ed|ing)?|stolen|fraud\w*|hacked|scam\w*|bank|credit card|debit|rent|deposit|rechnung|geld|"
    r"abgebucht|rembours\w*|dinero|lawyer|lawsuit|sue|legal action|court|trading standards|ombudsman)\b",
    re.IGNORECASE,
)
_OUTAGE = re.compile(
    r"\b(?:outage|(?:is|are|all|site|app|service|system|server|everything)(?: \w+)? down|not (?:working|loading|syncing)|"
    r"can'?t (?:log ?in|connect|access)|offline|no (?:signal|service|internet)|crash(?:es|ed|ing)?)\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:(?:second|third|2nd|3rd|4th|fourth|fifth|\d+th) (?:time|e-?mail|call|message|contact)|again and again|"
    r"still (?:no|not|waiting|nothing)|no(?:body| one) (?:answer\w*|repl\w*|respond\w*|helps?)|several (?:times|messages|"
    r"e-?mails|calls)|no (?:response|reply|answer)|ignor(?:ed|ing) me|for (?:weeks|months)|already (?:wrote|called|"
    r"e-?mailed|contacted))\b",
    re.IGNORECASE,
)
_REVIEW_ELSEWHERE = re.compile(
    r"\b(?:trustpilot|google review|one[- ]star|1[- ]star|left (?:a|you a) (?:bad )?review|bad review|"
    r"posted (?:this|it) (?:on|everywhere)|warn(?:ed|ing)? (?:everyone|others|people)|tell(?:ing)? everyone|"
    r"gone viral|the press|journalist|newspaper|consumer (?:watch|reports))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: what it adds, and because of what, in words for agents."""

    name: str
    points: int
    because: str

    def as_json(self) -> dict[str, Any]:
        """For the case's row."""
        return {"name": self.name, "points": self.points, "because": self.because}


@dataclass(frozen=True, slots=True)
class Risk:
    """A score from 0 to 100, its parts with the heaviest first, and one sentence."""

    score: int
    parts: tuple[Part, ...]
    sentence: str


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
    found = (
        _harm(text),
        _money(text),
        _outage(text),
        _repeated(text, around),
        _review(text, around),
        _anger(reading),
        _age(around),
    )
    parts = [part for part in found if part is not None]
    wrong = any(part.name != "age" for part in parts)
    if reach := _reach(around, wrong=wrong):
        parts.append(reach)
    parts.sort(key=lambda part: -part.points)
    return Risk(min(100, sum(part.points for part in parts)), tuple(parts), _sentence(parts))


def _harm(text: str) -> Part | None:
    if word := _WORST_HARM.search(text):
        return Part("harm", HARM, _("somebody may be hurt (“%(word)s”)") % {"word": word[0].lower()})
    if word := _HARM.search(text):
        return Part("harm", HARM - 15, _("safety or a vulnerable person (“%(word)s”)") % {"word": word[0].lower()})
    return None


def _money(text: str) -> Part | None:
    words = {match[0].lower() for match in _MONEY.finditer(text)}
    if not words:
        return None
    points = min(MONEY, 10 + 5 * (len(words) - 1))
    return Part("money", points, _("money is at stake (“%(word)s”)") % {"word": min(words)})


def _outage(text: str) -> Part | None:
    word = _OUTAGE.search(text)
    return Part("outage", OUTAGE, _("something doesn't work at all")) if word else None


def _repeated(text: str, around: Circumstances) -> Part | None:
    if around.earlier_cases:
        points = min(REPEATED, 8 + 4 * around.earlier_cases)
        because = ngettext("a case before within 90 days", "%(n)s cases before within 90 days", around.earlier_cases)
        return Part("repeated", points, because % {"n": around.earlier_cases})
    if _REPEATED.search(text):
        return Part("repeated", REPEATED - 4, _("says that earlier contacts failed"))
    if around.unanswered_messages > 1:
        return Part("repeated", min(REPEATED, 3 * around.unanswered_messages), _("wrote again before an answer"))
    return None


def _review(text: str, around: Circumstances) -> Part | None:
    if around.rating is not None and around.rating <= 2:
        return Part("review", REVIEW, _("a bad review"))
    return Part("review", REVIEW - 4, _("tells others about it")) if _REVIEW_ELSEWHERE.search(text) else None


def _anger(reading: Reading) -> Part | None:
    points = round(ANGER * min(1.0, 0.6 * reading.anger + 0.5 * reading.negative * reading.complaint))
    if points < 3:
        return None
    return Part("anger", points, _("very angry") if points > ANGER * 0.6 else _("upset"))


def _reach(around: Circumstances, *, wrong: bool) -> Part | None:
    if not around.public or not around.followers or around.followers < 1000:
        return None
    points = min(REACH, round(2.5 * (log10(around.followers) - 2)))
    points = points if wrong else points // 2
    return Part("reach", points, _("read by many")) if points else None


def _age(around: Circumstances) -> Part | None:
    points = min(AGE, round(around.waiting_hours / 3))
    if not points:
        return None
    hours = round(around.waiting_hours)
    because = ngettext("waiting for %(n)s hour", "waiting for %(n)s hours", hours) % {"n": hours}
    return Part("age", points, because)


def _sentence(parts: list[Part]) -> str:
    if not parts:
        return _("Nothing points to a risk.")
    reasons = ", ".join(part.because for part in parts[:3])
    return reasons[0].upper() + reasons[1:] + "."
