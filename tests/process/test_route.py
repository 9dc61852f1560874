"""Routing in the tables: who gets what, that it says why, and that nothing happens until it is switched on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from goodword.care.assign import assign_case
from goodword.care.models import Case
from goodword.process.models import Ability, RoutingPlan
from goodword.process.reactions import give_out
from goodword.process.rehearse import rehearse
from goodword.process.route import route_cases, route_waiting
from goodword.process.routing import BadRouting, WrittenPlan, save_ability, save_plan, switch_plan, write_needs
from goodword.process.rules.condition import Condition
from goodword.staff.models import Agent, Team
from goodword.staff.rosters import go_away
from tests.care.world import World, at, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(world: World) -> Team:
    return joined(world, "Billing", "Ana", "Ben")


def joined(world: World, name: str, *people: str) -> Team:
    team = world.team(name)
    for person in people:
        team.memberships.create(workspace=world.workspace, agent=world.agent(person))
    return team


def plan(team: Team, *, on: bool = True, **written: Any) -> RoutingPlan:
    kept = save_plan(team=team, written=WrittenPlan(**{"takes_all": True} | written), by=None, now=at(-9))
    return switch_plan(plan=kept, on=on, by=None, now=at(-9))


def can(name: str, skills: str = "", languages: str = "", most_open: int = 20) -> None:
    agent = Agent.objects.get(name=name)
    workspace = agent.memberships.get().workspace
    save_ability(
        workspace=workspace, agent=agent, skills=skills, languages=languages, most_open=most_open, by=None, now=at(-9)
    )


def route(*cases: Case, minute: float = 1) -> list[str]:
    """Who has each now."""
    route_cases(workspace_id=cases[0].workspace_id, case_ids=[case.pk for case in cases], now=at(minute))
    return [str(fresh(case).assignee or "") for case in cases]


def test_it_is_off_until_a_lead_switches_it_on(world: World, team: Team) -> None:
    switched = plan(team, on=False)
    case = world.case()
    assert route(case) == [""]
    switch_plan(plan=switched, on=True, by=None, now=at(1))
    assert route(case) == [""]  # what came before stays where it is
    assert route(world.case(when=2), minute=3) == ["Ana"]


def test_cases_are_shared_and_it_says_why(world: World, team: Team) -> None:
    plan(team)
    cases = [world.case() for _ in range(4)]
    assert Counter(route(*cases)) == {"Ana": 2, "Ben": 2}
    assert world.facts(cases[0]) == ["CaseAssigned", "CaseRouted"]
    assert fresh(cases[0]).team == team


def test_twenty_agents_get_a_thousand_cases_within_one_and_within_their_limit(world: World) -> None:
    people = [f"Agent{number}" for number in range(20)]
    plan(joined(world, "All", *people))
    for name in people:
        can(name, most_open=6)
    cases = [world.case() for _ in range(130)]
    given = Counter(route(*cases))
    assert given.pop("") == 10
    assert set(given.values()) == {6}


def test_skills_languages_and_who_knows_the_person(world: World, team: Team) -> None:
    plan(team, needs="app: log in, crash\nbilling: refund")
    can("Ana", skills="app", languages="en")
    can("Ben", skills="billing", languages="en, de")
    assert route(world.case("The app crashed again")) == ["Ana"]
    assert route(world.case("I want to be refunded")) == ["Ben"]
    german = world.case("Hallo")
    german.opening_mention = german.messages.get().mention
    assert german.opening_mention is not None
    german.opening_mention.read_lang = "de"
    german.opening_mention.save()
    german.save()
    assert route(german) == ["Ben"]
    known = world.case("Something")
    world.reply(known, Agent.objects.get(name="Ben"), when=1)
    assert route(world.case("Something else", when=2, identity=known.identity), minute=3) == ["Ben"]


def test_a_kind_of_complaint_goes_straight_to_a_named_person(world: World, team: Team) -> None:
    sue = world.agent("Sue")
    plan(team, words="lawyer, court", takes_all=False, person_id=sue.pk)
    can("Sue", most_open=1)
    assert route(world.case("My lawyer will write"), world.case("See you in court")) == ["Sue", "Sue"]
    go_away(workspace=world.workspace, agent=sue, since=at(2), until=None, by=None, now=at(2))
    assert route(world.case("My lawyer again", when=3), minute=4) == ["Ana"]


def test_a_label_may_be_the_skill(world: World, team: Team) -> None:
    plan(team)
    can("Ben", skills="Refund")
    case = world.case()
    case.labels.add(world.label("refund"))
    assert route(case) == ["Ben"]


def test_which_team_gets_it(world: World, team: Team) -> None:
    plan(team, takes_all=False, words="refund, invoice")
    safety = joined(world, "Safety", "Sue")
    plan(safety, takes_all=False, condition=Condition(min_risk=60))
    rest = joined(world, "Rest", "Ron")
    plan(rest)
    cases = [world.case("My refund?"), world.case("It burnt me", risk=80), world.case("Hello")]
    assert [name or "" for name in route(*cases)] == ["Ana", "Sue", "Ron"]
    given = world.case("Hello", team=safety)
    assert route(given) == ["Sue"]


def test_what_nobody_can_take_waits_goes_over_and_is_given_out_later(world: World, team: Team) -> None:
    plan(team)
    ana, ben = (Agent.objects.get(name=name) for name in ("Ana", "Ben"))
    for agent in (ana, ben):
        go_away(workspace=world.workspace, agent=agent, since=at(0), until=at(60), by=None, now=at(0))
    case = world.case()
    assert route(case) == [""]
    assert fresh(case).team == team
    assert [route_waiting(workspace_id=world.workspace.pk, now=at(minute)) for minute in (30, 61, 62)] == [0, 1, 0]
    assert world.facts(case).count("CaseRouted") == 2  # that it waits is said once
    joined(world, "More", "Mia")
    save_plan(
        team=team,
        written=WrittenPlan(takes_all=True, overflow_id=Team.objects.get(name="More").pk),
        by=None,
        now=at(62),
    )
    for agent in (ana, ben):
        go_away(workspace=world.workspace, agent=agent, since=at(63), until=None, by=None, now=at(63))
    assert route(world.case(when=64), minute=65) == ["Mia"]


def test_what_many_wait_before_that_nobody_can_take_is_reached_in_turn(
    world: World, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodword.process.route.RISKIEST", 3)
    monkeypatch.setattr("goodword.process.route.IN_TURN", 2)
    plan(team, needs="piano: piano")
    can("Ana", most_open=1)
    can("Ben", most_open=1)
    full = [world.case("Hello") for _ in range(2)]
    assert set(route(*full)) == {"Ana", "Ben"}
    behind = [world.case("Tune my piano", risk=90) for _ in range(5)] + [
        world.case("Late parcel", risk=number) for number in range(7)
    ]
    route(*behind)
    for name in ("Ana", "Ben"):
        can(name, most_open=20)
    given = [route_waiting(workspace_id=world.workspace.pk, now=at(minute)) for minute in range(2, 2 + 8)]
    assert sum(given) == 7
    assert max(given) <= 3 + 2 * 2
    assert Case.objects.filter(assignee=None).count() == 5


def test_what_a_person_took_away_from_everyone_stays_nobodys(world: World, team: Team) -> None:
    plan(team)
    case = world.case()
    route(case)
    assign_case(case=case, by=Agent.objects.get(name="Ana"), now=at(2))
    give_out(workspace_id=world.workspace.pk, facts=[{"case_id": case.pk, "assignee_id": None, "team_id": None}])
    assert route_waiting(workspace_id=world.workspace.pk, now=at(3)) == 0
    assert fresh(case).assignee is None


def test_a_rehearsal_tells_and_changes_nothing(world: World, team: Team) -> None:
    switched = plan(team, on=False, needs="law: sue")
    cases = [world.case(when=minute) for minute in range(5)] + [world.case("I will sue you", when=6)]
    told = rehearse(world.workspace, [switched], now=at(100))
    assert [(str(agent), count) for agent, count in told.by_agent] == [("Ana", 3), ("Ben", 2)]
    assert (told.total, told.waiting, told.untouched) == (6, 1, 0)
    assert told.cases[0].case == cases[-1]
    assert world.facts() == ["CalendarSaved", "RoutingChanged"]
    assert all(fresh(case).assignee is None for case in cases)


def test_a_rehearsal_counts_a_case_until_it_was_resolved(world: World, team: Team) -> None:
    switched = plan(team, on=False)
    can("Ana", most_open=1)
    can("Ben", most_open=1)
    for minute in range(3):
        world.case(when=minute, resolved_at=at(minute) if minute == 0 else None)
    assert rehearse(world.workspace, [switched], now=at(100)).waiting == 0


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"needs": "billing refund"}, "needs"),
        ({"needs": "billing:"}, "needs"),
        ({"words": "x" * 41}, "words"),
        ({"overflow_id": 999_999}, "overflow"),
        ({"share": "by force"}, "share"),
        ({"person_id": 999_999}, "person"),
        ({"condition": Condition(min_risk=101)}, "min_risk"),
    ],
)
def test_what_is_no_plan_is_refused(team: Team, written: dict[str, Any], field: str) -> None:
    with pytest.raises(BadRouting) as refused:
        save_plan(team=team, written=WrittenPlan(**written), by=None, now=at(0))
    assert set(refused.value.problems) == {field}
    assert not RoutingPlan.objects.exists()


def test_what_is_no_ability_is_refused(team: Team) -> None:
    with pytest.raises(BadRouting) as refused:
        can("Ana", skills=", ".join("abcdefghijklmnopqrstuvwxyz"[n % 26] * (n // 26 + 1) for n in range(41)),
            languages="english", most_open=0)  # fmt: skip
    assert set(refused.value.problems) == {"skills", "languages", "most_open"}
    assert not Ability.objects.exists()


def test_needs_are_read_as_they_are_written(team: Team) -> None:
    kept = plan(team, needs="Billing: Refund, INVOICE\n\napp: log-in")
    assert write_needs(kept) == "billing: invoice, refund\napp: log in"
