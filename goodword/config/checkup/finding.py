"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a check came out."""

    WELL = "well"
    MISSING = "missing"  # An optional part: nothing is wrong without it.
    ILL = "ill"


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, how it is, and what to do about it."""

    subject: str
    state: State
    text: str
