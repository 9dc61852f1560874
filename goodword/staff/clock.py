"""Door for time: an hour that nobody watches doesn't pass unnoticed, and what nobody needs any more goes at night."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from goodword.kernel.clock import current_time
from goodword.kernel.ended_jobs import forget_jobs
from goodword.kernel.jobs import enqueue, every
from goodword.staff.deliver_webhooks import forget_deliveries
from goodword.staff.forget_notices import forget_notices
from goodword.staff.models import Calendar, WebhookDelivery, Workspace
from goodword.staff.tell_webhooks import deliver_webhooks
from goodword.staff.watch_hours import watch_hours

_FORGOTTEN_AT_ONCE = 5_000  # rows, so that none stay locked for long


@every("20 4 * * *", queue="reading")
def forget_what_is_over(timestamp: int) -> None:
    """Once a night: jobs that ended, notices that were read, webhooks' deliveries, kept for as long as settings say."""
    now = current_time()
    while forget_jobs(before=now - timedelta(days=settings.ENDED_JOBS_KEPT_DAYS), limit=_FORGOTTEN_AT_ONCE):
        pass
    while forget_notices(before=now - timedelta(days=settings.READ_NOTICES_KEPT_DAYS), limit=_FORGOTTEN_AT_ONCE):
        pass
    while forget_deliveries(before=now - timedelta(days=settings.ENDED_JOBS_KEPT_DAYS), limit=_FORGOTTEN_AT_ONCE):
        pass


@every("*/30 * * * * *")
def look_after_webhooks(timestamp: int) -> None:
    """What is to be tried again."""
    if WebhookDelivery.objects.filter(next_at__lte=current_time(), webhook__off_since=None).exists():
        enqueue(deliver_webhooks, once="deliver_webhooks")


@every("* * * * *")
def look_after_hours(timestamp: int) -> None:
    """Where hours were written down."""
    written = Calendar.objects.filter(is_default=True).values_list("workspace", flat=True)
    for workspace in Workspace.objects.filter(pk__in=written):
        watch_hours(workspace=workspace, now=current_time())
