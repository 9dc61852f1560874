"""The steps that a case requires: which, which of them are done, and doing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.care.before_resolve import Needed
from goodword.care.lock import lock_case
from goodword.care.models import Case, Episode
from goodword.kernel.facts import record
from goodword.process.events import StepsChanged
from goodword.process.happenings import read_traits
from goodword.process.models import RequiredStep, StepDone
from goodword.staff.models import Agent

LONGEST = 300


class BadStep(Exception):
    """What was filled in won't do; `problems` gives the reason by id of the step. Nothing of it was kept."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step that a case requires, and that it was done in this round; None: not yet."""

    step: RequiredStep
    done: StepDone | None


def steps_of(case: Case) -> list[CaseStep]:
    """All that the case requires as it stands, in order; in three queries, one where the brand requires nothing."""
    steps = list(RequiredStep.objects.of(case.workspace_id))
    if not steps:
        return []
    traits = read_traits([case])[case.pk]
    wanted = [step for step in steps if step.is_for.holds(traits)]
    if not wanted:
        return []
    done = StepDone.objects.of(case.workspace_id).filter(case=case, step__in=wanted, episode=_round_of(case))
    by_step = {each.step_id: each for each in done.select_related("agent")}
    return [CaseStep(step, by_step.get(step.pk)) for step in wanted]


def _round_of(case: Case) -> QuerySet[Episode, int]:
    """The number of the one that is under way, or was the last."""
    return case.episodes.order_by("-number").values_list("number", flat=True)[:1]


def needed_of(case: Case) -> list[Needed]:
    """What is not done yet, for `care.before_resolve`."""
    left = [each.step.name for each in steps_of(case) if each.done is None]
    if not left:
        return []
    address = reverse("process:case_steps", args=[case.workspace.slug, case.number])
    return [Needed(name, address) for name in left]


@transaction.atomic
def keep_steps(*, case: Case, written: Mapping[int, str | None], by: Agent, now: datetime) -> list[CaseStep]:
    """Say what was done: by id of the step, the words that were filled in ("" for a tick), or None for not done.

    What is not named is left as it is; doing again what is done changes its words alone. One fact tells what was done
    and what was taken back. Raises `BadStep`, `MergedAway`.
    """
    case = lock_case(case)
    problems: dict[int, str] = {}
    changed: list[tuple[CaseStep, str | None]] = []
    for each in steps_of(case):
        if each.step.pk not in written:
            continue
        words = written[each.step.pk]
        words = " ".join(words.split()) if words is not None else None
        if words == (each.done.words if each.done else None):
            continue
        if words is not None and (problem := _problem(each.step, words)):
            problems[each.step.pk] = problem
        changed.append((each, words))
    if problems:
        raise BadStep(problems)
    for each, words in changed:
        _keep(case, each, words, by, now)
    if changed:
        fact = StepsChanged(
            workspace_id=case.workspace_id,
            case_id=case.pk,
            done=[each.step.name for each, words in changed if words is not None],
            undone=[each.step.name for each, words in changed if words is None],
        )
        record(fact, now=now, actor_id=by.pk)
    return steps_of(case)


def _problem(step: RequiredStep, words: str) -> str:
    if step.wants_words and not words:
        if step.kind == RequiredStep.Kind.CALL:
            return _("Write what was agreed in the call.")
        return _("Fill this in.")
    return _("At most %(most)d characters.") % {"most": LONGEST} if len(words) > LONGEST else ""


def _keep(case: Case, each: CaseStep, words: str | None, by: Agent, now: datetime) -> None:
    if words is None:
        if each.done is not None:
            each.done.delete()
        return
    kept = each.done or StepDone(
        workspace_id=case.workspace_id, case=case, step=each.step, episode=_round_of(case).get()
    )
    kept.words, kept.agent, kept.at = words, by, now
    kept.save()


def missing(steps: Sequence[CaseStep]) -> int:
    """How many are not done."""
    return sum(each.done is None for each in steps)
