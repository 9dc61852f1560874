"""A customer in the chat is never left there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import IntegrityError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from goodword.care.chat_alarm import watch_chats
from goodword.care.hand_over import hand_over_chat
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.care.new_reply import NewReply
from goodword.care.reactions import attend_to_mentions
from goodword.care.reply import queue_reply
from goodword.care.send import send_due
from goodword.care.settle import mark_arrived
from goodword.care.terms import terms_of
from goodword.connectors.contract import Delivery as IncomingDelivery
from goodword.connectors.contract import Raw
from goodword.kernel import copying
from goodword.kernel.models import FactRow
from goodword.listen import understand as understanding
from goodword.listen.chat_thread import conversation_of
from goodword.listen.chat_visitor import anonymous_visitor
from goodword.listen.intake import take_in
from goodword.listen.leave_address import leave_address
from goodword.listen.models import Mention, Source
from goodword.listen.take_chat import NotTaken
from goodword.listen.understand import understand
from goodword.staff.models import Agent, Notice, Role
from tests.care.world import World
from tests.listen.chat import MARA, at, open_chat, write

ADDRESS = "mara@example.com"


@pytest.fixture
def chat(world: World) -> Source:
    return open_chat(world.workspace, answer_within_minutes="3", give_up_after_minutes="10")


@pytest.fixture
def ann(world: World) -> Agent:
    return world.agent("Ann")


def said(source: Source, text: str, *, minutes: float = 0) -> Case:
    write(source, text, minutes=minutes)
    attend_to_mentions(source_id=source.pk)
    return Case.objects.get(thread__native_id=anonymous_visitor(MARA).conversation)


def told(kind: Notice.Kind = Notice.Kind.WAITING) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("agent__name", flat=True))


def automatic(case: Case) -> list[Message]:
    return list(case.messages.filter(automatic=True))


def reply(case: Case, by: Agent, *, minutes: float, text: str = "I am here.") -> Message:
    new = NewReply(text=text, idempotency_key=f"reply-at-{minutes}")
    message = queue_reply(case=case, by=by, reply=new, now=at(minutes))
    send_due(now=at(minutes + 1), limit=10)
    message.refresh_from_db()
    return message


@pytest.mark.django_db
def test_the_alarm_is_given_after_the_limit_and_again_and_to_who_leads(world: World, chat: Source, ann: Agent) -> None:
    world.agent("Tomás", Role.LEAD)
    case = said(chat, "Is anybody there?")
    Case.objects.filter(pk=case.pk).update(assignee=ann)
    assert [watch_chats(now=at(minutes)) for minutes in (2, 3, 3.5, 5, 6, 7)] == [0, 1, 0, 0, 1, 0]
    assert (told()[:1], sorted(told()[1:])) == (["Ann"], ["Ann", "Tomás"])
    waiting = FactRow.objects.filter(kind="ChatWaiting", subject=f"case:{case.pk}").order_by("id")
    assert [row.data for row in waiting] == [{"case_id": case.pk, "minutes": 3}, {"case_id": case.pk, "minutes": 6}]


@pytest.mark.django_db
def test_a_sweep_locks_no_case_of_which_nothing_is_due(
    chat: Source, ann: Agent, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    said(chat, "Is anybody there?")
    watch_chats(now=at(20))
    with django_assert_max_num_queries(5) as asked:
        assert watch_chats(now=at(20.1)) == 0
    assert not [query for query in asked.captured_queries if "FOR UPDATE" in query["sql"]]
    assert watch_chats(now=at(60 * 24 * 8)) == 0


@pytest.mark.django_db
def test_nobody_is_told_of_mail_or_of_who_was_answered(world: World, chat: Source, ann: Agent) -> None:
    world.case("A post, not a chat")
    assert watch_chats(now=at(500)) == 0


@pytest.mark.django_db(transaction=True)
def test_an_answer_ends_the_alarm_and_the_next_wait_begins_anew(world: World, chat: Source, ann: Agent) -> None:
    case = said(chat, "Is anybody there?")
    watch_chats(now=at(3))
    assert reply(case, ann, minutes=4).delivery == Delivery.SENT
    assert watch_chats(now=at(60)) == 0
    said(chat, "Thank you. And where is it now?", minutes=61)
    assert [watch_chats(now=at(minutes)) for minutes in (63, 64, 65)] == [0, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_after_the_second_limit_the_customer_hears_what_happens_next_once(chat: Source, ann: Agent) -> None:
    case = said(chat, "Is anybody there?")
    for minutes in (9, 10, 11, 30):
        watch_chats(now=at(minutes))
    (message,) = automatic(case)
    assert "not lost" in message.text
    send_due(now=at(31), limit=10)
    case.refresh_from_db()
    assert case.waiting_since == at(0)  # a machine's word ends no wait
    shown = conversation_of(chat, anonymous_visitor(MARA))
    assert [(one.ours, one.automatic) for one in shown] == [(False, False), (True, True)]
    assert watch_chats(now=at(200)) == 1


@pytest.mark.django_db
def test_outside_the_hours_there_is_a_word_and_no_alarm(world: World, ann: Agent) -> None:
    chat = open_chat(world.workspace, hours="Tue 09:00-17:00", answer_within_minutes="3")
    case = said(chat, "Is anybody there?")
    with translation.override("de"):
        watch_chats(now=at(20))
    assert told() == []
    assert "Tuesday, 09:00" in automatic(case)[0].text
    watch_chats(now=at(21 * 60))
    assert told() == ["Ann"]


def mailbox(world: World) -> Source:
    source = world.new_source("Mailbox", "mail", connector="mail")
    source.settings = {"address": "help@harbour.example"}
    source.save(update_fields=["settings"])
    return source


def leave(chat: Source, minutes: float, address: str = ADDRESS) -> Source | None:
    visitor = anonymous_visitor(MARA)
    left = leave_address(source=chat, visitor=visitor, message_id="leave-it", address=address, now=at(minutes))
    thread = Mention.objects.filter(source=chat).latest("id").thread_id
    attend_to_mentions(source_id=chat.pk)
    if left.mail:
        attend_to_mentions(source_id=left.mail.pk)
    hand_over_chat(workspace_id=chat.workspace_id, thread_id=thread, by_mail=left.mail is not None, now=at(minutes))
    return left.mail


@pytest.mark.django_db(transaction=True)
def test_who_leaves_an_address_is_answered_by_mail_in_the_same_case(world: World, chat: Source, ann: Agent) -> None:
    mail = mailbox(world)
    case = said(chat, "Is anybody there?")
    assert leave(chat, 5) == mail
    leave(chat, 5)  # a double click
    assert [message.words for message in case.messages.filter(kind=MessageKind.INBOUND).order_by("id")] == [
        "Is anybody there?",
        "Please answer me by e-mail.",
    ]
    assert Case.objects.filter(source=chat).count() == 1
    handed = FactRow.objects.filter(kind="ChatHandedOver", subject=f"case:{case.pk}")
    assert [row.data["by_mail"] for row in handed] == [True]
    terms = terms_of(case)
    assert (terms.source, terms.heard.identity.email) == (mail, ADDRESS)
    assert watch_chats(now=at(600)) == 0


@pytest.mark.django_db
def test_our_mail_is_not_shown_in_the_chat(world: World, chat: Source, ann: Agent) -> None:
    """Whoever holds the browser may have typed somebody else's address."""
    mail = mailbox(world)
    said(chat, "Is anybody there?")
    leave(chat, 5)
    thread, someone = Mention.objects.get(source=mail).thread, world.identity("x", channel="mail")
    for direction, text in (("out", "Your order went to Elm Street 5."), ("in", "That is wrong.")):
        Mention.objects.create(
            workspace=world.workspace, source=mail, thread=thread, identity=someone,
            channel="mail", external_id=text, direction=direction, kind="mail", text=text, at=at(9), received_at=at(9),
        )  # fmt: skip
    shown = conversation_of(chat, anonymous_visitor(MARA))
    assert [(one.text, one.elsewhere) for one in shown] == [
        ("Is anybody there?", False),
        ("Please answer me by e-mail.", False),
        ("", True),
    ]


