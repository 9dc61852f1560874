"""Door for time: an hour that nobody watches doesn't pass unnoticed."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.staff.models import Calendar, Workspace
from goodword.staff.watch_hours import watch_hours


@every("* * * * *")
def look_after_hours(timestamp: int) -> None:
    """Where hours were written down."""
    written = Calendar.objects.filter(is_default=True).values_list("workspace", flat=True)
    for workspace in Workspace.objects.filter(pk__in=written):
        watch_hours(workspace=workspace, now=current_time())
