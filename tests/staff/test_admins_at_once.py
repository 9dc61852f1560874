"""Two admins who do the same, or the opposite, at once."""

from __future__ import annotations

import pytest

from goodword.staff.add_member import add_member
from goodword.staff.calendars import save_calendar
from goodword.staff.models import Agent, Calendar, Membership, Role, Team
from goodword.staff.teams import save_team
from tests.care.world import World, at
from tests.meanwhile import meanwhile, twin_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_add_the_same_person() -> None:
    world = World()
    ada = world.agent("Ada", Role.ADMIN)
    with meanwhile(twin_of("staff_agent", ada.pk, email="new@example.org", name="New")):
        membership = add_member(workspace=world.workspace, email="New@example.org", name="New", role=Role.AGENT)
    assert membership.agent == Agent.objects.get(email="new@example.org")
    assert Membership.objects.filter(workspace=world.workspace).count() == 2


def test_what_was_deleted_meanwhile_is_made_anew() -> None:
    world = World()
    team = world.team("Night")
    Team.objects.filter(pk=team.pk).delete()
    assert save_team(workspace=world.workspace, team=team, name="Late", agent_ids=[], by=None, now=at(1)).pk
    hours = {"zone": "UTC", "week": ["9-17"] * 7, "special_days": "", "by": None, "now": at(1)}
    calendar = save_calendar(workspace=world.workspace, name="Ours", **hours)  # type: ignore[arg-type]
    Calendar.objects.filter(pk=calendar.pk).delete()
    assert save_calendar(workspace=world.workspace, calendar=calendar, name="New", **hours).pk  # type: ignore[arg-type]
    assert [str(one) for one in (*Team.objects.all(), *Calendar.objects.all())] == ["Late", "New"]