@pytest.mark.django_db
def test_their_answer_to_our_mail_comes_back_into_the_case(world: World, chat: Source, ann: Agent) -> None:
    mail = mailbox(world)
    case = said(chat, "Is anybody there?")
    leave(chat, 5)
    new = NewReply(text="It is on its way.", idempotency_key="by-mail-1")
    reply = queue_reply(case=case, by=ann, reply=new, now=at(6))
    ours = "goodword.1@harbour.example"
    mark_arrived(message=reply, to=Delivery.SENT, external_id=ours, at=at(7), now=at(7))
    answer = "\r\n".join(
        [
            f"From: Mara <{ADDRESS}>",
            "To: help@harbour.example",
            "Subject: Re: Your chat",
            "Message-ID: <2@example.com>",
            "Date: Mon, 02 Mar 2026 12:08:00 +0000",
            f"In-Reply-To: <{ours}>",
            "",
            "Thank you! When?",
        ]
    )
    raw = Raw("uid-1", answer.encode(), "message/rfc822")
    take_in(source=mail, delivery=IncomingDelivery((raw,), {}), now=at(9))
    understand(source_id=mail.pk, limit=10, now=at(9))
    attend_to_mentions(source_id=mail.pk)
    assert Case.objects.count() == 1
    assert case.messages.latest("id").words.strip() == "Thank you! When?"
    assert all("When?" not in one.text for one in conversation_of(chat, anonymous_visitor(MARA)))


@pytest.mark.django_db
def test_without_a_mailbox_the_case_says_so_and_shows_the_address(chat: Source, ann: Agent) -> None:
    case = said(chat, "Is anybody there?")
    assert leave(chat, 5) is None
    assert f"e-mail: {ADDRESS}" in case.messages.latest("id").words
    handed = FactRow.objects.get(kind="ChatHandedOver", subject=f"case:{case.pk}")
    assert handed.data["by_mail"] is False
    assert watch_chats(now=at(600)) == 0
    said(chat, "I am back", minutes=700)
    assert watch_chats(now=at(703)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "mara", "mara@example.com\nBcc: all@example.com", "a@b", "ü@example.com"])
def test_an_address_that_cannot_be_written_to_is_refused(chat: Source, ann: Agent, address: str) -> None:
    said(chat, "Is anybody there?")
    with pytest.raises(NotTaken):
        leave(chat, 5, address)


@pytest.mark.django_db
def test_an_address_alone_is_no_conversation(chat: Source) -> None:
    with pytest.raises(NotTaken, match="message first"):
        leave_address(source=chat, visitor=anonymous_visitor(MARA), message_id="leave-it", address=ADDRESS, now=at(0))


@pytest.mark.django_db
def test_an_address_is_left_though_our_own_words_became_known_meanwhile(
    chat: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(chat, "Is anybody there?")
    met = iter([IntegrityError("one_mention_an_external_id")])
    insert = copying.copy_in

    def meets_them_once(rows: Sequence[Mention]) -> Sequence[Mention]:
        for error in met:
            raise error
        return insert(rows)

    monkeypatch.setattr(understanding, "copy_in", meets_them_once)
    assert leave(chat, 5) is None
    assert ADDRESS in Mention.objects.filter(source=chat).latest("id").text
