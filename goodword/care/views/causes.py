"""Why a case came about."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.care.lock import MergedAway
from goodword.care.models import Case
from goodword.care.record_cause import WrongCause, record_cause
from goodword.care.suggest_cause import suggested_cause
from goodword.care.views._case import ask, changed, find_case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.triage.models import Cause


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def cause(request: MemberRequest, number: int) -> HttpResponse:
    """Say why, or take it back."""
    case = find_case(request, number)
    if request.method == "GET":
        return ask(request, case, "care/_cause.html", _("Cause"), cause_context(request, case))
    try:
        chosen = read_cause(request)
        record_cause(case=case, by=request.agent, cause=chosen, now=current_time())
    except (WrongCause, MergedAway) as error:
        context = cause_context(request, case) | {"error": str(error)}
        return ask(request, case, "care/_cause.html", _("Cause"), context, status=422)
    return changed(request, case, _("Cause: %s.") % chosen if chosen else _("The cause is taken away."))


def cause_context(request: MemberRequest, case: Case) -> dict[str, Any]:
    """What `care/_cause_field.html` needs: the causes by area, the one that is chosen, and the one that is likely."""
    causes = list(Cause.objects.of(request.workspace).in_use().in_order())
    chosen = read_id(request.POST.get("cause", "")) if request.method == "POST" else case.cause_id
    suggested = suggested_cause(case) if causes and case.cause_id is None else None
    return {"causes": causes, "chosen_cause": chosen, "suggested_cause": suggested}


def read_cause(request: MemberRequest) -> Cause | None:
    """The cause that a form names: by the button of the suggestion, else by the list. Raises `WrongCause`."""
    given = request.POST.get("cause_is") or request.POST.get("cause", "")
    if not given:
        return None
    found = Cause.objects.of(request.workspace).in_use().select_related("area").filter(pk=read_id(given) or 0).first()
    if found is None:
        raise WrongCause(_("This cause is not in use here. Choose another."))
    return found
