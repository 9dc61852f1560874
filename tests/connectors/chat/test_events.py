"""Chat messages as the widget's door stores them."""

from __future__ import annotations

from goodword.connectors.chat.connector import WebChat
from goodword.connectors.contract import Heard, Kind, Raw
from tests.connectors.recorded_payloads import HERE


def _heard(name: str) -> Heard:
    body = (HERE / "chat" / "payloads" / f"{name}.json").read_bytes()
    (heard,) = WebChat().parse(Raw("x", body), {})
    return heard


def test_an_anonymous_visitor_is_a_browser() -> None:
    heard = _heard("anonymous")
    assert (heard.author.native_id, heard.author.verified) == ("visitor:v-8f21c0", False)
    assert (heard.kind, heard.private, heard.thread) == (Kind.CHAT, True, "v-8f21c0")


def test_an_identified_visitor_is_the_customer_on_any_browser() -> None:
    heard = _heard("identified")
    assert (heard.author.native_id, heard.author.verified) == ("user:customer-4711", True)
    assert (heard.author.name, heard.thread, heard.lang) == ("Mara Jovanović", "c-77", "sr")
    assert heard.at.isoformat() == "2026-03-04T10:02:00+00:00"
    assert heard.media[0].url == "https://harbour.example/files/statement.png"


def test_nobody_becomes_a_user_by_naming_a_visitor_so() -> None:
    body = b'{"event":"message","id":"1","visitor":"user:customer-4711","text":"x","at":"2026-03-04T10:00:00Z"}'
    (heard,) = WebChat().parse(Raw("x", body), {})
    assert heard.author.native_id == "visitor:user:customer-4711"
    assert not heard.author.verified


def test_nul_is_replaced_and_said() -> None:
    heard = _heard("nul")
    assert heard.text == "before\ufffdafter \\u0000 stays"
    assert heard.extra["repaired"] == ["U+0000 replaced by U+FFFD"]
