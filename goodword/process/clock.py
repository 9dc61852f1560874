"""Door for time: nobody is warned late."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.process.reckon import tick

_AT_ONCE = 500  # a second of a busy core


@every("* * * * * */3")
def look_at_clocks(timestamp: int) -> None:
    """Every three seconds, so that no warning is five seconds late; what is left over goes on at once."""
    while tick(now=current_time(), limit=_AT_ONCE) == _AT_ONCE:
        pass
