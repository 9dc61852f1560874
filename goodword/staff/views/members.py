"""The team: who is in the workspace, and what each may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.staff.add_member import NotAnAddress
from goodword.staff.change_members import LastAdmin, change_role, remove_member
from goodword.staff.forms import InviteForm
from goodword.staff.invite import AlreadyMember, KnownElsewhere, SignsInAlready, invite_member, needs_link, renew_link
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Membership, Role, Team
from goodword.staff.roles import ROLES
from goodword.ui.answers import done, show


@require_GET
@needs(Role.VIEWER)
def members(request: MemberRequest) -> HttpResponse:
    """Everyone, and the teams."""
    context = {
        "members": Membership.objects.filter(workspace=request.workspace)
        .select_related("agent")
        .order_by("agent__name"),
        "teams": Team.objects.of(request.workspace).prefetch_related("members").order_by("name"),
        "roles": ROLES,
        "is_admin": request.membership.may(Role.ADMIN),
        "is_lead": request.membership.may(Role.LEAD),
        "now": current_time(),
    }
    return render(request, "staff/members.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def invitations(request: MemberRequest) -> HttpResponse:
    """Invite somebody. The answer shows the link once; it is kept nowhere that it could be read again."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invitation = invite_member(
                workspace=request.workspace,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                by=request.agent,
                now=current_time(),
            )
        except (AlreadyMember, KnownElsewhere, NotAnAddress) as error:
            form.add_error("email", str(error))
        else:
            return _show_link(request, invitation.membership, invitation.token)
    context = {"form": form, "roles": ROLES, "heading": _("Invite somebody"), "fragment": "staff/_invite.html"}
    status = 422 if form.is_bound else 200
    return show(request, "ui/dialog_page.html", "staff/_invite.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def member(request: MemberRequest, agent: int) -> HttpResponse:
    """What a member may do."""
    found = _find(request, agent)
    if request.method == "GET":
        return _ask(request, found)
    chosen = request.POST.get("role", "")
    if chosen not in set(Role):
        return _ask(request, found, error=_("Choose a role."), status=422)
    try:
        change_role(membership=found, role=Role(chosen), by=request.agent, now=current_time())
    except LastAdmin as error:
        return _ask(request, found, error=str(error), status=422)
    says = _("%(name)s: %(role)s.") % {"name": found.agent, "role": Role(chosen).label}
    return done(request, go_to=_list(request), says=says, go_to_page=_list(request))


@never_cache
@require_POST
@needs(Role.ADMIN)
def link(request: MemberRequest, agent: int) -> HttpResponse:
    """Another link for somebody who has never signed in."""
    found = _find(request, agent)
    try:
        token = renew_link(membership=found, by=request.agent, now=current_time())
    except SignsInAlready as error:
        return _ask(request, found, error=str(error), status=422)
    return _show_link(request, found, token)


@require_POST
@needs(Role.ADMIN)
def removal(request: MemberRequest, agent: int) -> HttpResponse:
    """Take somebody's place away."""
    found = _find(request, agent)
    try:
        remove_member(membership=found, by=request.agent, now=current_time())
    except LastAdmin as error:
        return _ask(request, found, error=str(error), status=422)
    says = _("%(name)s is no member any more.") % {"name": found.agent}
    return done(request, go_to=_list(request), says=says, go_to_page=_list(request))


def _find(request: MemberRequest, agent: int) -> Membership:
    members = Membership.objects.filter(workspace=request.workspace).select_related("agent")
    return get_object_or_404(members, agent=agent)


def _list(request: MemberRequest) -> str:
    return reverse("team:members", args=[request.workspace.slug])


def _ask(request: MemberRequest, found: Membership, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "member": found,
        "roles": ROLES,
        "needs_link": needs_link(found),
        "heading": str(found.agent),
        "fragment": "staff/_member.html",
        **more,
    }
    return show(request, "ui/dialog_page.html", "staff/_member.html", context, status=status)


def _show_link(request: MemberRequest, found: Membership, token: str) -> HttpResponse:
    context = {
        "member": found,
        "link": settings.PUBLIC_URL + reverse("staff:sign_in", args=[token]),
        "heading": str(found.agent),
        "fragment": "staff/_invited.html",
    }
    return show(request, "ui/dialog_page.html", "staff/_invited.html", context)
