"""What is timed, by what happened: examples that people agree on, and what must always hold."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goodword.process.rules.due import Happened, Outcome, Target, breached_at, events_of, moment_of, outcome_of, spent
from goodword.process.rules.stretches import Round, Said, Stretch, Timed, stretches
from goodword.staff.business_time import ALWAYS, WorkingTime, nine_to_five
from tests.care.world import at

HOUR = timedelta(hours=1)


def asks(minute: float) -> Said:
    return Said(at(minute), by_customer=True)


def answers(minute: float) -> Said:
    return Said(at(minute), by_customer=False)


def timed(
    said: list[Said], resolved: float | None = None, number: int = 1
) -> dict[Timed, list[list[tuple[datetime, datetime | None]]]]:
    found: dict[Timed, list[list[tuple[datetime, datetime | None]]]] = {each: [] for each in Timed}
    for stretch in stretches(Round(number, at(0), None if resolved is None else at(resolved)), said):
        found[stretch.timed].append(list(stretch.runs))
    return found


def test_first_next_and_resolution() -> None:
    found = timed([asks(0), asks(1), answers(10), answers(11), asks(20), asks(21), answers(30), asks(40)], resolved=50)
    assert found == {
        Timed.FIRST: [[(at(0), at(10))]],
        Timed.NEXT: [[(at(20), at(30))], [(at(40), at(50))]],
        Timed.RESOLUTION: [[(at(0), at(10)), (at(20), at(30)), (at(40), at(50))]],
    }


def test_what_nobody_asked_starts_no_clock() -> None:
    assert stretches(Round(1, at(0), None), []) == []
    assert stretches(Round(1, at(0), None), [answers(3)]) == []


def test_a_round_that_their_no_opened_is_awaited_without_a_word() -> None:
    assert timed([], number=2)[Timed.FIRST] == [[(at(0), None)]]


def test_what_we_said_before_they_asked_is_no_answer() -> None:
    assert timed([answers(-5), asks(2), answers(9)])[Timed.FIRST] == [[(at(2), at(9))]]


def test_resolved_without_an_answer_is_no_answer() -> None:
    (first, resolution) = stretches(Round(1, at(0), at(30)), [asks(0)])
    day = Target(HOUR, ALWAYS)
    assert (first.fulfilled, outcome_of(first, day)) == (False, Outcome.DROPPED)
    assert outcome_of(first, Target(HOUR / 6, ALWAYS)) == Outcome.MISSED
    assert outcome_of(resolution, day) == Outcome.MET


def test_friday_afternoon_is_due_on_monday() -> None:
    friday = at(4 * 1440 + 270)  # 16:30
    stretch = Stretch(Timed.FIRST, 1, ((friday, None),), None, fulfilled=False)
    assert moment_of(stretch.runs, HOUR, nine_to_five("UTC")) == at(7 * 1440 - 150)  # Monday, 9:30


def test_time_in_which_we_wait_for_the_customer_does_not_run() -> None:
    said = [asks(0), answers(10), asks(100)]
    resolution = stretches(Round(1, at(0), None), said)[-1]
    assert moment_of(resolution.runs, HOUR, ALWAYS) == at(150)
    waiting = stretches(Round(1, at(0), None), said[:2])[-1]
    assert (waiting.paused, moment_of(waiting.runs, HOUR, ALWAYS)) == (True, None)
    happened = [what for what, _at in events_of(resolution, Target(HOUR, ALWAYS), at(200))]
    assert happened == [Happened.ACTIVATE, Happened.PAUSE, Happened.RESUME, Happened.BREACH]


said = st.lists(
    st.builds(Said, st.integers(0, 20_000).map(at), st.booleans()), max_size=12, unique_by=lambda one: one.at
).map(lambda some: sorted(some, key=lambda one: one.at))
rounds = st.builds(
    lambda number, resolved: Round(number, at(0), resolved),
    st.integers(1, 3),
    st.none() | st.integers(20_000, 30_000).map(at),
)
times = st.sampled_from([ALWAYS, nine_to_five("Europe/Berlin"), nine_to_five("Asia/Kathmandu")])
amounts = st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes))


@given(rounds, said)
def test_runs_are_in_order_and_only_the_last_is_open(round_: Round, some: list[Said]) -> None:
    for stretch in stretches(round_, some):
        ends = [moment for run in stretch.runs for moment in run]
        assert None not in ends[:-1]
        known = [moment for moment in ends if moment is not None]
        assert known == sorted(known)
        assert stretch.ended_at is not None or round_.resolved_at is None or stretch.fulfilled
        if round_.resolved_at is not None:
            assert stretch.ended_at is not None


@given(rounds, said, times, amounts)
def test_late_means_that_more_was_spent_than_there_was(
    round_: Round, some: list[Said], time: WorkingTime, amount: timedelta
) -> None:
    now = at(40_000)
    for stretch in stretches(round_, some):
        target = Target(amount, time)
        used = spent(stretch.runs, time, stretch.ended_at or now)
        late = breached_at(stretch, target, now)
        if used > amount:
            assert late is not None
            assert spent(stretch.runs, time, late) == amount
        if used < amount:
            assert late is None
        assert (outcome_of(stretch, target) == Outcome.MISSED) == (late is not None and stretch.ended_at is not None)


@given(rounds, said, times, amounts)
def test_events_tell_a_whole_story(round_: Round, some: list[Said], time: WorkingTime, amount: timedelta) -> None:
    for stretch in stretches(round_, some):
        told = events_of(stretch, Target(amount, time), at(40_000))
        whats = [what for what, _at in told]
        assert whats[0] == Happened.ACTIVATE
        assert [moment for _what, moment in told] == sorted(moment for _what, moment in told)
        ended = whats.count(Happened.FULFIL) + whats.count(Happened.DROP)
        assert ended == (stretch.ended_at is not None)
        assert whats.count(Happened.PAUSE) - whats.count(Happened.RESUME) == stretch.paused
