"""Deadlines met, and speed in working time."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.reports import Scope
from goodword.care.resolve import resolve_case
from goodword.process.deadline_report import Kept, as_rows, deadline_report
from goodword.process.policies import WrittenPolicy, save_policy, switch_policy
from goodword.process.reckon import reckon_clocks
from goodword.process.working_speed import working_speeds
from goodword.staff.models import Agent, Role
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


def scope(world: World, **narrowed: object) -> Scope:
    return Scope(workspace=world.workspace, since=at(-60), until=at(3 * 1440), **narrowed)  # type: ignore[arg-type]


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana", Role.LEAD)


@pytest.fixture
def busy(world: World, ana: Agent) -> World:
    """Four cases with an hour each: met, met, missed by a team, late and open."""
    policy = save_policy(
        workspace=world.workspace, written=WrittenPolicy(name="=All", first="1 h"), by=None, now=at(-60)
    )
    switch_policy(policy=policy, on=True, by=None, now=at(-60))
    team = world.team()
    cases = [world.case(), world.case(), world.case(team=team), world.case(team=team)]
    for case, minute in zip(cases, (10, 60, 61), strict=False):
        world.reply(case, ana, when=minute)
    reckon_clocks(workspace_id=world.workspace.pk, case_ids=[case.pk for case in cases], now=at(100))
    return world


def test_met_of_those_that_ended_and_open_and_late_apart(busy: World) -> None:
    report = deadline_report(scope(busy), now=at(100))
    assert report.whole == Kept(met=2, missed=1, open=1, late=1)
    assert (report.whole.n, report.whole.share) == (3, 2 / 3)
    assert [(line.team, line.kept) for line in report.lines] == [
        ("Billing", Kept(missed=1, open=1, late=1)),
        ("", Kept(met=2)),
    ]


def test_by_team_period_and_workspace(busy: World) -> None:
    assert deadline_report(scope(busy, team_id=-1), now=at(100)).whole == Kept()
    before = Scope(workspace=busy.workspace, since=at(-60), until=at(30))
    assert deadline_report(before, now=at(100)).whole == Kept(met=1, open=1, late=1)
    assert deadline_report(scope(World("other")), now=at(100)).whole == Kept()


def test_as_a_file_it_is_no_formula(busy: World, ana: Agent) -> None:
    heading, first, _second = as_rows(deadline_report(scope(busy), now=at(100)))
    assert len(heading) == len(first)
    assert first[:5] == ["'=All", "First answer", "Billing", 0, 1]
    client = Client()
    client.force_login(ana)
    answer = client.get("/w/harbour/reports/deadlines.csv?from=2026-03-01&to=2026-03-05")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.content.decode().splitlines()[1].startswith("'=All,First answer,Billing,0,1,0.0000")
    page = client.get("/w/harbour/reports/?from=2026-03-01&to=2026-03-05").content.decode()
    assert "67 % of the deadlines were met: 2 of 3" in page
    assert "The same in working time" in page


def test_speed_in_working_time_leaves_nights_out_and_waiting_for_the_customer(world: World, ana: Agent) -> None:
    team = world.team()
    case = world.case(when=240, team=team)  # 16:00 on Monday
    world.reply(case, ana, when=21 * 60 + 30)  # 9:30 on Tuesday
    world.inbound(case, when=23 * 60)  # 11:00
    resolve_case(case=case, by=ana, ask=False, words="", idempotency_key="resolve-this", now=at(25 * 60))
    speeds = working_speeds(scope(world))
    assert (speeds.written, speeds.of(None).answers, speeds.of(None).resolutions) == (True, [5400.0], [5400.0 + 7200.0])
    assert speeds.of(team.pk).first_response.median == speeds.of("recorded").first_response.median == 5400.0
    assert speeds.of("elsewhere").first_response.count == 0
