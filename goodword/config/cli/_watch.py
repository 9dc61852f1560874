"""A detector fed by rows whose clocks may be wrong."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import NamedTuple

from goodword.config.cli._series import Row
from goodword.language.bursts import BinOutOfOrder, Burst, Detector, Tuning, bin_of

_UNDOUBTED = 2
"""Bins: a row no farther ahead of the one before it is never taken back."""
_ROWS_TAKEN_BACK = 12
"""At most: where more came from a clock that was ahead, it is taken for right."""


class _Taken(NamedTuple):
    """A row that was counted in a bin; `before` is the bin of the row before it, and `state` what was known then."""

    row: Row
    bin_index: int
    before: int | None
    state: bytes


class Watch:
    """A detector that takes a row back when it shows that its clock went ahead.

    A row far ahead of the one before it may come after a silence, or from a clock that is wrong. Which of the two, the
    next row tells: where it goes on before that row, and nearer to where the series stood, the clock was wrong. Without
    that, one stamp a day ahead would make every row of that day come too late.
    """

    def __init__(self, start: datetime, step: float) -> None:
        self._start, self._step = start, step
        self._first_bin = bin_of(start, step)
        self._tuning = Tuning.for_bins(step)
        self._detector = Detector(self._tuning)
        self._taken: deque[_Taken] = deque(maxlen=_ROWS_TAKEN_BACK)
        self._last: int | None = None

    def take(self, row: Row) -> Burst | None:
        """Count a row, and give the burst that it shows. A row that can't be counted is reported."""
        bin_index = self._first_bin + round((row.moment - self._start).total_seconds() / self._step)
        state = self._detector.to_bytes()
        try:
            burst = self._detector.observe(row.value, bin_index)
        except BinOutOfOrder:
            if self._take_back(bin_index):
                return self.take(row)
            row.left_out(f"is in no later bin of {self._step:g} s than the rows before (see --every)")
            return None
        except ValueError:
            row.left_out(f"has a count of {row.value:g}, which is none")
            return None
        self._taken.append(_Taken(row, bin_index, self._last, state))
        self._last = bin_index
        return burst

    def _take_back(self, bin_index: int) -> bool:
        """Forget the rows from this bin on, if they came by a clock that was ahead. False where they did not."""
        ahead = [taken for taken in self._taken if taken.bin_index >= bin_index]
        if not ahead or not _was_ahead(ahead[0], bin_index):
            return False
        for taken in ahead:
            self._taken.pop()
            taken.row.left_out("lies ahead of the rows after it")
        self._last, self._detector = ahead[0].before, Detector.from_bytes(ahead[0].state, self._tuning)
        return True


def _was_ahead(taken: _Taken, bin_index: int) -> bool:
    """Whether a later row of an earlier bin shows that this one was ahead of its time."""
    if taken.before is None:
        return bin_index < taken.bin_index
    jump, back = taken.bin_index - taken.before, bin_index - taken.before
    return jump > _UNDOUBTED and 0 < 2 * back < jump
