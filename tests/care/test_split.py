"""One case becomes two, and one again."""

from __future__ import annotations

import pytest

from goodword.care.draft import save_draft
from goodword.care.lock import MergedAway
from goodword.care.merge import CannotUndo, merge_cases, undo_merge
from goodword.care.models import Case, CaseMerge, CaseNumbers, Draft, Message, MessageKind, Priority, State
from goodword.care.split import CannotSplit, split_case, undo_split
from goodword.staff.models import Agent
from tests.care.world import World, at, current_episode, fresh


@pytest.fixture
def ana(world: World) -> Agent:
    CaseNumbers.objects.create(workspace=world.workspace, last=100)
    return world.agent("Ana")


@pytest.fixture
def case(world: World, ana: Agent) -> Case:
    """Two needs in one: the parcel, answered; and an invoice, asked at 20 and answered at 30."""
    case = world.case("My parcel never came", assignee=ana)
    world.reply(case, ana, "It is on its way", when=10)
    world.inbound(case, "And my invoice is wrong", when=20)
    world.reply(case, ana, "Here is a new one", when=30)
    return case


def said(case: Case) -> list[str]:
    return [message.words for message in Message.objects.filter(case=case).order_by("at")]


def ids(case: Case, *words: str) -> list[int]:
    return [message.pk for message in Message.objects.filter(case=case) if message.words in words]


def test_the_new_case_begins_with_its_first_message_and_is_complete(world: World, case: Case, ana: Agent) -> None:
    new = split_case(
        case=case, message_ids=ids(case, "And my invoice is wrong", "Here is a new one"), by=ana, now=at(40)
    )
    assert said(case) == ["My parcel never came", "It is on its way"]
    assert said(new) == ["And my invoice is wrong", "Here is a new one"]
    assert (new.number, new.subject, new.identity, new.assignee) == (101, "And my invoice is wrong", case.identity, ana)
    assert (new.opened_at, new.state, new.message_count) == (at(20), State.PENDING, 2)
    episode = current_episode(new)
    assert (episode.number, episode.opened_at, episode.first_response_at) == (1, at(20), at(30))
    assert (fresh(case).message_count, fresh(case).last_message_at) == (2, at(10))
    assert world.facts(new) == ["CaseSplit"]


def test_undoing_puts_back_what_was_there_and_what_came_since(world: World, case: Case, ana: Agent) -> None:
    before = list(Message.objects.order_by("pk").values_list("pk", "case", "episode"))
    new = split_case(case=case, message_ids=ids(case, "And my invoice is wrong"), by=ana, now=at(40))
    later = world.inbound(new, "Still wrong", when=50)
    save_draft(case=new, by=ana, kind=MessageKind.REPLY, text="I look into it", private=False, now=at(55))
    split = CaseMerge.objects.get()
    undo_split(split=split, by=ana, now=at(60))
    after = Message.objects.exclude(pk=later.pk).order_by("pk").values_list("pk", "case", "episode")
    assert list(after) == before
    assert said(case)[-1] == "Still wrong"
    assert fresh(new).merged_into == case
    assert fresh(case).waiting_since == at(50)
    assert Draft.objects.get().case == case
    with pytest.raises(CannotUndo):
        undo_split(split=split, by=ana, now=at(61))


def test_after_a_merge_the_split_waits_for_that_to_be_undone(world: World, case: Case, ana: Agent) -> None:
    new = split_case(case=case, message_ids=ids(case, "And my invoice is wrong"), by=ana, now=at(40))
    merge_cases(origin=new, target=world.case(), by=ana, confirmed=True, now=at(50))
    with pytest.raises(MergedAway):
        undo_split(split=CaseMerge.objects.get(kind="split"), by=ana, now=at(60))


def test_a_merge_into_the_new_case_is_undone_after_the_split_was(world: World, case: Case, ana: Agent) -> None:
    before = list(Message.objects.order_by("pk").values_list("pk", "case", "episode"))
    new = split_case(case=case, message_ids=ids(case, "And my invoice is wrong"), by=ana, now=at(40))
    other = world.case("My invoice is wrong", identity=case.identity, priority=Priority.URGENT)
    before += Message.objects.filter(case=other).values_list("pk", "case", "episode")
    merge_cases(origin=other, target=new, by=ana, now=at(50))
    undo_split(split=CaseMerge.objects.get(kind="split"), by=ana, now=at(60))
    Case.objects.filter(pk=case.pk).update(priority=Priority.URGENT)
    assert undo_merge(merge=CaseMerge.objects.get(kind="merge"), by=ana, now=at(70)) == other
    assert list(Message.objects.order_by("pk").values_list("pk", "case", "episode")) == before
    assert fresh(other).merged_into is None
    assert fresh(case).priority == Priority.URGENT, "what was taken over by the new case is none of the origin's"


def test_a_split_of_the_new_case_is_undone_after_the_first_was(world: World, case: Case, ana: Agent) -> None:
    before = list(Message.objects.order_by("pk").values_list("pk", "case", "episode"))
    third = world.inbound(case, "And your shop was closed", when=35)
    before.append((third.pk, case.pk, third.episode_id))
    new = split_case(case=case, message_ids=[*ids(case, "And my invoice is wrong"), third.pk], by=ana, now=at(40))
    newer = split_case(case=new, message_ids=[third.pk], by=ana, now=at(50))
    first, second = CaseMerge.objects.order_by("pk")
    undo_split(split=first, by=ana, now=at(60))
    undo_split(split=second, by=ana, now=at(70))
    assert list(Message.objects.order_by("pk").values_list("pk", "case", "episode")) == before
    assert fresh(newer).merged_into == case


def test_each_of_the_two_keeps_words_of_the_customer(world: World, case: Case, ana: Agent) -> None:
    everything = list(Message.objects.filter(case=case).values_list("pk", flat=True))
    stranger = world.inbound(world.case(), "Not of this case")
    for chosen in ([], everything, ids(case, "It is on its way"), [*ids(case, "My parcel never came"), stranger.pk]):
        with pytest.raises(CannotSplit):
            split_case(case=case, message_ids=chosen, by=ana, now=at(40))
    assert not CaseMerge.objects.exists()
