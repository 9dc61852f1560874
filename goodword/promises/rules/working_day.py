"""What reading due words goes by, and how it fails."""

from __future__ import annotations

from datetime import time
from typing import Final, NamedTuple


class BadDue(ValueError):
    """Due words that stand for no moment there is. The message says why, and what to write instead."""


class WorkingDay(NamedTuple):
    """When a working day begins and ends, local time."""

    start: time = time(9)
    end: time = time(17)


NINE_TO_FIVE: Final = WorkingDay()
