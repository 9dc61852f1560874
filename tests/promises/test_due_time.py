from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.promises.rules import BadDue, WorkingDay, moment
from goodword.staff.business_time import WorkingTime

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 6, 10, 15, 20, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by Friday", "2026-06-12 17:00"),
        ("on Wednesday", "2026-06-10 17:00"),
        ("next Friday", "2026-06-19 17:00"),
        ("by Friday 5pm", "2026-06-12 17:00"),
        ("by close of business Friday", "2026-06-12 17:00"),
        ("within 24 hours", "2026-06-11 15:20"),
        ("within the hour", "2026-06-10 16:20"),
        ("in five mins", "2026-06-10 15:25"),
        ("in 3-5 days", "2026-06-15 17:00"),
        ("in 3-5 working days", "2026-06-17 17:00"),
        ("in two months", "2026-08-10 17:00"),
        ("tomorrow morning", "2026-06-11 12:00"),
        ("tomorrow morning between 9 and 11", "2026-06-11 11:00"),
        ("first thing tomorrow", "2026-06-11 09:00"),
        ("today", "2026-06-10 17:00"),
        ("tonight", "2026-06-10 21:00"),
        ("by 6", "2026-06-10 18:00"),
        ("at 3", "2026-06-11 15:00"),
        ("at 9:15 pm", "2026-06-10 21:15"),
        ("by noon", "2026-06-11 12:00"),
        ("this week", "2026-06-12 17:00"),
        ("by the weekend", "2026-06-14 17:00"),
        ("by the end of next week", "2026-06-19 17:00"),
        ("in the week of the 15th", "2026-06-19 17:00"),
        ("by the end of the month", "2026-06-30 17:00"),
        ("by 17 June", "2026-06-17 17:00"),
        ("the 9th", "2026-07-09 17:00"),
        ("by March 2027", "2027-03-31 17:00"),
        ("on 25/12/2026", "2026-12-25 17:00"),
        ("by 12/15/2026", "2026-12-15 17:00"),
        ("by 30/11/2026", "2026-11-30 17:00"),
        ("within 2.5 hours", "2026-06-10 17:50"),
        ("within 2,5 hours", "2026-06-10 17:50"),
        ("within 1,000 minutes", "2026-06-11 08:00"),
        ("in half an hour", "2026-06-10 15:50"),
        ("in two and a half hours", "2026-06-10 17:50"),
        ("within half a day", "2026-06-11 17:00"),
        ("within 1.5 weeks", "2026-06-21 17:00"),
    ],
)
def test_due_words_stand_for_a_moment(words: str, due: str) -> None:
    found = moment(words, WEDNESDAY)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize(
    "words", ["shortly", "as soon as we can", "once the part arrives", "in a few days", "next time"]
)
def test_vague_words_stand_for_none(words: str) -> None:
    assert moment(words, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("by the 31st of June", "June 2026 has 30 days"),
        ("by the 31st", "June 2026 has 30 days"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("on 3/4", "two ways"),
        ("on 9 May 2020", "was over"),
        ("June 9", "has just been"),
        ("on Monday 3rd July", "is a Friday"),
        ("before 25:99", "There is no 25:99"),
        ("by 13pm", "There is no 13pm"),
        ("within 999999999999 hours", "more than 10 years ahead"),
        (f"within {'9' * 5000} working days", "more than 10 years ahead"),
        ("in 5000 months", "more than 10 years ahead"),
        ("by March 0000", "no year 0"),
    ],
)
def test_what_is_no_moment_is_refused_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(BadDue, match=reason):
        moment(words, WEDNESDAY)


@pytest.mark.parametrize("words", ["tomorrow", "next Friday", "within 3 days", "within 24 hours", "this year", "noon"])
def test_what_lies_beyond_the_calendar_is_refused(words: str) -> None:
    said_at = datetime(9999, 12, 31, 23, tzinfo=BERLIN)
    with pytest.raises(BadDue):
        moment(words, said_at)


def test_a_working_day_of_the_brand_ends_when_it_says() -> None:
    found = moment("by Friday", WEDNESDAY, WorkingDay(time(8), time(20)))
    assert found == datetime(2026, 6, 12, 20, tzinfo=BERLIN)


