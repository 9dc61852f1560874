"""Door for time: the complaints are looked at, whether or not anybody asks."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.learn.judge import judge_due, look_for_returns
from goodword.learn.tell import send_told

_TOLD_A_TICK = 200


@every("7 * * * *")
def judge_fixes(timestamp: int) -> None:
    """A fix counts once its days of watching are over; what was fixed and is back is open again."""
    judge_due(now=current_time())
    look_for_returns(now=current_time())


@every("* * * * *")
def tell_who_waits(timestamp: int) -> None:
    """Nobody stays untold because a job was lost."""
    send_told(limit=_TOLD_A_TICK, now=current_time())
