"""Who gets a case: examples, and what must always hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.process.rules.choose import Candidate, Choice, Method, Need, Reason, Why, choose
from tests.care.world import at

ANA = Candidate(agent=1, skills=frozenset({"billing"}), languages=frozenset({"en", "de"}), open=3, given_at=at(1))
BEN = Candidate(agent=2, skills=frozenset({"billing", "app"}), languages=frozenset({"en"}), open=1, given_at=at(2))
CAM = Candidate(agent=3, open=2)
TEAM = [ANA, BEN, CAM]


def chosen(need: Need, team: list[Candidate] = TEAM, method: Method = Method.LEAST_LOADED) -> Choice:
    return choose(need, team, method)


def test_least_loaded_and_in_turn() -> None:
    assert chosen(Need()) == (2, (Reason(Why.FEWEST, n=1),))
    assert chosen(Need(), method=Method.ROUND_ROBIN) == (3, (Reason(Why.TURN),))


def test_skill_and_language() -> None:
    assert chosen(Need(skills=frozenset({"app", "billing"}))).agent == 2
    german = chosen(Need(language="de"))
    assert german == (3, (Reason(Why.LANGUAGE, "de"), Reason(Why.FEWEST, n=2)))
    assert chosen(Need(skills=frozenset({"billing"}), language="de")).agent == 1


def test_who_knows_the_person_comes_first_unless_they_cannot() -> None:
    assert chosen(Need(knows=1)) == (1, (Reason(Why.KNOWS),))
    away = [replace(ANA, works=False), BEN, CAM]
    assert chosen(Need(knows=1), away).agent == 2


@pytest.mark.parametrize(
    ("need", "team", "why"),
    [
        (Need(), [], Reason(Why.NOBODY)),
        (Need(skills=frozenset({"law"})), TEAM, Reason(Why.NONE_SKILLED, "law")),
        (Need(language="fr"), [ANA, BEN], Reason(Why.NONE_SPEAKS, "fr")),
        (Need(), [replace(one, works=False) for one in TEAM], Reason(Why.NONE_WORKS)),
        (Need(), [replace(one, limit=1) for one in TEAM], Reason(Why.ALL_FULL)),
    ],
)
def test_why_nobody_gets_it(need: Need, team: list[Candidate], why: Reason) -> None:
    assert chosen(need, team) == (None, (why,))


@pytest.mark.parametrize("method", list(Method))
def test_a_thousand_cases_among_twenty_agents_are_spread_within_one(method: Method) -> None:
    team = {number: Candidate(agent=number, limit=60) for number in range(1, 21)}
    for case in range(1000):
        agent = chosen(Need(), list(team.values()), method).agent
        assert agent is not None
        team[agent] = replace(team[agent], open=team[agent].open + 1, given_at=at(case))
        loads = [one.open for one in team.values()]
        assert max(loads) - min(loads) <= 1
        assert max(loads) <= 60


@pytest.mark.parametrize("method", list(Method))
def test_nobody_gets_more_than_they_take(method: Method) -> None:
    team = {number: Candidate(agent=number, limit=number) for number in range(1, 21)}
    given: Counter[int] = Counter()
    for case in range(1000):
        agent = chosen(Need(), list(team.values()), method).agent
        if agent is None:
            break
        given[agent] += 1
        team[agent] = replace(team[agent], open=team[agent].open + 1, given_at=at(case))
    assert given == {number: number for number in range(1, 21)}


words = st.frozensets(st.sampled_from(["billing", "app", "law"]), max_size=2)
candidates = st.lists(
    st.builds(
        Candidate,
        agent=st.integers(1, 9),
        skills=words,
        languages=st.frozensets(st.sampled_from(["en", "de"]), max_size=2),
        open=st.integers(0, 5),
        limit=st.integers(1, 5),
        works=st.booleans(),
        given_at=st.none() | st.integers(0, 5).map(at),
    ),
    max_size=6,
    unique_by=lambda one: one.agent,
)
needs = st.builds(Need, skills=words, language=st.sampled_from(["", "en", "de"]), knows=st.none() | st.integers(1, 9))


@given(needs, candidates, st.sampled_from(list(Method)))
def test_whoever_is_chosen_can_and_nobody_is_only_if_nobody_can(
    need: Need, team: list[Candidate], method: Method
) -> None:
    able = {
        one.agent
        for one in team
        if need.skills <= one.skills
        and (not need.language or not one.languages or need.language in one.languages)
        and one.works
        and one.open < one.limit
    }
    found = choose(need, team, method)
    assert found.reasons
    assert (found.agent in able) if able else found.agent is None
    if need.knows in able:
        assert found.agent == need.knows
    assert choose(need, team[::-1], method) == found


def test_turns_are_taken_by_who_waited_longest() -> None:
    later = at(9) + timedelta(minutes=1)
    team = [replace(CAM, given_at=later), replace(BEN, given_at=at(9))]
    assert choose(Need(), team, Method.ROUND_ROBIN).agent == 2
