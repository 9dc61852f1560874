"""A visitor's frame has shown our answers: the web chat's own delivery reports."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.connectors.contract import Direction
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.listen.chat_visitor import Visitor
from goodword.listen.delivery_reports import record_reports
from goodword.listen.models import Mention, Source, Thread

SHOWN = "shown_at"  # in the mention's `extra`


@transaction.atomic
def note_shown(*, source: Source, visitor: Visitor, now: datetime) -> int:
    """Note that the visitor has our answers in this chat before them; how many they hadn't. Each is told of once."""
    thread = Thread.objects.of(source.workspace_id).filter(source=source, native_id=visitor.conversation).first()
    if thread is None:
        return 0
    answers = Mention.objects.of(source.workspace_id).filter(
        source=source,
        thread_id=thread.joined_into_id or thread.pk,
        direction=Direction.OUT.value,
    )
    unseen = list(answers.exclude(extra__has_key=SHOWN).select_for_update(of=("self",)).order_by("pk"))
    for mention in unseen:
        mention.extra[SHOWN] = now.isoformat()
    Mention.objects.bulk_update(unseen, ["extra"])
    reports = [DeliveryReport(mention.external_id, Reported.READ, now) for mention in unseen]
    record_reports(source=source, reports=reports, now=now)
    return len(unseen)
