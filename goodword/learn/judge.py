"""Let the complaints decide: whether a fix counts, and whether its cause is back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.learn.events import CauseCameBack, FixJudged
from goodword.learn.evidence import gather
from goodword.learn.models import Improvement
from goodword.learn.models.improvement import Stage
from goodword.learn.rules import is_fixed
from goodword.staff.models import Notice, Role, Webhook
from goodword.staff.notify import notify
from goodword.staff.tell_webhooks import Tiding, tell_webhooks
from goodword.staff.who_may import who_may


def judge_due(*, now: datetime) -> int:
    """Judge every improvement whose days of watching are over; how many."""
    watched = Improvement.objects.filter(stage=Stage.WATCHED).order_by("pk")
    due = [each for each in watched if each.watched_until is not None and each.watched_until <= now]
    return sum(judge(improvement=each, now=now) for each in due)


@transaction.atomic
def judge(*, improvement: Improvement, now: datetime) -> bool:
    """Whether it could be judged: it is fixed only if the interval of the rate ratio lies below 1."""
    kept = _lock(improvement)
    evidence = gather(kept, now=now)
    if kept.stage != Stage.WATCHED or evidence is None or kept.watched_until is None or kept.watched_until > now:
        return False
    fixed = is_fixed(evidence.before.span, evidence.after.span)
    kept.stage = Stage.FIXED if fixed else Stage.UNPROVEN
    kept.judged_at, kept.evidence = now, evidence.as_json()
    kept.save(update_fields=["stage", "judged_at", "evidence"])
    record(FixJudged(workspace_id=kept.workspace_id, improvement_id=kept.pk, fixed=fixed), now=now)
    says = _("The complaints stopped: %s") if fixed else _("In place, but the complaints go on: %s")
    _tell(kept, says % kept.what, [kept.owner_id], now)
    return True


def look_for_returns(*, now: datetime, workspace_id: int | None = None, cause_id: int | None = None) -> int:
    """Open again what was fixed and is complained of again, everywhere or of one cause; how many."""
    fixed = Improvement.objects.filter(stage=Stage.FIXED).order_by("pk")
    if workspace_id is not None:
        fixed = fixed.filter(workspace=workspace_id, problem__cause=cause_id)
    return sum(_reopen_if_back(improvement=each, now=now) for each in fixed)


@transaction.atomic
def _reopen_if_back(*, improvement: Improvement, now: datetime) -> bool:
    kept = _lock(improvement)
    evidence = gather(kept, now=now)
    if kept.stage != Stage.FIXED or evidence is None or not evidence.is_back:
        return False
    kept.stage, kept.judged_at, kept.evidence = Stage.BACK, now, evidence.as_json()
    kept.times_back += 1
    kept.save(update_fields=["stage", "judged_at", "evidence", "times_back"])
    problem = kept.problem
    if problem.closed_at is not None:
        problem.closed_at = None
        problem.save(update_fields=["closed_at"])
    fact = CauseCameBack(workspace_id=kept.workspace_id, improvement_id=kept.pk, cause_id=problem.cause_id)
    record(fact, now=now)
    leads = who_may(Role.LEAD, workspace=kept.workspace_id).values_list("pk", flat=True)
    _tell(kept, _("It was fixed and came back: %s") % problem.title, [kept.owner_id, *leads], now)
    told = {"problem": problem.title, "improvement": kept.what, "times_back": kept.times_back}
    tidings = [Tiding("cause.came_back", told)]
    tell_webhooks(workspace_id=kept.workspace_id, about=Webhook.About.CAUSES, tidings=tidings, now=now)
    return True


def _tell(kept: Improvement, text: str, agent_ids: list[int], now: datetime) -> None:
    notify(
        workspace_id=kept.workspace_id,
        agent_ids=agent_ids,
        kind=Notice.Kind.LEARNED,
        subject=f"improvement:{kept.pk}",
        text=text,
        now=now,
    )


def _lock(improvement: Improvement) -> Improvement:
    return Improvement.objects.select_for_update(of=("self",)).select_related("problem").get(pk=improvement.pk)
