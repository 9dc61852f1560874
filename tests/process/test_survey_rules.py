"""Whom to ask and when, and what answers mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from math import comb
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.process.rules.surveys import QUIET, SELDOM, Contact, effort, may_ask, recommending, share_of_hour
from goodword.staff.business_time import ALWAYS, WorkingTime, nine_to_five
from tests.care.world import NOON

days = st.floats(0, 400)


@given(st.booleans(), days, st.none() | days)
def test_never_right_after_a_case_nor_during_one_nor_often(open_: bool, moved: float, asked: float | None) -> None:
    asked_at = None if asked is None else NOON - timedelta(days=asked)
    contact = Contact(open_, NOON - timedelta(days=moved), asked_at)
    allowed = may_ask(contact, NOON)
    if open_ or moved < 14 or (asked is not None and asked < 90):
        assert not allowed
    if not open_ and moved >= 14.001 and (asked is None or asked >= 90.001):
        assert allowed


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize("a_week", [1, 7, 100, 1000])
def test_a_week_is_asked_within_the_brands_hours_and_by_day(zone: str, a_week: int) -> None:
    at_nine = datetime(2026, 3, 2, 9, 25, tzinfo=ZoneInfo(zone))
    hours = [at_nine + timedelta(hours=n) for n in range(168)]
    for time in (nine_to_five(zone), replace(ALWAYS, zone=zone)):
        asked = {at: share_of_hour(a_week, time, at) for at in hours}
        assert a_week <= sum(asked.values()) < a_week + 7 * 12
        assert all(time.is_open(at) and 8 <= at.hour < 20 for at, share in asked.items() if share)
    never = WorkingTime(zone, ((),) * 7)
    assert share_of_hour(a_week, never, at_nine) == 0


@given(days, st.none() | days, days)
def test_who_may_be_asked_may_be_asked_later_too_if_nothing_happens(
    moved: float, asked: float | None, later: float
) -> None:
    asked_at = None if asked is None else NOON - timedelta(days=asked)
    contact = Contact(False, NOON - timedelta(days=moved), asked_at)
    assert may_ask(contact, NOON + timedelta(days=later)) >= may_ask(contact, NOON)


def test_longer_than_a_case_may_come_back() -> None:
    assert timedelta(days=7) + timedelta(days=5) < QUIET < SELDOM


@given(st.lists(st.integers(0, 10), max_size=40), st.integers(0, 60))
def test_nps_is_promoters_less_detractors(answers: list[int], asked: int) -> None:
    nps = recommending(answers, asked=asked)
    assert nps.n == len(answers) <= nps.asked
    assert (nps.score is None) == (nps.interval is None) == (nps.n < 10)
    if nps.score is not None and nps.interval is not None:
        high, low = sum(one > 8 for one in answers), sum(one < 7 for one in answers)
        assert abs(nps.score - (high - low) / len(answers)) < 1e-9
        assert -1 <= nps.interval.low < nps.interval.high <= 1


def test_the_interval_of_nps_holds_the_truth_nearly_as_often_as_it_says() -> None:
    """Of every sample of 12 that there can be, by its chance, under some truths: 95 % is said, 92 % at least is so."""
    n = 12
    for up, down in ((0.5, 0.2), (0.8, 0.1), (0.2, 0.6), (0.34, 0.33), (0.9, 0.05)):
        held = 0.0
        for high, low in product(range(n + 1), repeat=2):
            if high + low > n:
                continue
            chance = comb(n, high) * comb(n - high, low) * up**high * down**low * (1 - up - down) ** (n - high - low)
            interval = recommending([10] * high + [0] * low + [7] * (n - high - low), asked=n).interval
            assert interval is not None
            held += chance * (interval.low <= up - down <= interval.high)
        assert held >= 0.92, (up, down, held)


@given(st.lists(st.integers(1, 7), max_size=40))
def test_ces_is_the_mean_and_the_share_of_five_to_seven(answers: list[int]) -> None:
    ces = effort(answers, asked=50)
    assert (ces.mean is None) == (ces.share is None) == (len(answers) < 10)
    if ces.mean is not None and ces.share is not None:
        assert 1 <= ces.mean <= 7
        assert ces.share * len(answers) == pytest.approx(sum(one >= 5 for one in answers))
        assert ces.response_rate == len(answers) / 50
