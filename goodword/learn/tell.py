"""Tell everybody who reported a problem that it is fixed: in the channel they used, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.care.check_reply import check_reply, check_words_for_reuse
from goodword.care.lock import MergedAway
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.connectors.contract import Purpose
from goodword.honesty.inspect import Found
from goodword.honesty.send_over import HeldBack, hold_back, keep_reason
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
def tell_reporters(*, improvement: Improvement, by: Agent, text: str, over: str = "", now: datetime) -> int:
    """Have everybody told who can be; how many. The words go out some moments later, by `send_told`.

    They are checked as those of a saved reply; `over` is why they are right although something was found.
    Raises `TooEarly`, `NoWords`, `HeldBack`, and `UnknownVariable` for braces that mean nothing.
    """
    kept = (
        Improvement.objects.select_for_update(of=("self",))
        .select_related("problem", "workspace")
        .get(pk=improvement.pk)
    )
    if kept.stage not in (Stage.WATCHED, Stage.FIXED):
        raise TooEarly(_("Say first since when it is in place: nobody is told of what is not."))
    if not text.strip():
        raise NoWords(_("Write something first."))
    text = text[:LONGEST]
    reachable = telling(kept, text=text, by=by, now=now).reachable
    found = check_words_for_reuse(kept.workspace, text, now=now)
    hold_back(found, reason=over)
    rows = [
        Told(
            workspace_id=kept.workspace_id,
            improvement=kept,
            case=each.case,
            text=each.text,
            by=by,
            asked_at=now,
            due_at=each.due_at,
            over={"reason": over, "flags": [each.flag for each in found]} if found else None,
        )
        for each in reachable
    ]
    # Who could not be told at another time may be told now.
    cases = [each.case.pk for each in reachable]
    Told.objects.of(kept.workspace_id).filter(improvement=kept, case__in=cases).exclude(refused="").delete()
    Told.objects.bulk_create(rows)
    if rows:
        subject = f"improvement:{kept.pk}"
        keep_reason(found=found, reason=over, by=by, workspace_id=kept.workspace_id, subject=subject, now=now)
        fact = ReportersTold(workspace_id=kept.workspace_id, improvement_id=kept.pk, count=len(rows))
        record(fact, now=now, actor_id=by.pk)
    return len(rows)


def send_told(*, limit: int, now: datetime) -> int:
    """Hand the next words to the outbox; how many. What can't go out any more is kept with the reason."""
    its_turn = Q(due_at=None) | Q(due_at__lte=now)
    waiting = Told.objects.filter(its_turn, settled_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_send(pk, now) for pk in list(waiting[:limit]))


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    told = Told.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, settled_at=None).first()
    if told is None:
        return False
    if told.improvement.stage not in (Stage.WATCHED, Stage.FIXED):  # while they waited for their turn
        return _settle(told, refused=_("It is not in place any more."), now=now)
    terms = terms_of(told.case)
    reply = NewReply(
        text=told.text,
        private=terms.becomes_private(terms.capabilities.can_reply_privately),
        idempotency_key=f"told-{told.pk:08d}",
        purpose=Purpose.NOTICE,
        automatic=True,
    )
    found = check_reply(told.case, reply.text, private=reply.private, terms=terms, now=now)
    refused = ""
    try:
        told.message = queue_reply(case=told.case, by=told.by, reply=reply, over=_reason(told, found), now=now)
    except HeldBack as held:
        flags = dict.fromkeys(str(each.label) for each in held.found)
        refused = _("Found in it: %(what)s") % {"what": ", ".join(flags)}
    except (NotAllowed, NoWords, TooLong, WindowClosed, MergedAway) as error:
        refused = str(error)
    return _settle(told, refused=refused, now=now)


def _settle(told: Told, *, refused: str, now: datetime) -> bool:
    told.refused, told.settled_at = refused[:300], now
    told.save(update_fields=["message", "refused", "settled_at"])
    return True


def _reason(told: Told, found: Sequence[Found]) -> str:
    """What was said of the words for everybody covers nothing that speaks against them in this case alone."""
    over = told.over or {"reason": "", "flags": []}
    return str(over["reason"]) if {each.flag for each in found} <= set(over["flags"]) else ""
