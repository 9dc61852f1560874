"""Owning a mistake: the parts of an apology become a draft, which its writer goes over and sends."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.care.apology_words import Apology, apology_text
from goodword.care.draft import save_draft
from goodword.care.forms import ApologyForm
from goodword.care.greeting import first_name
from goodword.care.lock import MergedAway
from goodword.care.make_good import NotGiven, budget_of, offer_make_good, spent_this_month
from goodword.care.models import Case, Draft, MakeGood, MakeGoodKind, MakeGoodState, MessageKind
from goodword.care.views._case import ask, case_url, find_case
from goodword.care.views._composer import composer_context
from goodword.kernel.clock import current_time
from goodword.promises.due import as_typed, next_working_end, zone_of
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import see_other, wants_fragment, with_events


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def apology(request: MemberRequest, number: int) -> HttpResponse:
    """What happened, that it was ours, what we do and by when, what we give."""
    case, now = find_case(request, number), current_time()
    zone = zone_of(case.identity.person)
    initial = {"due": as_typed(next_working_end(now, zone), zone)}
    form = ApologyForm(request.POST if request.method == "POST" else None, zone=zone, now=now, initial=initial)
    if form.is_valid():
        try:
            given = _offer(request, case, form.cleaned_data)
        except (NotGiven, MergedAway) as error:
            form.add_error(None, str(error))
        else:
            return _into_the_composer(request, case, form.cleaned_data, given)
    budget = budget_of(request.workspace)
    context = {
        "form": form,
        "zone": zone.key,
        "budget": budget,
        "left": max(0, budget.a_month - spent_this_month(request.workspace, now=now)),
    }
    return ask(request, case, "care/_apology.html", _("Own a mistake"), context, status=422 if form.is_bound else 200)


def _offer(request: MemberRequest, case: Case, typed: dict[str, Any]) -> MakeGood | None:
    if not typed["kind"]:
        return None
    return offer_make_good(
        case=case,
        by=request.agent,
        kind=MakeGoodKind(typed["kind"]),
        amount=typed["amount"],
        what=typed["what"],
        why=typed["happened"][:300],
        now=current_time(),
    )


def _into_the_composer(
    request: MemberRequest, case: Case, typed: dict[str, Any], given: MakeGood | None
) -> HttpResponse:
    """Below what was being written. What a lead has yet to approve is not in the words: nobody can promise it."""
    is_sure = given is not None and given.state == MakeGoodState.APPROVED
    name = first_name(case.identity)
    words = apology_text(
        Apology(name, typed["happened"], typed["doing"], typed["due"], typed["what"] if is_sure else "")
    )
    draft = Draft.objects.of(request.workspace).filter(case=case, agent=request.agent, kind=MessageKind.REPLY).first()
    text = "\n\n".join(part for part in (draft.text.strip() if draft else "", words) if part)
    private = draft.private if draft else False
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=private, now=current_time())
    if not wants_fragment(request):
        return see_other(case_url(case))
    says = "" if given is None or is_sure else _("A lead was asked whether to give it; it is not in the words yet.")
    response = render(request, "care/_composer.html", composer_context(request, case))
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#composer", "outerHTML"
    events: dict[str, object] = {"dialog_close": {}, "case_changed": {}}
    return with_events(response, **events, **({"toast": {"text": says, "undo": ""}} if says else {}))
