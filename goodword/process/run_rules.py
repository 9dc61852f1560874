"""Hold what happened in cases against the rules, and do what they say.

A happening sets a rule off once. What a rule does may set off others, but none that led to it, and not more than
`LONGEST_CHAIN` of them; a rule that changes the same case again and again within an hour is taken for a loop.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from goodword.care.lock import MergedAway, lock_case
from goodword.care.models import Case
from goodword.kernel import facts
from goodword.kernel.models import FactRow
from goodword.process.act import CannotAct, act
from goodword.process.events import RuleApplied, RuleFailed
from goodword.process.happenings import read_traits
from goodword.process.models import Rule, RuleLook, RuleRun
from goodword.process.rules.whens import BY_CUSTOMERS, FACTS, When, when_of
from goodword.process.write_rules import switch_rule
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

LONGEST_CHAIN = 4
MOST_AN_HOUR = 10  # changes by one rule on one case
MOST_FAULTS = 3  # one after the other, then it is switched off
AT_ONCE = 200  # happenings of a case

log = logging.getLogger(__name__)


def run_rules(*, workspace_id: int, case_ids: Collection[int], now: datetime) -> int:
    """Look at what happened in these cases since the last look; how often a rule did something."""
    rules = list(Rule.objects.of(workspace_id).filter(on_since__isnull=False))
    if not rules:
        return 0
    return sum(_look_at(workspace_id, case_id, now) for case_id in _worth_a_look(workspace_id, rules, set(case_ids)))


def _worth_a_look(workspace_id: int, rules: Sequence[Rule], case_ids: Collection[int]) -> list[int]:
    """Cases in which something happened that a rule for them waits for. Of the others it is noted that it was none.

    Most of what happens sets no rule off: that is seen for all of them in a few questions, and without a lock.
    """
    looked = dict(RuleLook.objects.of(workspace_id).filter(case__in=case_ids).values_list("case_id", "fact_id"))
    rows = FactRow.objects.filter(
        workspace_id=workspace_id,
        subject__in=[f"case:{case_id}" for case_id in case_ids],
        kind__in=FACTS,
        at__gte=min(rule.on_since for rule in rules if rule.on_since),
    )
    happened: dict[int, set[When]] = defaultdict(set)
    newest: dict[int, int] = {}
    for row in rows.order_by("id"):
        case_id = int(row.subject.removeprefix("case:"))
        if row.pk > looked.get(case_id, 0):
            newest[case_id] = row.pk
            happened[case_id] |= {when for when in [when_of(row.kind, row.data)] if when is not None}
    traits = read_traits(list(Case.objects.of(workspace_id).filter(pk__in=happened)))
    found = {
        case_id
        for case_id, each in traits.items()
        if any(rule.waits_for in happened[case_id] and rule.is_for.holds(each) for rule in rules)
    }
    _note_looks(workspace_id, {case_id: newest[case_id] for case_id in traits if case_id not in found})
    return sorted(found)


def _note_looks(workspace_id: int, newest: Mapping[int, int]) -> None:
    ordered = sorted(newest.items())
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_LOOKS, [workspace_id, [case for case, _ in ordered], [fact for _, fact in ordered]])


_NOTE_LOOKS = """
INSERT INTO process_rulelook (workspace_id, case_id, fact_id)
SELECT %s, looked.case_id, looked.fact_id FROM unnest(%s::bigint[], %s::bigint[]) AS looked(case_id, fact_id)
ON CONFLICT (workspace_id, case_id)
DO UPDATE SET fact_id = greatest(process_rulelook.fact_id, excluded.fact_id)
"""


@transaction.atomic
def _look_at(workspace_id: int, case_id: int, now: datetime) -> int:
    case = Case.objects.of(workspace_id).filter(pk=case_id).first()
    if case is None:
        return 0
    try:
        case = lock_case(case)
    except MergedAway:
        return 0
    rules = list(Rule.objects.of(workspace_id).filter(on_since__isnull=False))
    look, _made = RuleLook.objects.get_or_create(workspace_id=workspace_id, case=case, defaults={"fact_id": 0})
    since = min((rule.on_since for rule in rules if rule.on_since), default=now)
    happened = FactRow.objects.filter(
        workspace_id=workspace_id, subject=f"case:{case.pk}", kind__in=FACTS, id__gt=look.fact_id, at__gte=since
    )
    found = list(happened.order_by("id")[:AT_ONCE])
    if not found:
        return 0
    chains = _chains(case, found)
    done = sum(_go_through(case, rules, row, chains.get(row.pk, []), now) for row in found)
    look.fact_id = found[-1].pk
    look.save(update_fields=["fact_id"])
    return done


def _chains(case: Case, rows: Sequence[FactRow]) -> dict[int, list[int]]:
    """For facts that rules made: the ids of the rules that led to them."""
    runs = RuleRun.objects.of(case.workspace_id).filter(case=case, last_fact__gte=rows[0].pk)
    made = list(runs.values_list("first_fact", "last_fact", "chain"))
    return {row.pk: chain for row in rows for first, last, chain in made if (first or 0) <= row.pk <= (last or 0)}


def _go_through(case: Case, rules: Sequence[Rule], row: FactRow, chain: Sequence[int], now: datetime) -> int:
    when = when_of(row.kind, row.data)
    done = 0
    for rule in rules:
        if rule.on_since is None or row.at < rule.on_since or rule.waits_for != when:
            continue
        if rule.pk in chain or len(chain) >= LONGEST_CHAIN:
            continue
        case.refresh_from_db()
        if rule.is_for.holds(read_traits([case])[case.pk]):
            done += _run(rule, case, row, [*chain, rule.pk], now)
    return done


def _run(rule: Rule, case: Case, row: FactRow, chain: Sequence[int], now: datetime) -> bool:
    """One rule on one case. What it can't do is noted, and the case goes on."""
    run = RuleRun(workspace_id=case.workspace_id, rule=rule, case=case, fact_id=row.pk, chain=list(chain), at=now)
    try:
        with transaction.atomic():
            if row.actor_id is None and rule.waits_for not in BY_CUSTOMERS:
                _refuse_to_loop(rule, case, now)
            before = _last_fact(case)
            done = act(case=case, actions=rule.does, by=None, now=now)
            run.did = [[action.do.value, action.name] for action in done]
            if done:
                fact = RuleApplied(workspace_id=case.workspace_id, case_id=case.pk, rule=rule.name, did=run.did)
                facts.record(fact, now=now)
                run.first_fact, run.last_fact = before + 1, _last_fact(case)
            run.save()
    except (CannotAct, MergedAway, DatabaseError, LookupError, ValueError) as error:
        log.warning("rule %s failed on case %s: %s", rule.pk, case.pk, type(error).__name__)
        said = str(error) if isinstance(error, CannotAct) else _("It failed for a reason of ours; the log says more.")
        run.did, run.first_fact, run.last_fact, run.fault = [], None, None, said
        run.save()
        _note_fault(rule, case, said, now)
        return False
    if rule.faults:
        rule.faults = 0
        rule.save(update_fields=["faults"])
    return bool(done)


