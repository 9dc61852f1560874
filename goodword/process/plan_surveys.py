"""Say how many customers are asked about the relationship."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.events import SurveyPlanned
from goodword.process.models import SurveyKind, SurveyPlan
from goodword.staff.models import Agent, Workspace

MOST_A_WEEK = 1000


class BadSurveyPlan(Exception):
    """There is no such survey, or the number is none that can be kept."""


@transaction.atomic
def plan_survey(*, workspace: Workspace, kind: str, a_week: int | None, by: Agent | None, now: datetime) -> SurveyPlan:
    """Ask so many in seven days; 0 asks nobody. Raises `BadSurveyPlan`."""
    if kind not in SurveyKind.values or a_week is None or not 0 <= a_week <= MOST_A_WEEK:
        raise BadSurveyPlan(_("Write a number from 0 to %(most)d.") % {"most": MOST_A_WEEK})
    plan, _made = SurveyPlan.objects.update_or_create(workspace=workspace, kind=kind, defaults={"a_week": a_week})
    fact = SurveyPlanned(workspace_id=workspace.pk, survey=kind, a_week=a_week)
    record(fact, now=now, actor_id=by.pk if by else None)
    return plan
