"""What was seen of texts at a glance, and what its bits mean; whoever looked, the compiled pass or nobody."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from goodword.language.pii import KINDS
from goodword.language.reading.cues import lexicon
from goodword.language.reading.language_id import UNKNOWN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALL_KINDS: Final = (1 << len(KINDS)) - 1
LOOK_FOR_CUES: Final = -1
MAY_HARM: Final = 1
MAY_TURN: Final = 2


class Glances(NamedTuple):
    """For each text: cues as bits in the order of `cue_names()`, or LOOK_FOR_CUES where Python has to; whether it is
    English (NO, YES, UNKNOWN); which kinds of private data it may hold, bits in the order of `KINDS`; whether its words
    may tell by themselves that somebody was hurt, or that it is meant otherwise than it reads (MAY_HARM, MAY_TURN)."""

    cues: NDArray[np.int32]
    english: NDArray[np.uint8]
    private: NDArray[np.uint8]
    telling: NDArray[np.uint8]


def unseen(count: int) -> Glances:
    """Nothing is known of so many texts: the rules in Python decide everything."""
    import numpy as np

    return Glances(
        np.full(count, LOOK_FOR_CUES, np.int32),
        np.full(count, UNKNOWN, np.uint8),
        np.full(count, ALL_KINDS, np.uint8),
        np.full(count, MAY_HARM | MAY_TURN, np.uint8),
    )


@cache
def cue_names() -> tuple[str, ...]:
    """The cues, in the order of their bits."""
    return tuple(sorted(set(lexicon().told.values())))


@cache
def cues_of(bits: int) -> frozenset[str]:
    """The names of the cues of some bits."""
    return frozenset(name for place, name in enumerate(cue_names()) if bits >> place & 1)


@cache
def kinds_of(bits: int) -> tuple[str, ...]:
    """The kinds of private data of some bits, in their order."""
    return tuple(kind for place, kind in enumerate(KINDS) if bits >> place & 1)
