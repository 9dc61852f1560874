"""Against a real Dovecot: what the contract suite doesn't ask, because only mail has it."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from goodword.connectors.contract import Delivery, Direction, Heard, Media, Refused, Retry, Settings, Uncertain
from goodword.connectors.mail import listening
from goodword.connectors.mail.connector import Mail
from tests import realmail
from tests.connectors.worlds import MailWorld, reply_to
from tests.realmail import RealMail

pytestmark = pytest.mark.skipif(realmail.missing() is not None, reason=str(realmail.missing()))


@pytest.fixture
def mail() -> Iterator[RealMail]:
    with RealMail() as running:
        yield running


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _hear(settings: Settings, cursor: dict[str, object], enough: Callable[[list[Heard]], bool]) -> list[Heard]:
    """Listen until there is enough; the cursor is moved on."""
    heard: list[Heard] = []
    deadline = _now() + dt.timedelta(seconds=20)
    stream = Mail().listen(settings=settings, cursor=cursor, stop=lambda: _now() > deadline, now=_now)
    for delivery in stream:
        cursor.clear()
        cursor.update(delivery.cursor)
        heard += [each for raw in delivery.raws for each in Mail().parse(raw, settings)]
        if enough(heard):
            break
    return heard


def _send(settings: Settings, key: str = "key-1", **changed: object) -> None:
    Mail().send(settings=settings, outgoing=replace(reply_to("said-1@example.org", key), **changed), now=_now)


def test_idle_wakes_the_listener(mail: RealMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_ROUND", 3600.0)  # only news can end the wait
    heard: list[Delivery] = []
    came = threading.Event()
    stop = threading.Event()

    def listen() -> None:
        stream = Mail().listen(settings=mail.settings(), cursor={}, stop=stop.is_set, now=_now)
        for delivery in stream:
            heard.append(delivery)
            if delivery.raws:
                came.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        MailWorld(mail).speak(1)
        assert came.wait(60)
        came.clear()
        MailWorld(mail).speak(1)
        assert came.wait(60)
    finally:
        stop.set()
        listener.join(20)
    assert not listener.is_alive()


def test_without_idle_it_looks(mail: RealMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodword.connectors.mail.mailbox.Mailbox.can_idle", False)
    monkeypatch.setattr(listening, "_ROUND", 0.1)
    world, cursor = MailWorld(mail), {}
    said = world.speak(1)
    _hear(mail.settings(), cursor, lambda heard: len(heard) == 1)
    said = world.speak(2)
    assert [each.native_id for each in _hear(mail.settings(), cursor, lambda heard: len(heard) == 2)] == said


def test_history_is_as_long_as_wanted(mail: RealMail) -> None:
    MailWorld(mail).speak(2)
    cursor: dict[str, object] = {}
    assert _hear(mail.settings(history_days="0"), cursor, lambda heard: True) == []
    new = EmailMessage()
    new["From"], new["Message-ID"], new["Date"] = "x@example.org", "<new@example.org>", "Wed, 4 Mar 2026 10:41:00 +0000"
    mail.deliver(new)
    heard = _hear(mail.settings(history_days="0"), cursor, bool)
    assert [each.native_id for each in heard] == ["new@example.org"]


def test_a_renumbered_folder_is_heard_again_and_nothing_is_lost(mail: RealMail) -> None:
    world, cursor = MailWorld(mail), {}
    said = world.speak(2)
    _hear(mail.settings(), cursor, lambda heard: len(heard) == 2)
    with mail.client() as client:
        client.create_folder("Other")
        client.select_folder("INBOX")
        client.move(client.search(), "Other")
    folders = dict(cursor["folders"])  # type: ignore[call-overload]
    folders["Other"] = {**folders["INBOX"], "validity": 1}
    changed: dict[str, object] = {"folders": folders}
    heard = _hear(mail.settings(folder="Other"), changed, lambda heard: len(heard) == 2)
    assert [each.native_id for each in heard] == said


def test_a_copy_of_what_we_sent_is_known_as_ours(mail: RealMail) -> None:
    settings = mail.settings()
    MailWorld(mail).speak(1)
    _send(settings)
    heard = _hear(settings, {}, lambda heard: len(heard) == 3)  # in the inbox, and among sent mail
    ours = [each for each in heard if each.direction is Direction.OUT]
    assert {(each.native_id, each.idempotency_key) for each in ours} == {("goodword.k.key-1@harbour.example", "key-1")}
    assert [str(copy["Subject"]) for copy in mail.inbox(folder="Sent")] == ["Re: Hello"]


def test_what_a_colleague_sent_from_another_program_is_ours_too(mail: RealMail) -> None:
    note = b"From: care@harbour.example\r\nTo: mara@example.org\r\nMessage-ID: <tb1@harbour.example>\r\n\r\nDone."
    with mail.client() as client:
        client.append("Sent", note)
    (heard,) = _hear(mail.settings(), {}, bool)
    assert (heard.direction, heard.idempotency_key, heard.thread_scope) == (Direction.OUT, None, "mara@example.org")
    assert _hear(mail.settings(hear_sent="no"), {}, lambda heard: True) == []


@pytest.mark.parametrize(
    ("stage", "answer", "outcome", "arrives"),
    [
        ("MAIL", "451 try later", Retry, 0),
        ("RCPT", "550 no such user", Refused, 0),
        ("RCPT", "450 greylisted", Retry, 0),
        ("DATA", "554 spam", Refused, 0),
        ("DATA", "452 full", Retry, 0),
        ("MAIL", "drop", Retry, 0),
        ("RCPT", "drop", Retry, 0),
        ("DATA", "drop", Uncertain, 0),
        ("TAKEN", "drop", Uncertain, 1),
        ("TAKEN", "421 closing", Retry, 1),
    ],
)
def test_what_failed_surely_and_what_nobody_knows(
    mail: RealMail, stage: str, answer: str, outcome: type[Exception], arrives: int
) -> None:
    settings = mail.settings(copy_wait_seconds="0")
    mail.fail_next(stage, answer)
    with pytest.raises(outcome):
        _send(settings)
    assert len(mail.sent()) == arrives
    found = Mail().find_sent(settings=settings, outgoing=reply_to(None, "key-1"))
    assert (found is not None) == bool(arrives)


def test_a_customer_who_is_refused_is_named_even_if_our_copy_would_be_taken(mail: RealMail) -> None:
    mail.fail_next("RCPT", "550 5.1.1 no such user here")
    with pytest.raises(Refused, match=r"customer's address.*no such user here"):
        _send(mail.settings())


def test_the_way_of_a_server_that_files_by_itself(mail: RealMail) -> None:
    settings = mail.settings(sent_copy="server", copy_wait_seconds="0")
    _send(settings)
    assert mail.inbox() == mail.inbox(folder="Sent") == []
    assert len(mail.inbox("mara@example.org")) == 1


def test_large_attachments_go_through_whole(mail: RealMail) -> None:
    content = bytes(range(256)) * 8000
    _send(mail.settings(), media=(Media("data.bin", "application/octet-stream", content),))
    (received,) = mail.inbox("mara@example.org")
    assert [part.get_content() for part in received.iter_attachments()] == [content]


def test_wrong_settings_say_what_to_mend(mail: RealMail) -> None:
    def failed(**changed: str) -> list[str]:
        return [line.detail for line in Mail().check(settings=mail.settings(**changed)) if not line.passed]

    assert failed(password="wrong", smtp_password=realmail.PASSWORD) == [
        "The mail server refused the user name or the password."
    ]
    assert failed(smtp_password="wrong") == ["The mail server refused the user name or the password (535)."]
    assert failed(folder="Nope") == ["There is no folder 'Nope' in this mailbox."]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        (detail,) = failed(smtp_port=str(unused.getsockname()[1]))
    assert "can't be reached" in detail
    assert failed(imap_port="many") == ["Setting “imap_port”: 'many' is not a number."]
    assert failed(imap_host="") == ["Setting “IMAP server”: a host name is missing."]
    assert failed(address="nobody") == ["Setting “Address”: an e-mail address is missing."]


def test_the_listener_stops_for_a_wrong_password_and_tries_again_for_a_lost_server(mail: RealMail) -> None:
    with pytest.raises(Refused):
        _hear(mail.settings(password="wrong"), {}, bool)
    mail.stop_imap()
    with pytest.raises(Retry):
        _hear(mail.settings(), {}, bool)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_now() - dt.timedelta(days=1))
        .not_valid_after(_now() + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return paths


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_tls_is_checked(certificate: tuple[Path, Path], tls: str) -> None:
    with RealMail(certificate=certificate) as mail:
        imap, smtp = (mail.imaps_port, mail.smtps_port) if tls == "tls" else (mail.imap_port, mail.smtp_port)
        settings = mail.settings(
            imap_tls=tls, imap_port=str(imap), imap_host="localhost", smtp_tls=tls, smtp_port=str(smtp)
        ) | {"smtp_host": "localhost"}
        for line in Mail().check(settings=settings):
            assert not line.passed
            assert "can't be trusted" in line.detail
        trusted = settings | {"ca_file": str(certificate[0])}
        assert [line.detail for line in Mail().check(settings=trusted) if not line.passed] == []
        _send(trusted)
        assert len(mail.inbox("mara@example.org")) == 1
