"""One bin of one series, put together once for the plain interpreter and for numba."""

from __future__ import annotations

import math
from collections.abc import Callable

from goodword.language.bursts.baseline import Sample, learn_bin
from goodword.language.bursts.evidence import NOTHING, add_evidence, close_block, tail_surprise
from goodword.language.bursts.state import AGE, EXPECTED, LAST_BIN, LAST_HOT, OBSERVED, SPREAD, Rows
from goodword.language.bursts.tuning import Tuning

LearnBin = Callable[[Rows, float, int, Tuning], Sample]
AddEvidence = Callable[[Rows, Sample, int, Tuning], int]
TailSurprise = Callable[[float, float, float], float]
CloseBlock = Callable[[Rows, Tuning], None]
Step = Callable[[Rows, float, int, Tuning], int]


def compose_step(learn: LearnBin, add: AddEvidence, surprise: TailSurprise, close: CloseBlock) -> Step:
    """The step over these parts, plain or compiled.

    It changes the row and returns the channel of a new burst, or `NOTHING`. A value that is not a number means that
    the bin was not heard: nothing is learned from it.
    """

    def step(row: Rows, value: float, bin_index: int, tuning: Tuning) -> int:
        if math.isnan(value):
            return NOTHING
        if row[AGE] > 0 and int(row[AGE]) % tuning.block == 0:
            close(row, tuning)
        sample = learn(row, value, bin_index, tuning)
        channel = add(row, sample, bin_index, tuning)
        row[AGE] += 1
        row[LAST_BIN] = bin_index
        if channel == NOTHING:
            return NOTHING
        observed, expected = row[OBSERVED + channel], row[EXPECTED + channel]
        if observed - expected < tuning.least_excess:
            return NOTHING
        if surprise(observed, expected, row[SPREAD]) <= tuning.least_surprise:
            return NOTHING
        is_new = bin_index - row[LAST_HOT] > tuning.quiet_bins
        row[LAST_HOT] = bin_index
        return channel if is_new else NOTHING

    return step


plain_step = compose_step(learn_bin, add_evidence, tail_surprise, close_block)
