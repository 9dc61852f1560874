"""Door for time."""

from __future__ import annotations

from goodword.honesty.drafts import forget_drafts
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every


@every("* * * * *", queue="drafts")
def forget_checked_drafts(timestamp: int) -> None:
    """What was asked of a draft is forgotten soon."""
    forget_drafts(now=current_time())
