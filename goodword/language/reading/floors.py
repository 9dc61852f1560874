"""What words say by themselves, however a model reads the rest: the least that a reading says of such a post.

The models learned from tweets in eight languages, where few people are hurt: what they make of "my child is bleeding"
is chance, and of scripts that they never met nothing. `floors.toml` has the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from goodword.language.reading.phrases import Phrases
from goodword.language.reading.urgency import Signals
from goodword.language.topics.function_words import FUNCTION_WORDS

_UNMET: Final = re.compile(
    r"[\u0530-\u058f\u0980-\u0dff\u0e00-\u0fff\u1000-\u109f\u10a0-\u11ff\u1200-\u137f\u1780-\u17ff\u3040-\u30ff"
    r"\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that no reader learned from."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_MOSTLY: Final = 0.5
_GLAD_FROM: Final = 0.7
URGENT: Final = 3.5
"""Between "can't wait" and "danger": a rule can't tell a burnt finger from a burning house."""
ANGRY: Final = 0.6
_HARMED: Final = {"complaint": 0.6, "service": 0.75, "severity": 3.0}
_WRONGED: Final = {"complaint": 0.6, "service": 0.5, "severity": 1.0}
_NEGATIVE: Final = (0.65, 0.25, 0.1)
_DOUBT: Final = 0.16
"""How much of a guess stays where the script was never met: so little that the reading says "I can't tell"."""


class Said(NamedTuple):
    """What the words say. `grave`: of harm that is meant as it is said; `harm`: of harm to somebody, or by a thing that
    can hurt, which may be a figure of speech where the rest is glad. `unmet`: no reader knows its script."""

    grave: bool = False
    harm: bool = False
    complaint: bool = False
    anger: bool = False
    unmet: bool = False


NOTHING: Final = Said()


@cache
def _written() -> dict[str, dict[str, list[str]]]:
    written = (resources.files("goodword.language.reading") / "floors.toml").read_text(encoding="utf-8")
    return tomllib.loads(written)


@cache
def _phrases() -> Phrases:
    return Phrases(_written()["words"])


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _written()["anywhere"][kind])))


@cache
def telling_words() -> frozenset[str]:
    """Every text in Latin letters to which words say something has one of these: of each phrase the word that is
    rarest elsewhere."""
    telling = (phrase for phrase, told in _phrases().told.items() if told in {"grave", "harm", "complaint"})
    return frozenset(min(phrase, key=lambda word: (word in FUNCTION_WORDS, -len(word))) for phrase in telling)


def said(text: str) -> Said:
    """What the words of a text say."""
    told = _phrases().count(text)
    grave, harm = "grave" in told, "harm" in told and "about" in told
    wronged = "complaint" in told
    if text.isascii():
        return Said(grave, harm, wronged) if grave or harm or wronged else NOTHING
    letters = len(_LETTER.findall(text))
    return Said(
        grave=grave or _anywhere("grave").search(text.lower()) is not None,
        harm=harm,
        complaint=wronged or _anywhere("complaint").search(text) is not None,
        anger=_anywhere("anger").search(text) is not None,
        unmet=len(_UNMET.findall(text)) > _MOSTLY * letters,
    )


def is_harm(told: Said, signals: Signals) -> bool:
    """Whether somebody was hurt, or may be."""
    return told.grave or (told.harm and signals.positive < _GLAD_FROM)


def at_least(told: Said, signals: Signals) -> Signals:
    """What was read, raised to what the words say; never lowered."""
    floor = _HARMED if is_harm(told, signals) else _WRONGED if told.complaint or told.anger else {}
    raised = {name: max(least, getattr(signals, name)) for name, least in floor.items()}
    return msgspec.structs.replace(signals, **raised) if raised else signals


def sentiment(told: Said, read: Sequence[float]) -> Sequence[float]:
    """Negative, neutral and positive; of a script that was never met, by the words, or hardly more than a guess."""
    if not told.unmet:
        return read
    if told.grave or told.complaint or told.anger:
        return _NEGATIVE
    return [round(1 / 3 + _DOUBT * (share - 1 / 3), 4) for share in read]
