"""The form for very many series: all of them stepped together, by a compiled kernel when they are many."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from goodword.language.bursts.burst import Burst, read_burst
from goodword.language.bursts.evidence import NOTHING
from goodword.language.bursts.state import LAST_BIN, Rows, fresh_rows, row_from_bytes
from goodword.language.bursts.step import plain_step
from goodword.language.bursts.tuning import MOST_POSTS, Tuning

WORTH_COMPILING = 200
"""Series from which on loading the compiled step is worth its while."""


class DetectorBank:
    """Watches n series whose bins begin at the same times. Gives exactly what n `Detector`s would."""

    def __init__(self, count: int, tuning: Tuning) -> None:
        self.tuning = tuning
        self.rows: Rows = fresh_rows(count, tuning)
        """State, (n, WIDTH): `rows[i].tobytes()` is what a `Detector` of this series would save."""

    def restore(self, index: int, data: bytes) -> None:
        """Let one series go on from what was saved of it, with the same tuning. `ValueError` for another shape."""
        self.rows[index] = row_from_bytes(data)

    def observe(self, values: npt.NDArray[np.float64], bin_index: int) -> list[tuple[int, Burst]]:
        """Take every series' count of one bin, (n,), and return the bursts that begin to show, by index of series.

        `bin_index` as for `Detector.observe`; NaN stands for a series that was not heard in this bin.
        Raises `ValueError` for another shape, a count below 0 or above `MOST_POSTS`, or a bin not later than the last.
        """
        if values.shape != (len(self.rows),):
            raise ValueError(f"There are {len(self.rows)} series, but the values have the shape {values.shape}.")
        if ((values < 0) | (values > MOST_POSTS)).any():
            raise ValueError(f"A count of posts lies between 0 and {MOST_POSTS:g}.")
        if len(self.rows) and bin_index <= self.rows[:, LAST_BIN].max():
            raise ValueError("Bins must come in the order of time, each once.")
        channels = self._step(values.astype(np.float64), bin_index)
        return [
            (int(index), read_burst(self.rows[index], int(channels[index]), bin_index, self.tuning))
            for index in np.flatnonzero(channels != NOTHING)
        ]

    def _step(self, values: npt.NDArray[np.float64], bin_index: int) -> npt.NDArray[np.int8]:
        if len(values) < WORTH_COMPILING:
            steps = (
                plain_step(row, float(value), bin_index, self.tuning)
                for row, value in zip(self.rows, values, strict=True)
            )
            return np.fromiter(steps, dtype=np.int8, count=len(values))
        from goodword.language.bursts.kernel import step_all

        return step_all(self.rows, values, bin_index, self.tuning)
