"""The inbox's address, and what it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.case_page import case_page, count_cases
from goodword.care.filters import ME, NOBODY, VIEWS, CaseFilter, Sort, Trouble, matching
from goodword.care.models import Case, Delivery, Episode, Priority, Resolution, State
from goodword.care.seen import mark_seen
from goodword.staff.models import Agent, TeamMember
from tests.care.world import World, at

ids = st.integers(1, 10**18 - 1)
who = st.one_of(st.sampled_from(["", ME, NOBODY]), ids.map(str))
filters = st.builds(
    CaseFilter,
    states=st.sets(st.sampled_from(State)).map(lambda chosen: tuple(state for state in State if state in chosen)),
    assignee=who,
    team=who,
    labels=st.sets(ids, max_size=3).map(lambda chosen: tuple(sorted(chosen))),
    channel=st.text("abcdefghij-:", max_size=10),
    priorities=st.sets(st.sampled_from(Priority)).map(lambda chosen: tuple(sorted(chosen))),
    unread=st.booleans(),
    trouble=st.none() | st.sampled_from(Trouble),
    q=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30).map(
        lambda text: " ".join(text.split())
    ),
    sort=st.sampled_from(Sort),
)


@given(filters)
def test_an_address_asks_for_what_it_was_made_of(chosen: CaseFilter) -> None:
    assert CaseFilter.read(chosen.query()) == chosen


@given(st.text())
def test_any_address_asks_for_something(query: str) -> None:
    chosen = CaseFilter.read(query)
    assert CaseFilter.read(chosen.query()) == chosen


@pytest.mark.parametrize(
    "query",
    [
        "state=gone",
        "assignee=1e3",
        "assignee=-1",
        "label=x&label=0",
        "priority=9",
        "sort=random",
        "team=%00",
        "unread=no",
    ],
)
def test_what_an_address_can_not_mean_is_left_out(query: str) -> None:
    assert CaseFilter.read(query) == CaseFilter()


def test_a_view_is_a_set_of_filters_that_others_narrow() -> None:
    assert CaseFilter.read("view=mine") == VIEWS["mine"]
    assert CaseFilter.read("view=mine&sort=risk&state=pending") == replace(
        VIEWS["mine"], sort=Sort.RISK, states=(State.PENDING,)
    )
    assert CaseFilter.read("view=nonsense") == CaseFilter()


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def shown(world: World, agent: Agent, query: str) -> list[int]:
    """Numbers of the cases on the first page."""
    page = case_page(CaseFilter.read(query), workspace=world.workspace, agent=agent)
    return [Case.objects.get(pk=pk).number for pk in page.ids]


def test_each_filter_lets_through_what_it_says(world: World, ana: Agent) -> None:
    billing, refund, late = world.team(), world.label("refund"), world.label("late")
    TeamMember.objects.create(workspace=world.workspace, team=billing, agent=ana)
    mail = world.new_source("mail", "email")
    hers = world.case(when=1, assignee=ana, priority=Priority.HIGH)
    teams = world.case(when=2, team=billing, state=State.PENDING)
    mailed = world.case(when=3, source=mail, state=State.RESOLVED)
    labelled = world.case(when=4, risk=90)
    labelled.labels.add(refund, late)
    mailed.labels.add(refund)
    world.case(when=5, merged_into=hers)
    World(slug="elsewhere").case()
    for case in (hers, teams):
        mark_seen(case=case, by=ana)
    everything = [labelled, mailed, teams, hers]
    for query, expected in {
        "": everything,
        "view=mine": [hers],
        f"assignee={ana.pk}": [hers],
        "assignee=none": [labelled, mailed, teams],
        "team=me": [teams],
        f"team={billing.pk}": [teams],
        "team=none": [labelled, mailed, hers],
        "state=pending&state=resolved": [mailed, teams],
        "view=open": [labelled, hers],
        "channel=email": [mailed],
        "priority=3&priority=4": [hers],
        f"label={refund.pk}": [labelled, mailed],
        f"label={refund.pk}&label={late.pk}": [labelled],
        "unread=1": [labelled, mailed],
        "sort=risk": everything,
        "sort=waiting": everything[::-1],
        "sort=risk&state=open&state=pending": [labelled, teams, hers],
    }.items():
        assert shown(world, ana, query) == [case.number for case in expected], query


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("states", ["", "&state=open", "&state=open&state=pending"])
def test_page_by_page_every_case_comes_once_and_in_order(world: World, ana: Agent, sort: Sort, states: str) -> None:
    for number in range(11):
        world.case(when=number // 3, risk=number % 2, state=State.PENDING if number % 4 == 0 else State.OPEN)
    chosen = CaseFilter.read(f"sort={sort.value}{states}")
    seen: list[int] = []
    after = ""
    for _ in range(20):
        page = case_page(chosen, workspace=world.workspace, agent=ana, after=after, size=2)
        seen += page.ids
        after = page.after
        if not after:
            break
    whole = case_page(chosen, workspace=world.workspace, agent=ana, size=100)
    assert seen == whole.ids
    assert sorted(seen) == sorted(matching(chosen, workspace=world.workspace, agent=ana).values_list("pk", flat=True))
    assert whole.after == ""


@pytest.mark.parametrize("after", ["", "x", "1-2-3-4", "99999999999999999999-1", "9223372036854775807-5", "-", "1"])
def test_a_damaged_place_is_the_first_page(world: World, ana: Agent, after: str) -> None:
    case = world.case()
    assert case_page(CaseFilter(), workspace=world.workspace, agent=ana, after=after).ids == [case.pk]


def test_counting_stops_early(world: World, ana: Agent) -> None:
    for _ in range(4):
        world.case()
    world.case(when=1, assignee=ana)
    with CaptureQueriesContext(connection) as queries:
        counts = count_cases(
            {name: VIEWS[name] for name in ("all", "mine", "team")}, workspace=world.workspace, agent=ana, most=3
        )
    assert counts == {"all": 4, "mine": 1, "team": 0}
    assert len(queries) == 2  # the teams, and all counts together
    assert count_cases({}, workspace=world.workspace, agent=ana) == {}


def test_a_case_says_when_somebody_waits_longest(world: World, ana: Agent) -> None:
    late, early = world.case(when=9), world.case(when=1)
    answered = world.case(when=0)
    world.reply(answered, ana, when=10)
    assert shown(world, ana, "sort=waiting") == [early.number, late.number]
    assert at(9) == late.waiting_since


def test_trouble_is_a_dispute_that_is_not_solved_or_a_reply_that_never_went_out(world: World) -> None:
    ana = world.agent()
    world.case("All is well")
    disputed, solved = (
        world.case("Still broken", when=1),
        world.case("Broken, then solved", when=2, state=State.RESOLVED),
    )
    Episode.objects.filter(case__in=[disputed, solved]).update(resolution=Resolution.DISPUTED)
    failed, answered = world.case("No reply came", when=3), world.case("A second reply came", when=4)
    for case in (failed, answered):
        world.reply(case, ana, when=5, delivery=Delivery.FAILED)
    world.reply(answered, ana, when=6)

    def troubled(trouble: Trouble) -> list[Case]:
        return list(matching(CaseFilter(trouble=trouble), workspace=world.workspace, agent=ana))

    assert troubled(Trouble.DISPUTED) == [disputed]
    assert troubled(Trouble.FAILED) == [failed]
