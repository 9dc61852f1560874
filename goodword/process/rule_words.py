"""Rules in words, for the page that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from goodword.process.models import Rule, RuleRun
from goodword.process.policy_words import Names, condition_in_words
from goodword.process.read_actions import told
from goodword.process.rules.actions import Action
from goodword.process.words import when_names
from goodword.staff.models import Workspace


@dataclass(frozen=True, slots=True)
class WordedRule:
    """When, if and then; and on how many cases it has done something."""

    rule: Rule
    when: str
    is_for: str
    does: Sequence[str]
    touched: int
    latest: Sequence[int]  # numbers of the cases it touched last

    @property
    def off_by_faults(self) -> bool:
        """Whether nobody switched it off but it did so itself."""
        return self.rule.on_since is None and bool(self.rule.fault)


SHOWN = 5


def rules_in_words(workspace: Workspace, rules: Sequence[Rule]) -> list[WordedRule]:
    """All of them; a query for the latest cases of each that ever did something."""
    names, whens = Names(workspace), when_names()
    runs = RuleRun.objects.of(workspace).exclude(did=[]).values("rule").order_by()
    touched = {row["rule"]: row["n"] for row in runs.annotate(n=Count("case", distinct=True))}
    return [
        WordedRule(
            rule,
            whens[rule.when],
            condition_in_words(rule.is_for, names),
            actions_in_words(rule.does),
            touched.get(rule.pk, 0),
            _latest(rule) if rule.pk in touched else (),
        )
        for rule in rules
    ]


def actions_in_words(actions: Sequence[Action]) -> list[str]:
    """In their order."""
    return [_with_words(action) for action in actions]


def _with_words(action: Action) -> str:
    line = told(action.do.value, action.name)
    return f"{line}: {action.words}" if action.words else line


def _latest(rule: Rule) -> Sequence[int]:
    runs = RuleRun.objects.of(rule.workspace_id).filter(~Q(did=[]), rule=rule).order_by()
    latest = runs.values("case__number").annotate(last=Max("at")).order_by("-last")
    return [row["case__number"] for row in latest[:SHOWN]]
