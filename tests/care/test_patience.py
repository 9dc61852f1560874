"""What is owed to a customer who waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goodword.care.patience import LONGEST_BETWEEN_ALARMS, Wait, alarm_is_due, whom_to_tell, word_is_due
from goodword.connectors.contract import Attention

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def attention(answer: int = 3, give_up: int = 10, *, is_open: bool = True) -> Attention:
    return Attention(is_open, None, answer * MINUTE, give_up * MINUTE)


def alarms_given(answer: int, hours: int, *, open_from: datetime = NOON) -> list[datetime]:
    """Looked at each minute, as the clock does."""
    given: list[datetime] = []
    for minute in range(hours * 60):
        now = NOON + minute * MINUTE
        wait = Wait(NOON, len(given), given[-1] if given else None)
        if alarm_is_due(wait, attention(answer, is_open=now >= open_from), now):
            given.append(now)
    return given


@given(st.integers(1, 90))
def test_the_alarm_is_repeated_until_somebody_answers_in_growing_steps(answer: int) -> None:
    given = alarms_given(answer, 24)
    assert given[0] == NOON + answer * MINUTE
    steps = [after - before for before, after in pairwise(given)]
    assert steps == sorted(steps)
    assert given[-1] > NOON + timedelta(hours=22)
    assert max(steps) <= max(LONGEST_BETWEEN_ALARMS, answer * MINUTE)


def test_an_alarm_that_came_due_in_the_night_is_given_in_the_morning() -> None:
    morning = NOON + timedelta(hours=20)
    assert alarms_given(3, 24, open_from=morning)[0] == morning


@given(st.integers(0, 10_000), st.booleans())
def test_who_has_left_is_not_alarmed_about_and_not_written_to(minutes: int, is_open: bool) -> None:
    left, now = Wait(NOON, is_there=False), NOON + minutes * MINUTE
    assert not alarm_is_due(left, attention(is_open=is_open), now)
    assert not word_is_due(left, attention(is_open=is_open), now)


@given(st.integers(0, 10_000), st.integers(1, 60), st.booleans())
def test_the_customer_hears_what_happens_next_by_day_and_night(minutes: int, give_up: int, is_open: bool) -> None:
    due = word_is_due(Wait(NOON), attention(1, give_up, is_open=is_open), NOON + minutes * MINUTE)
    assert due is (minutes >= give_up)


ids = st.sets(st.integers(1, 9))


@given(st.none() | st.integers(1, 9), ids, ids, ids.filter(bool), st.integers(0, 5))
def test_somebody_is_always_told(
    assignee: int | None, team: set[int], leads: set[int], everyone: set[int], alarms: int
) -> None:
    told = whom_to_tell(assignee=assignee, team=team, leads=leads, everyone=everyone, alarms=alarms)
    assert told
    if assignee:
        assert assignee in told
    if alarms:
        assert leads <= told
