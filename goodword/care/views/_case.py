"""What every view of a case begins and ends with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from goodword.care.lock import standing_case
from goodword.care.models import Case
from goodword.staff.membership import MemberRequest
from goodword.ui.answers import done, show


def find_case(request: MemberRequest, number: int) -> Case:
    """The case of this number in this workspace, or 404."""
    cases = Case.objects.of(request.workspace).select_related("identity__person", "assignee", "team", "source")
    return get_object_or_404(cases, number=number)


def case_url(case: Case, name: str = "case", **more: object) -> str:
    """The address of a case, or of something of it, e.g. `case_url(case, "snooze")`."""
    return reverse(f"care:{name}", kwargs={"workspace": case.workspace.slug, "number": case.number, **more})


def changed(request: HttpRequest, case: Case, says: str, *, undo: str = "") -> HttpResponse:
    """Answer a change of a case: a word, and the page brings itself up to date."""
    return done(request, go_to=case_url(standing_case(case)), says=says, undo=undo, case_changed={})


def ask(
    request: MemberRequest, case: Case, fragment: str, heading: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a form that has an address of its own: in the dialog, or as a page for those without a script."""
    context = {"case": case, "heading": heading, "fragment": fragment, **context}
    return show(request, "ui/dialog_page.html", fragment, context, status=status)
