"""Mail as real programs write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Heard, Malformed
from goodword.connectors.mime.charsets import decode
from goodword.connectors.mime.headers import decode_words
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.mime.message import parse_mail
from goodword.connectors.storable import is_storable
from tests.connectors.recorded_payloads import HERE

RECEIVED = datetime(2026, 3, 8, 9, 0, 10, tzinfo=UTC)
OWN = ("care@harbour.example",)


def _mail(name: str) -> Heard:
    return parse_mail((HERE / "mail" / "payloads" / f"{name}.eml").read_bytes(), received=None, own_addresses=OWN)


def test_a_reply_with_its_quotation() -> None:
    heard = _mail("gmail-reply")
    assert (heard.author.native_id, heard.author.name) == ("mara@example.org", "Mara Jovanović")
    assert heard.title == "Re: [#40718] Card charged twice 🙏"
    assert heard.parent == "goodword.k.reply-1@harbour.example"
    assert heard.references == ("CAMara1@mail.example.org", "goodword.k.reply-1@harbour.example")
    assert (heard.thread, heard.thread_scope) == (None, "mara@example.org")
    assert heard.at == datetime(2026, 3, 4, 11, 32, tzinfo=UTC)
    visible = heard.text[: heard.extra["visible_length"]]
    assert visible == "Any news? My rent goes out tomorrow and I am now short — 89.90 €."
    assert "> Hello Mara, sorry about that." in heard.text
    assert heard.extra["authentication"] == {"dkim": "pass", "spf": "pass", "dmarc": "pass"}
    assert not heard.author.verified
    assert not heard.automatic


def test_html_only_becomes_text() -> None:
    heard = _mail("outlook-html-only")
    assert heard.text.startswith(
        "Guten Tag,\n\nkann ich die Lieferadresse noch ändern? Es geht um 40 €.\n\nViele Grüße"
    )
    assert "margin" not in heard.text
    assert heard.text[: heard.extra["visible_length"]].endswith("Lena Schmidt")
    assert (heard.author.name, heard.title, heard.lang) == ("Schmidt, Lena", "Lieferadresse ändern", "de-de")


def test_japanese() -> None:
    heard = _mail("japanese")
    assert (heard.author.name, heard.title) == ("田中 雪", "ベータ版について")
    assert heard.text == "ベータ版に参加するにはどうすればよいですか。"


def test_inline_images_and_attachments() -> None:
    heard = _mail("apple-inline-image")
    image, pdf = heard.media
    assert (image.filename, image.declared_type, image.inline_id) == ("IMG_0042.png", "image/png", "arm-1")
    assert image.content is not None
    assert image.content.startswith(b"\x89PNG")
    assert (pdf.filename, pdf.content) == ("Befund für Harbour.pdf", b"%PDF-1.4\n")
    assert heard.text == "This is my arm:\n\nBen"


@pytest.mark.parametrize(
    ("name", "reason"), [("out-of-office", "auto-reply"), ("bounce", "bounce"), ("newsletter", "bulk")]
)
def test_machines_are_known(name: str, reason: str) -> None:
    heard = _mail(name)
    assert heard.automatic
    assert heard.extra["automatic"] == reason


def test_a_bounce_names_the_mail_that_came_back() -> None:
    heard = _mail("bounce")
    assert heard.extra["bounce_of"] == "goodword.k.reply-3@harbour.example"
    assert heard.text == "The address omar@example.net does not exist."


def test_no_charset_no_id_and_a_clock_that_was_never_set() -> None:
    heard = _mail("clock-never-set")
    assert heard.native_id.startswith("sha256:")
    assert heard.title == "café — zonder charset"
    assert heard.author.name == "zoë martens"
    assert heard.text == "Café crème, s'il vous plaît …\n\ufffdend"
    assert heard.at == RECEIVED
    assert heard.extra["date_header"] == "Thu, 1 Jan 1970 00:00:00 +0000"


def test_a_date_in_the_future_gives_way_to_when_it_came() -> None:
    mail = b"From: a@example.org\nDate: Fri, 1 Jan 2038 00:00:00 +0000\n\nx"
    assert parse_mail(mail, received=RECEIVED).at == RECEIVED
    late = RECEIVED - timedelta(days=3)
    slow = f"From: a@example.org\nDate: {late:%a, %d %b %Y %H:%M:%S} +0000\n\nx".encode()
    assert parse_mail(slow, received=RECEIVED).at == late.replace(microsecond=0)


def test_a_contact_form_speaks_for_whoever_wants_the_answer() -> None:
    heard = _mail("contact-form")
    assert heard.author.native_id == heard.thread_scope == "pia.berg@example.org"


@pytest.mark.parametrize(("name", "reason"), [("no-sender.bad", "sender"), ("no-date.bad", "date")])
def test_what_is_missing_is_said(name: str, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        _mail(name)


def test_encoded_words_that_share_a_character() -> None:
    assert decode_words("=?utf-8?B?ww==?= =?utf-8?B?qQ==?=") == "é"
    assert decode_words("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?= au lait") == "café au lait"
    assert decode_words("a =?utf-8?q?b?= c") == "a b c"
    assert decode_words("=?no-such-charset?Q?x?=") == "x"


@given(st.binary(max_size=200), st.none() | st.text(max_size=20) | st.sampled_from(["utf-8", "utf-7", "idna", "rot13"]))
def test_any_bytes_decode_to_storable_text(content: bytes, charset: str | None) -> None:
    assert is_storable(decode(content, charset).text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_decoding_leaves_good_text_alone(text: str) -> None:
    assert decode(text.encode(), "utf-8").text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<ul><li>x<li>y</ul>", "- x\n- y"),
        ("<blockquote>old<blockquote>older</blockquote></blockquote>new", "> old\n> > older\n>\nnew"),
        ('<a href="https://a.example/x">the page</a>', "the page (https://a.example/x)"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("&lt;b&gt; &amp; &nbsp; x", "<b> & x"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<![if x]>y<!-- <p>no</p> -->z", "yz"),
        ('<p title="a > b">shown</p>', "shown"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("<head><title>t</title><meta x></head>body<style>p {}</style>", "body"),
        ("<svg><text>hidden</text></svg>seen", "seen"),
        ("<A HREF='http://x.example/?a=1&amp;b=2'>go</A>", "go (http://x.example/?a=1&b=2)"),
    ],
)
def test_html_as_a_reader_sees_it(html: str, text: str) -> None:
    assert read_html(html).text == text


@given(st.text(max_size=200) | st.text("<>!-[]/ab &;\"'=", max_size=60))
def test_any_html_has_a_text(html: str) -> None:
    assert read_html(html).depth >= 0


def test_a_hostile_field_doesnt_cost_the_mail() -> None:
    start = b"From: a@example.org\nTo: " + b"(" * 30_000 + b'\nContent-Type: text/plain; a="'
    heard = parse_mail(start + b'\\";' * 50_000 + b"\n\nhello", received=RECEIVED)
    assert (heard.text, heard.addressed) == ("hello", ())


def test_html_that_nobody_could_show_is_left_out_and_said() -> None:
    page = b"<blockquote>deep" * 600
    mail = b"From: a@example.org\nContent-Type: text/html\n\n" + page
    heard = parse_mail(mail, received=RECEIVED)
    assert heard.html == ""
    assert "deep" in heard.text
    assert heard.extra["repaired"] == ["HTML left out: too large or too deeply nested"]
