"""Harbour's word: what it promised to customers and to everybody, and something that it made good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from goodword.care.make_good import offer_make_good
from goodword.care.models import Case, MakeGoodKind, Message, MessageKind
from goodword.promises.due import zone_of
from goodword.promises.fall_due import break_overdue
from goodword.promises.keep import keep_promise
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise
from goodword.promises.save_presence import save_brand_page, save_presence
from goodword.promises.spot import spot
from goodword.staff.models import Agent, Workspace

_HOURS = "Monday to Friday, 9 to 18"

# What shows that a promise was kept, by its words.
_KEPT = {"It will leave today": "The courier took it at five: see the tracking."}
_LOST = "40588"  # the order of which the parcel was lost


def give_word(*, workspace: Workspace, channel: str, agents: Sequence[Agent], now: datetime) -> None:
    """What was promised in replies; the first agent is who looks around the demo."""
    save_presence(
        workspace=workspace,
        channel=channel,
        hours=_HOURS,
        answer_minutes=4 * 60,
        days_a_week=5,
        by=agents[0],
        now=now,
    )
    save_brand_page(workspace=workspace, shown=False, words="", by=agents[0], now=now)
    replies = Message.objects.of(workspace).filter(kind=MessageKind.REPLY, mention__isnull=False)
    for reply in replies.select_related("case__identity__person__workspace", "mention").order_by("at"):
        for promise in _promises(reply, by=agents[0]):
            if evidence := _KEPT.get(promise.words):
                keep_promise(promise=promise, by=agents[0], evidence=evidence, now=now)
    break_overdue(now=now)
    failed = Case.objects.of(workspace).unresolved().filter(subject__contains=_LOST).order_by("pk").first()
    if failed is not None:
        offer_make_good(
            case=failed,
            by=agents[-1],
            kind=MakeGoodKind.VOUCHER,
            amount=Decimal(50),
            what="a voucher of 50 euros",
            why="The parcel never came, and we did not look",
            idempotency_key="demo",
            now=now,
        )


def _promises(reply: Message, *, by: Agent) -> Sequence[Promise]:
    """Those found in a reply, as if its writer had confirmed each."""
    person = reply.case.identity.person
    found = spot(reply.words, now=reply.at, zone=zone_of(person))
    return make_promises(
        case_id=reply.case_id,
        case_number=reply.case.number,
        person=person,
        text=reply.words,
        confirmed=[Confirmed(each.words, each.due_at) for each in found if each.due_at is not None],
        by=by,
        now=reply.at,
    )
