"""Rules that feed each other: whatever is let through comes to an end, on any case and in any order."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.process.rules.actions import Action, Do, contradiction
from goodword.process.rules.condition import Condition, Traits
from goodword.process.rules.loops import Shape, endless
from goodword.process.rules.spoken import folded, occurs
from goodword.process.rules.whens import FACTS, When, facts_of, when_of

FED = [When.ASSIGNED, When.LABELLED, When.PRIORITISED]
MEMBERS = {1: {11}, 2: {12}}  # of the teams
MOST_STEPS = 3_000


def action() -> st.SearchStrategy[Action]:
    kinds = [(Do.TEAM, [1, 2]), (Do.PERSON, [11, 12]), (Do.PRIORITY, [1, 2, 3])]
    kinds += [(do, [21, 22]) for do in (Do.ADD_LABEL, Do.REMOVE_LABEL)]
    return st.sampled_from([Action(do, of) for do, values in kinds for of in values] + [Action(Do.NOTE, words="Hi")])


def some(values: list[int]) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@st.composite
def shape(draw: st.DrawFn) -> Shape:
    condition = Condition(
        priorities=draw(some([1, 2, 3])),
        labels=draw(some([21, 22])),
        teams=draw(some([1, 2])),
        channels=tuple(draw(st.sampled_from([[], ["mail"], ["chat"]]))),
    )
    actions = draw(st.lists(action(), min_size=1, max_size=2).filter(lambda chosen: contradiction(chosen) is None))
    return Shape("rule", draw(st.sampled_from([*FED, When.OPENED])), condition, actions)


class Case:
    """A case as rules see it, without the guards of run time."""

    def __init__(self, traits: Traits, person: int | None) -> None:
        self.traits, self.person = traits, person

    def do(self, action: Action) -> When | None:
        """What it is to other rules; None if it changes nothing."""
        kept, before = self.traits, (self.traits, self.person)
        labels, team, priority = kept.labels, kept.team, kept.priority
        if action.do == Do.ADD_LABEL:
            labels = labels | {int(action.of)}
        elif action.do == Do.REMOVE_LABEL:
            labels = labels - {int(action.of)}
        elif action.do == Do.PRIORITY:
            priority = int(action.of)
        elif action.do == Do.PERSON:
            self.person = int(action.of)
        elif action.do == Do.TEAM and team != action.of:
            team = int(action.of)
            self.person = self.person if self.person in MEMBERS[team] else None
        self.traits = Traits(priority, 0, kept.channel, labels, team)
        if (self.traits, self.person) == before:
            return None
        return {Do.PRIORITY: When.PRIORITISED, Do.TEAM: When.ASSIGNED, Do.PERSON: When.ASSIGNED}.get(
            action.do, When.LABELLED
        )


def comes_to_an_end(rules: list[Shape], case: Case, first: When, *, newest_first: bool) -> bool:
    waiting = deque([first])
    for _ in range(MOST_STEPS):
        if not waiting:
            return True
        when = waiting.pop() if newest_first else waiting.popleft()
        for rule in rules:
            if rule.when == when and rule.condition.holds(case.traits):
                waiting.extend(each for each in map(case.do, rule.actions) if each is not None)
    return False


@settings(max_examples=1500)
@given(
    rules=st.lists(shape(), min_size=1, max_size=4),
    traits=st.builds(
        Traits,
        priority=st.sampled_from([0, 1, 2, 3]),
        risk=st.just(0),
        channel=st.sampled_from(["mail", "chat"]),
        labels=st.frozensets(st.sampled_from([21, 22])),
        team=st.sampled_from([None, 1, 2]),
    ),
    person=st.sampled_from([None, 11, 12]),
    first=st.sampled_from([*FED, When.OPENED]),
    newest_first=st.booleans(),
)
def test_what_is_let_through_comes_to_an_end(
    rules: list[Shape], traits: Traits, person: int | None, first: When, newest_first: bool
) -> None:
    if not endless(rules):
        assert comes_to_an_end(rules, Case(traits, person), first, newest_first=newest_first)


def rule(when: When, *actions: Action, name: str = "rule", **condition: tuple[int | str, ...]) -> Shape:
    return Shape(name, when, Condition(**condition), actions)  # type: ignore[arg-type]  # as the test names them


HIGH, LOW = Action(Do.PRIORITY, 3), Action(Do.PRIORITY, 1)
PUT, TAKE, TAKE_OTHER = Action(Do.ADD_LABEL, 21), Action(Do.REMOVE_LABEL, 21), Action(Do.REMOVE_LABEL, 22)


def test_two_that_undo_each_other_are_named() -> None:
    up = rule(When.PRIORITISED, HIGH, name="up")
    down = rule(When.PRIORITISED, LOW, name="down")
    bystander = rule(When.OPENED, LOW, name="bystander")
    assert {each.name for each in endless([up, bystander, down])} == {"up", "down"}
    assert not comes_to_an_end([up, down], Case(Traits(0, 0, "mail", frozenset(), None), None), When.PRIORITISED,
                               newest_first=False)  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        [rule(When.PRIORITISED, HIGH)],  # the second time it is high
        [rule(When.PRIORITISED, HIGH), rule(When.OPENED, LOW)],  # nobody opens it again
        [rule(When.PRIORITISED, HIGH, priorities=(4,)), rule(When.PRIORITISED, LOW, priorities=(2,))],
        [rule(When.LABELLED, HIGH), rule(When.PRIORITISED, PUT)],  # nobody takes it off
        [rule(When.PRIORITISED, HIGH, channels=("a",)), rule(When.PRIORITISED, LOW, channels=("b",))],
        [rule(When.LABELLED, TAKE, labels=(21,)), rule(When.OPENED, PUT)],
    ],
)
def test_what_ends_by_itself_is_let_through(rules: list[Shape]) -> None:
    assert endless(rules) == []


def test_longer_rings_are_found() -> None:
    ring = [rule(When.LABELLED, HIGH), rule(When.PRIORITISED, PUT, TAKE_OTHER), rule(When.LABELLED, LOW, TAKE)]
    assert endless(ring)
    assert endless([rule(When.MISSED, HIGH), rule(When.PRIORITISED, LOW)])  # another policy may be late at once


def test_actions_that_contradict_each_other_are_found() -> None:
    assert contradiction([HIGH, PUT, LOW]) == (0, 2)
    assert contradiction([PUT, TAKE]) == (0, 1)
    assert contradiction([Action(Do.RESOLVE), Action(Do.SNOOZE, 60)]) == (0, 1)
    assert contradiction([HIGH, PUT, TAKE_OTHER, HIGH]) is None


LETTERS = st.text("abcxyzäß", min_size=1)


@given(word=LETTERS, ending=LETTERS | st.just(""), before=st.text())
def test_a_word_is_found_at_the_beginning_of_words(word: str, ending: str, before: str) -> None:
    assert occurs(folded(word), folded(f"{before} {word}{ending}, then"))


def test_a_word_is_not_found_within_one() -> None:
    assert not occurs("und", "refund")
    assert not occurs("refund", "fund")


def test_facts_and_happenings_name_each_other() -> None:
    assert {when_of(kind, {}) for kind in FACTS} == set(When)
    assert all(when_of(facts_of(when), {}) is when for when in When)
    assert when_of("DeadlineTold", {"late": True}) is None
    assert when_of("NoteAdded", {}) is None
