"""What a visitor may expect at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.chat.attention import PatienceUnreadable, read_attention, read_patience

SUNDAY = datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_hours_and_limits_of_the_settings_count() -> None:
    settings = {"hours": "Mon-Fri 09:00-17:00", "answer_within_minutes": "2", "give_up_after_minutes": "7.5"}
    attention = read_attention(settings, at=SUNDAY)
    assert not attention.is_open
    assert attention.next_opening == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert attention.answer_within == timedelta(minutes=2)
    assert attention.give_up_after == timedelta(minutes=7.5)


@pytest.mark.parametrize("minutes", ["soon", "0", "-1", "nan", "inf", "1e9"])
def test_a_limit_that_makes_no_sense_is_refused_where_it_is_tested(minutes: str) -> None:
    with pytest.raises(PatienceUnreadable):
        read_patience({"answer_within_minutes": minutes})


def test_giving_up_comes_after_the_alarm() -> None:
    with pytest.raises(PatienceUnreadable):
        read_patience({"answer_within_minutes": "10", "give_up_after_minutes": "10"})


@given(st.dictionaries(st.sampled_from(["hours", "time_zone", "answer_within_minutes"]), st.text()))
def test_whatever_the_settings_say_somebody_is_told_of_a_waiting_visitor(settings: dict[str, str]) -> None:
    attention = read_attention(settings, at=SUNDAY)
    assert timedelta() < attention.answer_within < attention.give_up_after
