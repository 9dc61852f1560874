"""Set what a measure of the scorecard is to be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.learn.events import TargetSet
from goodword.learn.models import Target
from goodword.staff.models import Agent, Workspace

MOST_HOURS = 672  # of four weeks


class BadTarget(Exception):
    """The value can't be reached by any measure."""


@transaction.atomic
def set_target(
    *, workspace: Workspace, measure: str, value: float, in_hours: bool, by: Agent | None, now: datetime
) -> None:
    """Set it: a share 0–1, or hours in four weeks. Raises `BadTarget`."""
    if not 0 <= value <= (MOST_HOURS if in_hours else 1):
        text = _("Choose 0 to %(most)d hours.") if in_hours else _("Choose 0 to %(most)d percent.")
        raise BadTarget(text % {"most": MOST_HOURS if in_hours else 100})
    Target.objects.update_or_create(workspace=workspace, measure=measure, defaults={"value": value})
    fact = TargetSet(workspace_id=workspace.pk, measure=measure, value=value)
    record(fact, now=now, actor_id=by.pk if by else None)
