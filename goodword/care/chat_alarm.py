"""Who waits in front of the screen is never left there: the team is told again and again, and they are told too."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.care.events import ChatWaiting
from goodword.care.for_customers import for_customers
from goodword.care.lock import MergedAway, lock_case
from goodword.care.models import Case, Message
from goodword.care.new_reply import NewReply
from goodword.care.patience import Wait, alarm_is_due, whom_to_tell, word_is_due
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, WindowClosed, terms_of
from goodword.care.waits import wait_of, waits_of
from goodword.connectors.contract import Attends, Attention
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel import facts
from goodword.listen.models import Source
from goodword.staff.models import Membership, Notice, Role, TeamMember
from goodword.staff.notify import notify

log = logging.getLogger(__name__)

_NOBODY_WAITS_LONGER = timedelta(days=7)  # in front of a screen; the case itself stays in the inbox
_AT_ONCE = 200  # cases of a source in one sweep


def watch_chats(*, now: datetime) -> int:
    """Look at those who have waited too long on a live channel; how many something was done for.

    Cases are read without a lock first, the latest waits of each source; only those of whom something is due are
    locked. What can't be done for one of them keeps nobody else waiting.
    """
    done = 0
    for source, attention in _live_sources(now):
        for case in _due(source, attention, now):
            try:
                done += _look_after(case=case, attention=attention, now=now)
            except MergedAway:
                continue  # a moment ago: the case that stands for both is looked at next time
            except (IntegrityError, OperationalError, UnknownConnector, BrokenConnector):
                log.exception("a waiting customer could not be looked after", extra={"case": case.pk})
    return done


def _due(source: Source, attention: Attention, now: datetime) -> list[Case]:
    late = (
        Case.objects.of(source.workspace_id)
        .unresolved()
        .filter(
            source=source,
            waiting_since__lte=now - attention.answer_within,
            waiting_since__gte=now - _NOBODY_WAITS_LONGER,
        )
        .order_by("-waiting_since", "-id")
    )
    cases = list(late[:_AT_ONCE])
    waits = waits_of(source.workspace_id, cases)
    keys = {case.pk: _key(case, waits[case.pk].since) for case in cases if word_is_due(waits[case.pk], attention, now)}
    said = set(
        Message.objects.of(source.workspace_id)
        .filter(idempotency_key__in=list(keys.values()))
        .values_list("idempotency_key", flat=True)
    )
    return [
        case
        for case in cases
        if alarm_is_due(waits[case.pk], attention, now) or (case.pk in keys and keys[case.pk] not in said)
    ]


def _live_sources(now: datetime) -> Iterator[tuple[Source, Attention]]:
    for source in Source.objects.exclude(state=Source.State.FINISHED).select_related("workspace"):
        try:
            connector = source.connector
        except (UnknownConnector, BrokenConnector):
            continue
        if isinstance(connector, Attends):
            yield source, connector.attention(settings=source.settings, at=now)


@transaction.atomic
def _look_after(*, case: Case, attention: Attention, now: datetime) -> bool:
    case = lock_case(case)
    if case.waiting_since is None or not terms_of(case).capabilities.live:
        return False  # answered a moment ago; or they went on elsewhere, by mail
    wait = wait_of(case)
    alarmed = alarm_is_due(wait, attention, now)
    if alarmed:
        _give_alarm(case, wait, now)
    told = word_is_due(wait, attention, now) and _tell_the_customer(case, wait.since, attention, now)
    return alarmed or told


def _key(case: Case, since: datetime) -> str:
    """Names the one word of ours in a wait."""
    return f"waiting-{case.pk}-{int(since.timestamp())}"


def _give_alarm(case: Case, wait: Wait, now: datetime) -> None:
    minutes = int((now - wait.since).total_seconds() // 60)
    fact = ChatWaiting(workspace_id=case.workspace_id, case_id=case.pk, minutes=minutes)
    facts.record(fact, now=now)
    notify(
        workspace_id=case.workspace_id,
        agent_ids=_to_tell(case, wait.alarms),
        kind=Notice.Kind.WAITING,
        subject=fact.subject,
        text=ngettext("Waiting for %(n)d minute: %(subject)s", "Waiting for %(n)d minutes: %(subject)s", minutes)
        % {"n": minutes, "subject": case.subject},
        now=now,
    )


def _to_tell(case: Case, alarms: int) -> set[int]:
    active = Membership.objects.filter(workspace=case.workspace_id, agent__is_active=True)
    roles = dict(active.values_list("agent_id", "role"))
    able = {agent for agent, role in roles.items() if Role(role).allows(Role.AGENT)}
    team = TeamMember.objects.of(case.workspace_id).filter(team=case.team_id).values_list("agent_id", flat=True)
    return whom_to_tell(
        assignee=case.assignee_id if case.assignee_id in able else None,
        team=able.intersection(team),
        leads={agent for agent in able if Role(roles[agent]).allows(Role.LEAD)},
        everyone=able,
        alarms=alarms,
    )


def _tell_the_customer(case: Case, since: datetime, attention: Attention, now: datetime) -> bool:
    """Say once in a wait what happens next. False if it was said, or the channel takes no words now."""
    key = _key(case, since)
    if case.messages.filter(idempotency_key=key).exists():
        return False
    with for_customers():
        text = what_happens_next(attention)
    try:
        queue_reply(
            case=case,
            by=None,
            reply=NewReply(text=text, private=True, idempotency_key=key, automatic=True),
            now=now,
        )
    except (NotAllowed, WindowClosed):  # the source is stopped: its frame says that the chat is closed
        return False
    return True


def what_happens_next(attention: Attention) -> str:
    """The words for a customer whom nobody has answered."""
    if attention.is_open:
        begins = _("We are sorry: nobody is free to answer you yet. Your message is not lost, and we will answer it.")
    elif attention.next_opening is not None:
        opening = date_format(attention.next_opening, "l, H:i")
        begins = _("Nobody is here now. Your message is not lost: we are back on %(opening)s and will answer it then.")
        begins %= {"opening": opening}
    else:
        begins = _("Nobody is here now. Your message is not lost, and we will answer it.")
    offers = _("You need not wait: leave your e-mail address below and we answer by mail, or come back to this page.")
    return f"{begins} {offers}"
