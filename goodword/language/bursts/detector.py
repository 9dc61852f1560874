"""The plain form: one series, no compiler."""

from __future__ import annotations

from typing import Self

from goodword.language.bursts.burst import Burst, read_burst
from goodword.language.bursts.evidence import NOTHING
from goodword.language.bursts.state import LAST_BIN, fresh_rows, row_from_bytes, row_to_bytes
from goodword.language.bursts.step import plain_step
from goodword.language.bursts.tuning import MOST_POSTS, Tuning


class BinOutOfOrder(ValueError):
    """A bin that is not later than the one before it."""


class Detector:
    """Watches one series of counts in bins of equal length."""

    def __init__(self, tuning: Tuning) -> None:
        self.tuning = tuning
        self._row = fresh_rows(1, tuning)[0]

    @classmethod
    def from_bytes(cls, data: bytes, tuning: Tuning) -> Self:
        """Go on from what `to_bytes` saved, with the same tuning. Raises `ValueError` when it is no such state."""
        detector = cls(tuning)
        detector._row = row_from_bytes(data)
        return detector

    def to_bytes(self) -> bytes:
        """Everything this detector has learned."""
        return row_to_bytes(self._row)

    def observe(self, value: float, bin_index: int) -> Burst | None:
        """Take the count of one bin and return the burst that begins to show in it, if any.

        `bin_index` is the bin's start in seconds since 1970 (UTC), divided by the tuning's `bin_seconds`, rounded down.
        Bins that are skipped, or whose value is not a number, count as not heard.
        Raises `ValueError` for a count below 0 or above `MOST_POSTS`, and `BinOutOfOrder`, one of them, for a bin that
        is not later than the last.
        """
        if value < 0 or value > MOST_POSTS:
            raise ValueError(f"A count of posts lies between 0 and {MOST_POSTS:g}, not at {value:g}.")
        if bin_index <= self._row[LAST_BIN]:
            raise BinOutOfOrder("Bins must come in the order of time, each once.")
        channel = plain_step(self._row, value, bin_index, self.tuning)
        return None if channel == NOTHING else read_burst(self._row, channel, bin_index, self.tuning)
