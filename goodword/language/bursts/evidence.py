"""Evidence that a series has risen: cumulative sums of log-likelihood ratios, and what is usual for them.

Each channel adds up the log-likelihood ratio of "the mean rose by `shift` spreads" (Page, Biometrika 41, 1954) and
forgets at its own pace. Real volumes are far burstier than any fitted law, so a fixed threshold would flood for one
brand and miss for another: each channel is held against its own daily peaks, whose logarithms have a mean and a
scatter. The negative binomial tail then keeps a handful of posts from looking like a burst. Written for the plain
interpreter and for numba alike.
"""

from __future__ import annotations

import math

from goodword.language.bursts.baseline import Sample
from goodword.language.bursts.state import (
    AGE,
    BLOCKS,
    EVIDENCE,
    EXPECTED,
    LAST_BIN,
    OBSERVED,
    PEAK,
    SCATTER,
    SINCE,
    STANDOUT,
    THRESHOLD,
    USUAL,
    Rows,
)
from goodword.language.bursts.tuning import CHANNELS, Tuning

NOTHING = -1
_OUTLIER = 2.5


def add_evidence(row: Rows, sample: Sample, bin_index: int, tuning: Tuning) -> int:
    """Add one bin to every channel and return the one that stands out most, or `NOTHING`."""
    strongest, most = NOTHING, 1.0
    elapsed = bin_index - row[LAST_BIN] if row[AGE] > 0 else 1.0
    for channel in range(CHANNELS):
        memory = tuning.memories[channel]
        carried = row[EVIDENCE + channel] * (memory if elapsed == 1 else memory**elapsed)
        if carried <= 0.0:
            row[SINCE + channel], row[OBSERVED + channel], row[EXPECTED + channel] = bin_index, 0.0, 0.0
        row[OBSERVED + channel] += sample.value
        row[EXPECTED + channel] += sample.expected
        shift = tuning.shifts[channel]
        evidence = max(0.0, carried + shift * sample.residual - shift * shift / 2)
        row[PEAK + channel] = max(row[PEAK + channel], evidence)
        threshold = row[THRESHOLD + channel]
        if evidence > threshold:
            if evidence / threshold > most:
                strongest, most = channel, evidence / threshold
                row[STANDOUT] = evidence
            scatter = max(row[SCATTER + channel], tuning.least_scatter)
            evidence = min(evidence, (1 + threshold) * math.exp(tuning.ceiling * scatter) - 1)
        row[EVIDENCE + channel] = evidence
    return strongest


def tail_surprise(observed: float, expected: float, spread: float) -> float:
    """Lower bound of −ln P(at least `observed`) under a negative binomial (Chernoff); 0 when nothing rose.

    Its mean is `expected` and its variance `spread`² times that; a spread of 1 or less is Poisson's.
    """
    if observed <= expected:
        return 0.0
    size = expected / max(spread * spread - 1, 1e-9)
    return observed * math.log(observed / expected) - (observed + size) * math.log(
        (observed + size) / (expected + size)
    )


def close_block(row: Rows, tuning: Tuning) -> None:
    """Learn the block's peaks, bounded so that one burst does not become what is usual, and set the thresholds."""
    blocks = row[BLOCKS] + 1
    row[BLOCKS] = blocks
    for channel in range(CHANNELS):
        peak = math.log(1 + row[PEAK + channel])
        scatter = row[SCATTER + channel]
        if blocks == 1:
            row[USUAL + channel] = peak
        else:
            change = min(max(peak - row[USUAL + channel], -_OUTLIER * scatter), _OUTLIER * scatter)
            row[USUAL + channel] += max(tuning.block_rate, 1 / blocks) * change
            weight = max(tuning.block_rate, 1 / (blocks + tuning.first_weight))
            scatter += weight * (abs(change) * math.sqrt(math.pi / 2) - scatter)
        row[SCATTER + channel] = scatter
        usual = max(row[USUAL + channel], tuning.least_usual)
        row[THRESHOLD + channel] = math.exp(usual + tuning.alarm * max(scatter, tuning.least_scatter)) - 1
        row[PEAK + channel] = 0.0
