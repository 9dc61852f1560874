"""What the process shows beside a case, and tells in its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.care.activity import Data, Names, tell_of
from goodword.care.before_resolve import ask_before_resolving
from goodword.care.go_along import when_messages_move
from goodword.care.hold_replies import ask_before_sending
from goodword.care.models import Case, Delivery, Message
from goodword.care.panels import Panel, show_beside_cases
from goodword.process.action_lines import ACTION_LINES
from goodword.process.approvals import hold_goes_along, why_held
from goodword.process.models import Clock, HeldCase, Macro, QualityReview
from goodword.process.rules.durations import write_minutes
from goodword.process.steps import missing, needed_of, steps_of
from goodword.process.words import event_names, name_of, why
from goodword.staff.models import Membership, Role

SHOWN = 8


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock in words; `state` is open, paused, late, met, missed or dropped."""

    clock: Clock
    name: str
    target: str
    state: str
    events: Sequence[tuple[str, datetime]]


def read_clocks(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """The clocks of a case: what is open first, by when it falls due."""
    clocks = list(Clock.objects.of(case.workspace_id).filter(case=case).order_by("-started_at", "-pk")[:SHOWN])
    if not clocks:
        return None
    shown = [_shown(clock, now) for clock in clocks]
    shown.sort(
        key=lambda one: (one.clock.ended_at is not None, one.clock.due_at or datetime.max.replace(tzinfo=now.tzinfo))
    )
    return {"clocks": shown}


def read_quality(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """What was found of how the case was answered: for the agent who did, and for leads."""
    reviews = QualityReview.objects.of(case.workspace_id).filter(case=case).select_related("agent").order_by("-at")
    if not membership.may(Role.LEAD):
        reviews = reviews.filter(agent=membership.agent)
    found = list(reviews[:SHOWN])
    return {"reviews": found} if found else None


def _shown(clock: Clock, now: datetime) -> ShownClock:
    names = event_names()
    return ShownClock(
        clock=clock,
        name=name_of(clock.timed),
        target=write_minutes(clock.target_seconds // 60, in_business_time=clock.in_business_time),
        state=_state(clock, now),
        events=[(names[what], datetime.fromisoformat(at)) for what, at in clock.events],
    )


def _state(clock: Clock, now: datetime) -> str:
    if clock.ended_at is not None:
        return clock.outcome
    if clock.breached_at is not None or (clock.due_at is not None and clock.due_at < now):
        return "late"
    return "paused" if clock.due_at is None else "open"


def _moment(written: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(written)), "j M, H:i")


def _missed(who: str, data: Data, names: Names) -> str:
    return _("Late: %(what)s was due %(due)s (%(policy)s)") % {
        "what": name_of(data["timed"]),
        "due": _moment(data["due"]),
        "policy": data["policy"],
    }


def _told(who: str, data: Data, names: Names) -> str:
    told = ", ".join(filter(None, (names.agents.get(pk) for pk in data["agent_ids"]))) or _("Nobody")
    text = (
        _("%(what)s was due %(due)s. Told: %(told)s") if data["late"] else _("%(what)s is due %(due)s. Told: %(told)s")
    )
    return text % {"what": name_of(data["timed"]), "due": _moment(data["due"]), "told": told}


def _routed(who: str, data: Data, names: Names) -> str:
    to = names.agents.get(data["agent_id"] or 0) if data["agent_id"] else None
    if to is None:
        return _("It waits in %(team)s: %(why)s") % {
            "team": names.teams.get(data["team_id"], "–"),
            "why": why(data["because"]),
        }
    return _("%(to)s was chosen: %(why)s") % {"to": to, "why": why(data["because"])}


def read_macros(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """What can be run on a case by one key."""
    if not membership.may(Role.AGENT):
        return None
    macros = list(Macro.objects.of(case.workspace_id))
    return {"macros": macros} if macros else None


def read_held(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """That replies of the case are held, for whom they still are if it was lifted, and whether one waits."""
    hold, is_lead = HeldCase.objects.of(case.workspace_id).filter(case=case).first(), membership.may(Role.LEAD)
    if hold is not None and not is_lead and not hold.holds(membership.agent):
        hold = None
    held = Message.objects.of(case.workspace_id).filter(case=case, delivery=Delivery.HELD)
    waits = held.order_by("at").values_list("pk", flat=True).first()
    if hold is None and waits is None:
        return None
    may_decide = hold is not None and is_lead and hold.lifted_by_id != membership.agent_id
    return {"hold": hold, "waits": waits, "may_decide": may_decide}


def read_steps(case: Case, membership: Membership, now: datetime) -> dict[str, Any] | None:
    """What the case requires before it is resolved."""
    steps = steps_of(case)
    if not steps:
        return None
    return {"steps": steps, "missing": missing(steps), "may_act": membership.may(Role.AGENT)}


show_beside_cases(Panel(gettext_lazy("Required before it is resolved"), "process/_case_steps.html", read_steps, rank=5))
show_beside_cases(Panel(gettext_lazy("Four eyes"), "process/_case_held.html", read_held, rank=4))
show_beside_cases(Panel(gettext_lazy("Macros"), "process/_case_macros.html", read_macros, rank=90))
show_beside_cases(Panel(gettext_lazy("Deadlines"), "process/_clocks.html", read_clocks, rank=10))
show_beside_cases(Panel(gettext_lazy("Quality review"), "process/_quality_beside.html", read_quality, rank=90))
tell_of("DeadlineMissed", _missed)
tell_of("DeadlineTold", _told)
tell_of("CaseRouted", _routed)
ask_before_resolving(needed_of)
ask_before_sending(why_held)
when_messages_move(hold_goes_along)
for kind, line in ACTION_LINES.items():
    tell_of(kind, line)
