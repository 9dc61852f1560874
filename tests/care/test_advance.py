"""What networks tell of replies, from the raw item to the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodword.care.advance import Report, advance_deliveries
from goodword.care.models import Case, Delivery, Message, State
from goodword.care.reactions import advance
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.connectors.contract import Raw
from goodword.kernel.models import FactRow
from goodword.listen.models import Source
from goodword.listen.understand import understand
from goodword.staff.models import Agent, Notice
from tests.care.postbox import again, open_postbox, posts
from tests.care.test_reply import reply
from tests.care.world import World, at, fresh
from tests.listen.heard import hear

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts"


@pytest.fixture
def postbox(world: World, path: Path) -> Source:
    return open_postbox(world, path)


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


@pytest.fixture
def sent(world: World, postbox: Source, ana: Agent) -> Message:
    message = reply(world.case(source=postbox), ana)
    send_due(now=at(20), limit=1)
    return again(message)


def tell(source: Source, state: str, *, native_id: str = "post-0", key: str | None = None, minutes: float = 30) -> int:
    told = Report(native_id=native_id, key=key, state=state, at=at(minutes).isoformat(), reason="No such mailbox.")
    return advance_deliveries(source_id=source.pk, reports=[told], now=at(minutes))


def test_a_reply_goes_forward_and_each_step_is_told_once(world: World, postbox: Source, sent: Message) -> None:
    assert [tell(postbox, state) for state in ("delivered", "delivered", "read", "delivered")] == [1, 0, 1, 0]
    assert again(sent).delivery == Delivery.READ
    assert world.facts(sent.case).count("DeliveryAdvanced") == 2


def test_a_report_that_is_faster_than_the_receipt_is_known_by_its_key(
    world: World, postbox: Source, ana: Agent
) -> None:
    message = reply(world.case(source=postbox), ana)
    assert tell(postbox, "delivered", native_id="post-9", key=message.idempotency_key) == 1
    assert (again(message).delivery, again(message).external_id) == (Delivery.DELIVERED, "post-9")


def test_what_another_source_says_or_of_no_reply_of_ours_changes_nothing(
    world: World, postbox: Source, sent: Message, tmp_path: Path
) -> None:
    assert tell(postbox, "read", native_id="post-7") == 0
    assert tell(open_postbox(world, tmp_path / "other"), "read", key=sent.idempotency_key) == 0
    assert again(sent).delivery == Delivery.SENT


def test_a_reply_that_came_back_failed_with_the_reason_and_the_customer_waits_again(
    postbox: Source, sent: Message, ana: Agent
) -> None:
    assert fresh(sent.case).state == State.PENDING
    assert [tell(postbox, "failed"), tell(postbox, "failed")] == [1, 0]
    assert (again(sent).delivery, again(sent).failure) == (Delivery.FAILED, "No such mailbox.")
    case = Case.objects.get(pk=sent.case_id)
    assert (case.state, case.waiting_since) == (State.OPEN, at(0))
    assert case.episodes.get().first_response_at is None
    notice = Notice.objects.get()
    assert (notice.agent, notice.kind, notice.text) == (ana, Notice.Kind.FAILED, "No such mailbox.")


def test_what_came_back_is_sent_anew_and_not_asked_for(postbox: Source, sent: Message, ana: Agent, path: Path) -> None:
    tell(postbox, "failed")
    send_again(message=sent, by=ana, now=at(40))
    send_due(now=at(41), limit=1)
    assert again(sent).delivery == Delivery.SENT
    assert len(posts(path)) == 2


def test_what_was_read_did_not_come_back(postbox: Source, sent: Message) -> None:
    tell(postbox, "read")
    assert tell(postbox, "failed") == 0
    assert again(sent).delivery == Delivery.READ


BOUNCE = b"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: care@harbour.example
Subject: Undelivered
Date: Mon, 2 Mar 2026 12:21:00 +0000
Message-ID: <b1@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; mara@example.org
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 Mailbox full

--b
Content-Type: text/rfc822-headers

Message-ID: <goodword.k.%s@harbour.example>
--b--
"""


def test_a_bounced_mail_becomes_a_reply_that_was_not_sent(world: World, ana: Agent) -> None:
    """From the raw item on, by way of the fact."""
    mailbox = world.new_source("care@harbour.example", "email", "mail")
    mailbox.settings = {"address": "care@harbour.example"}
    mailbox.save()
    case = world.case(source=mailbox)
    message = reply(case, ana)
    key = str(message.idempotency_key)
    Message.objects.filter(pk=message.pk).update(
        delivery=Delivery.SENT, external_id=f"goodword.k.{key}@harbour.example", send_at=None
    )
    hear(mailbox, Raw("b1", BOUNCE % key.encode(), "message/rfc822"), minutes=30)
    understand(source_id=mailbox.pk, limit=10, now=at(30))
    fact = FactRow.objects.get(kind="DeliveriesReported")
    advance(**fact.data, workspace_id=world.workspace.pk)
    assert again(message).delivery == Delivery.FAILED
    assert again(message).failure == "The mail to mara@example.org came back: 552 Mailbox full (5.2.2)"
