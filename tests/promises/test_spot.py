from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.promises.due import DueRefused, as_typed, read_due
from goodword.promises.spot import MOST, same_promise, spot
from tests.care.world import NOON

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")


def test_a_promise_falls_due_by_the_customers_clock() -> None:
    text = "Sorry about that. We'll get back to you by Friday."
    [there], [here] = (spot(text, now=NOON, zone=zone) for zone in (TOKYO, NEW_YORK))
    assert (there.words, there.due_words) == ("We'll get back to you by Friday", "by Friday")
    assert there.due_at == datetime(2026, 3, 6, 17, tzinfo=TOKYO)
    assert here.due_at == datetime(2026, 3, 6, 17, tzinfo=NEW_YORK)


def test_where_no_time_is_named_the_end_of_the_next_working_day_is_offered() -> None:
    [soon] = spot("I'll look into it and call you back shortly.", now=NOON, zone=TOKYO)
    assert (soon.due_at, soon.problem) == (None, "")
    assert soon.suggested == datetime(2026, 3, 3, 17, tzinfo=TOKYO)


def test_a_date_that_is_none_is_said_and_nothing_is_offered() -> None:
    [wrong] = spot("We'll refund you by the 31st of June.", now=NOON, zone=TOKYO)
    assert "30 days" in wrong.problem
    assert wrong.suggested is None


def test_no_more_promises_are_found_than_anybody_keeps_track_of() -> None:
    assert len(spot("We'll call you by Friday. " * 40, now=NOON, zone=TOKYO)) == MOST


def test_a_promise_that_is_written_on_stays_the_same() -> None:
    assert same_promise("We'll call you", "we'll call you by Friday.")
    assert same_promise("We'll call you by Friday", "We'll call you")
    assert not same_promise("We'll call you", "We'll refund you")
    assert not same_promise("", "We'll call you")


@given(st.integers(1, 3 * 365 * 24 * 60), st.sampled_from([TOKYO, NEW_YORK, ZoneInfo("UTC")]))
def test_a_due_time_is_read_as_it_is_shown(minutes: int, zone: ZoneInfo) -> None:
    moment = NOON + timedelta(minutes=minutes)
    read = read_due(as_typed(moment, zone), zone=zone, now=NOON)
    # In the hour that autumn has twice, a clock on the wall says the same for two moments.
    assert read == moment or as_typed(read, zone) == as_typed(moment, zone)


@pytest.mark.parametrize(
    ("given_due", "says"),
    [
        ("", "by when"),
        ("Friday", "no day and hour"),
        ("2026-02-30T10:00", "no day and hour"),
        ("9999-01-01T10:00", "no day and hour"),
        ("0001-01-01T00:00", "no day and hour"),
        ("2026-03-01T10:00", "over"),
        ("2030-03-01T10:00", "three years"),
    ],
)
def test_what_is_no_due_time_is_refused_with_the_reason(given_due: str, says: str) -> None:
    with pytest.raises(DueRefused, match=says):
        read_due(given_due, zone=TOKYO, now=NOON)
