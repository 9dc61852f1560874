"""The pages of routing."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.process.models import Ability, RoutingPlan
from goodword.process.route import route_cases
from goodword.staff.models import Agent, Role, Team
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

HOME = "/w/harbour/team/routing/"
WRITTEN = {
    "words": "refund, invoice",
    "min_risk": "20",
    "share": "round_robin",
    "keeps_person": "1",
    "needs": "law: sue",
}


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world.agent("Lea", Role.LEAD))


@pytest.fixture
def team(world: World) -> Team:
    made = world.team()
    made.memberships.create(workspace=world.workspace, agent=world.agent("Ana"))
    return made


def test_a_plan_is_written_tried_and_switched_on(world: World, lead: Client, team: Team) -> None:
    case = world.case("Where is my refund", risk=40)
    assert "Set up" in lead.get(HOME).content.decode()
    address = f"{HOME}teams/{team.pk}/"
    assert lead.post(address, WRITTEN).headers["Location"] == HOME
    shown = lead.get(HOME).content.decode()
    for said in ("risk from 20 · speaks of invoice, refund", "else in turn", "law: sue", "off"):
        assert said in shown
    assert 'value="invoice, refund"' in lead.get(address).content.decode()
    RoutingPlan.objects.update(on_since=None)
    type(case).objects.update(created_at=at(10_000_000))  # within the last four weeks, for a long time
    tried = lead.get(f"{HOME}rehearsal/").content.decode()
    assert "it is their turn" in tried
    assert "Ana" in tried
    lead.post(f"{address}force/")
    assert RoutingPlan.objects.get().on_since is not None
    lead.post(f"{address}force/withdrawal/")
    assert RoutingPlan.objects.get().on_since is None


def test_what_is_wrong_is_said_and_kept(lead: Client, team: Team) -> None:
    answer = lead.post(f"{HOME}teams/{team.pk}/", WRITTEN | {"needs": "no colon", "overflow": "999999"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Line 1: write a skill", "Choose another team", "no colon", "refund, invoice"):
        assert said in page
    assert not RoutingPlan.objects.exists()


def test_what_an_agent_can_do(world: World, lead: Client, team: Team) -> None:
    ana = Agent.objects.get(name="Ana")
    address = f"{HOME}agents/{ana.pk}/"
    assert lead.post(address, {"skills": "Law, billing", "languages": "DE", "most_open": "5"}).status_code == 303
    assert Ability.objects.values_list("skills", "languages", "most_open").get() == (["billing", "law"], ["de"], 5)
    wrong = lead.post(address, {"skills": "law", "languages": "german", "most_open": "many"})
    assert wrong.status_code == 422
    assert "by their codes" in wrong.content.decode()
    assert signed_in(ana).post(address, {}).status_code == 403


def test_the_timeline_says_why(world: World, lead: Client, team: Team) -> None:
    lead.post(f"{HOME}teams/{team.pk}/", {"takes_all": "1", "share": "least_loaded"})
    RoutingPlan.objects.update(on_since=at(-1))
    case = world.case()
    route_cases(workspace_id=world.workspace.pk, case_ids=[case.pk], now=at(1))
    page = lead.get(f"/w/harbour/cases/{case.number}/").content.decode()
    assert "Ana was chosen: has least of those who can: 0 open" in page
