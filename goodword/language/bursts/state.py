"""What is kept of a series between two bins: one row of 64-bit floats, 488 bytes.

The row is plain numbers so that a table can hold it, a matrix of rows can hold a hundred thousand series, and the
compiled step and the plain one read it alike.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from goodword.language.bursts.tuning import CHANNELS, Tuning

Rows = npt.NDArray[np.float64]

HOURS_IN_PROFILE = 24
DAYS_IN_PROFILE = 7

AGE = 0
"""Bins heard so far."""
LAST_BIN = 1
"""The last bin that was heard; −∞ before the first."""
LEVEL = 2
SPREAD = 3
LAST_HOT = 4
"""Last bin that stood out; −∞ when none did."""
BLOCKS = 5
"""Blocks (days) that were learned from."""
EVIDENCE = 6
SINCE = EVIDENCE + CHANNELS
OBSERVED = SINCE + CHANNELS
EXPECTED = OBSERVED + CHANNELS
PEAK = EXPECTED + CHANNELS
"""Highest evidence of the running block."""
USUAL = PEAK + CHANNELS
"""Mean of ln(1 + peak) over the blocks."""
SCATTER = USUAL + CHANNELS
THRESHOLD = SCATTER + CHANNELS
STANDOUT = THRESHOLD + CHANNELS
"""Evidence of the channel that stood out last, before it was capped."""
HOURS = STANDOUT + 1
WEEKDAYS = HOURS + HOURS_IN_PROFILE
WIDTH = WEEKDAYS + DAYS_IN_PROFILE


def fresh_rows(count: int, tuning: Tuning) -> Rows:
    """Rows, (count, WIDTH), of series of which nothing is known yet."""
    rows = np.zeros((count, WIDTH))
    rows[:, SPREAD] = 1.0
    rows[:, LAST_BIN] = -np.inf
    rows[:, LAST_HOT] = -np.inf
    rows[:, SCATTER : SCATTER + CHANNELS] = tuning.first_scatter
    rows[:, THRESHOLD : THRESHOLD + CHANNELS] = np.inf
    return rows


def row_from_bytes(data: bytes) -> Rows:
    """One row as it was saved. Raises `ValueError` when it is no such row."""
    row = np.frombuffer(data, dtype="<f8").astype(np.float64)
    if row.shape != (WIDTH,):
        raise ValueError(f"The saved state has {len(data)} bytes, not {WIDTH * 8}: learn this series anew.")
    return row


def row_to_bytes(row: Rows) -> bytes:
    """The row as little-endian 64-bit floats, `WIDTH` × 8 bytes."""
    return row.astype("<f8").tobytes()
