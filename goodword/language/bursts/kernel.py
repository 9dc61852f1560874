"""The compiled form of the step, over many series. Importing this loads numba; a large `DetectorBank` does so."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from goodword.language.bursts.baseline import learn_bin
from goodword.language.bursts.evidence import add_evidence, close_block, tail_surprise
from goodword.language.bursts.state import Rows
from goodword.language.bursts.step import compose_step
from goodword.language.bursts.tuning import Tuning

# Not cached on disk: the cache knows only the file of the outermost function, and would keep an older rule alive.
_compiled = njit(nogil=True, error_model="numpy")
_step = _compiled(
    compose_step(_compiled(learn_bin), _compiled(add_evidence), _compiled(tail_surprise), _compiled(close_block))
)


@_compiled
def step_all(rows: Rows, values: npt.NDArray[np.float64], bin_index: int, tuning: Tuning) -> npt.NDArray[np.int8]:
    """Step every series by one bin. Returns for each, (n,), the channel of a new burst or `NOTHING`."""
    channels = np.empty(len(values), dtype=np.int8)
    for index in range(len(values)):
        channels[index] = _step(rows[index], values[index], bin_index, tuning)
    return channels
