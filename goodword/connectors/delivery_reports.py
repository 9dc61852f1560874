"""What a network tells of a reply after it took it: a part of the contract, for connectors that hear of it.

A connector that has the ability `Reports` is asked about each raw item, beside `parse`: an item may say something, tell
of a reply, do both (a bounced mail), or neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from goodword.connectors.contract import Raw, Settings

LONGEST_REASON = 300  # characters


class Reported(StrEnum):
    """How far a reply came, or that it came back."""

    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The network's word on one reply, named by its receipt's id. It says nothing of replies that we never sent."""

    native_id: str
    state: Reported
    at: datetime  # aware
    reason: str = ""  # of a failure, for the agent who reads it
    idempotency_key: str | None = None  # where the network keeps it: then a report may be faster than the receipt


@runtime_checkable
class Reports(Protocol):
    """A connector whose network tells what became of replies."""

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """Pure. Nothing for items that tell of no reply, whatever else they are; raises nothing but `Malformed`."""
        ...