FRIDAYS_OFF = WorkingTime(
    "Europe/Berlin",
    (((540, 720), (780, 1080)),) * 5 + ((),) * 2,
    {date(2026, 6, 12): (), date(2026, 6, 16): ((540, 720),)},
    {(6, 15): ()},
)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("within 1 working day", "2026-06-11 18:00"),
        ("within two working days", "2026-06-16 12:00"),  # over a day off, a weekend and a holiday, to a short day
        ("in 3-5 business days", "2026-06-19 18:00"),
        ("within 4 working hours", "2026-06-11 10:20"),
        ("within 4 hours", "2026-06-10 19:20"),
        ("within two days", "2026-06-12 17:00"),
    ],
)
def test_working_days_and_hours_are_the_houses(words: str, due: str) -> None:
    found = moment(words, WEDNESDAY, WorkingDay(house=FRIDAYS_OFF))
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == due


def test_the_houses_working_day_is_told_by_the_customers_clock() -> None:
    late_there = datetime(2026, 6, 10, 23, 30, tzinfo=ZoneInfo("Asia/Tokyo"))  # 16:30 in Berlin
    found = moment("within 1 working day", late_there, WorkingDay(house=FRIDAYS_OFF))
    assert found == datetime(2026, 6, 12, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert found.tzinfo == late_there.tzinfo


def test_a_house_that_never_opens_names_no_working_day() -> None:
    with pytest.raises(BadDue, match="more than 10 years ahead"):
        moment("within 1 working day", WEDNESDAY.replace(year=9990), WorkingDay(house=WorkingTime("UTC", ((),) * 7)))


@given(st.integers(1, 60), st.integers(0, 365 * 1440))
def test_so_many_days_of_the_house_lie_between(count: int, minutes: int) -> None:
    said_at = datetime(2026, 1, 1, tzinfo=BERLIN) + timedelta(minutes=minutes)
    found = moment(f"within {count} working days", said_at, WorkingDay(house=FRIDAYS_OFF))
    assert found is not None
    days = [said_at.date() + timedelta(days=n) for n in range(1, (found.date() - said_at.date()).days + 1)]
    assert sum(bool(FRIDAYS_OFF.hours_on(day)) for day in days) == count
    assert not FRIDAYS_OFF.is_open(found)
    assert FRIDAYS_OFF.is_open(found - timedelta(minutes=1))


def test_after_work_today_ends_at_midnight_and_the_weekday_is_next_weeks() -> None:
    late = WEDNESDAY.replace(hour=18)
    assert moment("today", late) == datetime(2026, 6, 10, 23, 59, tzinfo=BERLIN)
    assert moment("by Wednesday", late) == datetime(2026, 6, 17, 17, tzinfo=BERLIN)


def test_hours_are_elapsed_time_over_the_change_of_clocks() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    found = moment("within 24 hours", before)
    assert found is not None
    assert (found.astimezone(UTC) - before.astimezone(UTC)).total_seconds() == 24 * 3600
    assert found.hour == 13


PIECES = st.sampled_from(
    [
        *("by", "on", "in", "within", "the", "31st", "0", "2", "9", "99", "of", "June", "February", "Friday"),
        *("next", "tomorrow", "morning", "5pm", "25:61", "0/0", "31/4", "9999-12-31", "29", "days", "weeks"),
        *("months", "hours", "end", "week", "weekend", "noon", "at", "12", "for", "century", "few", "working"),
        *("2026", "-", "to", "2.5", "half", "an", "hour", "999999999999", "12/15/2026", "and a half"),
    ]
)


@given(
    st.lists(PIECES, max_size=8).map(" ".join) | st.text(),
    st.datetimes(datetime(1990, 1, 1)),  # noqa: DTZ001
    st.sampled_from(sorted(available_timezones())),
)
def test_any_words_are_a_later_moment_or_none_or_refused(words: str, said: datetime, zone: str) -> None:
    said_at = said.replace(tzinfo=ZoneInfo(zone))
    try:
        found = moment(words, said_at)
    except BadDue as error:
        assert str(error).endswith(".")
        return
    assert found is None or (found.tzinfo is said_at.tzinfo and found.astimezone(UTC) >= said_at.astimezone(UTC))
