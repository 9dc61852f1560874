"""Four eyes: which replies wait until somebody else has seen them, and what they say to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.lock import lock_case
from goodword.care.models import Case, Delivery, Message
from goodword.care.release import NotHeld, release_reply
from goodword.care.take_back import take_back_reply
from goodword.care.undo import TooLate
from goodword.honesty.flags import Approver, Level
from goodword.honesty.inspect import Found
from goodword.honesty.policy import house_rules
from goodword.kernel.facts import record
from goodword.process.events import HoldLifted, ReplyApproved, ReplySentBack
from goodword.process.models import HeldCase
from goodword.staff.models import Agent, Notice, Role, Workspace
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

LONGEST_REASON = 300


class CannotDecide(Exception):
    """Not by this agent, or not without a reason; the message says which."""


def why_held(case: Case, found: Sequence[Found], writer: Agent) -> str:
    """Why a reply has to wait, for `care.hold_replies`: what the guard found, or what a rule said of the case."""
    held = dict.fromkeys(str(each.label) for each in found if each.level == Level.HOLD)
    if held:
        return _("Found in it: %(what)s") % {"what": ", ".join(held)}
    hold = HeldCase.objects.of(case.workspace_id).filter(case=case).first()
    if hold is None or not hold.holds(writer):
        return ""
    return hold.why or _("A rule wants somebody else to see what is written in this case.")


def approver_role(workspace: Workspace) -> Role:
    """From which role on members may say yes or no, if they didn't write it."""
    return Role.AGENT if house_rules(workspace).approver == Approver.AGENT else Role.LEAD


def waiting_replies(workspace: Workspace | int) -> list[Message]:
    """What waits, the longest first."""
    held = Message.objects.of(workspace).filter(delivery=Delivery.HELD)
    return list(held.select_related("agent", "case__identity__person").order_by("at", "pk"))


@transaction.atomic
def hold_case(*, case: Case, why: str, now: datetime) -> bool:
    """Every reply of the case waits from now on; False if that is so already. Raises `MergedAway`."""
    case = lock_case(case)
    hold = HeldCase.objects.of(case.workspace_id).filter(case=case).first()
    if hold is not None and hold.lifted_by_id is None:
        return False
    hold = hold or HeldCase(workspace_id=case.workspace_id, case=case)
    hold.why, hold.at, hold.lifted_by = why[:LONGEST_REASON], now, None
    hold.save()
    return True


@transaction.atomic
def lift_hold(*, case: Case, by: Agent, now: datetime) -> bool:
    """Replies of others go out as they do elsewhere; `by`'s own do once somebody else has lifted it, too.

    What waits goes on waiting. Whether replies of nobody are held any more. Raises `MergedAway`.
    """
    case = lock_case(case)
    hold = HeldCase.objects.of(case.workspace_id).filter(case=case).first()
    if hold is None or hold.lifted_by_id == by.pk:
        return hold is None
    is_second = hold.lifted_by_id is not None
    if is_second:
        hold.delete()
    else:
        hold.lifted_by = by
        hold.save(update_fields=["lifted_by"])
    record(HoldLifted(workspace_id=case.workspace_id, case_id=case.pk), now=now, actor_id=by.pk)
    return is_second


def hold_goes_along(origin: Case, target: Case) -> None:
    """What holds replies of `origin` holds those of `target`, for `care.go_along`. Undoing a merge lifts nothing."""
    holds = {hold.case_id: hold for hold in HeldCase.objects.of(origin.workspace_id).filter(case__in=[origin, target])}
    came, there = holds.get(origin.pk), holds.get(target.pk)
    if came is None:
        return
    if there is None:
        HeldCase.objects.create(
            workspace_id=came.workspace_id, case=target, why=came.why, at=came.at, lifted_by_id=came.lifted_by_id
        )
    elif there.lifted_by_id != came.lifted_by_id:
        there.why, there.lifted_by = came.why if came.lifted_by_id is None else there.why, None
        there.save(update_fields=["why", "lifted_by"])


@transaction.atomic
def tell_approvers(*, message_id: int) -> None:
    """Tell those who may say yes or no that a reply waits; never who wrote it. Twice is once."""
    message = Message.objects.select_related("case__workspace").filter(pk=message_id, delivery=Delivery.HELD).first()
    if message is None:
        return
    approvers = who_may(approver_role(message.case.workspace), workspace=message.workspace_id)
    notify(
        workspace_id=message.workspace_id,
        agent_ids=approvers.exclude(pk=message.agent_id or 0).values_list("pk", flat=True),
        kind=Notice.Kind.APPROVAL,
        subject=f"case:{message.case_id}",
        text=message.failure,
        now=message.at,
    )


@transaction.atomic
def approve_reply(*, message: Message, by: Agent, now: datetime) -> None:
    """It goes out, and its writer is told. Raises `CannotDecide`, and what `release_reply` raises."""
    _refuse_own(message, by)
    released = release_reply(message=message, by=by, now=now)
    fact = ReplyApproved(workspace_id=message.workspace_id, case_id=released.case_id, message_id=message.pk)
    record(fact, now=now, actor_id=by.pk)
    _tell_writer(released, Notice.Kind.APPROVED, released.text, now)


@transaction.atomic
def send_back_reply(*, message: Message, reason: str, by: Agent, now: datetime) -> None:
    """It becomes its writer's draft again, with the reason. Raises `CannotDecide`, `NotHeld`."""
    _refuse_own(message, by)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise CannotDecide(_("Say what is to be done otherwise."))
    message.refresh_from_db()
    if message.delivery != Delivery.HELD or message.agent is None:
        raise NotHeld(_("This reply doesn't wait for approval any more."))
    try:
        take_back_reply(message=message, by=message.agent, now=now)
    except TooLate as late:
        raise NotHeld(str(late)) from late
    fact = ReplySentBack(
        workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk, reason=reason
    )
    record(fact, now=now, actor_id=by.pk)
    _tell_writer(message, Notice.Kind.SENT_BACK, reason, now)


def _refuse_own(message: Message, by: Agent) -> None:
    if message.agent_id == by.pk:
        raise CannotDecide(_("You wrote it: somebody else has to look."))


def _tell_writer(message: Message, kind: Notice.Kind, text: str, now: datetime) -> None:
    notify(
        workspace_id=message.workspace_id,
        agent_ids=[message.agent_id] if message.agent_id else [],
        kind=kind,
        subject=f"case:{message.case_id}",
        text=text,
        now=now,
    )
