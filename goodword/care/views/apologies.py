"""Owning a mistake: the parts of an apology become a draft, which its writer goes over and sends."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.care.apology_words import Apology
from goodword.care.forms import ApologyForm
from goodword.care.greeting import first_name
from goodword.care.lock import MergedAway
from goodword.care.make_good import NotGiven, budget_of, spent_this_month
from goodword.care.models import Case, MakeGood, MakeGoodKind, MakeGoodState
from goodword.care.own_mistake import Gift, own_mistake
from goodword.care.views._case import ask, case_url, find_case
from goodword.care.views._composer import composer_context
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token
from goodword.promises.due import as_typed, house_hours, next_working_end, zone_of
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import see_other, wants_fragment, with_events


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def apology(request: MemberRequest, number: int) -> HttpResponse:
    """What happened, that it was ours, what we do and by when, what we give."""
    case, now = find_case(request, number), current_time()
    zone = zone_of(case.identity.person)
    offered = next_working_end(now, zone, house_hours(request.workspace.pk))
    initial = {"due": as_typed(offered, zone), "idempotency_key": new_token()}
    form = ApologyForm(request.POST if request.method == "POST" else None, zone=zone, now=now, initial=initial)
    if form.is_valid():
        try:
            given = _own(request, case, form.cleaned_data)
        except (NotGiven, MergedAway) as error:
            form.add_error(None, str(error))
        else:
            return _into_the_composer(request, case, given)
    budget = budget_of(request.workspace)
    context = {
        "form": form,
        "zone": zone.key,
        "budget": budget,
        "left": max(0, budget.a_month - spent_this_month(request.workspace, now=now)),
    }
    return ask(request, case, "care/_apology.html", _("Own a mistake"), context, status=422 if form.is_bound else 200)


def _own(request: MemberRequest, case: Case, typed: dict[str, Any]) -> MakeGood | None:
    gift = Gift(MakeGoodKind(typed["kind"]), typed["amount"], typed["what"]) if typed["kind"] else None
    return own_mistake(
        case=case,
        by=request.agent,
        apology=Apology(first_name(case.identity), typed["happened"], typed["doing"], typed["due"]),
        gift=gift,
        idempotency_key=typed["idempotency_key"],
        now=current_time(),
    )


def _into_the_composer(request: MemberRequest, case: Case, given: MakeGood | None) -> HttpResponse:
    if not wants_fragment(request):
        return see_other(case_url(case))
    waits = given is not None and given.state == MakeGoodState.WAITING
    says = _("A lead was asked whether to give it; it is not in the words yet.") if waits else ""
    response = render(request, "care/_composer.html", composer_context(request, case))
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#composer", "outerHTML"
    events: dict[str, object] = {"dialog_close": {}, "case_changed": {}}
    return with_events(response, **events, **({"toast": {"text": says, "undo": ""}} if says else {}))
