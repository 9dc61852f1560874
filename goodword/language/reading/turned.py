"""Words that mean the contrary of what they say: scorn in the dress of praise, and praise or blame by denial.

The models learned from single words and short runs of them: to them "great job losing my bag" is praise, and "can't
complain" a complaint. What is looked at here is what the words are said of (`turned.toml` has them):

- praise of a failure is scorn, unless the failure is over, denied ("never late") or another side of the matter ("great
  food, but ..."); where it is over, the praise is meant ("great job finding my lost bag");
- what is bad and denied is praise ("never had a single problem"), unless there is something else that is not;
- something good that is denied is a complaint ("not satisfied with", "no longer works").
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from goodword.language.reading.heads import BASIC_OF_FINE
from goodword.language.reading.phrases import Found, Phrases
from goodword.language.reading.urgency import Signals
from goodword.language.topics.function_words import FUNCTION_WORDS

_REACH: Final = 16
"""Words from the praise to what is praised, at most."""
_DENIES: Final = 2
"""Words from a "no" to what it denies, at most."""
_IRONY: Final = 0.75
_FELT: Final = 0.5
_LEFT: Final = 0.3
"""How much stays of a feeling whose contrary is meant."""
_COMPLAINT_AT_LEAST: Final = {"complaint": 0.6, "service": 0.6, "severity": 1.0}
_COMPLAINT_AT_MOST: Final = {"complaint": 0.25, "severity": 0.5}
_USUAL: Final = frozenset({
    "flight", "time", "day", "service", "back", "next", "right", "way", "home", "made", "open", "show", "hours", "days",
    "minutes", "hour", "first", "good", "work",
})  # fmt: skip
"""Words that too many texts have for them to tell one."""


class Turn(Enum):
    """What the words mean in the end."""

    NONE = "none"
    SCORN = "scorn"
    FINE = "fine"
    DENIED = "denied"


class _Meant(NamedTuple):
    """What stays of each sentiment, negative, neutral and positive, and which shares get what is taken away; the
    feeling that is meant, and the basic ones that aren't."""

    stays: tuple[float, float, float]
    gets: tuple[float, float, float]
    feeling: str
    contrary: str


_MEANT: Final = {
    Turn.SCORN: _Meant((1, 0.6, 0.25), (1, 0, 0), "annoyance", "joy"),
    Turn.DENIED: _Meant((1, 0.8, 0.3), (1, 0, 0), "disappointment", "joy"),
    Turn.FINE: _Meant((0.2, 0.8, 1), (0, 0.3, 0.7), "approval", "anger disgust sadness"),
}


class Pairs(NamedTuple):
    """Every text in Latin letters that is turned has a word of each."""

    first: frozenset[str]
    second: frozenset[str]


@cache
def _phrases() -> Phrases:
    written = (resources.files("goodword.language.reading") / "turned.toml").read_text(encoding="utf-8")
    return Phrases(tomllib.loads(written))


@cache
def telling_pairs() -> Pairs:
    """A word of praise or a "no" comes first, the rarest of what is praised or denied second; what tells by itself has
    either both, or its rarest word is both."""
    told = _phrases().told
    opening = {phrase[0] for phrase, what in told.items() if what in ("praise", "no") and len(phrase) == 1}
    first, second = set(opening), set()
    for phrase, what in told.items():
        rarest = min(phrase, key=lambda word: (word in FUNCTION_WORDS or word in _USUAL, -len(word)))
        if what in ("trouble", "solved", "bad", "fine", "denied", "scorn"):
            second.add(rarest)
        if what in ("praise", "no", "fine", "denied", "scorn") and opening.isdisjoint(phrase):
            first.add(rarest)
    return Pairs(frozenset(first), frozenset(second))


def turn_of(text: str) -> Turn:
    """What a text means, where it isn't what its words say one by one."""
    found = list(_phrases().find(text))
    kinds = {one.told for one in found}
    if "scorn" in kinds:
        return Turn.SCORN
    denied_bad, other_bad = _bad(found)
    if kinds.isdisjoint(("praise", "fine", "denied")) and not denied_bad:
        return Turn.NONE
    troubles = [one for one in found if one.told in ("trouble", "denied") and not _is_denied(one, found)]
    praises = [one for one in found if one.told == "praise"]
    solved = [one for one in found if one.told == "solved" and not _is_denied(one, found)]
    if not solved and "perhaps" not in kinds and any(_reached(praise, found, troubles) for praise in praises):
        return Turn.SCORN
    if "denied" in kinds:
        return Turn.DENIED
    if "turn" in kinds:
        return Turn.NONE
    over = solved and not any(one.start > solved[-1].start for one in troubles)
    praised = over and any(_reached(praise, found, solved) for praise in praises)
    fine = ("fine" in kinds or denied_bad) and not other_bad and not troubles
    return Turn.FINE if praised or fine else Turn.NONE


def _bad(found: Sequence[Found]) -> tuple[int, int]:
    """How many bad things are denied, with nothing but light words between, and how many aren't."""
    denied, others, denying, after = 0, 0, False, -1
    for one in found:
        denying = one.told == "no" or (denying and one.start == after)
        if one.told == "bad":
            denied, others = denied + denying, others + (not denying)
        elif one.told not in ("no", "light"):
            denying = False
        after = one.end
    return denied, others


def _is_denied(what: Found, found: Sequence[Found]) -> bool:
    return any(one.told == "no" and 0 <= what.start - one.end < _DENIES for one in found)


def _reached(praise: Found, found: Sequence[Found], what: Sequence[Found]) -> bool:
    """Whether something follows the praise, before the writer turns to another side of the matter."""
    turns = [one.start for one in found if one.told == "turn" and one.start >= praise.end]
    end = min([praise.end + _REACH, *turns])
    return any(praise.end <= one.start < end for one in what)


def sentiment(turn: Turn, read: Sequence[float]) -> Sequence[float]:
    """Negative, neutral and positive as they are meant; they sum to what they did."""
    if turn is Turn.NONE:
        return read
    meant = _MEANT[turn]
    stays = [share * stay for share, stay in zip(read, meant.stays, strict=True)]
    moved = sum(read) - sum(stays)
    return [round(share + moved * get, 4) for share, get in zip(stays, meant.gets, strict=True)]


def signals(turn: Turn, read: Signals) -> Signals:
    """Whether it is a complaint, and how grave."""
    if turn is Turn.NONE:
        return read
    bound, limits = (min, _COMPLAINT_AT_MOST) if turn is Turn.FINE else (max, _COMPLAINT_AT_LEAST)
    return msgspec.structs.replace(read, **{name: bound(limit, getattr(read, name)) for name, limit in limits.items()})


def emotions(turn: Turn, felt: Mapping[str, float]) -> dict[str, float]:
    """The feeling that is meant is there, and little of its contraries."""
    if turn is Turn.NONE:
        return dict(felt)
    meant = _MEANT[turn]
    contraries = meant.contrary.split()
    turned = {name: round(_LEFT * felt[name], 4) if BASIC_OF_FINE[name] in contraries else felt[name] for name in felt}
    return turned | {meant.feeling: max(_FELT, turned[meant.feeling])}


def irony(turn: Turn, read: float) -> float:
    """The chance of irony."""
    return max(_IRONY, read) if turn is Turn.SCORN else read
