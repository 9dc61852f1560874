"""Plan an improvement, and say when it is in place. Whether it helped, the complaints say: see judge.py."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.learn.events import ImprovementInPlace, ImprovementSaved
from goodword.learn.models import Improvement, Problem
from goodword.learn.models.improvement import WATCHED_DAYS, Stage
from goodword.staff.models import Agent, Role
from goodword.staff.who_may import who_may

FEWEST_DAYS, MOST_DAYS = 7, 90


class BadPlan(Exception):
    """Something of the plan can't be; `field` names it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def save_improvement(
    *,
    problem: Problem,
    improvement: Improvement | None = None,
    what: str,
    owner: Agent,
    due_on: date,
    days: int = WATCHED_DAYS,
    by: Agent | None,
    now: datetime,
) -> Improvement:
    """Plan an improvement, or change the plan. Raises `BadPlan`.

    How many days are compared can't be changed once it is in place: whoever sees the complaints could choose the days.
    """
    what = " ".join(what.replace("\x00", "").split())
    if not what or len(what) > 200:
        raise BadPlan("what", _("Say in 1 to %(most)d characters what is done.") % {"most": 200})
    if not who_may(Role.VIEWER, workspace=problem.workspace_id).filter(pk=owner.pk).exists():
        raise BadPlan("owner", _("The owner is a member of this workspace."))
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise BadPlan("days", _("Compare %(fewest)d to %(most)d days.") % {"fewest": FEWEST_DAYS, "most": MOST_DAYS})
    kept = _lock(improvement) if improvement else Improvement(problem=problem, created_at=now)
    if kept.in_place_at is not None and days != kept.days:
        raise BadPlan("days", _("It is in place: the days that are compared stay as they are."))
    kept.workspace_id = problem.workspace_id
    kept.what, kept.owner, kept.due_on, kept.days = what, owner, due_on, days
    kept.save()
    fact = ImprovementSaved(
        workspace_id=kept.workspace_id, improvement_id=kept.pk, owner_id=owner.pk, due_on=due_on.isoformat()
    )
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def put_in_place(*, improvement: Improvement, at: datetime, by: Agent | None, now: datetime) -> Improvement:
    """It helps since `at`; from then on the complaints are watched. That is said once: who finds that it was otherwise
    takes it out, and what is put in place afterwards counts from then on. Raises `BadPlan`."""
    kept = _lock(improvement)
    if problem := _what_speaks_against(kept, at, now):
        raise BadPlan("at", problem)
    kept.stage, kept.in_place_at, kept.in_place_said_at = Stage.WATCHED, at, now
    kept.judged_at = kept.evidence = None
    kept.save(update_fields=["stage", "in_place_at", "in_place_said_at", "judged_at", "evidence"])
    _record_since(kept, by, now)
    return kept


def _what_speaks_against(kept: Improvement, at: datetime, now: datetime) -> str:
    if at > now:
        return _("Choose a time that has passed: complaints are compared from then on.")
    if kept.stage in (Stage.WATCHED, Stage.FIXED):
        return _("It is in place already. Say first that it is not after all, then since when it is again.")
    again_at = kept.open_again_at
    if again_at is not None and at < again_at.replace(second=0, microsecond=0):
        day = date_format(timezone.localtime(again_at, ZoneInfo(kept.workspace.zone)), "j M, H:i")
        return _("It is open again since %(day)s: choose a time after that.") % {"day": day}
    return ""


@transaction.atomic
def take_out(*, improvement: Improvement, by: Agent, now: datetime) -> Improvement:
    """It is not in place after all, or no more: planned again. It can be in place again from now on only."""
    kept = _lock(improvement)
    if kept.stage == Stage.PLANNED:
        return kept
    kept.stage, kept.taken_out_at = Stage.PLANNED, now
    kept.in_place_at = kept.in_place_said_at = kept.judged_at = kept.evidence = None
    kept.save(update_fields=["stage", "taken_out_at", "in_place_at", "in_place_said_at", "judged_at", "evidence"])
    _record_since(kept, by, now)
    return kept


def _record_since(kept: Improvement, by: Agent | None, now: datetime) -> None:
    since = kept.in_place_at.isoformat() if kept.in_place_at else None
    fact = ImprovementInPlace(workspace_id=kept.workspace_id, improvement_id=kept.pk, since=since)
    record(fact, now=now, actor_id=by.pk if by else None)


def _lock(improvement: Improvement) -> Improvement:
    locked = Improvement.objects.select_for_update(of=("self",)).select_related("workspace")
    return locked.get(pk=improvement.pk)
