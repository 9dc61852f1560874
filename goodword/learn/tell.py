"""Tell everybody who reported a problem that it is fixed: in the channel they used, each once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.lock import MergedAway
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.connectors.contract import Purpose
from goodword.kernel.facts import record
from goodword.learn.events import ReportersTold
from goodword.learn.models import Improvement, Told
from goodword.learn.models.improvement import Stage
from goodword.learn.reporters import telling
from goodword.staff.models import Agent

LONGEST = 5_000  # characters


class TooEarly(Exception):
    """It is not in place: nobody may be told that it is fixed."""


@transaction.atomic
def tell_reporters(*, improvement: Improvement, by: Agent, text: str, now: datetime) -> int:
    """Have everybody told who can be; how many. The words go out some moments later, by `send_told`.

    Raises `TooEarly`, `NoWords`, and `UnknownVariable` for braces that mean nothing.
    """
    kept = Improvement.objects.select_for_update(of=("self",)).select_related("problem").get(pk=improvement.pk)
    if kept.stage not in (Stage.WATCHED, Stage.FIXED):
        raise TooEarly(_("Say first since when it is in place: nobody is told of what is not."))
    if not text.strip():
        raise NoWords(_("Write something first."))
    reachable = telling(kept, text=text[:LONGEST], by=by, now=now).reachable
    rows = [
        Told(
            workspace_id=kept.workspace_id,
            improvement=kept,
            case=each.case,
            text=each.text,
            by=by,
            asked_at=now,
        )
        for each in reachable
    ]
    # Who could not be told at another time may be told now.
    cases = [each.case.pk for each in reachable]
    Told.objects.of(kept.workspace_id).filter(improvement=kept, case__in=cases).exclude(refused="").delete()
    Told.objects.bulk_create(rows)
    if rows:
        fact = ReportersTold(workspace_id=kept.workspace_id, improvement_id=kept.pk, count=len(rows))
        record(fact, now=now, actor_id=by.pk)
    return len(rows)


def send_told(*, limit: int, now: datetime) -> int:
    """Hand the next words to the outbox; how many. What can't go out any more is kept with the reason."""
    waiting = Told.objects.filter(settled_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_send(pk, now) for pk in list(waiting[:limit]))


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    told = Told.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, settled_at=None).first()
    if told is None:
        return False
    terms = terms_of(told.case)
    try:
        told.message = queue_reply(
            case=told.case,
            by=told.by,
            text=told.text,
            private=terms.becomes_private(terms.capabilities.can_reply_privately),
            idempotency_key=f"told-{told.pk:08d}",
            seen_inbound_id=None,
            purpose=Purpose.NOTICE,
            automatic=True,
            now=now,
        )
    except (NotAllowed, NoWords, TooLong, WindowClosed, MergedAway) as error:
        told.refused = str(error)[:300]
    told.settled_at = now
    told.save(update_fields=["message", "refused", "settled_at"])
    return True
