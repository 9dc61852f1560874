"""Hold a draft back, or let it go with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.honesty.events import HonestyOverridden
from goodword.honesty.flags import Level
from goodword.honesty.inspect import Found
from goodword.honesty.models import SentOver
from goodword.honesty.models.sent_over import REASON_LENGTH
from goodword.kernel import facts
from goodword.staff.models import Agent, Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

FEWEST_WORDS = 3
"""Of a reason to send what is blocked: it is read by others."""


class HeldBack(Exception):
    """Checks speak against the draft, and no reason (or none that will do) was given to send it all the same."""

    def __init__(self, found: Sequence[Found]) -> None:
        blocked = any(each.level == Level.BLOCK for each in found)
        super().__init__(
            _("It was not sent: look at what was found. To send it all the same, say why in a few words of your own.")
            if blocked
            else _("It was not sent: look at what was found, or say why it is right as it stands.")
        )
        self.found = list(found)


def hold_back(found: Sequence[Found], *, reason: str) -> None:
    """Raise `HeldBack` unless nothing was found or the reason will do: any for a warning, some words for a block."""
    words = reason.split()
    needed = FEWEST_WORDS if any(each.level == Level.BLOCK for each in found) else 1
    if found and len(words) < needed:
        raise HeldBack(found)


@transaction.atomic
def keep_reason(
    *,
    found: Sequence[Found],
    reason: str,
    by: Agent,
    workspace_id: int,
    subject: str,
    person_id: int | None = None,
    case: tuple[int, int] | None = None,
    feed: str = "",
    now: datetime,
) -> None:
    """Record what was sent over and why; of a block the leads are told.

    `case` is its id and number, `feed` the channel where everybody can read it.
    """
    if not found:
        return
    reason = " ".join(reason.split())[:REASON_LENGTH]
    by_flag = {each.flag: each for each in reversed(found)}
    SentOver.objects.bulk_create(
        SentOver(
            workspace_id=workspace_id,
            flag=each.flag,
            level=each.level,
            reason=reason,
            agent=by,
            person_id=person_id,
            case_number=case[1] if case else None,
            subject=subject,
            feed=feed,
            at=now,
        )
        for each in by_flag.values()
    )
    if case is None:
        return
    fact = HonestyOverridden(workspace_id=workspace_id, case_id=case[0], flags=sorted(by_flag), reason=reason)
    facts.record(fact, now=now, actor_id=by.pk)
    if any(each.level == Level.BLOCK for each in found):
        leads = who_may(Role.LEAD, workspace=workspace_id).exclude(pk=by.pk)
        notify(
            workspace_id=workspace_id,
            agent_ids=leads.values_list("pk", flat=True),
            kind=Notice.Kind.SENT_OVER,
            subject=f"case:{case[0]}",
            text=reason,
            now=now,
        )


@transaction.atomic
def take_reason_back(*, workspace_id: int, subject: str) -> None:
    """What it was about was undone before anybody could read it."""
    SentOver.objects.of(workspace_id).filter(subject=subject).update(undone=True)
