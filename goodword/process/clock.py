"""Door for time: nobody is warned late."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import every
from goodword.process.ask_surveys import ask_surveys
from goodword.process.models import RoutingPlan, SurveyPlan
from goodword.process.reckon import tick
from goodword.process.route import route_waiting

_ASKED_AT_ONCE = 20
_AT_ONCE = 250  # a tick is short, so that the other jobs of the clock have their turn


@every("* * * * * */3")
def look_at_clocks(timestamp: int) -> None:
    """Every three seconds, so that no warning is five seconds late; what is left over goes on at once."""
    while tick(now=current_time(), limit=_AT_ONCE) == _AT_ONCE:
        pass


@every("* * * * *")
def give_out_waiting(timestamp: int) -> None:
    """What nobody could take when it came goes to somebody as soon as they can."""
    switched_on = RoutingPlan.objects.filter(on_since__isnull=False).order_by()
    for workspace_id in switched_on.values_list("workspace", flat=True).distinct():
        route_waiting(workspace_id=workspace_id, now=current_time())


@every("25 9-17 * * *")
def ask_about_us(timestamp: int) -> None:
    """Some customers are asked about the relationship, spread over the day."""
    for plan in SurveyPlan.objects.filter(a_week__gt=0).order_by("pk"):
        ask_surveys(plan=plan, limit=_ASKED_AT_ONCE, now=current_time())
