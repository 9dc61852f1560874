"""By which clock a customer lives: promises fall due by it."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.care.views._case import ask, changed, find_case
from goodword.people.set_zone import NoSuchZone, set_zone
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def zone(request: MemberRequest, number: int) -> HttpResponse:
    """The customer's time zone; empty: as the house's."""
    case = find_case(request, number)
    person = case.identity.person
    context = {"zones": _zones(), "chosen": person.zone, "house": request.workspace.zone}
    if request.method == "GET":
        return ask(request, case, "care/_zone.html", _("The customer's clock"), context)
    try:
        set_zone(person=person, zone=request.POST.get("zone", ""))
    except NoSuchZone as error:
        return ask(
            request, case, "care/_zone.html", _("The customer's clock"), context | {"error": str(error)}, status=422
        )
    return changed(request, case, _("Kept."))


def _zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in ["UTC", *named]]
