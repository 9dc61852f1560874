"""Two cases become one, and two again, exactly."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.care.conversations import NOBODY
from goodword.care.draft import save_draft
from goodword.care.enclose import enclosed
from goodword.care.lock import MergedAway
from goodword.care.merge import CannotMerge, CannotUndo, DifferentCustomers, merge_cases, undo_merge
from goodword.care.models import Case, Draft, Enclosure, Episode, Message, MessageKind, Priority, State
from goodword.care.reopen import reopen_case
from goodword.care.resolve import resolve_case
from goodword.care.threads import cases_of
from goodword.care.touch import touch_cases
from goodword.people.models import Identity
from goodword.staff.models import Agent
from tests.care.world import World, at, fresh


@pytest.fixture
def mara(world: World) -> Identity:
    return world.identity("mara")


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def standing(world: World) -> dict[str, Any]:
    """Everything that merging may touch, as it is in the tables."""
    return {
        "cases": list(Case.objects.order_by("pk").values()),
        "labels": sorted(Case.labels.through.objects.values_list("case_id", "label_id")),
        "messages": list(Message.objects.order_by("pk").values_list("pk", "case_id", "episode_id")),
        "episodes": list(Episode.objects.order_by("pk").values()),
    }


def test_everything_said_stands_in_the_target_in_time_order(world: World, ana: Agent, mara: Identity) -> None:
    target, origin = world.case("First", when=0, identity=mara), world.case("Second", when=5, identity=mara)
    world.reply(target, ana, "On it", when=7)
    world.inbound(origin, "Hello?", when=9)
    merge_cases(origin=origin, target=target, by=ana, now=at(10))
    said = Message.objects.filter(case=target).order_by("at")
    assert [message.words for message in said] == ["First", "Second", "On it", "Hello?"]
    case = fresh(target)
    assert (case.message_count, case.snippet, case.waiting_since, case.state) == (4, "Hello?", at(9), State.OPEN)
    assert fresh(origin).merged_into == target
    assert list(Case.objects.standing()) == [target]
    assert all(message.episode.case_id == target.pk for message in said)
    assert world.facts(target) == ["CasesMerged"]


def test_the_target_takes_over_what_is_graver(world: World, ana: Agent, mara: Identity) -> None:
    refund, late = world.label("refund"), world.label("late")
    target = world.case(when=5, identity=mara, priority=Priority.LOW, risk=80)
    origin = world.case(when=0, identity=mara, priority=Priority.URGENT, risk=20, assignee=ana)
    target.labels.add(refund)
    origin.labels.add(refund, late)
    merge_cases(origin=origin, target=target, by=ana, now=at(10))
    case = fresh(target)
    assert (case.priority, case.risk, case.assignee, case.opened_at) == (Priority.URGENT, 80, ana, at(0))
    assert set(case.labels.all()) == {refund, late}


def test_undoing_gives_both_back_as_they_were(world: World, ana: Agent, mara: Identity) -> None:
    target = world.case(when=5, identity=mara)
    origin = world.case(when=0, identity=mara, priority=Priority.HIGH, risk=70, assignee=ana)
    origin.labels.add(world.label())
    resolve_case(case=origin, by=ana, ask=False, now=at(6))
    reopen_case(case=origin, by=None, now=at(8))
    world.inbound(fresh(origin), "It is back", when=8)
    touch(world)
    before = standing(world)
    merge = merge_cases(origin=origin, target=target, by=ana, now=at(10))
    assert standing(world) != before
    undo_merge(merge=merge, by=ana, now=at(11))
    assert standing(world) == before
    assert world.facts(target) == ["CasesMerged", "MergeUndone"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 60), st.booleans()), max_size=6),
    st.sampled_from(Priority),
    st.sampled_from(Priority),
)
def test_undoing_is_exact_whatever_was_said(
    world: World, ana: Agent, said: list[tuple[bool, int, bool]], one: Priority, other: Priority
) -> None:
    mara = Identity.objects.filter(handle="mara").first() or world.identity("mara")
    origin = world.case(identity=mara, priority=one)
    target = world.case(identity=mara, priority=other)
    for in_origin, when, by_us in said:
        case = origin if in_origin else target
        if by_us:
            world.reply(case, ana, when=when)
        else:
            world.inbound(case, when=when)
    touch(world)
    before = standing(world)
    undo_merge(merge=merge_cases(origin=origin, target=target, by=None, now=at(90)), by=ana, now=at(91))
    assert standing(world) == before


def touch(world: World) -> None:
    """Let the rows say what the messages say, as verbs leave them."""
    touch_cases(workspace_id=world.workspace.pk, case_ids=list(Case.objects.values_list("pk", flat=True)))


def test_what_somebody_changed_or_said_since_stays(world: World, ana: Agent, mara: Identity) -> None:
    target, origin = world.case(identity=mara), world.case(identity=mara, priority=Priority.HIGH)
    merge = merge_cases(origin=origin, target=target, by=ana, now=at(10))
    Case.objects.filter(pk=target.pk).update(priority=Priority.URGENT)
    later = world.inbound(fresh(target), "One more thing", when=20)
    undo_merge(merge=merge, by=ana, now=at(30))
    assert fresh(target).priority == Priority.URGENT
    assert Message.objects.get(pk=later.pk).case == target


def test_a_merge_is_undone_once_and_the_newest_first(world: World, ana: Agent, mara: Identity) -> None:
    first, second, third = (world.case(identity=mara) for _ in range(3))
    inner = merge_cases(origin=first, target=second, by=ana, now=at(10))
    outer = merge_cases(origin=second, target=third, by=ana, now=at(11))
    with pytest.raises(MergedAway):
        undo_merge(merge=inner, by=ana, now=at(12))
    undo_merge(merge=outer, by=ana, now=at(13))
    undo_merge(merge=inner, by=ana, now=at(14))
    assert [Message.objects.filter(case=case).count() for case in (first, second, third)] == [1, 1, 1]
    with pytest.raises(CannotUndo):
        undo_merge(merge=inner, by=ana, now=at(15))


def test_cases_of_two_people_need_a_second_word_except_from_the_house(world: World, ana: Agent) -> None:
    target, origin, late_child = world.case(), world.case(), world.case()
    with pytest.raises(DifferentCustomers):
        merge_cases(origin=origin, target=target, by=ana, now=at(10))
    merge_cases(origin=origin, target=target, by=ana, confirmed=True, now=at(10))
    merge_cases(origin=late_child, target=target, by=None, now=at(10))
    assert Message.objects.filter(case=target).count() == 3


def test_an_open_case_does_not_vanish_in_a_resolved_one(world: World, ana: Agent, mara: Identity) -> None:
    resolved, open_ = world.case(identity=mara, state=State.RESOLVED), world.case(identity=mara)
    with pytest.raises(CannotMerge):
        merge_cases(origin=open_, target=resolved, by=ana, now=at(10))
    merge_cases(origin=resolved, target=open_, by=ana, now=at(10))
    assert list(Case.objects.standing()) == [open_]


def test_what_is_open_wakes_a_snoozed_target_and_undoing_lets_it_sleep_again(
    world: World, ana: Agent, mara: Identity
) -> None:
    asleep = world.case(when=0, identity=mara, state=State.SNOOZED, snoozed_until=at(500), waiting_since=None)
    open_ = world.case(when=5, identity=mara)
    touch(world)
    before = standing(world)
    merge = merge_cases(origin=open_, target=asleep, by=ana, now=at(10))
    assert (fresh(asleep).state, fresh(asleep).snoozed_until, fresh(asleep).waiting_since) == (State.OPEN, None, at(0))
    undo_merge(merge=merge, by=ana, now=at(11))
    assert standing(world) == before
    again = merge_cases(origin=open_, target=asleep, by=ana, now=at(12))
    world.inbound(fresh(asleep), "Hello?", when=13)
    undo_merge(merge=again, by=ana, now=at(14))
    assert (fresh(asleep).state, fresh(asleep).snoozed_until) == (State.OPEN, None)


def test_what_sleeps_does_not_wake_another_that_sleeps(world: World, ana: Agent, mara: Identity) -> None:
    one, other = (world.case(identity=mara, state=State.SNOOZED, snoozed_until=at(500)) for _ in range(2))
    merge_cases(origin=one, target=other, by=ana, now=at(10))
    assert fresh(other).state == State.SNOOZED


def test_what_can_not_be_merged(world: World, ana: Agent, mara: Identity) -> None:
    case, elsewhere = world.case(identity=mara), World(slug="elsewhere").case()
    with pytest.raises(CannotMerge):
        merge_cases(origin=case, target=case, by=ana, now=at(10))
    with pytest.raises(CannotMerge):
        merge_cases(origin=elsewhere, target=case, by=ana, confirmed=True, now=at(10))
    with pytest.raises(MergedAway):
        merge_cases(origin=world.case(identity=mara, merged_into=case), target=case, by=ana, now=at(10))


def test_unsent_words_go_along(world: World, ana: Agent, mara: Identity) -> None:
    ben = world.agent("Ben")
    target, origin = world.case(identity=mara), world.case(identity=mara)
    for agent, case, text in ((ana, target, "Dear Mara"), (ana, origin, "Hello again"), (ben, origin, "Hi")):
        save_draft(case=case, by=agent, kind=MessageKind.REPLY, text=text, private=False, now=at(5))
    merge_cases(origin=origin, target=target, by=ana, now=at(10))
    assert dict(Draft.objects.filter(case=target).values_list("agent__name", "text")) == {
        "Ana": "Dear Mara\n\nHello again",
        "Ben": "Hi",
    }


def test_unsent_files_go_along(world: World, ana: Agent, mara: Identity) -> None:
    target, origin = world.case(identity=mara), world.case(identity=mara)
    Enclosure.objects.create(
        workspace=world.workspace, draft_case=origin, agent=ana, filename="a.pdf", media_type="application/pdf", size=1
    )
    merge_cases(origin=origin, target=target, by=ana, now=at(10))
    assert [file.filename for file in enclosed(case=target, by=ana)] == ["a.pdf"]


def test_in_the_thread_of_a_merged_case_the_other_one_goes_on(world: World, ana: Agent, mara: Identity) -> None:
    target, origin = world.case(identity=mara), world.case(identity=mara)
    merge = merge_cases(origin=origin, target=target, by=ana, now=at(10))
    talks = [(case.thread_id or 0, NOBODY) for case in (origin, target)]
    with transaction.atomic():
        going_on = cases_of(world.source, talks, shared=(), now=at(11))
    assert set(going_on.values()) == {target}
    assert going_on[talks[0]] is going_on[talks[1]]
    assert fresh(target).thread_id == target.thread_id
    undo_merge(merge=merge, by=ana, now=at(12))
    with transaction.atomic():
        going_on = cases_of(world.source, talks, shared=(), now=at(13))
    assert going_on == {talks[0]: origin, talks[1]: target}


def test_the_cases_of_threads_are_locked_in_the_order_in_which_merging_locks_them(
    world: World, ana: Agent, mara: Identity
) -> None:
    target, origin = world.case(identity=mara), world.case(identity=mara)
    merge_cases(origin=origin, target=target, by=ana, now=at(10))
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        going_on = cases_of(world.source, [(origin.thread_id or 0, NOBODY)], shared=(), now=at(11))
        assert set(going_on.values()) == {target}
    (locking,) = [query["sql"] for query in asked.captured_queries if "FOR UPDATE" in query["sql"]]
    assert 'ORDER BY "care_case"."id" ASC' in locking
    assert str(target.pk) in locking.partition(" IN (")[2]
