"""First answers by reach."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.models import Episode
from goodword.care.reports import Scope
from goodword.process.waiting_by_reach import waiting_by_reach
from goodword.staff.models import Role
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


def asked(world: World, followers: int | None, answered: float | None) -> None:
    case = world.case()
    case.identity.followers = followers
    case.identity.save()
    if answered is not None:
        Episode.objects.filter(case=case).update(first_response_at=at(answered))


def test_groups_by_followers_and_those_without_an_answer(world: World) -> None:
    for followers, answered in ((None, 5), (10, 10), (999, 30), (1000, None), (250_000, 1)):
        asked(world, followers, answered)
    scope = Scope(workspace=world.workspace, since=at(-1), until=at(100))
    groups = waiting_by_reach(scope)
    assert [(group.name, group.answered.median, group.n, group.unanswered) for group in groups] == [
        ("not known", 300, 1, 0),
        ("fewer than 1 000", 1200, 2, 0),
        ("1 000 to 10 000", None, 1, 1),
        ("100 000 and more", 60, 1, 0),
    ]
    assert waiting_by_reach(Scope(workspace=World("other").workspace, since=at(-1), until=at(100))) == []


def test_the_report_shows_it(world: World) -> None:
    asked(world, 250_000, 12)
    client = Client()
    client.force_login(world.agent("Lea", Role.LEAD))
    page = client.get("/w/harbour/reports/?from=2026-03-01&to=2026-03-05").content.decode()
    assert "Whether the famous are answered sooner" in page
    assert "100 000 and more" in page
