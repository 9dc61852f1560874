"""The page of make-goods."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from goodword.care.make_good import offer_make_good
from goodword.care.models import MakeGood, MakeGoodBudget, MakeGoodKind
from goodword.kernel.clock import current_time
from goodword.staff.models import Role
from tests.care.world import World

HOME = "/w/harbour/make-goods/"


@pytest.fixture
def world(db: None) -> World:
    return World()


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.agent(role.name.title(), role))
    return client


def waiting(world: World) -> MakeGood:
    return offer_make_good(
        case=world.case(),
        by=world.agent("Ana"),
        kind=MakeGoodKind.VOUCHER,
        amount=Decimal(50),
        what="a voucher of 50 euros",
        why="Lost twice",
        idempotency_key="lost-twice",
        now=current_time(),
    )


def test_the_ledger_shows_what_waits_and_a_lead_decides(world: World) -> None:
    made, agent, lead = waiting(world), signed_in(world, Role.AGENT), signed_in(world, Role.LEAD)
    page = agent.get(HOME).content.decode()
    assert all(part in page for part in ("a voucher of 50 euros", "Lost twice", "waits for a lead", "50.00 of 500"))
    assert "Approve" not in page
    assert agent.post(f"{HOME}{made.pk}/approval/").status_code == 403
    assert lead.post(f"{HOME}{made.pk}/approval/").headers["Location"] == HOME
    assert agent.post(f"{HOME}{made.pk}/giving/").status_code == 303
    made.refresh_from_db()
    assert made.state == "given"
    lead.post(f"{HOME}{made.pk}/refusal/")
    made.refresh_from_db()
    assert made.state == "given", "what was given stays given"


def test_an_admin_sets_the_budget(world: World) -> None:
    admin = signed_in(world, Role.ADMIN)
    fields = {"currency": "gbp", "a_month": "900", "without_asking": "25.50"}
    assert admin.post(f"{HOME}budget/", fields | {"currency": "euro"}).status_code == 422
    assert admin.post(f"{HOME}budget/", fields).status_code == 303
    budget = MakeGoodBudget.objects.get()
    assert (budget.currency, budget.a_month, budget.without_asking) == ("GBP", Decimal(900), Decimal("25.50"))
    assert signed_in(world, Role.LEAD).post(f"{HOME}budget/", fields).status_code == 403, "who spends it doesn't set it"
