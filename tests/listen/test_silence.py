"""Silence is an alarm when it lasts longer than ever lately, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Delivery, Quota, Raw
from goodword.kernel.models import FactRow
from goodword.listen.health import Standing, standing
from goodword.listen.intake import take_in
from goodword.listen.models import HeardHour, Source
from goodword.listen.silence import longest_usual, watch_silence
from goodword.staff.models import Notice, Role
from tests.care.world import NOON, World
from tests.listen.foreign import foreign_installed

HOUR = timedelta(hours=1)


@given(st.lists(st.integers(1, 30), min_size=11, max_size=60))
def test_what_was_usual_is_no_alarm(pauses: list[int]) -> None:
    hours = [NOON]
    for pause in pauses:
        hours.append(hours[-1] + pause * HOUR)
    usual = longest_usual(hours)
    if hours[-1] - hours[0] < timedelta(days=3):
        assert usual is None
    else:
        assert usual is not None
        assert usual > max(pauses) * HOUR


def test_too_little_is_known_of_a_new_source() -> None:
    assert longest_usual([]) is None
    assert longest_usual([NOON + number * timedelta(days=1) for number in range(11)]) is None


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with foreign_installed():
        yield World()


def say(source: Source, at: datetime) -> None:
    raw = Raw(at.isoformat(), b"{}")
    take_in(source=source, delivery=Delivery((raw,), {"n": at.isoformat()}), now=at)


def talkative(world: World) -> tuple[Source, datetime]:
    """A source that says something every hour of the day and nothing at night, for a week; and the last time."""
    source = world.source
    at = NOON
    for hour in range(24 * 7):
        at = NOON + hour * HOUR
        if 8 <= at.hour < 20:
            say(source, at)
            last = at
    return Source.objects.get(pk=source.pk), last


@pytest.mark.django_db
def test_nights_are_no_alarm_a_silent_day_is_one_once(world: World) -> None:
    admin = world.agent("Ada", Role.ADMIN)
    source, last = talkative(world)
    watch_silence(now=last + 13 * HOUR)
    assert not Notice.objects.exists()
    for hours in (20, 21):
        watch_silence(now=last + hours * HOUR)
    (notice,) = Notice.objects.filter(kind=Notice.Kind.SILENT)
    assert (notice.agent, notice.subject) == (admin, f"source:{source.pk}")
    assert FactRow.objects.filter(kind="SourceFellSilent").count() == 1
    source.refresh_from_db()
    assert source.quiet_since == last
    say(source, last + 22 * HOUR)
    source.refresh_from_db()
    assert (source.quiet_since, source.last_heard_at) == (None, last + 22 * HOUR)


@pytest.mark.django_db
def test_the_habit_is_kept_by_the_hour_and_not_for_ever(world: World) -> None:
    say(world.source, NOON)
    say(world.source, NOON + timedelta(minutes=10))
    assert HeardHour.objects.count() == 1
    say(world.source, NOON + timedelta(days=60))
    assert [each.hour for each in HeardHour.objects.all()] == [NOON + timedelta(days=60)]


@pytest.mark.django_db
def test_a_quiet_source_shows_it(world: World, tmp_path: object) -> None:
    source = world.new_source("Harbour Social", "simulator", "simulator")
    source.last_alive_at, source.quiet_since = NOON, NOON - timedelta(days=1)
    assert standing(source, NOON) is Standing.QUIET


@pytest.mark.django_db
def test_what_a_network_tells_of_itself_is_kept(world: World) -> None:
    quota = Quota("requests", left=12, limit=300, resets_at=NOON)
    told = Delivery((), {}, quotas=(quota,), learned={"max_characters": 5000})
    take_in(source=world.source, delivery=told, now=NOON)
    take_in(source=world.source, delivery=Delivery((), {}), now=NOON)
    source = Source.objects.get(pk=world.source.pk)
    assert source.learned == {"max_characters": 5000}
    assert (source.quotas[0]["left"], source.quotas[0]["limit"]) == (12, 300)
    assert source.full_settings()["learned"] == {"max_characters": 5000}
