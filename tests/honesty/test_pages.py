"""The pages of honesty."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.honesty.models import HouseRules, SentOver, Statement
from goodword.honesty.policy import levels_of
from goodword.staff.models import Role
from tests.care.world import World, at

HOME = "/w/harbour/honesty/"
RULES = {
    "confidential": "Tern",
    "same_cases": "3",
    "same_hours": "12",
    "most_offers": "0",
    "offer_days": "7",
    "feed_offers": "2",
    "feed_days": "7",
    "approver": "agent",
}
STATEMENT = {"words": "The checkout is down.", "about": "checkout", "denies": "fixed", "until": ""}


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.agent(role.name.title(), role))
    return client


def rules_form(world: World) -> dict[str, str]:
    return {name: level.value for name, level in levels_of(world.workspace).items()} | RULES


def test_a_lead_says_what_the_checks_do(world: World) -> None:
    lead = signed_in(world, Role.LEAD)
    assert "Blame" in lead.get(f"{HOME}rules/").content.decode()
    assert lead.post(f"{HOME}rules/", rules_form(world) | {"blame": "block"}).headers["Location"] == HOME
    assert levels_of(world.workspace)["blame"] == "block"
    assert HouseRules.objects.get().confidential_words == ["Tern"]
    assert "1 word is kept confidential" in lead.get(HOME).content.decode()


@pytest.mark.parametrize("wrong", [{"blame": "shout"}, {"same_hours": "0"}, {"most_offers": "-1"}])
def test_rules_that_make_no_sense_are_refused_whole(world: World, wrong: dict[str, str]) -> None:
    answer = signed_in(world, Role.LEAD).post(f"{HOME}rules/", rules_form(world) | wrong)
    assert (answer.status_code, "Tern" in answer.content.decode()) == (422, True)
    assert not HouseRules.objects.exists()


def test_a_lead_declares_and_withdraws_a_statement(world: World) -> None:
    lead = signed_in(world, Role.LEAD)
    assert lead.post(f"{HOME}statements/new/", STATEMENT).status_code == 303
    assert "The checkout is down." in lead.get(HOME).content.decode()
    statement = Statement.objects.get()
    assert lead.post(f"{HOME}statements/{statement.pk}/withdrawal/").status_code == 303
    assert "The checkout is down." not in lead.get(HOME).content.decode()


@pytest.mark.parametrize("field", ["about", "denies"])
def test_what_is_no_search_is_refused_and_kept(world: World, field: str) -> None:
    answer = signed_in(world, Role.LEAD).post(f"{HOME}statements/new/", STATEMENT | {field: '"open'})
    assert (answer.status_code, "&quot;open" in answer.content.decode()) == (422, True)
    assert not Statement.objects.exists()


def test_what_was_sent_all_the_same_is_counted_and_leads_to_its_case(world: World) -> None:
    ana, case = world.agent(), world.case()
    kept = {"workspace": world.workspace, "agent": ana, "person": case.identity.person, "level": "warn", "at": at(0)}
    SentOver.objects.create(**kept, flag="blame", reason="They asked", case_number=1, subject="message:1")
    SentOver.objects.create(**kept, flag="cold", reason="Taken back", case_number=1, subject="message:2", undone=True)
    page = signed_in(world, Role.VIEWER).get(f"{HOME}?flag=blame").content.decode()
    assert "They asked" in page
    assert "Taken back" not in page
    assert "/w/harbour/cases/1/" in page


def test_only_leads_change_anything(world: World) -> None:
    agent = signed_in(world, Role.AGENT)
    assert agent.get(HOME).status_code == 200
    assert [agent.post(f"{HOME}{path}").status_code for path in ("rules/", "statements/new/")] == [403, 403]
