"""How honest our replies are: what checks do, and what was sent all the same."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goodword.honesty.flags import FLAGS
from goodword.honesty.forms import RulesForm
from goodword.honesty.models import Statement
from goodword.honesty.policy import house_rules, levels_of, save_honesty_rules
from goodword.honesty.report import flag_reports, latest_sent_over
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show

PERIOD = timedelta(days=28)


@require_GET
@needs(Role.VIEWER)
def home(request: MemberRequest) -> HttpResponse:
    """Each flag with what it does and what was sent over it; statements in force; the latest reasons."""
    now, flag = current_time(), request.GET.get("flag", "")
    context = {
        "flags": flag_reports(request.workspace, since=now - PERIOD, until=now),
        "chosen": flag if flag in FLAGS else "",
        "latest": latest_sent_over(request.workspace, flag=flag),
        "statements": Statement.objects.of(request.workspace).in_force(now).order_by("-since"),
        "confidential": len(house_rules(request.workspace).confidential_words),
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return show(request, "honesty/honesty.html", "honesty/honesty.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def rules(request: MemberRequest) -> HttpResponse:
    """What each flag does, confidential words, and the figures that checks go by."""
    kept = house_rules(request.workspace)
    names = (
        "confidential",
        "same_cases",
        "same_hours",
        "most_offers",
        "offer_days",
        "feed_offers",
        "feed_days",
        "approver",
    )
    before = {name: getattr(kept, name) for name in names} | levels_of(request.workspace)
    form = RulesForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        save_honesty_rules(
            workspace=request.workspace,
            levels=form.levels(),
            **form.figures(),
            by=request.agent,
            now=current_time(),
        )
        address = reverse("honesty:home", args=[request.workspace.slug])
        return done(request, go_to=address, says=_("Kept."), go_to_page=address)
    context = {"form": form, "heading": _("What the checks do"), "fragment": "honesty/_rules.html"}
    return show(request, "ui/dialog_page.html", "honesty/_rules.html", context, status=422 if form.is_bound else 200)
