"""The compiled form of the step, over many series. Importing this loads numba; a large `DetectorBank` does so."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from goodword.language.bursts.baseline import learn_bin
from goodword.language.bursts.evidence import add_evidence, close_block, tail_surprise
from goodword.language.bursts.state import Rows
from goodword.language.bursts.step import compose_step
from goodword.language.bursts.tuning import Tuning
from goodword.language.compiling import compiled, kept

_part = partial(compiled, error_model="numpy")
_step = _part(compose_step(_part(learn_bin), _part(add_evidence), _part(tail_surprise), _part(close_block)))


@partial(kept, error_model="numpy")
def step_all(rows: Rows, values: npt.NDArray[np.float64], bin_index: int, tuning: Tuning) -> npt.NDArray[np.int8]:
    """Step every series by one bin. Returns for each, (n,), the channel of a new burst or `NOTHING`."""
    channels = np.empty(len(values), dtype=np.int8)
    for index in range(len(values)):
        channels[index] = _step(rows[index], values[index], bin_index, tuning)
    return channels
