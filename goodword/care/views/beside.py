"""What stands beside a conversation: the customer, the journey, and what other rooms know of the case."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from goodword.care import journey
from goodword.care.panels import panels_of
from goodword.care.views._case import find_case
from goodword.kernel.clock import current_time
from goodword.promises.due import zone_of
from goodword.promises.models import Promise, Standing
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import show

EARLIER_CASES = 5
PROMISES = 6
MOMENTS = 8


@require_GET
@needs(Role.VIEWER)
def beside(request: MemberRequest, number: int) -> HttpResponse:
    """Asked for once the conversation is there, and again when the case has changed; a page of its own without script.

    So whoever opens a case doesn't wait for what they look at second.
    """
    case = find_case(request, number)
    now = current_time()
    context = {
        "case": case,
        "customer": case.identity.customer_name,
        "labels": list(case.labels.all()),
        "identities": list(case.identity.person.identities.all()),
        "first_met": journey.first_heard(case.identity.person),
        "moments": journey.journey(case.identity.person, limit=MOMENTS),
        "earlier_cases": journey.earlier_cases(case, limit=EARLIER_CASES),
        "promised": list(
            Promise.objects.of(request.workspace)
            .made_to(case.identity.person_id)
            .exclude(standing__in=[Standing.WITHDRAWN, Standing.SAID])
            .select_related("owner")
            .order_by("-made_at", "-pk")[:PROMISES]
        ),
        "zone": zone_of(case.identity.person).key,
        "panels": panels_of(case, membership=request.membership, now=now),
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return show(request, "care/beside.html", "care/_beside.html", context)
