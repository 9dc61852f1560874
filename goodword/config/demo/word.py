"""Harbour's word: what it promised to customers and to everybody, and something that it made good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from goodword.care.make_good import offer_make_good
from goodword.care.models import Case, MakeGoodKind
from goodword.promises.fall_due import break_overdue
from goodword.promises.keep import keep_promise
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise
from goodword.promises.save_presence import save_brand_page, save_presence
from goodword.staff.models import Agent, Workspace

_HOURS = "Monday to Friday, 9 to 18"

# (words, made so many hours ago, due in so many hours, what shows that it was kept)
_PROMISES = (
    ("We'll call you about the repair.", 30, 3, ""),
    ("I'll send you the label for the return.", 52, -4, ""),
    ("We'll check the size with the workshop.", 60, 20, "The workshop measured it: see the note."),
    ("We'll replace it once you send us a photo.", 26, 50, ""),
)


def give_word(*, workspace: Workspace, channel: str, agents: Sequence[Agent], now: datetime) -> None:
    """In some of the cases that are open; the first agent is who looks around the demo."""
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
    cases = (
        Case.objects.of(workspace).unresolved().select_related("identity__person__workspace").order_by("-risk", "pk")
    )
    for case, (words, made, due, evidence) in zip(cases, _PROMISES, strict=False):
        promise = _promise(
            case, words, by=agents[0], made_at=now - timedelta(hours=made), due=timedelta(hours=due + made)
        )
        if evidence:
            keep_promise(promise=promise, by=agents[0], evidence=evidence, now=now)
    break_overdue(now=now)
    if (failed := cases.last()) is not None:
        offer_make_good(
            case=failed,
            by=agents[-1],
            kind=MakeGoodKind.VOUCHER,
            amount=Decimal(50),
            what="a voucher of 50 euros",
            why="The parcel was lost twice",
            now=now,
        )


def _promise(case: Case, words: str, *, by: Agent, made_at: datetime, due: timedelta) -> Promise:
    [promise] = make_promises(
        case_id=case.pk,
        case_number=case.number,
        person=case.identity.person,
        text=words,
        confirmed=[Confirmed(words, made_at + due)],
        by=by,
        now=made_at,
    )
    return promise
