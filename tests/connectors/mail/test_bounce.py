from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodword.connectors.contract import Raw
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.connectors.mail.connector import Mail
from tests.connectors.recorded_payloads import raws

SETTINGS = {"address": "care@harbour.example"}


def bounce() -> Raw:
    (raw,) = raws("mail", "bounce.eml", "message/rfc822")
    return raw


def told(body: bytes) -> list[DeliveryReport]:
    return list(Mail().reports(Raw("b", body, "message/rfc822; received=2026-03-06T14:06:00+00:00"), SETTINGS))


def test_a_bounce_says_which_mail_and_why() -> None:
    assert told(bounce().body) == [
        DeliveryReport(
            "goodword.k.reply-3@harbour.example",
            Reported.FAILED,
            datetime(2026, 3, 6, 14, 6, tzinfo=UTC),
            "The mail to omar@example.net came back: (5.1.1)",
            "reply-3",
        )
    ]


def test_the_servers_own_words_are_told() -> None:
    said = b"Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such\n user here"
    (report,) = told(bounce().body.replace(b"Status: 5.1.1", said))
    assert report.reason == "The mail to omar@example.net came back: 550 5.1.1 No such user here (5.1.1)"


def test_delivered_is_told_without_a_reason() -> None:
    (report,) = told(bounce().body.replace(b"Action: failed", b"Action: delivered"))
    assert (report.state, report.reason) == (Reported.DELIVERED, "")


@pytest.mark.parametrize("action", [b"delayed", b"relayed", b"expanded", b"nonsense", b""])
def test_what_is_no_end_is_not_told(action: bytes) -> None:
    assert told(bounce().body.replace(b"Action: failed", b"Action: " + action)) == []


def test_a_bounce_of_somebody_elses_mail_says_nothing_of_ours() -> None:
    assert told(bounce().body.replace(b"goodword.k.reply-3@harbour.example", b"abc@harbour.example")) == []
    assert told(bounce().body.replace(b"goodword.k.reply-3@harbour.example", b"goodword.k.r@evil.example")) == []


def test_a_customers_mail_tells_of_nothing() -> None:
    for raw in raws("mail", "*.eml", "message/rfc822"):
        if raw.delivery_id != "bounce.eml" and ".bad." not in raw.delivery_id:
            assert list(Mail().reports(raw, SETTINGS)) == [], raw.delivery_id
