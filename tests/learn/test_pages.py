from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodword.care.record_cause import record_cause
from goodword.kernel.clock import current_time
from goodword.learn.improve import put_in_place
from goodword.learn.models import Improvement, Problem
from goodword.learn.models.improvement import Stage
from goodword.staff.models import Role
from goodword.triage.models import Area, Cause
from tests.care.world import NOON, World
from tests.learn.world import DAY, Learning


@pytest.fixture
def lead(learning: Learning, client: Client) -> Client:
    client.force_login(learning.world.agent("Lee", Role.LEAD))
    return client


def ago(days: float) -> float:
    """So many days before now, in minutes of the world."""
    return (current_time() - NOON).total_seconds() / 60 - days * DAY


def complaint(learning: Learning, days: float, cause: Cause | None = None) -> None:
    case = learning.world.case(f"Late {days}", when=ago(days))
    record_cause(case=case, by=None, cause=cause or learning.cause, now=current_time())


def test_the_table_counts_the_period_and_the_one_before(learning: Learning, lead: Client) -> None:
    for days in (1, 2, 6, 8, 30):
        complaint(learning, days)
    learning.world.case(when=ago(1))
    table = lead.get("/w/harbour/causes/?days=7").context["table"]
    [(area, [row])] = table.areas
    assert (area.name, row.now, row.before, row.problems) == ("Delivery", 3, 1, 1)
    assert (table.cases, table.with_cause, table.mentions) == (4, 3, 4)
    assert row.rate == 750
    cases = lead.get(f"/w/harbour/causes/{learning.cause.pk}/?days=7").context["cases"]
    assert [case.subject for case in cases] == ["Late 1", "Late 2", "Late 6"]


def test_causes_are_named_by_leads(world: World, client: Client) -> None:
    client.force_login(world.agent("Lee", Role.LEAD))
    # The first cause needs an area, so that is asked for first.
    assert b"audiences" in client.get("/w/harbour/causes/new/").content
    client.post("/w/harbour/areas/new/", {"name": "Delivery", "audiences": ["service", "product"]})
    area = Area.objects.get()
    assert area.audiences == ["product", "service"]
    client.post("/w/harbour/causes/new/", {"name": "Late parcel", "area": area.pk})
    cause = Cause.objects.get()
    refused = client.post("/w/harbour/causes/new/", {"name": "late parcel", "area": area.pk})
    assert refused.status_code == 422
    assert "late parcel" in refused.content.decode()
    client.post(f"/w/harbour/causes/{cause.pk}/retirement/")
    assert not Cause.objects.in_use().exists()


def test_opening_a_problem_links_the_cases_of_its_cause(learning: Learning, lead: Client) -> None:
    complaint(learning, 1)
    complaint(learning, 2)
    lead.post("/w/harbour/problems/new/", {"title": "The courier", "cause": learning.cause.pk})
    problem = Problem.objects.get(title="The courier")
    assert problem.cases.count() == 2
    number = problem.cases.order_by("pk")[0].number
    lead.post(f"/w/harbour/problems/{problem.pk}/cases/", {"take_out": number})
    assert problem.cases.count() == 1
    lead.post(f"/w/harbour/problems/{problem.pk}/cases/", {"case": f"#{number}"})
    assert problem.cases.count() == 2


def test_an_improvement_is_planned_put_in_place_and_shown_with_its_evidence(learning: Learning, lead: Client) -> None:
    address = f"/w/harbour/problems/{learning.problem.pk}/improvements/new/"
    refused = lead.post(address, {"what": "Pack better", "owner": learning.ana.pk, "due_on": "31 June", "days": 28})
    assert refused.status_code == 422
    assert "31 June" in refused.content.decode()
    lead.post(address, {"what": "Pack better", "owner": learning.ana.pk, "due_on": "2030-06-30", "days": 28})
    improvement = Improvement.objects.get(what="Pack better")
    here = f"/w/harbour/improvements/{improvement.pk}/"
    for at in ("nonsense", "2999-01-01T00:00", ""):
        assert lead.post(f"{here}in-place/", {"at": at}).status_code == 422
    lead.post(f"{here}in-place/", {"at": "2026-03-02T12:00"})
    improvement.refresh_from_db()
    assert (improvement.stage, improvement.in_place_at) == (Stage.WATCHED, NOON)
    page = lead.get(here)
    assert page.context["evidence"].before.complaints == 0
    assert "Too little was heard" in page.content.decode()


def test_telling_is_first_shown_and_only_a_lead_may(learning: Learning, lead: Client, client: Client) -> None:
    address = f"/w/harbour/improvements/{learning.improvement.pk}/words/"
    since = current_time() - timedelta(days=1)
    put_in_place(improvement=learning.improvement, at=since, by=learning.ana, now=current_time())
    assert lead.get(address).status_code == 200
    assert lead.post(address, {"text": "Hello {{nobody}}"}).status_code == 422
    assert lead.post(address, {"text": "Hello", "send": "1"}).status_code == 303
    client.force_login(learning.ana)
    assert client.get(address).status_code == 403
