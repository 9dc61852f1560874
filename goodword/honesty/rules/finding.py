"""What a check finds."""

from __future__ import annotations

from typing import Final

import msgspec

FAULTS: Final = ("private", "blame", "excuse", "overpromise", "sell", "cold")
GOOD: Final = "apology"


class Finding(msgspec.Struct, frozen=True):
    """A rule that a draft breaks, or the good mark: the words that do, why it matters, and what could stand instead.

    `why` and `better` are in English, each one message; a page translates them. `better` is None for the good mark.
    """

    flag: str
    span: str
    why: str
    better: str | None
