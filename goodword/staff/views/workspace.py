"""The workspace itself: its name and its time zone."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.kernel.clock import current_time
from goodword.staff.forms import WorkspaceForm
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.staff.name_workspace import name_workspace
from goodword.ui.answers import done, show


@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def naming(request: MemberRequest) -> HttpResponse:
    """Name and time zone."""
    workspace = request.workspace
    form = WorkspaceForm(
        request.POST if request.method == "POST" else None, initial={"name": workspace.name, "zone": workspace.zone}
    )
    if form.is_valid():
        name_workspace(workspace=workspace, by=request.agent, now=current_time(), **form.cleaned_data)
        address = reverse("web:set_up", args=[workspace.slug])
        return done(request, go_to=address, says=_("Kept."), go_to_page=address)
    context = {"form": form, "heading": _("Name and time zone"), "fragment": "staff/_name_workspace.html"}
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "staff/_name_workspace.html", context, status=status)
