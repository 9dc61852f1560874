from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.care.alike import FEWEST_VOTES, cause_of_alike
from goodword.care.learn_causes import FEWEST, guess_next, teach_from_cases, to_teach
from goodword.care.models import CauseGuess
from goodword.care.record_cause import record_cause
from goodword.care.suggest_cause import suggested_cause
from goodword.triage.models import CauseLesson
from tests.care.test_record_cause import cause
from tests.care.world import World, at

LATE = ["My parcel is late, where is it?", "parcel still late after a week", "the parcel came late again, late!"]
TORN = ["The box was torn open", "torn box, the shoes were wet", "a torn, wet box at my door"]


def test_cases_that_read_alike_suggest_their_cause() -> None:
    known = [(text, 1) for text in LATE] + [(text, 2) for text in TORN]
    assert cause_of_alike("where is my late parcel", known) == 1
    assert cause_of_alike("it came in a torn, wet box", known) == 2
    assert cause_of_alike("how do I change my password", known) is None
    assert cause_of_alike("", known) is None


@given(st.lists(st.tuples(st.text("ab "), st.integers(1, 3))), st.text("ab "))
def test_what_is_suggested_was_given_more_than_once(known: list[tuple[str, int]], text: str) -> None:
    found = cause_of_alike(text, known)
    assert found is None or sum(cause == found for _text, cause in known) >= FEWEST_VOTES


@given(st.lists(st.tuples(st.text("abc "), st.integers(1, 3)), min_size=1))
def test_the_order_of_the_known_makes_no_difference_where_all_agree(known: list[tuple[str, int]]) -> None:
    agreed = [(text, 7) for text, _cause in known]
    assert cause_of_alike(known[0][0], agreed) == cause_of_alike(known[0][0], agreed[::-1])


def test_until_a_reader_is_taught_similar_cases_suggest(world: World) -> None:
    late = cause(world)
    for text in LATE:
        record_cause(case=world.case(text), by=None, cause=late, now=at(1))
    assert suggested_cause(world.case("my parcel is late")) == late
    assert suggested_cause(world.case("Zip broken after two days")) is None


def test_a_taught_reader_guesses_what_is_open_and_each_lesson_once(world: World) -> None:
    late, torn = cause(world), cause(world, "Torn box")
    assert to_teach() == [world.workspace.pk]
    assert teach_from_cases(workspace_id=world.workspace.pk, now=at(1)) is None
    for number in range(FEWEST):
        record_cause(case=world.case(f"{LATE[number % 3]} {number}"), by=None, cause=late, now=at(1))
        record_cause(case=world.case(f"{TORN[number % 3]} {number}"), by=None, cause=torn, now=at(1))
    asked = world.case("Where is my parcel? It is late")
    taught = teach_from_cases(workspace_id=world.workspace.pk, now=at(2))
    assert taught is not None
    assert (taught.examples, to_teach()) == (2 * FEWEST, [])
    assert [guess_next(taught=taught, limit=10) for _ in range(2)] == [1, 0]
    assert CauseGuess.objects.get().case == asked
    assert suggested_cause(asked) == late
    again = teach_from_cases(workspace_id=world.workspace.pk, now=at(3))
    assert again is not None
    assert (guess_next(taught=again, limit=10), CauseLesson.objects.count()) == (1, 1)


def test_what_an_agent_corrects_later_is_an_example_too(world: World) -> None:
    late, torn = cause(world), cause(world, "Torn box")
    cases = [world.case(f"{LATE[number % 3]} {number}") for number in range(FEWEST)]
    for number, case in enumerate(cases):
        record_cause(case=case, by=None, cause=late, now=at(1))
        record_cause(case=world.case(f"{TORN[number % 3]} {number}"), by=None, cause=torn, now=at(1))
    teach_from_cases(workspace_id=world.workspace.pk, now=at(2))
    customs = cause(world, "Held by customs")
    for case in cases:
        record_cause(case=case, by=None, cause=customs, now=at(3))
    assert to_teach() == [world.workspace.pk]
    taught = teach_from_cases(workspace_id=world.workspace.pk, now=at(4))
    assert taught is not None
    asked = world.case("Where is my parcel? It is late")
    guess_next(taught=taught, limit=10)
    assert suggested_cause(asked) == customs
