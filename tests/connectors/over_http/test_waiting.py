from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Quota
from goodword.connectors.over_http.waiting import LONGEST, quota_of, wait_of

DATE = "Wed, 04 Mar 2026 12:00:00 GMT"
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
OTHERWISE = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "90"}, 90),
        ({"date": DATE, "retry-after": "Wed, 04 Mar 2026 12:02:00 GMT"}, 120),
        ({"date": DATE, "x-ratelimit-reset": "2026-03-04T12:05:00.000Z"}, 300),
        ({"date": DATE, "ratelimit-reset": str(int(AT.timestamp()) + 60)}, 60),
        ({"date": DATE, "x-ratelimit-reset": "2026-03-04T11:00:00Z"}, 1),
        ({"retry-after": "999999999"}, LONGEST.total_seconds()),
        ({"retry-after": "soon", "x-ratelimit-reset": "tomorrow", "date": "?"}, 30),
        ({}, 30),
    ],
)
def test_as_long_as_asked_and_a_little_longer(headers: dict[str, str], seconds: float) -> None:
    waits = [wait_of(headers, otherwise=OTHERWISE).total_seconds() for _ in range(50)]
    assert all(seconds <= wait <= seconds * 1.2 for wait in waits)
    assert len(set(waits)) > 1


@given(st.dictionaries(st.sampled_from(["date", "retry-after", "x-ratelimit-reset", "ratelimit-reset"]), st.text()))
def test_any_headers_give_some_wait(headers: dict[str, str]) -> None:
    assert timedelta() < wait_of(headers, otherwise=OTHERWISE) <= LONGEST * 1.2


def test_what_is_left() -> None:
    told = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "297", "x-ratelimit-reset": "2026-03-04T12:05:00Z"}
    assert quota_of(told) == Quota("requests", left=297, limit=300, resets_at=AT + timedelta(minutes=5))
    assert quota_of({"x-ratelimit-limit": "300"}) is None
    assert quota_of({"x-ratelimit-limit": "many", "x-ratelimit-remaining": "-1"}) is None
