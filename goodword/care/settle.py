"""Write down how an attempt at sending a reply ended. Each is one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.claim import Claim, lease
from goodword.care.delivery import ARRIVED, MAX_ATTEMPTS, ask_again_at, may_become
from goodword.care.events import DeliveryAdvanced, ReplyFailed, ReplySent
from goodword.care.lock_message import lock_message
from goodword.care.models import Delivery, Message
from goodword.care.touch import touch_cases
from goodword.kernel import facts
from goodword.listen.own_words import keep_own_words
from goodword.staff.models import Notice
from goodword.staff.notify import notify


@transaction.atomic
def mark_arrived(*, message: Message, to: Delivery, external_id: str, at: datetime, now: datetime) -> bool:
    """The network has it, since `at` by its clock. False if that was known, or more."""
    message = lock_message(message.pk)
    before = Delivery(message.delivery)
    if not may_become(before, to) or (to == Delivery.SENT and came_back(message)):
        return False
    message.delivery, message.failure, message.send_at = to, "", None
    message.external_id = external_id or message.external_id
    message.save(update_fields=["delivery", "failure", "send_at", "external_id"])
    if before not in ARRIVED:
        _become_a_mention(message, at=max(message.at, min(at, now)), now=now)
        _first_arrival(message, now=now)
    if to != Delivery.SENT:
        fact = DeliveryAdvanced(
            workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk, delivery=to.value
        )
        facts.record(fact, now=now)
    return True


def _become_a_mention(message: Message, *, at: datetime, now: datetime) -> None:
    """What we said stands in the thread like what anybody said: answers to it, and its echo, find it there."""
    answered = message.answers.mention if message.answers is not None else message.case.opening_mention
    if message.mention_id is not None or answered is None or not message.external_id:
        return
    mention = keep_own_words(
        source=answered.source,
        answered=answered,
        external_id=message.external_id,
        text=message.text,
        private=message.private,
        automatic=message.automatic,
        at=at,
        now=now,
    )
    others = Message.objects.of(message.workspace_id).filter(mention=mention)
    # An echo that was faster than the receipt, and bore no key of ours, could not be known as ours: it is this reply.
    others.filter(idempotency_key=None).delete()
    if others.exists():
        return  # a network that keeps one answer has overwritten our earlier one, under the same id
    message.mention = mention
    message.save(update_fields=["mention"])


def _first_arrival(message: Message, *, now: datetime) -> None:
    touch_cases(workspace_id=message.workspace_id, case_ids=[message.case_id])
    fact = ReplySent(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk)
    facts.record(fact, now=now, actor_id=message.agent_id)


@transaction.atomic
def put_back(*, claim: Claim, reason: str, after: timedelta, now: datetime) -> None:
    """It surely did not arrive: try again later, and after many attempts leave it to a person."""
    message = _still_ours(claim)
    if message is None:
        return
    if message.attempts >= MAX_ATTEMPTS:
        _fail(message, reason, now)
        return
    message.delivery, message.failure = Delivery.QUEUED, reason
    message.send_at = now + after
    message.save(update_fields=["delivery", "failure", "send_at"])


@transaction.atomic
def ask_later(*, claim: Claim, now: datetime) -> None:
    """Nobody knows whether it arrived: ask the network again, for some minutes; then leave it to a person."""
    message = _still_ours(claim)
    if message is None:
        return
    at = ask_again_at(attempted_at=message.attempted_at or now, now=now, lease=lease())
    if at is None:
        _fail(message, unknown(), now)
        return
    message.send_at = at
    message.save(update_fields=["send_at"])


@transaction.atomic
def mark_failed(*, claim: Claim, reason: str, now: datetime) -> None:
    """It did not go out, or nobody can know: a person decides, and gets a notice."""
    message = _still_ours(claim)
    if message is not None:
        _fail(message, reason, now)


@transaction.atomic
def mark_came_back(*, message: Message, reason: str, now: datetime) -> bool:
    """The network had taken it, and says now that the customer won't get it. False if that was known, or can't be."""
    message = lock_message(message.pk)
    if Delivery(message.delivery) not in ARRIVED or not may_become(Delivery(message.delivery), Delivery.FAILED):
        return False
    _fail(message, reason, now)
    touch_cases(workspace_id=message.workspace_id, case_ids=[message.case_id])  # nobody has answered, after all
    return True


def came_back(message: Message) -> bool:
    """Whether it failed after the network had taken it: that the network once had it proves nothing then."""
    return message.delivery == Delivery.FAILED and bool(message.external_id)


def unknown() -> str:
    """The reason of a failure that may be none."""
    return _("We don't know whether it arrived. Look on the channel itself before you send it again.")


def _still_ours(claim: Claim) -> Message | None:
    """The locked message, unless its state was settled meanwhile: an echo of the network, or another worker's word."""
    message = lock_message(claim.message.pk)
    ours = message.delivery == Delivery.SENDING and message.attempts == claim.message.attempts
    return message if ours else None


def _fail(message: Message, reason: str, now: datetime) -> None:
    message.delivery, message.failure, message.send_at = Delivery.FAILED, reason, None
    message.save(update_fields=["delivery", "failure", "send_at"])
    fact = ReplyFailed(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk)
    facts.record(fact, now=now, actor_id=message.agent_id)
    told = message.agent_id or message.case.assignee_id
    notify(
        workspace_id=message.workspace_id,
        agent_ids=[told] if told else [],
        kind=Notice.Kind.FAILED,
        subject=fact.subject,
        text=reason,
        now=now,
    )
