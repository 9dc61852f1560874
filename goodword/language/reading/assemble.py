"""From logits to readings: the same for every depth."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from goodword.language import pii
from goodword.language.reading import heads, turned
from goodword.language.reading.cues import cues
from goodword.language.reading.floors import ANGRY, NOTHING, URGENT, Said, at_least, is_harm, said, sentiment
from goodword.language.reading.normalise import MAX_CHARACTERS
from goodword.language.reading.reading import Reading
from goodword.language.reading.seen import LOOK_FOR_CUES, MAY_HARM, MAY_TURN, Glances, cues_of, kinds_of
from goodword.language.reading.turned import Turn, turn_of
from goodword.language.reading.urgency import Signals, may_be_urgent, needs_reply, urgency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOP_SEVERITY: Final = 4
_DIGITS: Final = 4
_BATCH: Final = 256
_SURE: Final = 30.0
"""Log-odds that no chance shows any more; a hundred of them are more than a float32 can raise."""
_EXCLUSIVE_SHARE: Final = 0.75
_COMPLAINT_IS_NEGATIVE: Final = 2.0
"""What a sure complaint adds to the log-odds of negative. Sentiment was learned from tweets to nobody in particular,
where a flat report of trouble is neutral; chosen on complaints of held-back domains."""
_ASKS: Final = re.compile(
    r"\W*(?:@\w+\W+)*(?:who|what|when|where|why|how|which|can|could|do|does|did|is|are|will|would|any|anyone|"
    r"quand|comment|pourquoi|où|wann|wie|warum|wo|kann|cuándo|cómo|por qué|dónde|quando|como|por que|onde|perché|come|"
    r"dove)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://\S+")
_SAID: Final = re.compile(r"(?:(?<=\s)|^)(?!https?://|www\.|@\w)\S*?(?:[^\W_]|[\u2190-\u2bff\U0001f000-\U0001faff])")
"""A letter, a digit or a picture outside of links and handles: without one nobody can tell what a post means."""
_WITHOUT_WORDS: Final = Reading(
    lang="und",
    sentiment={"negative": 0.25, "neutral": 0.5, "positive": 0.25},
    emotions={name: 0.0 for name in heads.FINE_EMOTIONS if name != "neutral"} | {"neutral": 1.0},
    complaint=0.0,
    severity=0.0,
    urgency=0.0,
    needs_reply=0.0,
    offensive=0.0,
    irony=0.0,
    question=0.0,
    pii=(),
    confidence=0.0,
)
"""What a text without a single letter, digit or sign reads as: nothing is known of it."""


def probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """[texts, WIDTH] of probabilities, in the layout of `heads`; the emotions of both schemes agree with each other."""
    import numpy as np

    chances = (1 / (1 + np.exp(-np.clip(logits, -_SURE, _SURE)))).astype(np.float32)
    logits = logits.copy()
    logits[:, heads.SENTIMENT.start] += _COMPLAINT_IS_NEGATIVE * chances[:, heads.COMPLAINT]
    for place in (heads.SENTIMENT, heads.EXCLUSIVE):
        raised = np.exp(logits[:, place] - logits[:, place].max(axis=1, keepdims=True))
        chances[:, place] = raised / raised.sum(axis=1, keepdims=True)
    felt = 1 - chances[:, _basic("neutral")]
    for name in heads.BASIC_EMOTIONS:
        chances[:, _fine(name)] = chances[:, _basic(name)]
    # The four that exclude each other share what is felt at all; a part stays with the scheme of Ekman, which knows
    # that a text can be both. One factor for all four keeps their order.
    for index, name in enumerate(heads.EXCLUSIVE_EMOTIONS):
        share = chances[:, heads.EXCLUSIVE.start + index] * felt
        chances[:, _fine(name)] = _EXCLUSIVE_SHARE * share + (1 - _EXCLUSIVE_SHARE) * chances[:, _fine(name)]
    return chances


def _fine(name: str) -> int:
    return heads.FINE.start + heads.FINE_EMOTIONS.index(name)


def _basic(name: str) -> int:
    return heads.BASIC.start + heads.BASIC_EMOTIONS.index(name)


def question(text: str) -> float:
    """The chance that something is asked: a question mark outside a link nearly says so, a question word less."""
    text = text[:MAX_CHARACTERS]
    if "http" in text:
        text = _ADDRESS.sub("", text)
    if "?" in text or "؟" in text or "？" in text:
        return 0.95
    return 0.4 if _ASKS.match(text) else 0.04


def readings(
    texts: Sequence[str], languages: Sequence[str], logits: NDArray[np.float32], seen: Glances
) -> list[Reading]:
    """One reading for each text from its language, its logits and what was seen of it at a glance."""
    columns = (texts, languages, seen.cues.tolist(), seen.private.tolist(), seen.telling.tolist())
    found: list[Reading] = []
    # In batches: the numbers of some hundred texts as Python's fit the cache, and are gone before the next.
    for start in range(0, len(texts), _BATCH):
        part = slice(start, start + _BATCH)
        rows = probabilities(logits[part]).astype("float64").round(_DIGITS).tolist()
        found += map(_reading, *(column[part] for column in columns), rows)
    return found


def _reading(text: str, lang: str, cue_bits: int, private_bits: int, tells: int, row: list[float]) -> Reading:
    private = tuple(pii.find(text, kinds=kinds_of(private_bits))) if private_bits else ()
    if not _SAID.search(text):
        return replace(_WITHOUT_WORDS, pii=private)
    told = said(text[:MAX_CHARACTERS]) if tells & MAY_HARM else NOTHING
    turn = turn_of(text[:MAX_CHARACTERS]) if tells & MAY_TURN else Turn.NONE
    negative, neutral, positive = sentiment(told, turned.sentiment(turn, row[heads.SENTIMENT]))
    asked = question(text)
    severity = round(_TOP_SEVERITY * row[heads.SEVERITY], _DIGITS)
    read = Signals(row[heads.COMPLAINT], row[heads.SERVICE], severity, negative, positive, asked)
    signals = at_least(told, turned.signals(turn, read))
    emotions = turned.emotions(turn, dict(zip(heads.FINE_EMOTIONS, row[heads.FINE], strict=True)))
    if told.anger:
        emotions["anger"] = max(emotions["anger"], ANGRY)
    return Reading(
        lang=lang,
        sentiment={"negative": negative, "neutral": neutral, "positive": positive},
        emotions=emotions,
        complaint=signals.complaint,
        severity=signals.severity,
        urgency=round(_urgency(text, cue_bits, told, signals), _DIGITS),
        needs_reply=round(needs_reply(signals), _DIGITS),
        offensive=row[heads.OFFENSIVE],
        irony=turned.irony(turn, row[heads.IRONY]),
        question=asked,
        pii=private,
        confidence=max(negative, neutral, positive),
    )


def _urgency(text: str, cue_bits: int, told: Said, signals: Signals) -> float:
    by_cues = urgency(_cues(text, cue_bits) if may_be_urgent(signals) else (), signals)
    return max(by_cues, URGENT) if is_harm(told, signals) else by_cues


def _cues(text: str, bits: int) -> Collection[str]:
    return cues(text[:MAX_CHARACTERS]) if bits == LOOK_FOR_CUES else cues_of(bits)
