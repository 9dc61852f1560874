"""Whose words a mail holds: a stranger's, a customer's, or our own."""

from __future__ import annotations

from goodword.connectors.contract import Direction, Heard, Raw
from goodword.connectors.mail.parse import parse
from tests.connectors.recorded_payloads import HERE

SETTINGS = {"address": "Care@harbour.example", "aliases": "help@harbour.example"}


def _heard(name: str, **parameters: str) -> Heard:
    body = (HERE / "mail" / "payloads" / f"{name}.eml").read_bytes()
    content_type = "; ".join(["message/rfc822", *(f"{key}={value}" for key, value in parameters.items())])
    return parse(Raw("x", body, content_type), SETTINGS)


def test_our_reply_comes_back_with_its_key() -> None:
    heard = _heard("our-reply-comes-back")
    assert (heard.direction, heard.idempotency_key) == (Direction.OUT, "reply-1")
    assert heard.thread_scope == "mara@example.org"
    assert heard.parent == "CAMara1@mail.example.org"


def test_our_address_alone_proves_nothing() -> None:
    heard = _heard("forged-from-us")
    assert (heard.direction, heard.idempotency_key) == (Direction.IN, None)
    assert heard.automatic
    assert not heard.author.verified


def test_what_lies_among_sent_mail_is_ours() -> None:
    heard = _heard("forged-from-us", sent="yes")
    assert (heard.direction, heard.idempotency_key) == (Direction.OUT, None)


def test_a_reply_joins_by_its_references_in_its_own_scope_only() -> None:
    reply, ours = _heard("gmail-reply"), _heard("our-reply-comes-back")
    assert ours.native_id in reply.references
    assert reply.thread_scope == ours.thread_scope
    body = (HERE / "mail" / "payloads" / "gmail-reply.eml").read_bytes()
    stranger = parse(Raw("x", body.replace(b"Mara@Example.org", b"eve@evil.example"), "message/rfc822"), SETTINGS)
    assert ours.native_id in stranger.references
    assert stranger.thread_scope == "eve@evil.example"
    assert stranger.thread is None


def test_what_the_mailbox_knows_stands_in_the_content_type() -> None:
    assert _heard("clock-never-set", received="2026-03-09T10:00:00+00:00").at.isoformat() == "2026-03-09T10:00:00+00:00"
    assert _heard("gmail-reply", cut="yes").extra["repaired"] == ["only the beginning of a very large mail"]
