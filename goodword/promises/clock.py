"""Door for time: promises fall due."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.promises.fall_due import BATCH, break_overdue, remind_of_due


@every("* * * * *")
def look_after_promises(timestamp: int) -> None:
    """Remind of what falls due soon, and say what is broken."""
    while remind_of_due(now=current_time()) == BATCH:
        pass
    while break_overdue(now=current_time()) == BATCH:
        pass
