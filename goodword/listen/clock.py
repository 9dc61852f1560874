"""Door for time: nothing that came in stays unread because a job was lost."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from goodword.kernel.jobs import every
from goodword.listen.attaching import wake_attaching
from goodword.listen.jobs import wake
from goodword.listen.models import Attachment, RawItem, Source


@every("* * * * *")
def look_for_unread_intake(timestamp: int) -> None:
    """Wake the understanding of every source that has raw items left."""
    left = RawItem.objects.filter(source_id=OuterRef("pk"), id__gt=OuterRef("understood_id"))
    for source_id in Source.objects.filter(Exists(left)).values_list("pk", flat=True):
        wake(source_id)


@every("*/5 * * * *")
def look_for_waiting_attachments(timestamp: int) -> None:
    """Try again what could not be fetched or scanned."""
    if Attachment.objects.filter(state=Attachment.State.WAITING).exists():
        wake_attaching()
