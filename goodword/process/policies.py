"""Write down how soon which cases are answered and solved; switch it on and off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.check_condition import check_condition
from goodword.process.events import PolicyDeleted, PolicyFact, PolicySaved, PolicySwitched
from goodword.process.models import Policy
from goodword.process.rules.condition import Condition
from goodword.process.rules.durations import BadDuration, read_minutes
from goodword.process.rules.ladder import ASSIGNEE, LEADS, TEAM, Rung, in_order
from goodword.process.rules.stretches import Timed
from goodword.staff.models import Agent, Role, Workspace
from goodword.staff.who_may import who_may

MOST, MOST_RUNGS = 50, 8


class BadPolicy(Exception):
    """What was written can't be a policy; `problems` gives the reason by field. Nothing of it was kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRung:
    """A rung as it is typed: a length of time, before or after the deadline, and who is told."""

    length: str
    before: bool
    whom: str  # `assignee`, `team`, `leads`, or an agent's id
    by_mail: bool = False
    by_webhook: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPolicy:
    """A policy as it is typed: lengths of time as `durations` reads them, empty for what is not timed."""

    name: str
    condition: Condition = field(default_factory=Condition)
    first: str = ""
    next: str = ""
    resolution: str = ""
    in_business_time: bool = True
    ladder: Sequence[WrittenRung] = ()


@transaction.atomic
def save_policy(
    *, workspace: Workspace, written: WrittenPolicy, policy: Policy | None = None, by: Agent | None, now: datetime
) -> Policy:
    """A new policy, last in order and switched off, or `policy` changed. Raises `BadPolicy`."""
    problems: dict[str, str] = {}
    name = " ".join(written.name.split())
    if not 0 < len(name) <= (Policy._meta.get_field("name").max_length or 0):
        problems["name"] = _("Give it a name, of 60 characters at most.")
    targets = _read_targets(written, problems)
    ladder = _read_ladder(workspace, written, problems)
    check_condition(workspace, written.condition, problems)
    if policy is None and Policy.objects.of(workspace).count() >= MOST:
        problems["name"] = _("A workspace has %(most)d policies at most.") % {"most": MOST}
    if problems:
        raise BadPolicy(problems)
    kept = Policy.objects.select_for_update().get(pk=policy.pk) if policy else _new(workspace)
    kept.name, kept.in_business_time = name, written.in_business_time
    kept.first_minutes, kept.next_minutes, kept.resolution_minutes = (targets[each] for each in Timed)
    kept.condition = written.condition.as_json()
    kept.ladder = [asdict(rung) for rung in ladder]
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadPolicy({"name": _("There is a policy called “%(name)s” already.") % {"name": name}}) from error
    _record(PolicySaved(workspace_id=workspace.pk, policy_id=kept.pk, name=name), by, now)
    return kept


def _new(workspace: Workspace) -> Policy:
    last = Policy.objects.of(workspace).aggregate(last=Max("place"))["last"]
    return Policy(workspace=workspace, place=0 if last is None else last + 1)


def _read_targets(written: WrittenPolicy, problems: dict[str, str]) -> dict[Timed, int | None]:
    found: dict[Timed, int | None] = {}
    for timed in Timed:
        try:
            length = getattr(written, timed.value)
            found[timed] = read_minutes(length, in_business_time=written.in_business_time)
        except BadDuration as error:
            problems[timed.value] = str(error)
    if not problems and not any(found.values()):
        problems["first"] = _("Say how soon at least one of the three has to be done.")
    return found


def _read_ladder(workspace: Workspace, written: WrittenPolicy, problems: dict[str, str]) -> Sequence[Rung]:
    able = set(who_may(Role.AGENT, workspace=workspace).values_list("pk", flat=True))
    rungs = []
    for place, rung in enumerate(written.ladder):
        try:
            minutes = 0 if rung.length.strip() == "0" else read_minutes(rung.length)
            if minutes is None:
                continue
            whom = (_read_whom(rung.whom, able),)
            rungs.append(Rung(-minutes if rung.before else minutes, whom, rung.by_mail, rung.by_webhook))
        except BadDuration as error:
            problems[f"rung-{place}"] = str(error)
    if len(rungs) > MOST_RUNGS:
        problems["ladder"] = _("A ladder has %(most)d rungs at most.") % {"most": MOST_RUNGS}
    return in_order(rungs)


def _read_whom(given: str, able: set[int]) -> str | int:
    if given in (ASSIGNEE, TEAM, LEADS):
        return given
    if given.isdigit() and int(given) in able:
        return int(given)
    raise BadDuration(_("This person answers nobody here. Choose somebody else."))


@transaction.atomic
def switch_policy(*, policy: Policy, on: bool, by: Agent | None, now: datetime) -> Policy:
    """Times what begins from now on; or nothing any more, and what is open is dropped."""
    kept = Policy.objects.select_for_update().get(pk=policy.pk)
    if (kept.in_force_since is not None) == on:
        return kept
    kept.in_force_since = now if on else None
    kept.save(update_fields=["in_force_since"])
    _record(PolicySwitched(workspace_id=kept.workspace_id, policy_id=kept.pk, name=kept.name, on=on), by, now)
    return kept


@transaction.atomic
def move_policy(*, policy: Policy, up: bool, by: Agent | None, now: datetime) -> None:
    """One place up or down: of several that are for a case, the first counts."""
    ordered = list(Policy.objects.of(policy.workspace_id).select_for_update())
    here = next(place for place, each in enumerate(ordered) if each.pk == policy.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for place, each in enumerate(ordered):
        each.place = place
    Policy.objects.bulk_update(ordered, ["place"])
    _record(PolicySaved(workspace_id=policy.workspace_id, policy_id=policy.pk, name=policy.name), by, now)


@transaction.atomic
def delete_policy(*, policy: Policy, by: Agent | None, now: datetime) -> None:
    """What it timed and is over stays in the reports; what is open is dropped, or goes by another policy."""
    fact = PolicyDeleted(workspace_id=policy.workspace_id, policy_id=policy.pk, name=policy.name)
    policy.delete()
    _record(fact, by, now)


def _record(fact: PolicyFact, by: Agent | None, now: datetime) -> None:
    record(fact, now=now, actor_id=by.pk if by else None)