def _refuse_to_loop(rule: Rule, case: Case, now: datetime) -> None:
    """What feeds itself by way of something else, such as routing, is not seen where it is written. It is switched
    off at its first fault."""
    lately = RuleRun.objects.of(case.workspace_id).filter(rule=rule, case=case, at__gt=now - timedelta(hours=1))
    if lately.exclude(did=[]).count() >= MOST_AN_HOUR:
        rule.faults = MOST_FAULTS
        raise CannotAct(
            _("It changed case %(number)s %(n)d times within an hour: something undoes what it does.")
            % {"number": case.number, "n": MOST_AN_HOUR}
        )


def _last_fact(case: Case) -> int:
    """While the case is locked, what comes after it is of whoever holds the lock."""
    rows = FactRow.objects.filter(workspace_id=case.workspace_id, subject=f"case:{case.pk}")
    return int(rows.aggregate(last=Max("id"))["last"] or 0)


def _note_fault(rule: Rule, case: Case, fault: str, now: datetime) -> None:
    rule.faults, rule.fault = rule.faults + 1, fault
    Rule.objects.filter(pk=rule.pk).update(faults=F("faults") + 1, fault=fault)
    facts.record(RuleFailed(workspace_id=case.workspace_id, case_id=case.pk, rule=rule.name, fault=fault), now=now)
    if rule.faults < MOST_FAULTS:
        return
    switch_rule(rule=rule, on=False, by=None, because=fault, now=now)
    rule.on_since = None
    notify(
        workspace_id=case.workspace_id,
        agent_ids=who_may(Role.ADMIN, workspace=case.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.RULE_OFF,
        subject=f"rule:{rule.pk}",
        text=f"{rule.name}: {fault}",
        now=now,
    )
