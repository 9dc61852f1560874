"""The risk of what was said, however a workspace weighs it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.triage.reading import Reading
from goodword.triage.risk import Circumstances, Part, Risk, assess, with_age
from goodword.triage.weights import BOUNDS, HURT, WORDED, Weights

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
    earlier_failures=st.integers(0, 50),
    unanswered_messages=st.integers(1, 50),
    waiting_hours=st.floats(0, 10_000),
    public=st.booleans(),
)
# Whatever is stored, beyond all bounds too.
weights = st.builds(
    Weights,
    points=st.dictionaries(st.sampled_from(sorted(BOUNDS)), st.integers(-(10**6), 10**6)),
    words=st.dictionaries(
        st.sampled_from(sorted({*WORDED} - {"harm", "safety", "vulnerable"})), st.just(("parcel", "my par"))
    ),
)
USUAL = Weights()
CALM = Reading(0.1, 0.1, 0.0, 0.0, 0.1, 0.0, 0.1, 0.0, 0.0)


@given(texts, readings, circumstances, readings, circumstances, weights)
def test_no_sum_of_other_reasons_passes_somebody_hurt(
    text: str, reading: Reading, around: Circumstances, other: Reading, elsewhere: Circumstances, weights: Weights
) -> None:
    hurt = assess("it burned my hand", other, elsewhere, weights)
    assert assess(text, reading, around, weights).score < HURT <= hurt.score <= 100
    assert with_age(hurt.parts, 0, weights).score >= HURT


@given(texts, st.sampled_from(["it is unsafe", "for my baby"]), readings, circumstances, weights, st.integers(0, 10**9))
def test_the_famous_never_pass_who_may_be_in_danger(
    text: str, danger: str, reading: Reading, around: Circumstances, weights: Weights, followers: int
) -> None:
    """All else being equal, however a workspace weighs: after waiting for the same time, too."""
    famous = assess(text.replace("children", ""), reading, replace(around, followers=followers), weights)
    in_danger = assess(f"{text} {danger}", reading, replace(around, followers=0), weights)
    for hours in (0, around.waiting_hours, 100):
        assert in_danger.score > famous.score
        famous, in_danger = (with_age(each.parts, hours, weights) for each in (famous, in_danger))


@given(texts, readings, circumstances, weights)
def test_the_score_is_its_parts_and_each_says_why(
    text: str, reading: Reading, around: Circumstances, weights: Weights
) -> None:
    risk = assess(text, reading, around, weights)
    in_danger = any(part.name in ("safety", "vulnerable") for part in risk.parts)
    assert risk.score == min(HURT - (1 if in_danger else 2), sum(part.points for part in risk.parts))
    assert all(part.points <= weights.most(part.name) for part in risk.parts)
    assert [part.points for part in risk.parts] == sorted((part.points for part in risk.parts), reverse=True)
    assert all(part.points > 0 and part.because and part.heading for part in risk.parts)


@given(texts, readings, circumstances, st.floats(0, 4), weights)
def test_what_reads_as_more_urgent_never_weighs_less(
    text: str, reading: Reading, around: Circumstances, urgency: float, weights: Weights
) -> None:
    low, high = sorted((reading.urgency, urgency))
    scores = [assess(text, _with_urgency(reading, each), around, weights).score for each in (low, high)]
    assert scores == sorted(scores)


def _with_urgency(reading: Reading, urgency: float) -> Reading:
    return Reading(**{**reading.as_json(), "urgency": urgency})


def test_urgency_says_what_kind_it_is() -> None:
    said = [
        assess("", _with_urgency(CALM, urgency), Circumstances(), USUAL).parts[0].reason
        for urgency in (0.9, 1.9, 3.0, 4.0)
    ]
    assert said == ["may_need_answer", "went_wrong", "cannot_wait", "cannot_wait"]
    assert assess("", CALM, Circumstances(), USUAL).parts == ()


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Three readers say that the Beacon headlamp runs very hot. Is there a recall I missed?", True),
        ("The charger overheats at night", True),
        ("I don't recall my password, it is so hot today", False),
    ],
)
def test_what_may_hurt_somebody_weighs_before_it_has(text: str, harm: bool) -> None:
    assert ("safety" in names_of(assess(text, CALM, Circumstances(), USUAL))) is harm


def names_of(risk: Risk) -> list[str]:
    return [part.name for part in risk.parts]


def test_the_old_the_law_and_the_money_are_parts_of_their_own() -> None:
    risk = assess("My lawyer asks for the refund of my elderly mother", CALM, Circumstances(), USUAL)
    assert sorted(names_of(risk)) == ["legal", "money", "vulnerable"]
    assert "“lawyer”" in next(part.because for part in risk.parts if part.name == "legal")


def test_children_spoken_of_where_nothing_is_wrong_weigh_little() -> None:
    failed = Circumstances(earlier_failures=1)
    calm = assess("They measured both kids' feet", CALM, failed, USUAL)
    assert [(part.name, part.points) for part in calm.parts] == [("vulnerable", BOUNDS["vulnerable"].least)]
    wrong = assess("The kids' boots are unsafe", CALM, failed, USUAL)
    assert {part.name: part.points for part in wrong.parts} == {"safety": 30, "vulnerable": 30, "second": 30}


def test_a_second_failure_comes_before_any_first_one_of_its_kind() -> None:
    wrong = _with_urgency(CALM, 2)
    again = assess("my parcel is late", wrong, Circumstances(earlier_cases=2, earlier_failures=1), USUAL)
    assert again.parts[0] == Part("second", 30, "failed_before", count=1)
    assert again.parts[0].because == "failed again, after 1 failure within 90 days"
    assert again.score > assess("my parcel is late, refund", wrong, Circumstances(earlier_cases=2), USUAL).score
    asked = assess("do you ship to Malta?", CALM, Circumstances(earlier_cases=2, earlier_failures=1), USUAL)
    assert names_of(asked) == ["repeated"]  # who only asks was not failed again


@given(texts, readings, circumstances, weights)
def test_who_says_that_it_is_not_solved_weighs_more(
    text: str, reading: Reading, around: Circumstances, weights: Weights
) -> None:
    before, after = (assess(text, reading, replace(around, disputes=said), weights) for said in (0, 1))
    assert after.score >= before.score
    assert after.score >= min(weights.most("second"), HURT - 2)
    assert ("not_solved", 1) in [(part.reason, part.count) for part in after.parts]


def test_a_workspace_has_words_of_its_own() -> None:
    own = Weights(points={"safety": 40, "reach": 500}, words={"safety": ("beacon",), "harm": ("anaphyla",)})
    risk = assess("My Beacons flicker", CALM, Circumstances(), own)
    assert risk.parts == (Part("safety", 40, "own_word", "beacons"),)
    assert risk.parts[0].because == "“beacons” is one of your own words of risk"
    assert assess("anaphylaxis", CALM, Circumstances(), own).score == HURT
    assert (own.most("reach"), Weights.read(own.as_json()).own_word("safety", "beacon")) == (10, "beacon")
