from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goodword.promises.lifecycle import may_renegotiate, once_kept, remind_at, unkept
from goodword.promises.models import Standing
from tests.care.world import NOON

MOMENTS = st.integers(-(10**9), 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))
SPANS = st.timedeltas(timedelta(seconds=1), timedelta(days=900))


@given(made_at=MOMENTS, lasting=SPANS)
def test_the_owner_is_reminded_while_there_is_time(made_at: datetime, lasting: timedelta) -> None:
    due_at = made_at + lasting
    reminded = remind_at(made_at=made_at, due_at=due_at)
    assert made_at <= reminded <= due_at
    assert due_at - reminded <= timedelta(hours=4)
    assert 2 * (reminded - made_at) >= lasting - timedelta(microseconds=1)


@given(due_at=MOMENTS, now=MOMENTS)
def test_what_is_kept_late_is_never_kept_and_what_is_broken_is_never_renegotiated(
    due_at: datetime, now: datetime
) -> None:
    late = now > due_at
    assert (once_kept(due_at=due_at, now=now) == Standing.KEPT_LATE) == late
    assert (unkept(due_at=due_at, now=now) == Standing.BROKEN) == late
    assert may_renegotiate(standing=Standing.OPEN, due_at=due_at, now=now) == (now < due_at)
    assert not may_renegotiate(standing=Standing.KEPT, due_at=due_at, now=now)
