"""Macros: all of them, one as it is written, and running one on a case."""

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
from goodword.kernel.ids import read_id
from goodword.process.act import CannotAct
from goodword.process.models import Macro, MacroRun
from goodword.process.read_actions import action_choices, write_action
from goodword.process.rule_words import actions_in_words
from goodword.process.rules.actions import MACROS_DO
from goodword.process.run_macro import CannotUndo, run_macro, undo_macro
from goodword.process.views.actions import action_rows, typed_actions
from goodword.process.write_macros import KEYS, BadMacro, WrittenMacro, delete_macro, save_macro
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_GET
@needs(Role.VIEWER)
def macros(request: MemberRequest) -> HttpResponse:
    """All of them."""
    found = [(macro, actions_in_words(macro.does)) for macro in Macro.objects.of(request.workspace)]
    return render(request, "process/macros.html", {"macros": found, "is_lead": request.membership.may(Role.LEAD)})


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    return _write(request, None, _("New macro"), WrittenMacro(name=""))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, macro: int) -> HttpResponse:
    """Change one."""
    found = get_object_or_404(Macro.objects.of(request.workspace), pk=macro)
    actions = [write_action(action) for action in found.does]
    return _write(request, found, found.name, WrittenMacro(name=found.name, key=found.key, actions=actions))


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, macro: int) -> HttpResponse:
    """Forget one."""
    found = get_object_or_404(Macro.objects.of(request.workspace), pk=macro)
    delete_macro(macro=found, by=request.agent, now=current_time())
    return _back(request, _("Deleted. What it did stays done."))


def _write(request: MemberRequest, found: Macro | None, heading: str, written: WrittenMacro) -> HttpResponse:
    problems: dict[str, str] = {}
    if request.method == "POST":
        key = request.POST.get("key", "")
        written = WrittenMacro(
            name=request.POST.get("name", "")[:200],
            key=(read_id(key) or 0) if key else None,  # what is no digit is refused as 0
            actions=typed_actions(request.POST),
        )
        try:
            save_macro(workspace=request.workspace, macro=found, written=written, by=request.agent, now=current_time())
        except BadMacro as error:
            problems = dict(error.problems)
        else:
            return _back(request, _("Kept."))
    context: dict[str, Any] = {
        "macro": found,
        "written": written,
        "keys": KEYS,
        "rows": action_rows(written.actions, problems),
        "can": action_choices(request.workspace, MACROS_DO),
        "problems": problems,
        "heading": heading,
        "fragment": "process/_macro.html",
    }
    return show(request, "ui/dialog_page.html", "process/_macro.html", context, status=422 if problems else 200)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    address = reverse("process:macros", args=[request.workspace.slug])
    return done(request, go_to=address, says=says, go_to_page=address)


@require_GET
@needs(Role.AGENT)
def case_macros(request: MemberRequest, number: int) -> HttpResponse:
    """Those that can be run on a case."""
    found = [(macro, actions_in_words(macro.does)) for macro in Macro.objects.of(request.workspace)]
    context = {"case": _find_case(request, number), "macros": found, "heading": _("Run a macro")}
    context["fragment"] = "process/_macro_choice.html"
    return show(request, "ui/dialog_page.html", "process/_macro_choice.html", context)


@require_POST
@needs(Role.AGENT)
def case_macro(request: MemberRequest, number: int, macro: int) -> HttpResponse:
    """Run one."""
    case = _find_case(request, number)
    found = get_object_or_404(Macro.objects.of(request.workspace), pk=macro)
    try:
        run = run_macro(macro=found, case=case, by=request.agent, now=current_time())
    except (CannotAct, MergedAway) as error:
        return _changed(request, case, str(error))
    undo = reverse("process:macro_undoing", args=[request.workspace.slug, number, run.pk])
    return _changed(request, case, _("Done: %(macro)s.") % {"macro": found}, undo=undo)


@require_POST
@needs(Role.AGENT)
def undoing(request: MemberRequest, number: int, macro_run: int) -> HttpResponse:
    """Take one back."""
    case = _find_case(request, number)
    run = get_object_or_404(MacroRun.objects.of(request.workspace).filter(case=case), pk=macro_run)
    try:
        left = undo_macro(run=run, by=request.agent, now=current_time())
    except (CannotUndo, MergedAway) as error:
        return _changed(request, case, str(error))
    if left:
        says = _("Undone, but for what was changed since: %(what)s.") % {"what": ", ".join(left)}
        return _changed(request, case, says)
    return _changed(request, case, _("Undone: %(macro)s.") % {"macro": run.name})


def _changed(request: MemberRequest, case: Case, says: str, undo: str = "") -> HttpResponse:
    go_to = reverse("care:case", args=[request.workspace.slug, case.number])
    return done(request, go_to=go_to, says=says, undo=undo, case_changed={})


def _find_case(request: MemberRequest, number: int) -> Case:
    return get_object_or_404(Case.objects.of(request.workspace), number=number)
