"""Write rules down, put them in order, switch them on and off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.check_condition import check_condition
from goodword.process.events import RuleDeleted, RuleFact, RuleSaved, RuleSwitched
from goodword.process.models import Rule
from goodword.process.read_actions import WrittenAction, read_actions
from goodword.process.rules.actions import RULES_DO, Action
from goodword.process.rules.condition import Condition
from goodword.process.rules.loops import Shape, endless
from goodword.process.rules.whens import When
from goodword.staff.models import Agent, Workspace

MOST = 50


class BadRule(Exception):
    """What was written can't be a rule; `problems` gives the reason by field. Nothing of it was kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRule:
    """A rule as it is typed."""

    name: str
    when: str = When.OPENED.value
    condition: Condition = field(default_factory=Condition)
    actions: Sequence[WrittenAction] = ()


@transaction.atomic
def save_rule(
    *, workspace: Workspace, written: WrittenRule, rule: Rule | None = None, by: Agent | None, now: datetime
) -> Rule:
    """A new rule, last in order and switched off, or `rule` changed.

    Raises `BadRule`, also where it and others could feed each other for ever, whether they are on or not.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)  # two at once can't close a loop together
    problems: dict[str, str] = {}
    name = " ".join(written.name.split())
    if not 0 < len(name) <= (Rule._meta.get_field("name").max_length or 0):
        problems["name"] = _("Give it a name, of 60 characters at most.")
    if written.when not in list(When):
        problems["when"] = _("Choose what it waits for.")
    check_condition(workspace, written.condition, problems)
    actions = read_actions(workspace, written.actions, RULES_DO, problems)
    others = list(Rule.objects.of(workspace).exclude(pk=rule.pk if rule else 0))
    if rule is None and len(others) >= MOST:
        problems["name"] = _("A workspace has %(most)d rules at most.") % {"most": MOST}
    if not problems:
        _refuse_loops(Shape(name, When(written.when), written.condition, actions), others, problems)
    if problems:
        raise BadRule(problems)
    return _keep(workspace, rule, written, name, actions, by, now)


def _refuse_loops(written: Shape, others: Sequence[Rule], problems: dict[str, str]) -> None:
    shapes = [written, *(rule.shape for rule in others)]
    ring = endless(shapes)
    if ring and not endless(shapes[1:]):
        names = ", ".join(f"“{each.name}”" for each in ring)
        problems["actions"] = _(
            "These rules would set each other off for ever, each undoing what another does: %(names)s. "
            "Narrow one of them, or let it do something else."
        ) % {"names": names}


def _keep(
    workspace: Workspace,
    rule: Rule | None,
    written: WrittenRule,
    name: str,
    actions: Sequence[Action],
    by: Agent | None,
    now: datetime,
) -> Rule:
    kept = Rule.objects.select_for_update().get(pk=rule.pk) if rule else _new(workspace)
    kept.name, kept.when, kept.condition = name, written.when, written.condition.as_json()
    kept.actions = [action.as_json() for action in actions]
    kept.faults, kept.fault = 0, ""
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadRule({"name": _("There is a rule called “%(name)s” already.") % {"name": name}}) from error
    _record(RuleSaved(workspace_id=workspace.pk, rule_id=kept.pk, name=name), by, now)
    return kept


def _new(workspace: Workspace) -> Rule:
    last = Rule.objects.of(workspace).aggregate(last=Max("place"))["last"]
    return Rule(workspace=workspace, place=0 if last is None else last + 1)


@transaction.atomic
def switch_rule(*, rule: Rule, on: bool, by: Agent | None, because: str = "", now: datetime) -> Rule:
    """What happens from now on sets it off; or nothing any more. `because` is the fault that switches it off."""
    kept = Rule.objects.select_for_update().get(pk=rule.pk)
    if (kept.on_since is not None) == on:
        return kept
    kept.on_since, kept.faults, kept.fault = (now if on else None), 0, because
    kept.save(update_fields=["on_since", "faults", "fault"])
    fact = RuleSwitched(workspace_id=kept.workspace_id, rule_id=kept.pk, name=kept.name, on=on, because=because)
    _record(fact, by, now)
    return kept


@transaction.atomic
def move_rule(*, rule: Rule, up: bool, by: Agent | None, now: datetime) -> None:
    """One place up or down: those that wait for the same are gone through in their order."""
    ordered = list(Rule.objects.of(rule.workspace_id).select_for_update())
    here = next(place for place, each in enumerate(ordered) if each.pk == rule.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for place, each in enumerate(ordered):
        each.place = place
    Rule.objects.bulk_update(ordered, ["place"])
    _record(RuleSaved(workspace_id=rule.workspace_id, rule_id=rule.pk, name=rule.name), by, now)


@transaction.atomic
def delete_rule(*, rule: Rule, by: Agent | None, now: datetime) -> None:
    """What it did stays done, and stays in the activity of its cases."""
    fact = RuleDeleted(workspace_id=rule.workspace_id, rule_id=rule.pk, name=rule.name)
    rule.delete()
    _record(fact, by, now)


def _record(fact: RuleFact, by: Agent | None, now: datetime) -> None:
    record(fact, now=now, actor_id=by.pk if by else None)
