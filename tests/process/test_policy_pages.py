"""The pages of deadlines."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.process.models import Clock, Policy
from goodword.process.policies import WrittenPolicy, WrittenRung, save_policy, switch_policy
from goodword.process.reckon import reckon_clocks, tick
from goodword.staff.models import Agent, Role
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

HOME = "/w/harbour/team/deadlines/"
WRITTEN = {
    "name": "Urgent", "first": "30 min", "resolution": "16 h", "priority": ["3", "4"], "min_risk": "60",
    "rung-0": "15 min", "rung-0-side": "before", "rung-0-whom": "assignee",
    "rung-1": "0", "rung-1-side": "after", "rung-1-whom": "leads", "rung-1-mail": "1",
}  # fmt: skip


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world.agent("Lea", Role.LEAD))


def test_a_policy_is_written_switched_on_changed_and_deleted(lead: Client) -> None:
    assert "No policy yet" in lead.get(HOME).content.decode()
    assert lead.post(f"{HOME}new/", WRITTEN).headers["Location"] == HOME
    shown = lead.get(HOME).content.decode()
    for said in (
        "Urgent",
        "30 min",
        "16 h",
        "priority High or Urgent · risk from 60",
        "15 min before",
        "by mail too",
        "switched off",
    ):
        assert said in shown
    address = f"{HOME}{Policy.objects.get().pk}/"
    assert 'value="15 min"' in lead.get(address).content.decode()
    lead.post(f"{address}force/")
    assert "in force since" in lead.get(HOME).content.decode()
    lead.post(f"{address}force/withdrawal/")
    lead.post(address, WRITTEN | {"name": "Very urgent"})
    assert Policy.objects.get().name == "Very urgent"
    lead.post(f"{address}deletion/")
    assert not Policy.objects.exists()


def test_order_is_changed_by_a_button(world: World, lead: Client) -> None:
    for name in ("One", "Two"):
        save_policy(workspace=world.workspace, written=WrittenPolicy(name=name, first="1 h"), by=None, now=at(0))
    lead.post(f"{HOME}{Policy.objects.get(name='Two').pk}/place/", {"to": "up"})
    assert [policy.name for policy in Policy.objects.all()] == ["Two", "One"]


def test_what_is_wrong_is_said_and_kept(lead: Client) -> None:
    answer = lead.post(
        f"{HOME}new/", WRITTEN | {"first": "soon", "min_risk": "x", "rung-0": "later", "resolution": "2 d"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "“soon” is not understood",
        "from 0 to 100",
        "“later” is not understood",
        "Write working time in hours",
    ):
        assert said in page
    assert not Policy.objects.exists()


def test_agents_read_and_leads_write(world: World) -> None:
    agent = signed_in(world.agent("Ana"))
    assert agent.get(HOME).status_code == 200
    assert agent.post(f"{HOME}new/", WRITTEN).status_code == 403


def test_the_clocks_of_a_case_stand_beside_it_and_in_its_timeline(world: World, lead: Client) -> None:
    kept = save_policy(
        workspace=world.workspace,
        written=WrittenPolicy(
            name="All", first="1 h", next="2 h", ladder=(WrittenRung(length="30 min", before=True, whom="leads"),)
        ),
        by=None,
        now=at(-9),
    )
    switch_policy(policy=kept, on=True, by=None, now=at(-9))
    case = world.case()
    reckon_clocks(workspace_id=world.workspace.pk, case_ids=[case.pk], now=at(1))
    tick(workspace_id=world.workspace.pk, now=at(31))
    tick(workspace_id=world.workspace.pk, now=at(61))
    beside = lead.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()
    for said in ("Deadlines", "First answer", "late since", "All</bdi>: 1 h", "of working time", "begun"):
        assert said in beside
    page = lead.get(f"/w/harbour/cases/{case.number}/").content.decode()
    assert "First answer is due 2 Mar, 13:00. Told: Lea" in page
    assert "Late: First answer was due 2 Mar, 13:00 (All)" in page
    world.reply(case, Agent.objects.get(name="Lea"), when=70)
    reckon_clocks(workspace_id=world.workspace.pk, case_ids=[case.pk], now=at(71))
    assert "too late" in lead.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()
    assert Clock.objects.get().outcome == "missed"


def test_the_inbox_is_sorted_by_what_falls_due_next(world: World, lead: Client) -> None:
    for minute, subject in ((30, "Due later"), (10, "Due sooner"), (None, "Never due")):
        world.case(subject, next_due_at=None if minute is None else at(minute))
    page = lead.get("/w/harbour/inbox/?sort=due").content.decode()
    assert page.index("Due sooner") < page.index("Due later")
    assert "Never due" not in page
