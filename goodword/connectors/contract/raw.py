"""What a network hands over before anyone has understood it, and the cursor that stands after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Settings = Mapping[str, Any]
Cursor = Mapping[str, Any]  # JSON; its meaning belongs to the connector alone


@dataclass(frozen=True, slots=True)
class Raw:
    """One item as the network gave it, before anyone has understood it.

    `delivery_id` is unique within its source; a second arrival under the same id and with the same body is dropped.
    """

    delivery_id: str
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the network could not be heard."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Quota:
    """What a network lets us do until its limit begins anew: shown where the source's health is."""

    name: str  # what is counted, in a word: requests, points
    left: int
    limit: int
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch of raw items and the cursor that stands after them; both are stored in one transaction.

    An empty delivery says "I am listening and there was nothing".
    """

    raws: tuple[Raw, ...]
    cursor: Cursor
    gaps: tuple[Gap, ...] = ()
    quotas: tuple[Quota, ...] = ()  # as far as the network tells; none: as told before
    # What the network says of itself and of our account there, e.g. its longest text: JSON without secrets, kept with
    # the source and handed to the connector as `settings["learned"]`. None: as told before.
    learned: Mapping[str, Any] | None = None
