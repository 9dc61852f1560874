"""Door for time: nothing that came in stays unread because a job was lost, and no burst or topic unnoticed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.listen.attaching import wake_attaching
from goodword.listen.explorations import forget_explorations
from goodword.listen.hear_proofs import hear_proofs
from goodword.listen.jobs import wake
from goodword.listen.models import Attachment, RawItem, SearchWatch, Source
from goodword.listen.renew import renew_tokens
from goodword.listen.silence import watch_silence
from goodword.listen.subscribe import subscribe_all
from goodword.staff.models import Workspace


@every("* * * * *")
def look_for_unread_intake(timestamp: int) -> None:
    """Wake the understanding of every source that has raw items left."""
    left = RawItem.objects.filter(source_id=OuterRef("pk"), id__gt=OuterRef("understood_id"))
    for source_id in Source.objects.filter(Exists(left)).values_list("pk", flat=True):
        wake(source_id)


@every("* * * * *")
def look_for_proofs(timestamp: int) -> None:
    """Find the codes that prove that two accounts are of one person."""
    hear_proofs(now=current_time())


@every("*/5 * * * *")
def look_for_waiting_attachments(timestamp: int) -> None:
    """Try again what could not be fetched or scanned."""
    if Attachment.objects.filter(state=Attachment.State.WAITING).exists():
        wake_attaching()


@every("*/5 * * * *", queue="search")
def look_for_bursts(timestamp: int) -> None:
    """Hold the last minutes of each search against what is usual."""
    from goodword.listen.burst_watch import watch_searches  # numpy comes with it, which the web does without

    for workspace_id in SearchWatch.objects.values_list("workspace_id", flat=True).distinct().order_by():
        watch_searches(workspace_id=workspace_id, now=current_time())


@every("2-59/10 * * * *", queue="search")
def look_for_topics(timestamp: int) -> None:
    """See what people talk about that no search names, where something was heard since the last look."""
    from goodword.listen.review_topics import review_topics  # numpy comes with it, which the web does without

    for workspace_id in Workspace.objects.order_by("pk").values_list("pk", flat=True):
        review_topics(workspace_id=workspace_id, now=current_time())


@every("7-59/10 * * * *")
def look_for_silence(timestamp: int) -> None:
    """A source that says nothing for longer than ever lately is an alarm."""
    watch_silence(now=current_time())


@every("*/2 * * * *", queue="outside")
def look_for_ending_tokens(timestamp: int) -> None:
    """Renew tokens before they end."""
    renew_tokens(now=current_time())


@every("4-59/5 * * * *", queue="outside")
def look_for_subscriptions(timestamp: int) -> None:
    """See that those networks that take our address still have it."""
    subscribe_all(now=current_time())


@every("*/10 * * * *")
def forget_old_explorations(timestamp: int) -> None:
    """Answers to explorations are of the moment."""
    forget_explorations(now=current_time())
