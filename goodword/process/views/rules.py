"""Rules: all of them in their order, one as it is written, and what it would have done in the past."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.process.models import Rule
from goodword.process.read_actions import action_choices, write_action
from goodword.process.rehearse_rule import PERIOD, rehearse_rule
from goodword.process.rule_words import rules_in_words
from goodword.process.rules.actions import RULES_DO
from goodword.process.views.actions import action_rows, typed_actions
from goodword.process.views.condition import more_choices, typed_condition
from goodword.process.words import when_names
from goodword.process.write_rules import BadRule, WrittenRule, delete_rule, move_rule, save_rule, switch_rule
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show

SHOWN = 100  # cases of a rehearsal


@require_GET
@needs(Role.VIEWER)
def rules(request: MemberRequest) -> HttpResponse:
    """All of them."""
    found = list(Rule.objects.of(request.workspace))
    context = {"rules": rules_in_words(request.workspace, found), "is_lead": request.membership.may(Role.LEAD)}
    return render(request, "process/rules.html", context | {"now": current_time()})


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    return _write(request, None, _("New rule"), WrittenRule(name=""))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, rule: int) -> HttpResponse:
    """Change one."""
    found = _find(request, rule)
    written = WrittenRule(
        name=found.name,
        when=found.when,
        condition=found.is_for,
        actions=[write_action(action) for action in found.does],
    )
    return _write(request, found, found.name, written)


@require_GET
@needs(Role.LEAD)
def rehearsal(request: MemberRequest, rule: int) -> HttpResponse:
    """Which cases of the past it would have touched."""
    found, now = _find(request, rule), current_time()
    told = rehearse_rule(found, now=now)
    (worded,) = rules_in_words(request.workspace, [found])
    context = {"one": worded, "told": told, "shown": told.cases[:SHOWN], "days": PERIOD.days, "now": now}
    return render(request, "process/rule_rehearsal.html", context)


@require_POST
@needs(Role.LEAD)
def force(request: MemberRequest, rule: int) -> HttpResponse:
    """On from now on."""
    switch_rule(rule=_find(request, rule), on=True, by=request.agent, now=current_time())
    return _back(request, _("Switched on, for what happens from now on."))


@require_POST
@needs(Role.LEAD)
def withdrawal(request: MemberRequest, rule: int) -> HttpResponse:
    """Off."""
    switch_rule(rule=_find(request, rule), on=False, by=request.agent, now=current_time())
    return _back(request, _("Switched off. What it did stays done."))


@require_POST
@needs(Role.LEAD)
def place(request: MemberRequest, rule: int) -> HttpResponse:
    """One up or down."""
    move_rule(rule=_find(request, rule), up=request.POST.get("to") == "up", by=request.agent, now=current_time())
    return _back(request, "")


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, rule: int) -> HttpResponse:
    """Forget one."""
    delete_rule(rule=_find(request, rule), by=request.agent, now=current_time())
    return _back(request, _("Deleted. What it did stays done."))


def _write(request: MemberRequest, found: Rule | None, heading: str, written: WrittenRule) -> HttpResponse:
    problems: dict[str, str] = {}
    if request.method == "POST":
        given = request.POST
        written = WrittenRule(
            name=given.get("name", "")[:200],
            when=given.get("when", "")[:20],
            condition=typed_condition(given),
            actions=typed_actions(given),
        )
        try:
            save_rule(workspace=request.workspace, rule=found, written=written, by=request.agent, now=current_time())
        except BadRule as error:
            problems = dict(error.problems)
        else:
            return _back(request, _("Kept."))
    context: dict[str, Any] = {
        "rule": found,
        "written": written,
        "whens": when_names(),
        "rows": action_rows(written.actions, problems),
        "can": action_choices(request.workspace, RULES_DO),
        "problems": problems,
        "heading": heading,
        "fragment": "process/_rule.html",
        **more_choices(request),
    }
    return show(request, "ui/dialog_page.html", "process/_rule.html", context, status=422 if problems else 200)


def _find(request: MemberRequest, pk: int) -> Rule:
    return get_object_or_404(Rule.objects.of(request.workspace), pk=pk)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    address = reverse("process:rules", args=[request.workspace.slug])
    return done(request, go_to=address, says=says, go_to_page=address)
