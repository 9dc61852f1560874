"""The pages of risk: weigh otherwise, try it on the past, switch it on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from goodword.care.models import Case, State
from goodword.care.reactions import weigh_anew
from goodword.listen.models import Mention
from goodword.process.rehearse_risk import rehearse_risk
from goodword.staff.models import Agent, Role
from goodword.triage.models import RiskVersion
from goodword.triage.reading import Reading
from goodword.triage.weights import BOUNDS, Weights
from tests.care.world import World, at, fresh

pytestmark = pytest.mark.django_db

HOME = "/w/harbour/team/risk/"
ANGRY = Reading(0.9, 0.0, 0.9, 0.9, 0.0, 0.0, 0.9, 2.0, 2.0)
CALM = Reading(0.1, 0.1, 0.0, 0.0, 0.1, 0.0, 0.1, 0.0, 0.0)
USUAL = {part: str(bounds.usual) for part, bounds in BOUNDS.items()}


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world.agent("Lea", Role.LEAD))


def said(world: World, text: str, reading: Reading = CALM, **fields: Any) -> Case:
    """A case as it was read."""
    case = world.case(text, **fields)
    Mention.objects.filter(thread=case.thread).update(reading=reading.as_json())
    return case


def test_a_version_is_written_tried_and_switched_on(world: World, lead: Client) -> None:
    angry, asks = said(world, "This is a joke", ANGRY), said(world, "Do you ship to Malta?")
    solved = said(world, "You lot again", ANGRY, state=State.RESOLVED)
    assert "the usual weights" in lead.get(HOME).content.decode()
    answer = lead.post(f"{HOME}new/", USUAL | {"anger": "30", "words-safety": "Malta", "why": "We are shouted at"})
    version = RiskVersion.objects.get()
    address = answer.headers["Location"]
    assert address == f"{HOME}{version.pk}/"
    shown = lead.get(address).content.decode()
    for words in ("14 → 30", "Own words: malta", "Not tried yet", "We are shouted at"):
        assert words in shown
    lead.post(f"{address}force/")
    assert RiskVersion.objects.get().in_force_since is None
    lead.post(f"{address}trial/")
    version.refresh_from_db()
    Case.objects.update(opened_at=at(100_000_000))  # within the last four weeks, for a long time
    told = lead.get(address).content.decode()
    assert (version.tried_cases, version.moved_up, version.moved_down) == (2, 2, 0)
    for case in (angry, asks, solved):
        assert f'href="/w/harbour/cases/{case.number}/"' in told
    assert "“malta” is one of your own words of risk, waiting" in told
    lead.post(f"{address}force/")
    weigh_anew(workspace_id=world.workspace.pk)
    assert [part.name for part in fresh(asks).risk_reasons] == ["safety", "age"]
    assert fresh(solved).risk == 0  # it is over
    assert "In force: Version 1" in lead.get(HOME).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(lead: Client) -> None:
    answer = lead.post(f"{HOME}new/", USUAL | {"reach": "11", "money": "much", "words-legal": "x", "why": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Write a number from 0 to 10.", "Say why", 'value="much"', 'value="x"', "of 3 to 40 characters"):
        assert words in page
    assert not RiskVersion.objects.exists()


def test_another_begins_from_an_older_one(world: World, lead: Client) -> None:
    lead.post(f"{HOME}new/", USUAL | {"anger": "29", "why": "Try"})
    page = lead.get(f"{HOME}new/?from={RiskVersion.objects.get().pk}").content.decode()
    assert 'value="29"' in page
    assert 'value="29"' not in lead.get(f"{HOME}new/").content.decode()


def test_agents_read_and_leads_change(world: World, lead: Client) -> None:
    lead.post(f"{HOME}new/", USUAL | {"why": "Try"})
    agent, pk = signed_in(world.agent("Ana")), RiskVersion.objects.get().pk
    assert "Weigh otherwise" not in agent.get(HOME).content.decode()
    assert agent.get(f"{HOME}{pk}/").status_code == 200
    forbidden = [agent.post(f"{HOME}{address}").status_code for address in ("new/", f"{pk}/trial/", f"{pk}/force/")]
    assert forbidden == [403, 403, 403]


def test_trying_writes_nothing_and_sorts_who_moves_farthest_first(world: World) -> None:
    cases = [said(world, text, when=1) for text in ("a refund", "my lawyer and a refund", "charged twice", "hello")]
    rehearsal = rehearse_risk(world.workspace, Weights(points={"money": 0, "legal": 40}), now=at(2))
    assert [(one.case, one.by) for one in rehearsal.up] == [(cases[1], 10)]
    assert [(one.case, one.by) for one in rehearsal.down] == [(cases[2], -20), (cases[0], -10)]
    assert (rehearsal.total, rehearsal.moved) == (4, 3)
    assert set(Case.objects.values_list("risk", flat=True)) == {0}


def test_a_famous_customer_never_passes_one_in_danger_in_the_queue(world: World, lead: Client) -> None:
    """However old, angry and much followed their case is, and however the workspace weighs."""
    lead.post(f"{HOME}new/", USUAL | {"anger": "30", "age": "20", "reach": "10", "harm": "60", "why": "Shout louder"})
    lead.post(f"{HOME}{RiskVersion.objects.get().pk}/trial/")
    lead.post(f"{HOME}{RiskVersion.objects.get().pk}/force/")
    famous = said(world, "Charged twice, the app is down, lawyer! A bad review follows, third time!", ANGRY)
    famous.identity.followers = 10**8
    famous.identity.save()
    burned = said(world, "it burned my hand a little", CALM, when=60 * 24 * 30)
    said(world, "where is my parcel")
    weigh_anew(workspace_id=world.workspace.pk)
    assert (fresh(famous).risk, fresh(burned).risk >= 60) == (58, True)
    page = lead.get("/w/harbour/inbox/?view=open&sort=risk").content.decode()
    assert page.index("it burned my hand") < page.index("Charged twice, the app")
