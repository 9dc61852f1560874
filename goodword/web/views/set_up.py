"""Setting up a workspace."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.kernel.ended_jobs import failed_jobs
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.web.set_up import read_steps


@require_GET
@needs(Role.VIEWER)
def set_up(request: MemberRequest) -> HttpResponse:
    """The steps, and how far we are; to admins also which jobs of the installation were given up."""
    steps = read_steps(request.workspace)
    rows = [(step, request.membership.may(step.role)) for step in steps.steps]
    given_up = failed_jobs() if request.membership.may(Role.ADMIN) else ()
    context = {"steps": steps, "rows": rows, "given_up": given_up, "now": current_time()}
    return render(request, "web/set_up.html", context)
