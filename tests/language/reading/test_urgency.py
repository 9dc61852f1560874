from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.reading.urgency import Signals, needs_reply, urgency

chance = st.floats(min_value=0, max_value=1)
signals = st.builds(
    Signals,
    complaint=chance,
    service=chance,
    severity=st.floats(0, 4),
    negative=chance,
    positive=chance,
    question=chance,
)
cue = st.sampled_from(
    ["danger", "vulnerable", "legal", "stranded", "money", "account", "unanswered", "failure", "thanks"]
)
some_cues = st.dictionaries(cue, st.integers(1, 3))
COMPLAINT = Signals(complaint=0.95, service=0.95, severity=2.0, negative=0.9, positive=0.02, question=0.1)
CHATTER = Signals(complaint=0.01, service=0.02, severity=0.0, negative=0.1, positive=0.5, question=0.1)


@given(some_cues, signals)
def test_it_stays_on_the_scale(found: dict[str, int], seen: Signals) -> None:
    assert 0 <= urgency(found, seen) <= 4
    assert 0 <= needs_reply(seen) <= 1


def test_the_levels_are_those_a_care_team_sorts_by() -> None:
    assert round(urgency({"danger": 1}, COMPLAINT)) == 4
    assert round(urgency({"stranded": 1, "no_help": 1}, COMPLAINT)) == 4
    assert round(urgency({"unanswered": 1, "failure": 1}, COMPLAINT)) == 3
    assert round(urgency({"failure": 1}, COMPLAINT)) == 2
    assert round(urgency({}, CHATTER)) == 0


@given(signals)
def test_danger_is_never_less_urgent_than_a_failure(seen: Signals) -> None:
    assert urgency({"danger": 1}, seen) >= urgency({"failure": 1}, seen)


@given(some_cues, signals)
def test_a_post_that_is_nobodys_trouble_is_not_urgent(found: dict[str, int], seen: Signals) -> None:
    quiet = Signals(complaint=0, service=0, severity=seen.severity, negative=0, positive=seen.positive, question=1)
    assert urgency(found, quiet) == 0


def test_customers_get_an_answer_and_noise_does_not() -> None:
    assert needs_reply(COMPLAINT) > 0.9
    assert needs_reply(CHATTER) < 0.1
