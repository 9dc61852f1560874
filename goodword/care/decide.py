"""The customer's word on a resolution: confirmed, disputed, or lapsed for want of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from goodword.care.closing import was_asked
from goodword.care.events import ResolutionConfirmed, ResolutionDisputed, ResolutionLapsed
from goodword.care.lock import lock_standing, standing_case
from goodword.care.models import Case, Episode, Message, MessageKind, Priority, Resolution, State
from goodword.care.reopen import reopen_case
from goodword.care.touch import touch_cases
from goodword.care.weigh import raise_by_dispute
from goodword.kernel import facts
from goodword.staff.models import Notice, TeamMember
from goodword.staff.notify import notify


class MovedOn(Exception):
    """The case was reopened since; the word is on an episode that is no longer the last one, or isn't resolved."""


@transaction.atomic
def confirm_resolution(*, episode: Episode, words: str = "", now: datetime) -> Episode:
    """The customer says that it is solved. Saying it twice, or late, is fine. Raises `MovedOn`.

    Where the case went into another one since, that is what is solved: the question asked there is answered with it.
    """
    case, episode = _lock(episode)
    if not _is_resolved(case, episode):
        raise MovedOn(_("We are working on this again. You will hear from us."))
    last = case.episodes.latest("number")
    asked_there = [last] if last != episode and last.resolution in {Resolution.PROPOSED, Resolution.LAPSED} else []
    for one in [episode, *asked_there]:
        if one.resolution != Resolution.CONFIRMED:
            _decide(one, Resolution.CONFIRMED, words, now)
            _record(ResolutionConfirmed, case, one, now)
    return episode


@transaction.atomic
def dispute_resolution(*, episode: Episode, words: str = "", at: datetime | None = None, now: datetime) -> Episode:
    """The customer says that it is not solved: the case reopens with raised priority and risk. Returns the new episode.

    A dispute counts whenever it comes, even after the resolution lapsed or was confirmed. Whoever calls this for a
    message of the customer adds that message to the new episode. Raises `MovedOn`.
    """
    case, episode = _lock(episode)
    if not _is_resolved(case, episode):
        raise MovedOn(_("We are working on this again. You will hear from us."))
    _decide(episode, Resolution.DISPUTED, words, now)
    new = reopen_case(case=case, by=None, at=at, now=now)
    case.refresh_from_db()
    case.priority = raised(Priority(case.priority))
    case.save(update_fields=["priority"])
    raise_by_dispute(case, now)
    _record(ResolutionDisputed, case, episode, now)
    notify(
        workspace_id=case.workspace_id,
        agent_ids=_whom_to_tell(case),
        kind=Notice.Kind.DISPUTED,
        subject=f"case:{case.pk}",
        text=case.subject,
        now=now,
    )
    return new


@transaction.atomic
def dispute_by_link(*, episode: Episode, words: str = "", now: datetime) -> Episode:
    """As `dispute_resolution`; what was said on the page becomes the customer's message. Raises `MovedOn`."""
    new = dispute_resolution(episode=episode, words=words, now=now)
    Message.objects.create(
        workspace_id=new.workspace_id,
        case_id=new.case_id,
        episode=new,
        kind=MessageKind.INBOUND,
        private=True,
        text=words.strip() or _("No, it is not solved."),
        at=now,
    )
    touch_cases(workspace_id=new.workspace_id, case_ids=[new.case_id])
    return new


@transaction.atomic
def lapse_due(*, now: datetime, limit: int = 500) -> int:
    """Let resolutions lapse that nobody decided in time, up to `limit`; returns how many. Two runs share the work.

    The time runs from when the question arrived: who was never asked can't let anything lapse. Nor does whoever wrote
    again, whatever they wrote: a case that was reopened has nothing left to decide on.
    """
    until = now - timedelta(days=settings.RESOLUTION_LAPSE_DAYS)
    gone_on = Episode.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    due = (
        Episode.objects.filter(was_asked(by=until), resolution=Resolution.PROPOSED, resolved_at__lte=until)
        .filter(~Exists(gone_on), Q(case__merged_into=None) | Q(case__merged_into__state=State.RESOLVED))
        .filter(case__state=State.RESOLVED)
        .select_related("case")
        .select_for_update(of=("self", "case"), skip_locked=True)
        .order_by("resolved_at")
    )
    lapsed = list(due[:limit])
    for episode in lapsed:
        _decide(episode, Resolution.LAPSED, "", now)
        _record(ResolutionLapsed, episode.case, episode, now)
    return len(lapsed)


def raised(priority: Priority) -> Priority:
    """The priority after a dispute: high at least, and urgent after the second."""
    return Priority(min(Priority.URGENT, max(Priority.HIGH, priority + 1)))


def can_decide(episode: Episode) -> bool:
    """Whether the customer's word on this episode would count: nobody has gone on with the case since."""
    return _is_resolved(standing_case(episode.case), episode)


def _lock(episode: Episode) -> tuple[Case, Episode]:
    """The case that stands for the episode today, locked, and the episode as it is now."""
    case = lock_standing(episode.case)
    return case, Episode.objects.get(pk=episode.pk)


def _is_resolved(case: Case, episode: Episode) -> bool:
    """Of a case that went into another one since, a dispute was the last word: what came of it is asked anew there."""
    if case.state != State.RESOLVED or Episode.objects.filter(case=episode.case_id, number__gt=episode.number).exists():
        return False
    return episode.case_id == case.pk or episode.resolution != Resolution.DISPUTED


def _decide(episode: Episode, resolution: Resolution, words: str, now: datetime) -> None:
    episode.resolution, episode.decided_at, episode.customer_words = resolution, now, words.strip()
    episode.save(update_fields=["resolution", "decided_at", "customer_words"])


def _record(
    kind: type[ResolutionConfirmed | ResolutionDisputed | ResolutionLapsed], case: Case, episode: Episode, now: datetime
) -> None:
    facts.record(kind(workspace_id=case.workspace_id, case_id=case.pk, episode=episode.number), now=now)


def _whom_to_tell(case: Case) -> Iterable[int]:
    """The assignee; where nobody is, the whole team."""
    if case.assignee_id is not None:
        return [case.assignee_id]
    return TeamMember.objects.filter(team_id=case.team_id).values_list("agent_id", flat=True) if case.team_id else []
