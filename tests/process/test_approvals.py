"""Four eyes: what is held goes nowhere until somebody else has seen it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from goodword.care.decide import confirm_resolution
from goodword.care.merge import merge_cases, undo_merge
from goodword.care.models import (
    Case,
    CaseMerge,
    CaseNumbers,
    Delivery,
    Draft,
    MakeGood,
    Message,
    Resolution,
    ResolutionLink,
    State,
)
from goodword.care.release import NotHeld
from goodword.care.resolve import resolve_case
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.care.split import split_case, undo_split
from goodword.care.take_back import take_back_reply
from goodword.care.terms import NotAllowed
from goodword.honesty.flags import FLAGS, Approver, Level
from goodword.honesty.models import HouseRules
from goodword.honesty.policy import save_honesty_rules
from goodword.honesty.send_over import HeldBack
from goodword.process.act import act
from goodword.process.approvals import (
    CannotDecide,
    approve_reply,
    hold_case,
    lift_hold,
    send_back_reply,
    tell_approvers,
    waiting_replies,
)
from goodword.process.rules.actions import Action, Do
from goodword.staff.models import Agent, Notice, Role
from tests.care.postbox import again, open_postbox, posts, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at, fresh

pytestmark = pytest.mark.django_db
BLAME = "You should have read the terms."


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case(source=open_postbox(world, tmp_path / "posts"))


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


@pytest.fixture
def lea(world: World) -> Agent:
    return world.agent("Lea", Role.LEAD)


def held(case: Case, by: Agent, text: str = "We see you in court.") -> Message:
    act(case=case, actions=[Action(Do.HOLD, words="Law")], by=None, now=at(0))
    return reply(case, by, text)


def test_a_held_reply_goes_nowhere_until_it_is_approved(
    world: World, case: Case, ana: Agent, lea: Agent, tmp_path: Path
) -> None:
    message = again(held(case, ana))
    assert (message.delivery, message.failure, message.send_at) == (Delivery.HELD, "Law", None)
    assert send_due(now=at(60), limit=9) == 0
    assert (fresh(case).state, waiting_replies(world.workspace)) == (State.OPEN, [message])
    approve_reply(message=message, by=lea, now=at(61))
    assert send_due(now=at(61.05), limit=9) == 0  # as any other, it can still be undone
    assert send_due(now=at(62), limit=9) == 1
    assert [post["text"] for post in posts(tmp_path / "posts")] == ["We see you in court."]
    assert again(message).at == at(61)
    assert world.facts(case) == ["ReplyHeld", "ReplyQueued", "ReplyApproved", "ReplySent"]
    assert ana.notices.get().kind == Notice.Kind.APPROVED
    with pytest.raises(NotHeld):
        approve_reply(message=message, by=lea, now=at(63))


def test_nobody_approves_their_own(case: Case, lea: Agent) -> None:
    message = held(case, lea)
    for decide in (
        lambda: approve_reply(message=message, by=lea, now=at(6)),
        lambda: send_back_reply(message=message, reason="Nicer", by=lea, now=at(6)),
    ):
        with pytest.raises(CannotDecide):
            decide()
    assert again(message).delivery == Delivery.HELD


def test_who_may_approve_is_told_and_not_the_writer(world: World, case: Case, ana: Agent, lea: Agent) -> None:
    lou = world.agent("Lou", Role.LEAD)
    message = held(case, lou)
    for _ in range(2):
        tell_approvers(message_id=message.pk)
    assert [notice.agent for notice in Notice.objects.filter(kind=Notice.Kind.APPROVAL)] == [lea]


def test_sent_back_it_is_its_writers_draft_again_with_the_reason(
    world: World, case: Case, ana: Agent, lea: Agent
) -> None:
    message = held(case, ana)
    with pytest.raises(CannotDecide):
        send_back_reply(message=message, reason=" ", by=lea, now=at(6))
    send_back_reply(message=message, reason="Say sorry first", by=lea, now=at(6))
    draft = Draft.objects.get()
    assert (draft.agent, draft.text) == (ana, "We see you in court.")
    notice = ana.notices.get()
    assert (notice.kind, notice.text) == (Notice.Kind.SENT_BACK, "Say sorry first")
    assert world.facts(case) == ["ReplyHeld", "ReplyUndone", "ReplySentBack"]
    with pytest.raises(NotHeld):
        send_back_reply(message=message, reason="Again", by=lea, now=at(7))


def test_its_writer_may_take_it_back(case: Case, ana: Agent, lea: Agent) -> None:
    message = held(case, ana)
    take_back_reply(message=message, by=ana, now=at(6))
    assert Draft.objects.get().agent == ana
    with pytest.raises(NotHeld):
        approve_reply(message=message, by=lea, now=at(7))


def asked(case: Case, by: Agent, key: str = "resolve-it-now") -> Message:
    """The closing message, which is held."""
    hold_case(case=case, why="", now=at(0))
    seen = fresh(case).last_inbound_id
    episode = resolve_case(
        case=case, by=by, ask=True, words="All good", idempotency_key=key, seen_inbound_id=seen, now=at(5)
    )
    assert (episode.resolved_at, fresh(case).state) == (None, State.OPEN)
    return Message.objects.get(idempotency_key=key)


def test_a_case_is_resolved_when_its_closing_message_is_approved(
    world: World, case: Case, ana: Agent, lea: Agent, tmp_path: Path
) -> None:
    message = asked(case, ana)
    assert message.failure
    assert asked(case, ana) == message  # the same form twice
    with pytest.raises(NotAllowed, match="waits for approval already"):
        asked(case, ana, key="resolve-it-again")
    approve_reply(message=message, by=lea, now=at(90))
    episode = case.episodes.get()
    assert (fresh(case).state, episode.resolution) == (State.RESOLVED, Resolution.PROPOSED)
    assert (episode.resolved_at, episode.resolved_by) == (at(90), ana)
    assert ResolutionLink.objects.get(episode=episode).asked_at == at(90)
    assert world.facts(case) == ["ReplyHeld", "ResolutionProposed", "ReplyQueued", "ReplyApproved"]
    take_back_reply(message=message, by=ana, now=at(90.1))
    assert (fresh(case).state, Draft.objects.get().text) == (State.OPEN, "All good")


def test_the_link_of_a_closing_message_asks_about_the_case_that_it_ends(
    world: World, case: Case, ana: Agent, lea: Agent
) -> None:
    target = world.case("Again", source=case.source, identity=case.identity)
    message = asked(case, ana)
    merge_cases(origin=case, target=target, by=ana, now=at(6))
    approve_reply(message=message, by=lea, now=at(7))
    episode = target.episodes.get()
    assert ResolutionLink.objects.get().episode == episode
    confirm_resolution(episode=ResolutionLink.objects.get().episode, now=at(8))
    episode.refresh_from_db()
    assert episode.resolution == Resolution.CONFIRMED


def test_taken_back_a_closing_message_leaves_no_link_wherever_it_has_come(world: World, case: Case, ana: Agent) -> None:
    target = world.case("Again", source=case.source, identity=case.identity)
    message = asked(case, ana)
    merge = merge_cases(origin=case, target=target, by=ana, now=at(6))
    take_back_reply(message=message, by=ana, now=at(7))
    undo_merge(merge=merge, by=ana, now=at(8))
    assert not ResolutionLink.objects.exists()
    assert asked(case, ana, key="resolve-it-again").delivery == Delivery.HELD


def test_the_page_says_that_the_question_waits(case: Case, ana: Agent) -> None:
    hold_case(case=case, why="", now=at(0))
    fields = {"ask": "1", "idempotency_key": "key-of-a-form", "seen_inbound_id": str(fresh(case).last_inbound_id)}
    address = f"/w/harbour/cases/{case.number}/resolution/"
    told = signed_in(ana).post(address, fields, headers={"HX-Request": "true"}).headers["HX-Trigger"]
    assert "waits for approval" in told
    assert "withdrawal" not in told, "there is nothing to undo yet"
    assert fresh(case).state == State.OPEN


def test_a_closing_message_that_comes_back_leaves_the_case_as_it_is(
    world: World, case: Case, ana: Agent, lea: Agent
) -> None:
    send_back_reply(message=asked(case, ana), reason="It is not", by=lea, now=at(6))
    assert fresh(case).state == State.OPEN
    assert Draft.objects.get().text == "All good"
    assert not ResolutionLink.objects.exists()
    assert world.facts(case) == ["ReplyHeld", "ReplyUndone", "ReplySentBack"]


def test_nobody_is_asked_whether_it_is_solved_who_has_written_since(
    world: World, case: Case, ana: Agent, lea: Agent
) -> None:
    message = asked(case, ana)
    world.inbound(case, "It broke again", when=8)
    with pytest.raises(NotAllowed, match="gone on since"):
        approve_reply(message=message, by=lea, now=at(9))
    assert (again(message).delivery, fresh(case).state) == (Delivery.HELD, State.OPEN)


def test_what_the_guard_holds_waits_too(world: World, case: Case, ana: Agent, lea: Agent) -> None:
    levels = {name: Level.HOLD if name == "blame" else flag.level for name, flag in FLAGS.items()}
    save_honesty_rules(
        workspace=world.workspace, levels=levels, confidential="", same_hours=24, same_cases=5, most_offers=1,
        offer_days=30, feed_offers=3, feed_days=7, approver=Approver.LEAD, by=None, now=at(0),
    )  # fmt: skip
    with pytest.raises(HeldBack):
        reply(case, ana, BLAME)
    message = reply(case, ana, BLAME, over="They asked for it")
    assert (message.delivery, message.failure) == (Delivery.HELD, "Found in it: Blame")
    assert reply(case, ana, "We look into it.").delivery == Delivery.QUEUED


def test_what_is_lifted_is_held_no_longer(world: World, case: Case, ana: Agent, lea: Agent) -> None:
    held(case, ana)
    assert not hold_case(case=case, why="Again", now=at(6))
    lift_hold(case=case, by=lea, now=at(7))
    lift_hold(case=case, by=lea, now=at(7))
    assert reply(case, ana, "On its way.").delivery == Delivery.QUEUED
    assert len(waiting_replies(world.workspace)) == 1
    assert world.facts(case).count("HoldLifted") == 1


def test_nobody_lifts_it_for_their_own_replies(world: World, case: Case, lea: Agent) -> None:
    take_back_reply(message=held(case, lea), by=lea, now=at(6))
    assert not lift_hold(case=case, by=lea, now=at(7))
    assert reply(case, lea, "See you in court.").delivery == Delivery.HELD
    assert lift_hold(case=case, by=world.agent("Lou", Role.LEAD), now=at(8))
    assert reply(case, lea, "See you soon.").delivery == Delivery.QUEUED


def test_what_failed_before_it_was_held_is_not_sent_again_by_its_writer(
    case: Case, ana: Agent, lea: Agent, tmp_path: Path
) -> None:
    message = reply(case, ana)
    set_mood(case.source, sending="refused")
    assert send_due(now=at(9), limit=9) == 1
    hold_case(case=case, why="Law", now=at(10))
    with pytest.raises(NotAllowed, match="somebody else"):
        send_again(message=again(message), by=ana, now=at(11))
    assert send_again(message=again(message), by=lea, now=at(12)).delivery == Delivery.SENDING


def test_a_rule_may_hold_again_what_was_lifted(case: Case, ana: Agent, lea: Agent) -> None:
    held(case, ana)
    lift_hold(case=case, by=lea, now=at(6))
    assert hold_case(case=case, why="Again", now=at(7))
    assert again(reply(case, ana)).failure == "Again"


def test_a_hold_goes_into_the_case_that_its_case_goes_into(
    world: World, case: Case, ana: Agent, lea: Agent, tmp_path: Path
) -> None:
    waiting, target = held(case, ana), world.case(source=case.source, identity=case.identity)
    merge = merge_cases(origin=case, target=target, by=ana, now=at(6))
    assert again(reply(target, ana, "In court!")).failure == "Law"
    approve_reply(message=waiting, by=lea, now=at(7))
    assert again(waiting).case == target
    undo_merge(merge=merge, by=ana, now=at(8))
    assert [reply(one, ana, "Again!").delivery for one in (case, target)] == [Delivery.HELD] * 2


@pytest.mark.parametrize(("lifted", "delivery"), [(False, Delivery.HELD), (True, Delivery.QUEUED)])
def test_a_case_split_off_is_held_as_the_one_it_comes_from(
    world: World, case: Case, ana: Agent, lea: Agent, lifted: bool, delivery: Delivery
) -> None:
    CaseNumbers.objects.create(workspace=world.workspace, last=100)
    held(case, ana)
    if lifted:
        lift_hold(case=case, by=lea, now=at(6))
    new = split_case(case=case, message_ids=[world.inbound(case, "And my bill?", when=2).pk], by=ana, now=at(7))
    assert reply(new, ana, "Court again.").delivery == delivery
    hold_case(case=new, why="Money", now=at(8))
    undo_split(split=CaseMerge.objects.get(target=new), by=ana, now=at(9))
    assert reply(case, ana, "One more.").delivery == Delivery.HELD, "what held the part holds the whole"


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_the_page_shows_what_waits_and_decides(world: World, case: Case, ana: Agent, lea: Agent) -> None:
    first, second = held(case, ana), held(case, ana, "And in the papers.")
    MakeGood.objects.create(
        workspace=world.workspace, case=case, kind="gift", amount=5, what="A lamp", state="waiting", offered_at=at(0)
    )
    agent, lead = signed_in(ana), signed_in(lea)
    page = lead.get("/w/harbour/approvals/").content.decode()
    for words in ("We see you in court.", "Law", "A lamp", f"/w/harbour/approvals/{first.pk}/approval/"):
        assert words in page
    assert "You wrote it" in agent.get("/w/harbour/approvals/").content.decode()
    assert agent.post(f"/w/harbour/approvals/{first.pk}/approval/").status_code == 403
    assert "A reply waits for approval" in lead.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()
    assert "Waits for approval" in agent.get(f"/w/harbour/cases/{case.number}/").content.decode()
    lead.post(f"/w/harbour/approvals/{first.pk}/approval/")
    lead.post(f"/w/harbour/approvals/{second.pk}/sending-back/", {"reason": "No"})
    assert [again(each).delivery for each in (first, second)] == [Delivery.QUEUED, Delivery.UNDONE]
    told = lead.post(f"/w/harbour/approvals/{second.pk}/approval/", headers={"HX-Request": "true"})
    assert "wait for approval any more" in told.headers["HX-Trigger"]
    lead.post(f"/w/harbour/cases/{case.number}/hold/withdrawal/")
    assert "approved the reply" in agent.get(f"/w/harbour/cases/{case.number}/").content.decode()
    assert "No longer needed" not in lead.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()


def test_a_house_may_let_any_other_agent_approve(world: World, case: Case, ana: Agent, lea: Agent) -> None:
    message, bob = held(case, ana), world.agent("Bob")
    assert signed_in(bob).post(f"/w/harbour/approvals/{message.pk}/approval/").status_code == 403
    HouseRules.objects.create(workspace=world.workspace, approver=Approver.AGENT)
    tell_approvers(message_id=message.pk)
    assert [agent.notices.exists() for agent in (ana, bob, lea)] == [False, True, True]
    assert "Approve" in signed_in(bob).get("/w/harbour/approvals/").content.decode()
    signed_in(ana).post(f"/w/harbour/approvals/{message.pk}/approval/")
    assert again(message).delivery == Delivery.HELD, "never who wrote it"
    signed_in(bob).post(f"/w/harbour/approvals/{message.pk}/approval/")
    assert again(message).delivery == Delivery.QUEUED
