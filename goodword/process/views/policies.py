"""Deadlines: the policies in their order, and one of them as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.process.models import Policy
from goodword.process.policies import (
    MOST_RUNGS,
    BadPolicy,
    WrittenPolicy,
    WrittenRung,
    delete_policy,
    move_policy,
    save_policy,
    switch_policy,
)
from goodword.process.policy_words import in_words
from goodword.process.rules.durations import write_minutes
from goodword.process.rules.ladder import ASSIGNEE, LEADS, TEAM
from goodword.process.views.condition import choices, typed_condition
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.staff.who_may import who_may
from goodword.ui.answers import done, show

_BLANK = WrittenRung(length="", before=True, whom=ASSIGNEE)
# What a new policy begins with: a warning, and two steps up.
_USUAL = (
    WrittenRung(length="1 h", before=True, whom=ASSIGNEE),
    WrittenRung(length="0", before=False, whom=LEADS),
    WrittenRung(length="2 h", before=False, whom=LEADS, by_mail=True),
)


@require_GET
@needs(Role.VIEWER)
def policies(request: MemberRequest) -> HttpResponse:
    """All of them."""
    found = list(Policy.objects.of(request.workspace))
    context = {"policies": in_words(request.workspace, found), "is_lead": request.membership.may(Role.LEAD)}
    return render(request, "process/policies.html", context | {"now": current_time()})


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    usual = WrittenPolicy(name="", first="4 h", next="8 h", resolution="24 h", ladder=_USUAL)
    return _write(request, None, _("New policy"), usual)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, policy: int) -> HttpResponse:
    """Change one."""
    found = _find(request, policy)
    return _write(request, found, found.name, _as_written(found))


@require_POST
@needs(Role.LEAD)
def force(request: MemberRequest, policy: int) -> HttpResponse:
    """In force from now on."""
    switch_policy(policy=_find(request, policy), on=True, by=request.agent, now=current_time())
    return _back(request, _("In force for what begins from now on."))


@require_POST
@needs(Role.LEAD)
def withdrawal(request: MemberRequest, policy: int) -> HttpResponse:
    """Not in force any more."""
    switch_policy(policy=_find(request, policy), on=False, by=request.agent, now=current_time())
    return _back(request, _("Switched off. What it timed is dropped."))


@require_POST
@needs(Role.LEAD)
def place(request: MemberRequest, policy: int) -> HttpResponse:
    """One up or down."""
    move_policy(policy=_find(request, policy), up=request.POST.get("to") == "up", by=request.agent, now=current_time())
    return _back(request, "")


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, policy: int) -> HttpResponse:
    """Forget one."""
    delete_policy(policy=_find(request, policy), by=request.agent, now=current_time())
    return _back(request, _("Deleted. What is over stays in the reports."))


def _write(request: MemberRequest, found: Policy | None, heading: str, written: WrittenPolicy) -> HttpResponse:
    problems: dict[str, str] = {}
    if request.method == "POST":
        written = _typed(request)
        try:
            save_policy(
                workspace=request.workspace, policy=found, written=written, by=request.agent, now=current_time()
            )
        except BadPolicy as error:
            problems = dict(error.problems)
        else:
            return _back(request, _("Kept."))
    context = {
        "policy": found,
        "written": written,
        "rungs": _rungs(written.ladder, problems),
        "targets": [
            (name, label, getattr(written, name), problems.get(name, ""))
            for name, label in (
                ("first", _("First answer within")),
                ("next", _("Each later answer within")),
                ("resolution", _("Solved within")),
            )
        ],
        "problems": problems,
        "heading": heading,
        "fragment": "process/_policy.html",
        "everybody": _everybody(request),
        **choices(request),
    }
    status = 422 if problems else 200
    return show(request, "ui/dialog_page.html", "process/_policy.html", context, status=status)


def _everybody(request: MemberRequest) -> list[tuple[str, str]]:
    """Whom a rung may name."""
    people = [(str(agent.pk), str(agent)) for agent in who_may(Role.AGENT, workspace=request.workspace)]
    return [(ASSIGNEE, _("whose case it is")), (TEAM, _("its team")), (LEADS, _("who leads")), *people]


def _rungs(ladder: Sequence[WrittenRung], problems: dict[str, str]) -> list[dict[str, Any]]:
    """Those there are, and one more to write."""
    shown = [*ladder, _BLANK][:MOST_RUNGS]
    return [{"n": n, "rung": rung, "error": problems.get(f"rung-{n}", "")} for n, rung in enumerate(shown)]


def _typed(request: MemberRequest) -> WrittenPolicy:
    given = request.POST
    return WrittenPolicy(
        name=given.get("name", "")[:200],
        condition=typed_condition(given),
        first=given.get("first", "")[:60],
        next=given.get("next", "")[:60],
        resolution=given.get("resolution", "")[:60],
        in_business_time=given.get("time") != "wall",
        ladder=[
            WrittenRung(
                length=given.get(f"rung-{n}", "")[:60],
                before=given.get(f"rung-{n}-side") != "after",
                whom=given.get(f"rung-{n}-whom", "")[:20],
                by_mail=given.get(f"rung-{n}-mail") == "1",
                by_webhook=given.get(f"rung-{n}-webhook") == "1",
            )
            for n in range(MOST_RUNGS)
            if given.get(f"rung-{n}", "").strip()
        ],
    )


def _as_written(found: Policy) -> WrittenPolicy:
    business = found.in_business_time
    return WrittenPolicy(
        name=found.name,
        condition=found.is_for,
        first=write_minutes(found.first_minutes, in_business_time=business),
        next=write_minutes(found.next_minutes, in_business_time=business),
        resolution=write_minutes(found.resolution_minutes, in_business_time=business),
        in_business_time=business,
        ladder=[
            WrittenRung(
                length=write_minutes(abs(rung.minutes)) or "0",
                before=rung.minutes < 0,
                whom=str(rung.whom[0]),
                by_mail=rung.by_mail,
                by_webhook=rung.by_webhook,
            )
            for rung in found.rungs
        ],
    )


def _find(request: MemberRequest, pk: int) -> Policy:
    return get_object_or_404(Policy.objects.of(request.workspace), pk=pk)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    address = reverse("process:policies", args=[request.workspace.slug])
    return done(request, go_to=address, says=says, go_to_page=address)
