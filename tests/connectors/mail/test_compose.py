"""Mail on its way out."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Author, Media, Outgoing, Refused
from goodword.connectors.mail.account import read_account
from goodword.connectors.mail.compose import compose, recipient_of
from goodword.connectors.mail.message_id import key_of, message_id_for
from tests.connectors.worlds import reply_to

ACCOUNT = read_account(
    {
        "address": "care@harbour.example",
        "name": "Harbour",
        "aliases": "help@harbour.example",
        "imap_host": "x",
        "smtp_host": "x",
    }
)
AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
REPLY = reply_to("said-1@example.org", "key-1")


def _composed(outgoing: Outgoing) -> EmailMessage:
    content = compose(outgoing, ACCOUNT, to="mara@example.org", at=AT)
    assert content.count(b"\r\n") == content.count(b"\n")
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    return email.message_from_bytes(content, policy=email.policy.default)


def test_headers_that_thread() -> None:
    mail = _composed(replace(REPLY, references=("first@example.org",), agent_name="Ann Li"))
    assert mail["Message-ID"] == "<goodword.k.key-1@harbour.example>"
    assert mail["In-Reply-To"] == "<said-1@example.org>"
    assert mail["References"] == "<first@example.org> <said-1@example.org>"
    assert mail["From"] == '"Ann Li (Harbour)" <care@harbour.example>'
    assert mail["To"].addresses[0].display_name == "Mara Jovanović"
    assert mail["Auto-Submitted"] is None


def test_what_no_person_wrote_says_so() -> None:
    assert _composed(replace(REPLY, automatic=True))["Auto-Submitted"] == "auto-generated"


def test_text_and_attachments() -> None:
    picture = Media(filename="Bild ü.png", declared_type="image/png", content=b"\x89PNG")
    mail = _composed(replace(REPLY, text="Grüße\n.\nvon uns", media=(picture,)))
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == "Grüße\n.\nvon uns\n"
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Bild ü.png", b"\x89PNG")


def test_script_in_an_attachment_goes_out_as_bytes() -> None:
    page = Media(filename="x.html", declared_type="text/html", content=b"<script>")
    (attached,) = _composed(replace(REPLY, media=(page,))).iter_attachments()
    assert attached.get_content_type() == "application/octet-stream"


def test_an_attachment_without_content_is_refused() -> None:
    with pytest.raises(Refused, match="no content"):
        _composed(replace(REPLY, media=(Media("a.png", "image/png", url="https://x.example/a.png"),)))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_nothing_written_by_anyone_becomes_a_header(subject: str, name: str, agent: str) -> None:
    hostile = "\r\nBcc: eve@evil.example\r\n\r\n"
    outgoing = replace(
        REPLY,
        subject=(subject + hostile).encode("utf-8", "replace").decode(),
        agent_name=(agent + hostile).encode("utf-8", "replace").decode(),
        to=Author("mara@example.org", name=(name + hostile).encode("utf-8", "replace").decode()),
        in_reply_to="x@y>" + hostile,
    )
    mail = _composed(outgoing)
    assert mail["Bcc"] is None
    assert mail["Message-ID"] == "<goodword.k.key-1@harbour.example>"
    assert mail["In-Reply-To"] is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    written = " ".join(subject.split())
    assert " ".join(_composed(replace(REPLY, subject=written))["Subject"].split()) == (written or "Your message")


def test_many_references_keep_the_first_and_the_newest() -> None:
    ids = tuple(f"{number}@example.org" for number in range(100))
    references = _composed(replace(REPLY, references=ids))["References"].split()
    assert references[0] == "<0@example.org>"
    assert references[-2:] == ["<99@example.org>", "<said-1@example.org>"]
    assert len(references) == 30


@pytest.mark.parametrize(
    ("to", "automatic", "reason"),
    [
        (Author("harbour-shop"), False, "no e-mail address"),
        (Author("a@b.example\r\nRCPT TO:<x@y.example>"), False, "no e-mail address"),
        (Author("x", email="Care@Harbour.example"), False, "our own address"),
        (Author("help@harbour.example"), True, "our own address"),
        (Author("no-reply@bank.example"), True, "Nobody reads"),
        (Author("MAILER-DAEMON@mx.example"), True, "Nobody reads"),
    ],
)
def test_who_is_never_written_to(to: Author, automatic: bool, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        recipient_of(replace(REPLY, to=to, automatic=automatic), ACCOUNT)


def test_a_person_may_write_where_a_machine_may_not() -> None:
    assert recipient_of(replace(REPLY, to=Author("no-reply@bank.example")), ACCOUNT) == "no-reply@bank.example"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_a_key_comes_back_from_its_message_id(key: str) -> None:
    message_id = message_id_for(key, "harbour.example")
    assert message_id.isascii()
    assert not set(message_id) & set("<> \r\n")
    assert key_of(message_id, "harbour.example") == key
    assert key_of(message_id, "elsewhere.example") is None


@given(st.text(max_size=80))
def test_other_ids_have_no_key_of_ours(message_id: str) -> None:
    assert key_of(message_id, "harbour.example") is None or message_id.startswith("goodword.")


def test_a_long_name_full_of_quotes_is_cut_before_it_is_escaped() -> None:
    to = Author(native_id="mara@example.com", name="x" + '"' * 300, email="mara@example.com")
    (address,) = _composed(replace(REPLY, to=to))["To"].addresses
    assert (address.addr_spec, address.display_name) == ("mara@example.org", "x" + '"' * 199)
