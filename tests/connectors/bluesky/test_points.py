from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.bluesky.points import Budget
from goodword.connectors.contract import Quota, Retry

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@given(steps=st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 3)), max_size=60))
def test_no_window_ever_holds_more_than_its_limit_and_waiting_helps(steps: list[tuple[int, int]]) -> None:
    budget, now = Budget((10, HOUR), (25, DAY)), NOW
    spent: list[tuple[datetime, int]] = []
    for seconds, cost in steps:
        now += timedelta(seconds=seconds)
        try:
            budget.spend("harbour", cost, now)
        except Retry as told:
            assert told.after > timedelta(0)
            now += told.after
            budget.spend("harbour", cost, now)
        spent.append((now, cost))
        for amount, time in ((10, HOUR), (25, DAY)):
            assert sum(each for at, each in spent if at > now - time) <= amount


def test_accounts_have_budgets_of_their_own() -> None:
    budget = Budget((3, HOUR))
    budget.spend("harbour", 3, NOW)
    budget.spend("shore", 3, NOW)
    with pytest.raises(Retry) as told:
        budget.spend("harbour", 3, NOW + timedelta(minutes=20))
    assert told.value.after == timedelta(minutes=40)


def test_the_networks_own_count_has_the_last_word() -> None:
    budget = Budget((100, HOUR))
    budget.heed("harbour", Quota("points", left=2, limit=100, resets_at=NOW + timedelta(minutes=5)))
    with pytest.raises(Retry) as told:
        budget.spend("harbour", 3, NOW)
    assert told.value.after == timedelta(minutes=5)
    budget.spend("harbour", 3, NOW + timedelta(minutes=5))
    budget.heed("harbour", Quota("points", left=50, limit=100, resets_at=NOW + HOUR))
    budget.heed("harbour", None)
    budget.spend("harbour", 3, NOW + timedelta(minutes=6))
