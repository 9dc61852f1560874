"""Required steps: those that cases require, as they are written; and doing them in a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.lock import MergedAway
from goodword.care.models import Case
from goodword.kernel.clock import current_time
from goodword.process.models import RequiredStep
from goodword.process.policy_words import Names, condition_in_words
from goodword.process.steps import LONGEST, BadStep, CaseStep, keep_steps, missing, steps_of
from goodword.process.views.condition import more_choices, typed_condition
from goodword.process.write_steps import BadRequiredStep, WrittenStep, delete_step, save_step
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_GET
@needs(Role.VIEWER)
def steps(request: MemberRequest) -> HttpResponse:
    """All of them."""
    names = Names(request.workspace)
    found = [(step, condition_in_words(step.is_for, names)) for step in RequiredStep.objects.of(request.workspace)]
    return render(request, "process/steps.html", {"steps": found, "is_lead": request.membership.may(Role.LEAD)})


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    return _write(request, None, _("New required step"), WrittenStep(name=""))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, step: int) -> HttpResponse:
    """Change one."""
    found = get_object_or_404(RequiredStep.objects.of(request.workspace), pk=step)
    written = WrittenStep(name=found.name, kind=found.kind, condition=found.is_for)
    return _write(request, found, found.name, written)


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, step: int) -> HttpResponse:
    """Require it no more."""
    found = get_object_or_404(RequiredStep.objects.of(request.workspace), pk=step)
    delete_step(step=found, by=request.agent, now=current_time())
    return _back(request, _("Deleted. No case requires it any more."))


def _write(request: MemberRequest, found: RequiredStep | None, heading: str, written: WrittenStep) -> HttpResponse:
    problems: dict[str, str] = {}
    if request.method == "POST":
        given = request.POST
        condition = typed_condition(given)
        written = WrittenStep(name=given.get("name", "")[:200], kind=given.get("kind", "")[:10], condition=condition)
        try:
            save_step(workspace=request.workspace, step=found, written=written, by=request.agent, now=current_time())
        except BadRequiredStep as error:
            problems = dict(error.problems)
        else:
            return _back(request, _("Kept: it is required from now on."))
    context: dict[str, Any] = {
        "step": found,
        "written": written,
        "kinds": RequiredStep.Kind.choices,
        "problems": problems,
        "heading": heading,
        "fragment": "process/_step.html",
        **more_choices(request),
    }
    return show(request, "ui/dialog_page.html", "process/_step.html", context, status=422 if problems else 200)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    address = reverse("process:steps", args=[request.workspace.slug])
    return done(request, go_to=address, says=says, go_to_page=address)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def case_steps(request: MemberRequest, number: int) -> HttpResponse:
    """All that a case requires, in one form."""
    case = _find_case(request, number)
    found = steps_of(case)
    problems: dict[int, str] = {}
    written = {each.step.pk: each.done.words if each.done else None for each in found}
    error = ""
    if request.method == "POST":
        written = {each.step.pk: _typed(request, each) for each in found}
        try:
            found = keep_steps(case=case, written=written, by=request.agent, now=current_time())
        except BadStep as bad:
            problems = dict(bad.problems)
        except MergedAway as merged:
            error = str(merged)
        else:
            return _kept(request, case, found)
    rows = [(each, written.get(each.step.pk), problems.get(each.step.pk, "")) for each in found]
    context = {"case": case, "rows": rows, "error": error, "now": current_time()}
    context |= {"heading": _("Before it is resolved"), "fragment": "process/_case_steps_form.html"}
    status = 422 if problems or error else 200
    return show(request, "ui/dialog_page.html", "process/_case_steps_form.html", context, status=status)


@require_POST
@needs(Role.AGENT)
def case_step(request: MemberRequest, number: int, step: int) -> HttpResponse:
    """Tick one, or take the tick back."""
    case = _find_case(request, number)
    get_object_or_404(RequiredStep.objects.of(request.workspace), pk=step)
    words = None if request.POST.get("undo") == "1" else ""
    try:
        found = keep_steps(case=case, written={step: words}, by=request.agent, now=current_time())
    except (BadStep, MergedAway) as error:
        return done(request, go_to=_case_url(request, case), says=str(error))
    return _kept(request, case, found)


def _typed(request: MemberRequest, each: CaseStep) -> str | None:
    """What stands in the form: words; "" for a tick; None for what is not done."""
    given = request.POST.get(f"step-{each.step.pk}", "").strip()[: LONGEST + 1]
    if each.step.wants_words:
        return given or None
    return "" if given else None


def _kept(request: MemberRequest, case: Case, found: list[CaseStep]) -> HttpResponse:
    left = missing(found)
    says = _("All done: the case can be resolved.") if not left else _("Kept. Still to be done: %(n)d") % {"n": left}
    return done(request, go_to=_case_url(request, case), says=says, case_changed={})


def _case_url(request: MemberRequest, case: Case) -> str:
    return reverse("care:case", args=[request.workspace.slug, case.number])


def _find_case(request: MemberRequest, number: int) -> Case:
    return get_object_or_404(Case.objects.of(request.workspace).select_related("workspace"), number=number)
