"""Calendars, rosters and absences as they are kept, and hours that nobody watches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from goodword.staff.business_time import WorkingTime
from goodword.staff.calendars import BadCalendar, DefaultCalendar, delete_calendar, save_calendar
from goodword.staff.clock import look_after_hours
from goodword.staff.crew import read_crew
from goodword.staff.models import Absence, Agent, Calendar, Notice, Role, Roster, Team, UnwatchedTime
from goodword.staff.rosters import BadAbsence, BadRoster, come_back, go_away, save_roster
from goodword.staff.watch_hours import watch_hours
from goodword.staff.working_times import working_times
from tests.care.world import World, at

pytestmark = pytest.mark.django_db

OFFICE = ["09:00-17:00"] * 5 + [""] * 2
HOUR = timedelta(hours=1)
EVERY_DAY_OFF = "\n".join(f"{date(2024, 1, 1) + timedelta(days=day):%m-%d}" for day in range(366))


def write(
    world: World, *, calendar: Calendar | None = None, team_ids: tuple[int, ...] = (), **changed: Any
) -> Calendar:
    written: dict[str, Any] = {"name": "Ours", "zone": "UTC", "week": OFFICE, "special_days": ""} | changed
    return save_calendar(workspace=world.workspace, calendar=calendar, team_ids=team_ids, by=None, now=at(0), **written)


def works(world: World, agent: Agent, *week: str) -> Roster | None:
    days = list(week) * (7 if len(week) == 1 else 1)
    return save_roster(workspace=world.workspace, agent=agent, zone="UTC", week=days, by=None, now=at(0))


def hours_of(world: World, team: Team | None = None) -> WorkingTime:
    return working_times(world.workspace).of_team(team.pk if team else None)


def test_until_hours_are_written_nine_to_five_is_taken(world: World) -> None:
    world.workspace.zone = "Asia/Tokyo"
    taken = working_times(world.workspace)
    assert (taken.written, taken.workspace.zone) == (False, "Asia/Tokyo")
    assert taken.workspace.between(at(0), at(7 * 1440)) == 40 * HOUR


def test_the_first_calendar_is_everyones_and_teams_may_have_another(world: World) -> None:
    nights, days = world.team("Nights"), world.team("Days")
    write(world, special_days="12-25 Christmas\n2026-03-03 09:00-10:00 Short")
    own = write(world, name="Nights", week=["20:00-24:00"] * 7, team_ids=(nights.pk,))
    assert (hours_of(world, days), hours_of(world)) == (hours_of(world, None), hours_of(world, days))
    assert hours_of(world).between(at(0), at(1440)) == 6 * HOUR  # five of Monday, one of the short Tuesday
    assert hours_of(world, nights).between(at(0), at(1440)) == 4 * HOUR
    write(world, calendar=own, name="Late", week=["20:00-24:00"] * 7, team_ids=(days.pk,))
    assert hours_of(world, days) != hours_of(world, nights) == hours_of(world)
    delete_calendar(calendar=own, by=None, now=at(1))
    assert hours_of(world, days) == hours_of(world)
    assert world.facts() == ["CalendarSaved"] * 3 + ["CalendarDeleted"]


def test_the_workspaces_own_calendar_stays(world: World) -> None:
    with pytest.raises(DefaultCalendar):
        delete_calendar(calendar=write(world), by=None, now=at(1))


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"week": [""] * 7}, "week", "at least one day"),
        ({"week": ["09:00-12:00, 11:00-17:00", *OFFICE[1:]]}, "day-0", "overlap"),
        ({"zone": "Mars/Olympus"}, "zone", "no time zone"),
        ({"special_days": "2026-02-30"}, "days", "there is no 2026-02-30"),
        ({"special_days": EVERY_DAY_OFF}, "days", "not open once in the coming year"),
        ({"name": " "}, "name", "Give it a name"),
        ({"name": "Taken"}, "name", "already"),
    ],
)
def test_what_is_no_calendar_is_refused_and_nothing_of_it_kept(
    world: World, changed: dict[str, Any], field: str, says: str
) -> None:
    write(world, name="Taken")
    kept = write(world, name="Kept")
    with pytest.raises(BadCalendar) as refused:
        write(world, calendar=kept, **{"name": "Other", "zone": "Asia/Tokyo"} | changed)
    assert set(refused.value.problems) == {field}
    assert says in refused.value.problems[field]
    kept.refresh_from_db()
    assert (kept.name, kept.zone) == ("Kept", "UTC")


def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    with pytest.raises(BadCalendar) as refused:
        write(world, name="", zone="?", week=["x"] * 7, special_days="x")
    assert set(refused.value.problems) == {"name", "zone", "days", *(f"day-{day}" for day in range(7))}


def test_who_is_there(world: World) -> None:
    write(world, special_days="2026-03-04 Founding day")
    ana, ben = world.agent("Ana"), world.agent("Ben")
    world.agent("Vera", Role.VIEWER)
    works(world, ana, "08:00-13:00")
    crew = read_crew(world.workspace, since=at(0))
    assert [worker.agent for worker in crew.workers] == [ana, ben]
    assert [worker.agent for worker in crew.there(at(30))] == [ana]
    assert crew.there(at(61)) == []
    assert crew.there(at(2 * 1440)) == []  # a day off for everyone
    may = [[worker.may_take(when) for worker in crew.workers] for when in (at(30), at(61))]
    assert may == [[True, True], [False, True]]
    works(world, ana, "")
    assert Roster.objects.count() == 0


def test_who_is_away_is_not_there_until_they_are_back(world: World) -> None:
    write(world)
    ana = world.agent("Ana")
    works(world, ana, "09:00-17:00")
    away = go_away(workspace=world.workspace, agent=ana, since=at(10), until=None, by=ana, now=at(10))
    later = go_away(workspace=world.workspace, agent=ana, since=at(1440), until=at(1500), by=ana, now=at(10))

    def there(when: float) -> bool:
        return bool(read_crew(world.workspace, since=at(0)).there(at(when)))

    assert [there(9), there(10), there(1440)] == [True, False, False]
    come_back(absence=away, by=ana, now=at(60))
    come_back(absence=later, by=ana, now=at(60))
    assert [there(59), there(60), there(1440)] == [False, True, True]
    assert list(Absence.objects.values_list("until", flat=True)) == [at(60)]


def test_times_that_are_none_are_refused(world: World) -> None:
    ana = world.agent("Ana")
    for since, until in [(at(10), at(10)), (at(0), at(-1)), (at(0), at(3 * 366 * 1440))]:
        with pytest.raises(BadAbsence):
            go_away(workspace=world.workspace, agent=ana, since=since, until=until, by=ana, now=at(0))
    with pytest.raises(BadAbsence):
        go_away(
            workspace=world.workspace, agent=ana, since=datetime.max.replace(tzinfo=UTC), until=None, by=ana, now=at(0)
        )
    with pytest.raises(BadRoster) as refused:
        save_roster(workspace=world.workspace, agent=ana, zone="?", week=["9-8"] + [""] * 6, by=None, now=at(0))
    assert set(refused.value.problems) == {"zone", "day-0"}


def unwatched(world: World) -> list[tuple[datetime, datetime | None]]:
    return list(UnwatchedTime.objects.order_by("since").values_list("since", "until"))


def test_an_hour_that_nobody_watches_is_an_alarm_once(world: World) -> None:
    write(world)
    lea, ana = world.agent("Lea", Role.LEAD), world.agent("Ana")
    works(world, ana, *["09:00-13:00, 14:00-17:00"] * 5, "", "")
    for minute in (0, 59):
        assert watch_hours(workspace=world.workspace, now=at(minute)) == 0
    assert [watch_hours(workspace=world.workspace, now=at(minute)) for minute in (62, 63, 119)] == [1, 0, 0]
    assert unwatched(world) == [(at(60), None)]
    assert list(Notice.objects.values_list("agent", "kind", "at")) == [(lea.pk, "unwatched", at(60))]
    assert "until Monday, 14:00" in Notice.objects.get().text
    watch_hours(workspace=world.workspace, now=at(130))
    assert unwatched(world) == [(at(60), at(120))]
    assert world.facts()[-2:] == ["HoursUnwatched", "HoursWatched"]


def test_going_away_leaves_the_hours_unwatched(world: World) -> None:
    write(world)
    ana = world.agent("Ana")
    works(world, ana, "09:00-17:00")
    away = go_away(workspace=world.workspace, agent=ana, since=at(10), until=None, by=ana, now=at(10))
    assert watch_hours(workspace=world.workspace, now=at(11)) == 1
    come_back(absence=away, by=ana, now=at(20))
    watch_hours(workspace=world.workspace, now=at(21))
    assert unwatched(world) == [(at(10), at(20))]


def test_without_rosters_or_out_of_hours_there_is_no_alarm(world: World) -> None:
    write(world)
    ana = world.agent("Ana")
    assert watch_hours(workspace=world.workspace, now=at(0)) == 0
    works(world, ana, "10:00-17:00")
    assert watch_hours(workspace=world.workspace, now=at(8 * 60)) == 0  # in the evening


def test_a_team_with_hours_of_its_own_watches_them_itself(world: World) -> None:
    ana, ben, nights = world.agent("Ana"), world.agent("Ben"), world.team("Nights")
    nights.memberships.create(workspace=world.workspace, agent=ben)
    write(world)
    write(world, name="Nights", week=["00:00-24:00"] * 7, team_ids=(nights.pk,))
    works(world, ana, "00:00-24:00")
    works(world, ben, "13:00-24:00")
    assert watch_hours(workspace=world.workspace, now=at(0)) == 1
    assert UnwatchedTime.objects.get().calendar.name == "Nights"


def test_the_clock_looks_after_every_workspace_that_wrote_hours(world: World) -> None:
    write(world, week=["00:00-24:00"] * 7)
    away = Absence(workspace=world.workspace, agent=world.agent("Ana"), since=at(0))
    works(world, away.agent, "00:00-24:00")
    away.save()
    look_after_hours.func(timestamp=0)
    assert UnwatchedTime.objects.count() == 1
