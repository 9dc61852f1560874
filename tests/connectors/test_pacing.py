"""Spans that people type: in minutes, in days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goodword.connectors.contract import Refused
from goodword.connectors.pacing import every_minutes, history_days, span_of


def test_what_was_typed_counts_and_else_the_default() -> None:
    assert span_of(every_minutes(15), {"every_minutes": "2.5"}) == timedelta(seconds=150)
    assert span_of(every_minutes(15), {}) == timedelta(minutes=15)
    assert span_of(history_days(7, maximum=30), {"history_days": "0"}) == timedelta(0)
    assert span_of(history_days(7, maximum=30), {"history_days": ""}) == timedelta(days=7)


@pytest.mark.parametrize("typed", ["soon", "nan", "inf", "1e300"])
def test_what_is_no_span_is_refused_by_the_settings_name(typed: str) -> None:
    with pytest.raises(Refused, match="Days to look back at first"):
        span_of(history_days(7, maximum=30), {"history_days": typed})
