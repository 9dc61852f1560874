"""The pages of rules."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.events import CaseOpened
from goodword.kernel import facts
from goodword.kernel.clock import current_time
from goodword.process.models import Rule
from goodword.process.run_rules import run_rules
from goodword.staff.models import Agent, Role
from tests.care.world import World

pytestmark = pytest.mark.django_db

HOME = "/w/harbour/team/rules/"


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world.agent("Lea", Role.LEAD))


def test_a_rule_is_written_tried_switched_on_and_does_what_it_says(world: World, lead: Client) -> None:
    label, now = world.label("money"), current_time()
    assert "No rule yet" in lead.get(HOME).content.decode()
    written = {"name": "Sort", "when": "opened", "spoken": "Refund, money", "action-0": f"add_label:{label.pk}"}
    assert lead.post(HOME + "new/", written).status_code == 303
    rule = Rule.objects.get()
    case, other = world.case("Where is my refund?"), world.case("Thanks")
    for each in (case, other):
        facts.record(CaseOpened(workspace_id=each.workspace_id, case_id=each.pk), now=now)
    tried = lead.get(f"{HOME}{rule.pk}/rehearsal/").content.decode()
    assert "This 1 case would have been touched" in tried
    assert f"/w/harbour/cases/{case.number}/" in tried
    assert f"/w/harbour/cases/{other.number}/" not in tried
    assert not case.labels.exists()
    assert lead.post(f"{HOME}{rule.pk}/force/").status_code == 303
    again = world.case("A refund, please")
    later = current_time()
    facts.record(CaseOpened(workspace_id=again.workspace_id, case_id=again.pk), now=later)
    run_rules(workspace_id=world.workspace.pk, case_ids=[case.pk, again.pk], now=later)
    assert [each.labels.count() for each in (case, again)] == [0, 1]
    assert "Rule “Sort”: label money" in lead.get(f"/w/harbour/cases/{again.number}/").content.decode()
    page = lead.get(HOME).content.decode()
    for words in ("speaks of money or refund", "label money", "on since", f">#{again.number}</a>"):
        assert words in page
    assert lead.post(f"{HOME}{rule.pk}/force/withdrawal/").status_code == 303
    assert lead.post(f"{HOME}{rule.pk}/deletion/").status_code == 303
    assert not Rule.objects.exists()


def test_what_is_wrong_comes_back_with_what_was_typed(world: World, lead: Client) -> None:
    written = {"name": "", "when": "message", "spoken": "refund", "action-2": "note", "action-2-words": " "}
    answer = lead.post(HOME + "new/", written)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Give it a name", "Write what the note says", 'value="refund"', 'value="message" selected'):
        assert words in page


def test_a_loop_is_refused_with_the_names(world: World, lead: Client) -> None:
    up = {"name": "Up", "when": "prioritised", "action-0": "priority:4"}
    assert lead.post(HOME + "new/", up).status_code == 303
    answer = lead.post(HOME + "new/", up | {"name": "Down", "action-0": "priority:1"})
    assert answer.status_code == 422
    assert "set each other off for ever" in answer.content.decode()


def test_rules_are_moved(world: World, lead: Client) -> None:
    for name in ("One", "Two"):
        lead.post(HOME + "new/", {"name": name, "when": "opened", "action-0": "priority:4"})
    second = Rule.objects.get(name="Two")
    lead.post(f"{HOME}{second.pk}/place/", {"to": "up"})
    assert [rule.name for rule in Rule.objects.all()] == ["Two", "One"]


def test_an_agent_reads_and_a_lead_writes(world: World) -> None:
    agent = signed_in(world.agent("Ana"))
    page = agent.get(HOME)
    assert page.status_code == 200
    assert "New rule" not in page.content.decode()
    assert agent.get(HOME + "new/").status_code == 403
