"""Tell people of deadlines, as the ladder of the policy says: in the product, by mail and by webhook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.kernel import facts
from goodword.process.case_clocks import Climb
from goodword.process.events import DeadlineMissed, DeadlineTold
from goodword.process.mailing import send_later
from goodword.process.models import Clock
from goodword.process.rules.ladder import whom_to_tell
from goodword.process.words import name_of
from goodword.staff.models import Notice, Role, TeamMember, Webhook, Workspace
from goodword.staff.notify import Word, notify_all
from goodword.staff.tell_webhooks import Tiding, tell_webhooks
from goodword.staff.who_may import who_may


def note_late(*, workspace_id: int, clocks: Iterable[Clock], now: datetime) -> None:
    """Put on record what is late for the first time. Within the transaction that found it."""
    late = [
        DeadlineMissed(
            workspace_id=workspace_id,
            case_id=clock.case_id,
            timed=clock.timed,
            policy=clock.policy_name,
            due=clock.breached_at.isoformat(),
        )
        for clock in clocks
        if clock.breached_at is not None
    ]
    facts.record_all(late, now=now)


def escalate(*, workspace_id: int, climbs: Sequence[Climb], now: datetime) -> None:
    """Tell whoever stands on these rungs. Within the transaction that climbed them, so that nobody is told twice."""
    if not climbs:
        return
    crew = _Crew(Workspace.objects.get(pk=workspace_id))
    told = [(climb, crew.whom(climb)) for climb in climbs]
    facts.record_all([_fact(climb, agent_ids, now) for climb, agent_ids in told], now=now)
    with timezone.override(crew.workspace.zone):
        notify_all(workspace_id=workspace_id, words=[_word(climb, agent_ids, now) for climb, agent_ids in told])
        for climb, agent_ids in told:
            if climb.rung.by_mail:
                send_later(
                    agent_ids=sorted(agent_ids),
                    subject=_headline(climb, now),
                    workspace=crew.workspace.slug,
                    case_number=climb.clock.case.number,
                )
        tidings = [_tiding(climb, crew.workspace, now) for climb, _told in told if climb.rung.by_webhook]
        tell_webhooks(workspace_id=workspace_id, about=Webhook.About.DEADLINES, tidings=tidings, now=now)


class _Crew:
    """Who can be told, read once for all."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.able = set(who_may(Role.AGENT, workspace=workspace).values_list("pk", flat=True))
        self.leads = set(who_may(Role.LEAD, workspace=workspace).values_list("pk", flat=True))
        self.teams: dict[int, set[int]] = defaultdict(set)
        for team_id, agent_id in TeamMember.objects.of(workspace).values_list("team", "agent"):
            self.teams[team_id].add(agent_id)

    def whom(self, climb: Climb) -> set[int]:
        case = climb.clock.case
        team = self.teams[case.team_id] & self.able if case.team_id else set()
        return whom_to_tell(climb.rung, assignee=case.assignee_id, team=team, leads=self.leads, able=self.able)


def _fact(climb: Climb, agent_ids: set[int], now: datetime) -> DeadlineTold:
    return DeadlineTold(
        workspace_id=climb.clock.workspace_id,
        case_id=climb.clock.case_id,
        timed=climb.clock.timed,
        due=climb.due.isoformat(),
        late=climb.due < now,
        agent_ids=sorted(agent_ids),
    )


def _word(climb: Climb, agent_ids: set[int], now: datetime) -> Word:
    case = climb.clock.case
    return Word(
        agent_ids=agent_ids,
        kind=Notice.Kind.OVERDUE if climb.due < now else Notice.Kind.DUE,
        subject=f"case:{case.pk}",
        text=f"{_headline(climb, now)} · {case.subject}",
        at=climb.moment,
    )


def _tiding(climb: Climb, workspace: Workspace, now: datetime) -> Tiding:
    """Without a word of the customer's: who may read them follows the link."""
    case = climb.clock.case
    return Tiding(
        "deadline.missed" if climb.due < now else "deadline.near",
        {
            "workspace": workspace.slug,
            "case": case.number,
            "url": settings.PUBLIC_URL + reverse("care:case", args=[workspace.slug, case.number]),
            "text": _headline(climb, now),
            "timed": climb.clock.timed,
            "policy": climb.clock.policy_name,
            "due": climb.due.isoformat(),
        },
    )


def _headline(climb: Climb, now: datetime) -> str:
    """Without a word of the customer's. Times are the workspace's."""
    due = date_format(timezone.localtime(climb.due), "j M, H:i")
    text = (
        _("%(what)s of case %(n)d was due %(due)s") if climb.due < now else _("%(what)s of case %(n)d is due %(due)s")
    )
    return text % {"what": name_of(climb.clock.timed), "n": climb.clock.case.number, "due": due}
