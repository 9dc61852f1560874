"""How risk is weighed: what is in force, other ways to weigh, and which cases those would have moved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.process.rehearse_risk import PERIOD, rehearse_risk
from goodword.process.risk_words import changes, parts_in_words
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.triage.models import RiskVersion
from goodword.triage.models.risk_version import RiskVersionQuerySet
from goodword.triage.weigh_otherwise import BadWeights, NotTried, keep_trial, switch_on, write_risk_version
from goodword.triage.weights import BOUNDS, WORDED, Weights
from goodword.ui.answers import see_other

SHOWN = 40  # cases of a rehearsal, each way


@require_GET
@needs(Role.VIEWER)
def risk(request: MemberRequest) -> HttpResponse:
    """What is in force, and every version there was."""
    in_force = _in_force(request)
    context = {
        "in_force": in_force,
        "parts": parts_in_words(in_force.weighs if in_force else Weights()),
        "versions": _versions(request).select_related("written_by", "switched_on_by").order_by("-number"),
        "may_change": request.membership.may(Role.LEAD),
        "now": current_time(),
    }
    return render(request, "process/risk.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write another version, beginning with what is in force or with an older one."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        points = {part: read_id(request.POST.get(part, "").strip()) for part in BOUNDS}
        words = {part: request.POST.get(f"words-{part}", "")[:4000] for part in WORDED}
        try:
            version = write_risk_version(
                workspace=request.workspace,
                points=points,
                words=words,
                why=request.POST.get("why", "")[:2000],
                by=request.agent,
                now=current_time(),
            )
        except BadWeights as error:
            problems = dict(error.problems)
        else:
            return see_other(reverse("process:risk_version", args=[request.workspace.slug, version.pk]))
    context = {"rows": _rows(request, problems), "problems": problems, "why": request.POST.get("why", "")[:2000]}
    return render(request, "process/risk_form.html", context, status=422 if problems else 200)


@require_GET
@needs(Role.VIEWER)
def version(request: MemberRequest, version: int) -> HttpResponse:
    """One version: what it changes, and which cases it would have moved."""
    found, in_force, now = _find(request, version), _in_force(request), current_time()
    told = rehearse_risk(request.workspace, found.weighs, now=now) if found.tried_at and found != in_force else None
    context = {
        "version": found,
        "is_in_force": found == in_force,
        "changes": changes(found.weighs, in_force.weighs if in_force else Weights()),
        "parts": parts_in_words(found.weighs),
        "told": told,
        "ways": [(_("Up"), told.up[:SHOWN], len(told.up)), (_("Down"), told.down[:SHOWN], len(told.down))]
        if told
        else [],
        "days": PERIOD.days,
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "process/risk_version.html", context)


@require_POST
@needs(Role.LEAD)
def trial(request: MemberRequest, version: int) -> HttpResponse:
    """Try it on the past."""
    found, now = _find(request, version), current_time()
    told = rehearse_risk(request.workspace, found.weighs, now=now)
    keep_trial(
        version=found,
        cases=told.total,
        moved_up=len(told.up),
        moved_down=len(told.down),
        by=request.agent,
        now=now,
    )
    return see_other(reverse("process:risk_version", args=[request.workspace.slug, found.pk]))


@require_POST
@needs(Role.LEAD)
def force(request: MemberRequest, version: int) -> HttpResponse:
    """Weigh by it from now on."""
    found = _find(request, version)
    try:
        switch_on(version=found, by=request.agent, now=current_time())
    except NotTried as error:
        messages.error(request, str(error))
        return see_other(reverse("process:risk_version", args=[request.workspace.slug, found.pk]))
    messages.success(request, _("In force. Open cases are weighed anew."))
    return see_other(reverse("process:risk", args=[request.workspace.slug]))


def _rows(request: MemberRequest, problems: dict[str, str]) -> list[dict[str, Any]]:
    """Each part as it was typed, or as it begins."""
    begun = _versions(request).filter(pk=read_id(request.GET.get("from", "")) or 0).first() or _in_force(request)
    typed = request.POST if request.method == "POST" else {}
    return [
        {
            "part": part,
            "points": str(typed.get(part.part, part.points))[:20],
            "words": str(typed.get(f"words-{part.part}", part.words))[:4000],
            "problem": problems.get(part.part, ""),
            "words_problem": problems.get(f"words-{part.part}", ""),
        }
        for part in parts_in_words(begun.weighs if begun else Weights())
    ]


def _versions(request: MemberRequest) -> RiskVersionQuerySet:
    return RiskVersion.objects.of(request.workspace)


def _in_force(request: MemberRequest) -> RiskVersion | None:
    return _versions(request).newest_in_force().first()


def _find(request: MemberRequest, pk: int) -> RiskVersion:
    return get_object_or_404(_versions(request), pk=pk)
