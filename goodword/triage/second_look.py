"""Which mentions are worth the deep reader's time."""

from __future__ import annotations

from typing import Final

from goodword.language.reading.cascade import settled
from goodword.triage.reading import Reading

_TOP_URGENCY: Final = 4.0
_DOUBT_COUNTS: Final = 0.5  # beside urgency: what is urgent is read again before what is merely unclear


def worth_a_second_look(reading: Reading) -> int:
    """How much a deeper reading may change, 0 to 100: most where somebody must act, some where the fast one can't
    tell, nothing where it is sure that all is well, and nothing for spam or what was read deeply already.
    """
    if reading.deep or reading.spam > 0.5:
        return 0
    sure = max(reading.negative, reading.positive, 1 - reading.negative - reading.positive)
    if settled(confidence=sure, worst=max(reading.complaint, reading.negative)):
        return 0
    return max(1, round(100 * max(reading.urgency / _TOP_URGENCY, _DOUBT_COUNTS * (1 - sure))))
