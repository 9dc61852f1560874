"""What sets a rule off: a fact about a case."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class When(StrEnum):
    """A kind of happening that a rule can wait for."""

    OPENED = "opened"
    MESSAGE = "message"  # the customer said something more
    REOPENED = "reopened"
    RESOLVED = "resolved"  # we say so
    DISPUTED = "disputed"  # the customer says: not solved
    NEAR = "near"  # somebody was warned of a deadline
    MISSED = "missed"
    PRIORITISED = "prioritised"
    LABELLED = "labelled"
    ASSIGNED = "assigned"


_OF_FACTS: Mapping[str, When] = {
    "CaseOpened": When.OPENED,
    "MessageReceived": When.MESSAGE,
    "CaseReopened": When.REOPENED,
    "ResolutionProposed": When.RESOLVED,
    "ResolutionDisputed": When.DISPUTED,
    "DeadlineTold": When.NEAR,
    "DeadlineMissed": When.MISSED,
    "CasePrioritised": When.PRIORITISED,
    "CaseLabelled": When.LABELLED,
    "CaseAssigned": When.ASSIGNED,
}
BY_CUSTOMERS = frozenset({When.OPENED, When.MESSAGE, When.REOPENED, When.DISPUTED})
"""What nothing in the house can bring about."""
FACTS = tuple(_OF_FACTS)
"""The names of the facts that can set a rule off."""


def when_of(kind: str, data: Mapping[str, Any]) -> When | None:
    """What a fact is to rules; None if it sets nothing off."""
    if kind == "DeadlineTold" and data.get("late"):
        return None  # the miss itself was a happening already
    return _OF_FACTS.get(kind)


def facts_of(when: When) -> str:
    """The name of the facts that are such a happening."""
    return next(kind for kind, each in _OF_FACTS.items() if each is when)
