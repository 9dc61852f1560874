from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.triage.reading import Reading
from goodword.triage.risk import HURT, Circumstances, assess

shares = st.floats(0, 1)
readings = st.builds(
    Reading,
    negative=shares,
    positive=shares,
    anger=shares,
    complaint=shares,
    question=shares,
    spam=shares,
    needs_reply=shares,
    urgency=st.floats(0, 4),
    severity=st.floats(0, 4),
)
WORDS = (
    "my", "parcel", "is", "late", "refund", "charged twice", "the app is down", "still no answer", "trustpilot",
    "children", "fraud", "third time", "lawyer",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
circumstances = st.builds(
    Circumstances,
    followers=st.none() | st.integers(0, 10**9),
    rating=st.none() | st.floats(0, 5),
    earlier_cases=st.integers(0, 50),
    unanswered_messages=st.integers(1, 50),
    waiting_hours=st.floats(0, 10_000),
    public=st.booleans(),
)
CALM = Reading(0.1, 0.1, 0.0, 0.0, 0.1, 0.0, 0.1, 0.0, 0.0)


@given(texts, readings, circumstances, readings, circumstances)
def test_no_sum_of_other_reasons_passes_somebody_hurt(
    text: str, reading: Reading, around: Circumstances, other: Reading, elsewhere: Circumstances
) -> None:
    assert assess(text, reading, around).score < HURT <= assess("it burned my hand", other, elsewhere).score <= 100


@given(texts, readings, circumstances)
def test_the_score_is_its_parts_and_each_says_why(text: str, reading: Reading, around: Circumstances) -> None:
    risk = assess(text, reading, around)
    assert risk.score == min(HURT - 1, sum(part.points for part in risk.parts))
    assert [part.points for part in risk.parts] == sorted((part.points for part in risk.parts), reverse=True)
    assert all(part.points > 0 and part.because and part.heading for part in risk.parts)


@given(texts, readings, circumstances, st.floats(0, 4))
def test_what_reads_as_more_urgent_never_weighs_less(
    text: str, reading: Reading, around: Circumstances, urgency: float
) -> None:
    low, high = sorted((reading.urgency, urgency))
    scores = [assess(text, _with_urgency(reading, each), around).score for each in (low, high)]
    assert scores == sorted(scores)


def _with_urgency(reading: Reading, urgency: float) -> Reading:
    return Reading(**{**reading.as_json(), "urgency": urgency})


def test_urgency_says_what_kind_it_is() -> None:
    said = [
        assess("", _with_urgency(CALM, urgency), Circumstances()).parts[0].reason for urgency in (0.9, 1.9, 3.0, 4.0)
    ]
    assert said == ["may_need_answer", "went_wrong", "cannot_wait", "cannot_wait"]
    assert assess("", CALM, Circumstances()).parts == ()


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Three readers say that the Beacon headlamp runs very hot. Is there a recall I missed?", True),
        ("The charger overheats at night", True),
        ("I don't recall my password, it is so hot today", False),
    ],
)
def test_what_may_hurt_somebody_weighs_before_it_has(text: str, harm: bool) -> None:
    names = [part.name for part in assess(text, CALM, Circumstances()).parts]
    assert ("harm" in names) is harm
