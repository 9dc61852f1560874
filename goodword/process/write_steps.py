"""Write down which steps which cases require."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.check_condition import check_condition
from goodword.process.events import StepDeleted, StepSaved
from goodword.process.models import RequiredStep
from goodword.process.rules.condition import Condition
from goodword.staff.models import Agent, Workspace

MOST = 30


class BadRequiredStep(Exception):
    """What was written can't be a step; `problems` gives the reason by field. Nothing of it was kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStep:
    """A step as it is typed."""

    name: str
    kind: str = RequiredStep.Kind.CHECK.value
    condition: Condition = field(default_factory=Condition)


@transaction.atomic
def save_step(
    *, workspace: Workspace, written: WrittenStep, step: RequiredStep | None = None, by: Agent | None, now: datetime
) -> RequiredStep:
    """A new step, last in order, or `step` changed; it is required from now on. Raises `BadRequiredStep`."""
    problems: dict[str, str] = {}
    name = " ".join(written.name.split())
    if not 0 < len(name) <= (RequiredStep._meta.get_field("name").max_length or 0):
        problems["name"] = _("Say what is to be done, in 80 characters at most.")
    if written.kind not in RequiredStep.Kind.values:
        problems["kind"] = _("Choose what kind of step it is.")
    check_condition(workspace, written.condition, problems)
    if step is None and RequiredStep.objects.of(workspace).count() >= MOST:
        problems["name"] = _("A workspace has %(most)d steps at most.") % {"most": MOST}
    if problems:
        raise BadRequiredStep(problems)
    kept = RequiredStep.objects.select_for_update().get(pk=step.pk) if step else _new(workspace)
    kept.name, kept.kind, kept.condition = name, written.kind, written.condition.as_json()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadRequiredStep({"name": _("There is a step called “%(name)s” already.") % {"name": name}}) from error
    fact = StepSaved(workspace_id=workspace.pk, step_id=kept.pk, name=name)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


def _new(workspace: Workspace) -> RequiredStep:
    last = RequiredStep.objects.of(workspace).aggregate(last=Max("place"))["last"]
    return RequiredStep(workspace=workspace, place=0 if last is None else last + 1)


@transaction.atomic
def delete_step(*, step: RequiredStep, by: Agent | None, now: datetime) -> None:
    """No case requires it any more; that it was done stays in the activity of the cases."""
    fact = StepDeleted(workspace_id=step.workspace_id, step_id=step.pk, name=step.name)
    step.delete()
    record(fact, now=now, actor_id=by.pk if by else None)
