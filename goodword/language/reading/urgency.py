"""How soon somebody must act on a post, and whether it wants an answer: rules on top of what was read.

The levels are those a care team sorts by: 4 danger, violence, discrimination, a child or vulnerable person, a legal
threat, stranded without recourse · 3 money taken, account lost, earlier contacts failed, leaving for good · 2 a
concrete failure · 1 a mild complaint, a question · 0 nothing to act on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

_RAISED_FROM: Final = 0.5
_WORTH_A_LOOK: Final = 0.2
_GRAVER: Final = frozenset({"money", "account", "unanswered", "leaving", "no_help", "pressing", "stranded"})


class Signals(msgspec.Struct, frozen=True, gc=False):
    """What a reader saw of a post, each a probability; `severity` 0 to 4."""

    complaint: float
    service: float
    severity: float
    negative: float
    positive: float
    question: float


def _level(cues: Collection[str], signals: Signals) -> float:
    """The level that the words speak for, were the writer a customer in earnest."""
    graver = len(_GRAVER.intersection(cues))
    if "danger" in cues or "legal" in cues or ("vulnerable" in cues and signals.negative > _RAISED_FROM):
        return 4.0
    if "stranded" in cues and ("no_help" in cues or "unanswered" in cues or "vulnerable" in cues):
        return 4.0 if "no_help" in cues or graver > 2 else 3.4
    if "account" in cues or "leaving" in cues or ("money" in cues and "failure" in cues) or graver >= 2:
        return 3.0
    if graver == 1:
        return 2.6 if "unanswered" in cues or "money" in cues or "stranded" in cues else 2.2
    if "failure" in cues:
        return 1.9
    return 1.0 + 0.6 * signals.complaint


def urgency(cues: Collection[str], signals: Signals) -> float:
    """0.0 to 4.0. What the words speak for counts as far as the post is a customer's and not content."""
    earnest = max(
        signals.complaint, 0.8 * signals.service * (1 - signals.positive), 0.5 * signals.negative * signals.service
    )
    level = _level(cues, signals)
    if "thanks" in cues and signals.positive > _RAISED_FROM:
        level = min(level, 1.0)
    asked = signals.service * max(signals.question, signals.negative, signals.complaint)
    raised = earnest * level + (1 - earnest) * min(1.0, asked)
    return min(4.0, max(0.0, raised + 0.1 * signals.severity * earnest))


def may_be_urgent(signals: Signals) -> bool:
    """Whether the words are worth looking up: below this, no cue raises urgency to the level of a mild complaint."""
    return max(signals.complaint, signals.service, 0.6 * signals.negative) >= _WORTH_A_LOOK


def needs_reply(signals: Signals) -> float:
    """The chance that a good care team would answer: customers, pleased or not, and complaints by anybody."""
    return 1 - (1 - signals.service) * (1 - signals.complaint)
