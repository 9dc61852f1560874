"""No reply leaves unchecked, and none that was held back is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from goodword.care import timeline
from goodword.care.models import Case, Draft, Message, MessageKind, SavedReply
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.care.saved_replies import save_reply
from goodword.care.undo import undo_reply
from goodword.community.models.article import Readers
from goodword.community.save_article import save_article
from goodword.honesty.models import SentOver
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.staff.models import Agent, Role
from tests.care.postbox import open_postbox
from tests.care.test_reply import reply
from tests.care.world import World, at

BLAME = "You should have read the terms."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case(source=open_postbox(world, tmp_path / "posts"))


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def client(ana: Agent) -> Client:
    made = Client()
    made.force_login(ana)
    return made


def test_what_a_check_speaks_against_is_sent_with_a_reason_that_is_kept(world: World, case: Case, ana: Agent) -> None:
    with pytest.raises(HeldBack):
        reply(case, ana, BLAME)
    message = reply(case, ana, BLAME, over="  They asked\nfor it ")
    kept = SentOver.objects.get()
    assert (kept.flag, kept.reason, kept.subject, kept.undone) == (
        "blame",
        "They asked for it",
        f"message:{message.pk}",
        False,
    )
    assert [entry.line for entry in timeline.latest(case).entries if entry.line] == [
        "Ana sent it all the same (Blame): “They asked for it”"
    ]
    undo_reply(message=message, by=ana, now=at(5.1))
    kept.refresh_from_db()
    assert kept.undone


def test_what_the_house_itself_writes_is_not_checked(case: Case) -> None:
    automatic = NewReply(text=BLAME, idempotency_key="a-key-of-mine", automatic=True)
    assert queue_reply(case=case, by=None, reply=automatic, now=at(5))


def test_what_they_told_us_in_private_is_not_said_in_public(world: World, case: Case, ana: Agent) -> None:
    told = world.inbound(case, "My address is mara@example.org and my phone is 020 7946 0018.")
    assert told.mention is not None
    told.mention.private = True
    told.mention.save()
    world.inbound(case, "Any news?", when=3)
    with pytest.raises(HeldBack):
        reply(case, ana, "We wrote to mara@example.org.")
    assert reply(case, ana, "We wrote to mara@example.org.", private=True)


def test_the_same_words_to_many_are_held_back(world: World, case: Case, ana: Agent) -> None:
    text = "We are very sorry about the delay of your parcel, it is on its way to you and will be there tomorrow."
    for _ in range(5):
        world.reply(world.case(), ana, text, when=1)
    with pytest.raises(HeldBack):
        reply(case, ana, text)
    assert reply(case, ana, text, now=at(25 * 60))


def test_what_we_say_in_articles_or_told_them_before_is_not_contradicted(
    world: World, case: Case, ana: Agent, client: Client
) -> None:
    article = {"readers": Readers.PUBLIC, "owner": ana, "review_on": current_time().date(), "by": None, "now": at(0)}
    title, text = "How long can I return shoes?", "You can return shoes within 30 days."
    save_article(workspace=world.workspace, title=title, text=text, **article)  # type: ignore[arg-type]
    address = f"/w/harbour/cases/{case.number}/reading/"
    read = client.post(address, {"text": "You have 60 days to return shoes."}, headers=HTMX).content.decode()
    assert all(part in read for part in ("Against the knowledge base", title, text, 'name="instead"'))
    world.reply(case, ana, "Our shop is open until 8 pm.", when=3)
    read = client.post(address, {"text": "The shop is open until 9 pm."}, headers=HTMX).content.decode()
    assert "Against what we told this customer" in read
    assert "Against" not in client.post(address, {"text": "The shop is open until 20:00."}).content.decode()


@pytest.mark.parametrize("readers", Readers)
def test_what_only_our_team_may_read_does_not_go_into_a_reply(
    world: World, case: Case, ana: Agent, client: Client, readers: Readers
) -> None:
    kept = save_article(
        workspace=world.workspace, title="What do we refund?", text="We refund up to 40 euros without asking anybody.",
        readers=readers, owner=ana, review_on=current_time().date(), by=None, now=at(0),
    )  # fmt: skip
    inserted = client.post(f"/w/harbour/cases/{case.number}/articles/{kept.pk}/", headers=HTMX).content.decode()
    read = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": inserted}, headers=HTMX).content.decode()
    is_inside = readers == Readers.INSIDE
    assert ("which only your team may read" in read) is is_inside
    if is_inside:
        with pytest.raises(HeldBack):
            reply(case, ana, inserted, private=True)
    assert reply(case, ana, inserted, over="A lead said that I may")


def test_the_composer_shows_why_and_what_could_stand_instead(case: Case, client: Client) -> None:
    read = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": BLAME}, headers=HTMX).content.decode()
    assert all(part in read for part in ("Blame", BLAME, "puts the fault", 'name="instead"'))


def test_what_is_held_back_comes_back_with_all_that_was_typed(case: Case, client: Client) -> None:
    address = f"/w/harbour/cases/{case.number}/replies/"
    fields = {"text": BLAME, "idempotency_key": "key-of-a-form", "send_anyway": "1", "read": "1"}
    answer = client.post(address, fields, headers=HTMX)
    page = answer.content.decode()
    assert (answer.status_code, "It was not sent" in page, "puts the fault" in page) == (422, True, True)
    assert f">{BLAME}</textarea>" in page
    assert 'name="reason"' in page
    assert client.post(address, fields | {"reason": "Agreed"}, headers=HTMX).status_code == 200
    assert Message.objects.filter(kind=MessageKind.REPLY).count() == 1


def test_without_a_script_the_better_words_become_the_draft(case: Case, client: Client) -> None:
    fields = {"text": f"Hello.\r\n{BLAME}", "better": "0", "span": BLAME, "instead": "I am sorry."}
    assert client.post(f"/w/harbour/cases/{case.number}/reading/", fields).status_code == 303
    assert Draft.objects.get().text == "Hello.\nI am sorry."


def test_closing_words_are_checked_too(case: Case, client: Client) -> None:
    address = f"/w/harbour/cases/{case.number}/resolution/"
    fields = {
        "ask": "1",
        "words": BLAME,
        "idempotency_key": "key-of-a-form",
        "seen_inbound_id": str(case.last_inbound_id),
    }
    answer = client.post(address, fields)
    assert (answer.status_code, "puts the fault" in answer.content.decode()) == (422, True)
    assert client.post(address, fields | {"reason": "Agreed"}).status_code == 303


def test_saved_replies_are_checked_when_they_are_saved(world: World) -> None:
    lead = world.agent("Lea", Role.LEAD)
    client = Client()
    client.force_login(lead)
    fields = {"shortcut": "terms", "title": "Terms", "text": BLAME}
    answer = client.post("/w/harbour/replies/new/", fields)
    assert (answer.status_code, "puts the fault" in answer.content.decode()) == (422, True)
    assert not SavedReply.objects.exists()
    assert client.post("/w/harbour/replies/new/", fields | {"reason": "Agreed"}).status_code == 303
    assert (SentOver.objects.get().subject, SentOver.objects.get().case_number) == (
        f"saved_reply:{SavedReply.objects.get().pk}",
        None,
    )
    with pytest.raises(HeldBack):
        save_reply(workspace=world.workspace, by=lead, shortcut="x", title="X", text=BLAME, now=at(0))
