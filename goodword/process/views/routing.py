"""Routing: the plans of the teams, what agents can do, and how it would have gone in the past."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.process.models import Ability, RoutingPlan
from goodword.process.rehearse import PERIOD, rehearse
from goodword.process.routing import BadRouting, WrittenPlan, save_ability, save_plan, switch_plan, write_needs
from goodword.process.routing_words import abilities_in_words, plans_in_words
from goodword.process.views.condition import choices, typed_condition
from goodword.process.words import why
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role, Team
from goodword.staff.who_may import who_may
from goodword.ui.answers import done, show

SHOWN = 100  # cases of a rehearsal


@require_GET
@needs(Role.VIEWER)
def routing(request: MemberRequest) -> HttpResponse:
    """All of it."""
    context = {
        "plans": plans_in_words(request.workspace),
        "abilities": abilities_in_words(request.workspace),
        "is_lead": request.membership.may(Role.LEAD),
        "now": current_time(),
    }
    return render(request, "process/routing.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def plan(request: MemberRequest, team: int) -> HttpResponse:
    """How a team gets and shares cases."""
    found = get_object_or_404(Team.objects.of(request.workspace), pk=team)
    kept = RoutingPlan.objects.of(request.workspace).filter(team=found).first()
    written, problems = _as_written(kept) if kept else WrittenPlan(), {}
    if request.method == "POST":
        written = _typed(request)
        try:
            save_plan(team=found, written=written, by=request.agent, now=current_time())
        except BadRouting as error:
            problems = dict(error.problems)
        else:
            return _back(request, _("Kept."))
    context: dict[str, Any] = {
        "team": found,
        "written": written,
        "problems": problems,
        "shares": RoutingPlan.Share.choices,
        "others": Team.objects.of(request.workspace).exclude(pk=found.pk).order_by("name"),
        "people": who_may(Role.AGENT, workspace=request.workspace),
        "heading": _("Routing to %(team)s") % {"team": found},
        "fragment": "process/_plan.html",
        "without_teams": True,
        **choices(request),
    }
    status = 422 if problems else 200
    return show(request, "ui/dialog_page.html", "process/_plan.html", context, status=status)


@require_POST
@needs(Role.LEAD)
def force(request: MemberRequest, team: int) -> HttpResponse:
    """Give out cases that come from now on."""
    switch_plan(plan=_find(request, team), on=True, by=request.agent, now=current_time())
    return _back(request, _("Switched on: cases that come from now on are given out."))


@require_POST
@needs(Role.LEAD)
def withdrawal(request: MemberRequest, team: int) -> HttpResponse:
    """Give out none any more."""
    switch_plan(plan=_find(request, team), on=False, by=request.agent, now=current_time())
    return _back(request, _("Switched off. Who has a case keeps it."))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def ability(request: MemberRequest, agent: int) -> HttpResponse:
    """What an agent can do."""
    found = get_object_or_404(who_may(Role.AGENT, workspace=request.workspace), pk=agent)
    kept = Ability.objects.of(request.workspace).filter(agent=found).first() or Ability()
    context: dict[str, Any] = {
        "who": found,
        "skills": ", ".join(kept.skills),
        "languages": ", ".join(kept.languages),
        "most_open": kept.most_open,
        "heading": str(found),
        "fragment": "process/_ability.html",
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "process/_ability.html", context)
    context |= {name: request.POST.get(name, "")[:2000] for name in ("skills", "languages", "most_open")}
    try:
        save_ability(
            workspace=request.workspace,
            agent=found,
            skills=context["skills"],
            languages=context["languages"],
            most_open=min(read_id(context["most_open"].strip()) or 0, 10_000),
            by=request.agent,
            now=current_time(),
        )
    except BadRouting as error:
        context["problems"] = error.problems
        return show(request, "ui/dialog_page.html", "process/_ability.html", context, status=422)
    return _back(request, _("Kept."))


@require_GET
@needs(Role.LEAD)
def rehearsal(request: MemberRequest) -> HttpResponse:
    """To whom the cases of the past would have gone."""
    now = current_time()
    plans = list(RoutingPlan.objects.of(request.workspace))
    told = rehearse(request.workspace, plans, now=now)
    context = {
        "told": told,
        "rows": [(one, why(one.routed.reasons)) for one in told.cases[:SHOWN]],
        "days": PERIOD.days,
        "now": now,
    }
    return render(request, "process/rehearsal.html", context)


def _typed(request: MemberRequest) -> WrittenPlan:
    given = request.POST
    return WrittenPlan(
        condition=typed_condition(given, with_teams=False),
        words=given.get("words", "")[:4000],
        takes_all=given.get("takes_all") == "1",
        share=given.get("share", "")[:20],
        keeps_person=given.get("keeps_person") == "1",
        needs=given.get("needs", "")[:8000],
        overflow_id=_chosen(given.get("overflow", "")),
        person_id=_chosen(given.get("person", "")),
    )


def _chosen(given: str) -> int | None:
    """None for nothing; what can be no id is refused as one that nobody has."""
    return (read_id(given) or 0) if given else None


def _as_written(kept: RoutingPlan) -> WrittenPlan:
    return WrittenPlan(
        condition=kept.is_for,
        words=", ".join(kept.words),
        takes_all=kept.takes_all,
        share=kept.share,
        keeps_person=kept.keeps_person,
        needs=write_needs(kept),
        overflow_id=kept.overflow_id,
        person_id=kept.person_id,
    )


def _find(request: MemberRequest, team: int) -> RoutingPlan:
    return get_object_or_404(RoutingPlan.objects.of(request.workspace), team=team)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    address = reverse("process:routing", args=[request.workspace.slug])
    return done(request, go_to=address, says=says, go_to_page=address)
