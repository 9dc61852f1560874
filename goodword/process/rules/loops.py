"""Whether rules can feed each other for ever.

At run time a rule is never set off by its own doings (`process.run_rules`); this refuses such rules where they are
written. It looks for the rules that could go on for ever: each set off again and again by a change that another of them
undoes again and again. What changes nothing the second time (to put on a label that is there) feeds nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from goodword.process.rules.actions import Action, Do
from goodword.process.rules.condition import Condition
from goodword.process.rules.whens import When

_DEADLINES = frozenset({When.NEAR, When.MISSED})
"""Which policy is for a case follows from its priority, labels and team: a change of them may make it late."""

_SETS_OFF: Mapping[Do, frozenset[When]] = {
    Do.TEAM: _DEADLINES | {When.ASSIGNED},
    Do.PERSON: frozenset({When.ASSIGNED}),
    Do.ADD_LABEL: _DEADLINES | {When.LABELLED},
    Do.REMOVE_LABEL: _DEADLINES | {When.LABELLED},
    Do.PRIORITY: _DEADLINES | {When.PRIORITISED},
}
_OPPOSITE = {Do.ADD_LABEL: Do.REMOVE_LABEL, Do.REMOVE_LABEL: Do.ADD_LABEL}


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a rule matters for a loop. Its own actions don't undo each other (`actions.contradiction`)."""

    name: str
    when: When
    condition: Condition
    actions: Sequence[Action]


def endless(rules: Sequence[Shape]) -> list[Shape]:
    """A ring of rules, each of which can set off the next, for ever; empty if there is none. A case keeps its channel,
    so rules for different channels never meet."""
    channels = {channel for rule in rules for channel in rule.condition.channels} or {""}
    for channel in sorted(channels):
        meeting = [rule for rule in rules if not rule.condition.channels or channel in rule.condition.channels]
        if found := _going_on(meeting):
            return _ring(found)
    return []


def _going_on(rules: list[Shape]) -> list[Shape]:
    """The greatest set of which each is fed by one of the set, by a change that the set itself undoes."""
    while True:
        left = [rule for rule in rules if _can_hold(rule, rules) and any(_feeds(one, rule, rules) for one in rules)]
        if len(left) == len(rules):
            return rules
        rules = left


def _feeds(first: Shape, then: Shape, among: Collection[Shape]) -> bool:
    """Whether `first` sets `then` off again and again."""
    return any(
        then.when in _SETS_OFF.get(action.do, ()) and _is_undone(action, [rule for rule in among if rule is not first])
        for action in first.actions
    )


def _is_undone(action: Action, by: Collection[Shape]) -> bool:
    return any(_undoes(other, action) for rule in by for other in rule.actions)


def _undoes(other: Action, action: Action) -> bool:
    if action.do in _OPPOSITE:
        return other.do == _OPPOSITE[action.do] and other.of == action.of
    if action.do == Do.PERSON and other.do == Do.TEAM:
        return True  # who isn't in the team that gets the case loses it
    return other.do == action.do and other.of != action.of


def _can_hold(rule: Shape, among: Collection[Shape]) -> bool:
    """Whether its condition can still be met once these rules have acted on the case."""
    condition, own = rule.condition, {action.do for action in rule.actions}
    prioritises = Do.PRIORITY in own or rule.when == When.PRIORITISED
    if prioritises and condition.priorities and not _named(Do.PRIORITY, among) & set(condition.priorities):
        return False
    if condition.teams and Do.TEAM in own and not _named(Do.TEAM, among) & set(condition.teams):
        return False
    taken_off = {action.of for action in rule.actions if action.do == Do.REMOVE_LABEL}
    wanted = set(condition.labels)
    return not (wanted and wanted <= taken_off and not _named(Do.ADD_LABEL, among) & wanted)


def _named(do: Do, among: Collection[Shape]) -> set[int | str]:
    return {action.of for rule in among for action in rule.actions if action.do == do}


def _ring(rules: list[Shape]) -> list[Shape]:
    """Walk back from a rule to one that feeds it, another one if there is, until one comes again."""
    walked = [rules[0]]
    while True:
        feeders = [one for one in rules if _feeds(one, walked[-1], rules)]
        feeder = next((one for one in feeders if one is not walked[-1]), feeders[0])
        if feeder in walked:
            ring = walked[walked.index(feeder) :][::-1]
            return ring if len(ring) > 1 else rules  # one that feeds itself, with those that undo what it does
        walked.append(feeder)
