"""What waits for approval: replies that are held, and make-goods above what an agent may give."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.before_resolve import NotYet
from goodword.care.lock import MergedAway
from goodword.care.models import Case, MakeGood, Message
from goodword.care.models.make_good import MakeGoodState
from goodword.care.release import NotHeld
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed
from goodword.kernel.clock import current_time
from goodword.process.approvals import (
    CannotDecide,
    approve_reply,
    approver_role,
    lift_hold,
    send_back_reply,
    waiting_replies,
)
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, way_back


@require_GET
@needs(Role.VIEWER)
def approvals(request: MemberRequest) -> HttpResponse:
    """All of it, the longest waiting first."""
    given = MakeGood.objects.of(request.workspace).filter(state=MakeGoodState.WAITING)
    context = {
        "replies": waiting_replies(request.workspace),
        "make_goods": given.select_related("case", "offered_by").order_by("offered_at", "pk"),
        "may_decide": request.membership.may(Role.LEAD),
        "may_approve": request.membership.may(approver_role(request.workspace)),
        "now": current_time(),
    }
    return render(request, "process/approvals.html", context)


@require_POST
@needs(Role.AGENT)
def approval(request: MemberRequest, message: int) -> HttpResponse:
    """Yes: it goes out."""
    found = _find(request, message)
    try:
        approve_reply(message=found, by=request.agent, now=current_time())
    except (CannotDecide, NotHeld, NotYet, NotAllowed, NoWords, TooLong, WindowClosed) as error:
        return _back(request, str(error))
    return _back(request, _("Approved. It goes out in some seconds."))


@require_POST
@needs(Role.AGENT)
def sending_back(request: MemberRequest, message: int) -> HttpResponse:
    """No, and why."""
    found = _find(request, message)
    try:
        send_back_reply(message=found, reason=request.POST.get("reason", ""), by=request.agent, now=current_time())
    except (CannotDecide, NotHeld) as error:
        return _back(request, str(error))
    return _back(request, _("Sent back to who wrote it."))


@require_POST
@needs(Role.LEAD)
def lifting(request: MemberRequest, number: int) -> HttpResponse:
    """Replies of a case wait no longer."""
    case = get_object_or_404(Case.objects.of(request.workspace), number=number)
    try:
        is_over = lift_hold(case=case, by=request.agent, now=current_time())
        says = (
            _("Replies of this case go out as others do.")
            if is_over
            else _("Replies of others go out as they do elsewhere. Yours wait until another lead has lifted it, too.")
        )
    except MergedAway as error:
        says = str(error)
    return done(request, go_to=reverse("care:case", args=[request.workspace.slug, number]), says=says, case_changed={})


def _find(request: MemberRequest, pk: int) -> Message:
    """A held reply of the workspace, for who may decide on it by its policy."""
    if not request.membership.may(approver_role(request.workspace)):
        raise PermissionDenied
    return get_object_or_404(Message.objects.of(request.workspace).select_related("case", "agent"), pk=pk)


def _back(request: MemberRequest, says: str) -> HttpResponse:
    home = reverse("process:approvals", args=[request.workspace.slug])
    go_to = way_back(request.POST.get("next", ""), otherwise=home)
    return done(request, go_to=go_to, says=says, case_changed={}, approvals_changed={})
