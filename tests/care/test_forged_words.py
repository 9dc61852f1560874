"""A mail "from us" that we didn't send is nobody's answer: it stays out of the customer's case, and counts as heard."""

from __future__ import annotations

import pytest

from goodword.care.attend import attend
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.connectors.contract import Delivery as Heard
from goodword.connectors.contract import Raw
from goodword.connectors.mail.message_id import message_id_for
from goodword.listen.intake import take_in
from goodword.listen.models import Disposition, Mention, Source
from goodword.listen.sources import open_source
from goodword.listen.understand import understand
from tests.care.world import World, at

MARA, CARE = "mara@customers.example", "care@harbour.example"
KEY = "a-key-of-a-real-reply"
RECEIVED = "message/rfc822; received=2026-03-02T13:00:00+00:00"


@pytest.fixture
def mailbox(world: World) -> Source:
    settings = {"address": CARE, "password": "x", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}
    return open_source(workspace=world.workspace, connector_key="mail", name="Care", settings=settings, now=at(0))


def arrive(
    source: Source, native_id: str, sender: str, text: str, *, to: str = CARE, answers: str = "", **more: str
) -> Mention:
    """A mail comes into the mailbox, and is attended to."""
    lines = [f"From: {sender}", f"To: {to}", f"Message-ID: <{native_id}>", "Subject: My parcel"]
    lines += [f"In-Reply-To: <{answers}>"] if answers else []
    lines += [f"Authentication-Results: {more['authenticated']}"] if "authenticated" in more else []
    body = "\r\n".join([*lines, "Date: Mon, 2 Mar 2026 12:30:00 +0000", "", text]).encode()
    content_type = RECEIVED + ("; sent=yes" if "sent" in more else "")
    take_in(source=source, delivery=Heard(raws=(Raw(native_id, body, content_type),), cursor={}), now=at(60))
    understand(source_id=source.pk, limit=10, now=at(60))
    attend(source_id=source.pk, limit=10, now=at(60))
    return Mention.objects.get(source=source, external_id=native_id)


@pytest.fixture
def case(mailbox: Source) -> Case:
    """Mara's, in which a reply was queued."""
    arrive(mailbox, "1@customers.example", MARA, "Where is my parcel? It never came!")
    case = Case.objects.get()
    queue_reply(case=case, by=None, reply=NewReply(text="It is on its way.", idempotency_key=KEY), now=at(61))
    return case


@pytest.mark.parametrize("authenticated", ["", "mx.example; dkim=pass; spf=pass; dmarc=pass"])
def test_an_id_that_we_never_used_proves_nothing(mailbox: Source, case: Case, authenticated: str) -> None:
    """Nor does a header that a sender may have written themselves."""
    forged = message_id_for("made-up-by-somebody", "harbour.example")
    more = {"authenticated": authenticated} if authenticated else {}
    words = arrive(
        mailbox, forged, CARE, "Send your password to evil.example.", to=MARA, answers="1@customers.example", **more
    )
    assert (words.direction, words.automatic, words.extra["automatic"]) == ("in", True, "from our own address")
    assert words.thread_id != case.thread_id
    assert words.disposition not in (Disposition.OWN, "")
    assert not Message.objects.filter(case=case, mention=words).exists()
    assert Message.objects.filter(case=case).count() == 2
    case.refresh_from_db()
    assert case.waiting_since is not None


def test_the_id_of_a_reply_that_we_sent_is_its_echo(mailbox: Source, case: Case) -> None:
    sent = message_id_for(KEY, "harbour.example")
    words = arrive(mailbox, sent, CARE, "It is on its way.", to=MARA, answers="1@customers.example")
    reply = Message.objects.get(case=case, kind=MessageKind.REPLY)
    assert (words.direction, words.disposition, words.thread_id) == ("out", Disposition.OWN, case.thread_id)
    assert (reply.mention_id, reply.delivery) == (words.pk, Delivery.SENT)


def test_what_lies_among_sent_mail_is_ours_whoever_wrote_its_id(mailbox: Source, case: Case) -> None:
    words = arrive(
        mailbox, "9@phone.example", CARE, "I called her.", to=MARA, answers="1@customers.example", sent="yes"
    )
    assert (words.direction, words.thread_id) == ("out", case.thread_id)
    assert Message.objects.filter(case=case, mention=words).exists()
