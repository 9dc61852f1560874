from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goodword.triage.reading import Reading
from goodword.triage.second_look import worth_a_second_look

CLEAR = Reading(0.02, 0.95, 0.0, 0.02, 0.04, 0.02, 0.3, 0.0, 0.0)


def test_what_is_settled_spam_or_read_deeply_already_is_left_alone() -> None:
    upset = replace(CLEAR, negative=0.9, positive=0.0, complaint=0.9, urgency=3.0)
    assert worth_a_second_look(upset) == 75
    assert [worth_a_second_look(each) for each in (CLEAR, replace(upset, deep=True), replace(upset, spam=0.95))] == [
        0
    ] * 3


@given(st.floats(0, 1), st.floats(0, 4), st.floats(0, 4))
def test_the_more_urgent_the_more_worth_it(positive: float, one: float, other: float) -> None:
    low, high = (
        worth_a_second_look(replace(CLEAR, positive=positive * 0.8, negative=0.2, urgency=urgency))
        for urgency in sorted((one, other))
    )
    assert 1 <= low <= high <= 100
