"""Make-goods: the ledger, a lead's yes or no, the budget, and what they achieved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.make_good import (
    NotGiven,
    budget_of,
    decide_make_good,
    give_make_good,
    save_budget,
    spent_this_month,
    withdraw_make_good,
)
from goodword.care.models import MakeGood
from goodword.care.recovery import FEWEST, recovery
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show
from goodword.web.forms import BudgetForm

SHOWN = 100
YEAR = timedelta(days=365)


@require_GET
@needs(Role.VIEWER)
def make_goods(request: MemberRequest) -> HttpResponse:
    """The latest, what is left of the budget, and the recovered beside those whom we never failed."""
    now = current_time()
    ledger = MakeGood.objects.of(request.workspace).select_related("case__identity__person", "offered_by", "decided_by")
    context = {
        "ledger": list(ledger.order_by("-offered_at", "-pk")[:SHOWN]),
        "budget": budget_of(request.workspace),
        "spent": spent_this_month(request.workspace, now=now),
        "recovery": recovery(request.workspace, since=now - YEAR, until=now),
        "fewest": FEWEST,
        "may_act": request.membership.may(Role.AGENT),
        "may_decide": request.membership.may(Role.LEAD),
        "may_set_budget": request.membership.may(Role.ADMIN),
        "now": now,
    }
    return show(request, "web/make_goods.html", "web/make_goods.html", context)


@require_POST
@needs(Role.LEAD)
def approval(request: MemberRequest, make_good: int) -> HttpResponse:
    """A lead says yes."""
    return _change(
        request,
        make_good,
        _("Approved."),
        lambda found: decide_make_good(make_good=found, by=request.agent, approve=True, now=current_time()),
    )


@require_POST
@needs(Role.LEAD)
def refusal(request: MemberRequest, make_good: int) -> HttpResponse:
    """A lead says no."""
    return _change(
        request,
        make_good,
        _("Refused."),
        lambda found: decide_make_good(make_good=found, by=request.agent, approve=False, now=current_time()),
    )


@require_POST
@needs(Role.AGENT)
def giving(request: MemberRequest, make_good: int) -> HttpResponse:
    """It was given."""
    return _change(
        request,
        make_good,
        _("Given."),
        lambda found: give_make_good(make_good=found, by=request.agent, now=current_time()),
    )


@require_POST
@needs(Role.AGENT)
def withdrawal(request: MemberRequest, make_good: int) -> HttpResponse:
    """It won't be given."""
    return _change(
        request,
        make_good,
        _("Withdrawn."),
        lambda found: withdraw_make_good(make_good=found, by=request.agent, now=current_time()),
    )


@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def budget(request: MemberRequest) -> HttpResponse:
    """What may be given in a month, and without asking: set by who doesn't spend it every day."""
    kept = budget_of(request.workspace)
    before = {"currency": kept.currency, "a_month": kept.a_month, "without_asking": kept.without_asking}
    form = BudgetForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        save_budget(workspace=request.workspace, **form.cleaned_data)
        return done(request, go_to=_home(request), says=_("Kept."), go_to_page=_home(request))
    context = {"form": form, "heading": _("What may be given"), "fragment": "web/_make_good_budget.html"}
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "web/_make_good_budget.html", context, status=status)


def _change(request: MemberRequest, pk: int, says: str, change: Callable[[MakeGood], MakeGood]) -> HttpResponse:
    found = get_object_or_404(MakeGood.objects.of(request.workspace), pk=pk)
    try:
        change(found)
    except NotGiven as error:
        says = str(error)
    return done(request, go_to=_home(request), says=says, go_to_page=_home(request))


def _home(request: MemberRequest) -> str:
    return reverse("web:make_goods", args=[request.workspace.slug])
