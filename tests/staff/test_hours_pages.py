"""The pages of working time."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.staff.models import Absence, Agent, Calendar, Notice, Role, Roster, UnwatchedTime
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

HOME = "/w/harbour/team/hours/"
WRITTEN = {"name": "Ours", "zone": "Europe/Berlin", "day-0": "09:00-12:30, 13:30-17:00", "days": "12-25 Christmas"}


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world.agent("Lea", Role.LEAD))


def test_hours_are_written_shown_and_changed(lead: Client) -> None:
    assert "Not written yet" in lead.get(HOME).content.decode()
    assert lead.post(f"{HOME}calendars/new/", WRITTEN).headers["Location"] == HOME
    shown = lead.get(HOME).content.decode()
    for said in ("Mon 09:00-12:30, 13:30-17:00", "Europe/Berlin", "25 December", "Christmas", "closed"):
        assert said in shown
    address = f"{HOME}calendars/{Calendar.objects.get().pk}/"
    assert "12-25 Christmas" in lead.get(address).content.decode()
    lead.post(address, WRITTEN | {"name": "Renamed"})
    assert Calendar.objects.get().name == "Renamed"
    assert lead.post(f"{address}deletion/").status_code == 303
    assert Calendar.objects.count() == 1


def test_what_is_wrong_is_said_and_kept(lead: Client) -> None:
    answer = lead.post(f"{HOME}calendars/new/", WRITTEN | {"day-1": "9-13, 12-17", "zone": "Mars/Olympus"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("overlap", "no time zone", "9-13, 12-17", "12-25 Christmas", "Mars/Olympus"):
        assert said in page
    assert not Calendar.objects.exists()
    answer = lead.post(f"{HOME}calendars/new/", WRITTEN | {"day-0": ""})
    assert "at least one day" in answer.content.decode()


def test_an_agent_keeps_their_own_hours_and_nobody_elses(world: World, lead: Client) -> None:
    ana, lea = world.agent("Ana"), Agent.objects.get(name="Lea")
    own = signed_in(ana)
    assert own.post(f"{HOME}agents/{ana.pk}/", {"zone": "UTC", "day-0": "9-12"}).status_code == 303
    assert own.post(f"{HOME}agents/{lea.pk}/", {"zone": "UTC", "day-0": "9-12"}).status_code == 403
    assert lead.post(f"{HOME}agents/{ana.pk}/", {"zone": "UTC", "day-0": "12-9"}).status_code == 422
    assert Roster.objects.get().week[0] == [[540, 720]]
    assert own.get(f"{HOME}calendars/new/").status_code == 403


def test_away_and_back(world: World, lead: Client) -> None:
    ana = world.agent("Ana")
    own = signed_in(ana)
    assert own.post(f"{HOME}agents/{ana.pk}/absences/", {"until": "2001-01-01T10:00"}).status_code == 422
    assert own.post(f"{HOME}agents/{ana.pk}/absences/", {}).status_code == 303
    away = Absence.objects.get()
    assert "away since" in lead.get(HOME).content.decode()
    assert own.post(f"{HOME}absences/{away.pk}/return/").status_code == 303
    assert Absence.objects.get().until is not None


def test_the_day_begins_with_whether_somebody_is_there(world: World, lead: Client) -> None:
    today = "/w/harbour/today/"
    assert "nobody can say" not in lead.get(today).content.decode()
    lead.post(f"{HOME}calendars/new/", WRITTEN | {"days": ""} | {f"day-{day}": "00:00-24:00" for day in range(7)})
    for page, says in ((today, "nobody can say"), (HOME, "would not be noticed")):
        without_roster = lead.get(page).content.decode()
        assert "Listening now" not in without_roster
        assert says in without_roster
    ana = world.agent("Ana")
    lead.post(f"{HOME}agents/{ana.pk}/", {"zone": "UTC"} | {f"day-{day}": "00:00-24:00" for day in range(7)})
    assert "Listening now" in lead.get(today).content.decode()
    lead.post(f"{HOME}agents/{ana.pk}/absences/", {})
    for page in (today, HOME):
        assert "Nobody is there</strong>, and our hours never end" in lead.get(page).content.decode()


def test_the_alarm_leads_to_the_hours(world: World, lead: Client) -> None:
    calendar = Calendar.objects.create(workspace=world.workspace, name="Ours", zone="UTC", week=[[[0, 60]]] * 7)
    UnwatchedTime.objects.create(workspace=world.workspace, calendar=calendar, since=at(0))
    notice = Notice.objects.create(
        workspace=world.workspace,
        agent=Agent.objects.get(name="Lea"),
        kind=Notice.Kind.UNWATCHED,
        subject=f"calendar:{calendar.pk}",
        at=at(0),
    )
    assert lead.post(f"/w/harbour/notices/{notice.pk}/reading/").headers["Location"] == HOME
