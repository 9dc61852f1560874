"""Door for time: nobody is warned late.

What is done here is done by a job for each workspace: a fault of one holds up no other, and is tried again, logged, and
shown by `goodword doctor` once it was given up.
"""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, every, task
from goodword.process.ask_surveys import ask_surveys
from goodword.process.models import RoutingPlan, SurveyPlan
from goodword.process.reckon import late_workspaces, tick
from goodword.process.route import route_waiting
from goodword.process.rules.surveys import share_of_hour
from goodword.staff.working_times import working_times

_AT_ONCE = 250  # a tick is short, so that the other jobs of the clock have their turn


@every("* * * * * */3")
def look_at_clocks(timestamp: int) -> None:
    """Every three seconds, so that no warning is five seconds late; what is left over goes on at once."""
    for workspace_id in late_workspaces(now=current_time()):
        enqueue(look_at_clocks_of, once=f"look_at_clocks:{workspace_id}", workspace_id=workspace_id)


@task(queue="clock")
def look_at_clocks_of(workspace_id: int) -> None:
    """Those of one workspace whose moment has come."""
    while tick(workspace_id=workspace_id, now=current_time(), limit=_AT_ONCE) == _AT_ONCE:
        pass


@every("* * * * *")
def give_out_waiting(timestamp: int) -> None:
    """What nobody could take when it came goes to somebody as soon as they can."""
    switched_on = RoutingPlan.objects.filter(on_since__isnull=False).order_by()
    for workspace_id in switched_on.values_list("workspace", flat=True).distinct():
        enqueue(give_out_waiting_of, once=f"give_out_waiting:{workspace_id}", workspace_id=workspace_id)


@task(queue="clock")
def give_out_waiting_of(workspace_id: int) -> None:
    """Cases of one workspace."""
    route_waiting(workspace_id=workspace_id, now=current_time())


@every("25 * * * *")
def ask_about_us(timestamp: int) -> None:
    """Some customers are asked about the relationship, spread over the hours in which each brand works."""
    for plan_id in SurveyPlan.objects.filter(a_week__gt=0).order_by("pk").values_list("pk", flat=True):
        enqueue(ask_by_plan, once=f"ask_by_plan:{plan_id}", plan_id=plan_id)


@task(queue="clock")
def ask_by_plan(plan_id: int) -> None:
    """Those whose turn it is by one plan."""
    plan = SurveyPlan.objects.select_related("workspace").filter(pk=plan_id).first()
    if plan is not None:
        now = current_time()
        limit = share_of_hour(plan.a_week, working_times(plan.workspace).workspace, now)
        ask_surveys(plan=plan, limit=limit, now=now)
