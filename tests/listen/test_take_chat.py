"""What visitors write in the chat is stored once, understood, and shown to them alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.chat.identity import IdentityRefused
from goodword.listen.chat_thread import Said, conversation_of, waiting_since
from goodword.listen.chat_visitor import VisitorUnknown, anonymous_visitor, visitor_of
from goodword.listen.chat_wait import expected_wait, waits
from goodword.listen.models import Mention, RawItem
from goodword.listen.own_words import keep_own_words
from goodword.listen.public_key import public_key, source_of_key
from goodword.listen.sources import stop_source
from goodword.listen.take_chat import LONGEST, ChatClosed, NotTaken, take_chat_message
from tests.listen.chat import MARA, NOON, OTHER, at, open_chat, signed, write

pytestmark = pytest.mark.django_db


def texts(said: list[Said]) -> list[str]:
    return [one.text for one in said]


def test_a_message_is_a_mention_of_the_visitors_thread() -> None:
    source = open_chat()
    assert write(source, "Where is my parcel?")
    mention = Mention.objects.select_related("identity", "thread").get()
    assert (mention.text, mention.private, mention.at) == ("Where is my parcel?", True, NOON)
    assert mention.thread.native_id == anonymous_visitor(MARA).conversation
    assert not mention.identity.verified


def test_the_visitors_token_is_stored_nowhere() -> None:
    source = open_chat()
    write(source, "Hello")
    assert MARA.encode() not in bytes(RawItem.objects.get().body) + RawItem.objects.get().delivery_id.encode()


def test_a_double_click_is_one_message_and_a_strangers_id_does_not_count() -> None:
    source = open_chat()
    assert write(source, "Hello", key="the-same-id")
    assert not write(source, "Hello", key="the-same-id")
    assert not write(source, "Changed", key="the-same-id")
    assert write(source, "Hello too", key="the-same-id", visitor=anonymous_visitor(OTHER))
    assert sorted(Mention.objects.values_list("text", flat=True)) == ["Hello", "Hello too"]


def test_a_message_is_shown_before_it_is_understood_under_the_key_it_keeps() -> None:
    source, mara = open_chat(), anonymous_visitor(MARA)
    take_chat_message(source=source, visitor=mara, message_id="12345678", text="Hello", now=NOON)
    before = conversation_of(source, mara)
    write(source, "Anybody there?", minutes=1)
    after = conversation_of(source, mara)
    assert (texts(before), texts(after)) == (["Hello"], ["Hello", "Anybody there?"])
    assert before[0] == after[0]


@pytest.mark.parametrize("text", ["", " \r\n\t", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_is_not_taken(text: str) -> None:
    source = open_chat()
    with pytest.raises(NotTaken):
        write(source, text, key="12345678")
    assert not RawItem.objects.exists()


def test_a_stopped_chat_takes_nothing() -> None:
    source = open_chat()
    stop_source(source=source, by=None, reason="holidays", now=NOON)
    source.refresh_from_db()
    with pytest.raises(ChatClosed):
        write(source, "Hello")


def test_who_the_brand_vouches_for_has_a_thread_of_their_own_on_every_device() -> None:
    source = open_chat()
    known = visitor_of(source, f"Bearer {signed('customer-7', name='Mara')}", now=NOON)
    write(source, "My order 40718", visitor=known)
    again = visitor_of(source, f"Bearer {signed('customer-7')}", now=NOON)
    assert texts(conversation_of(source, again)) == ["My order 40718"]
    mention = Mention.objects.select_related("identity").get()
    assert (mention.identity.native_id, mention.identity.verified) == ("user:customer-7", True)


@given(st.text(max_size=80))
def test_no_token_of_ours_opens_a_thread_that_the_brand_vouches_for(token: str) -> None:
    try:
        visitor = visitor_of(None, f"Visitor {token}", now=NOON)  # type: ignore[arg-type]  # it needs no source
    except VisitorUnknown:
        return
    assert visitor.conversation.startswith("visitor:")


@pytest.mark.parametrize("authorization", ["", "Visitor", "Visitor short", f"Basic {MARA}", f"Visitor {MARA}\x00"])
def test_a_request_that_names_nobody_is_refused(authorization: str) -> None:
    with pytest.raises(VisitorUnknown):
        visitor_of(open_chat(), authorization, now=NOON)


def test_a_token_for_one_chat_opens_no_other() -> None:
    source = open_chat()
    other = open_chat(source.workspace, "Other", audience="other-chat")
    with pytest.raises(IdentityRefused):
        visitor_of(other, f"Bearer {signed()}", now=NOON)
    with pytest.raises(IdentityRefused):
        visitor_of(source, f"Bearer {signed()}", now=NOON + timedelta(minutes=7))


def answer(source, text: str, *, minutes: float, automatic: bool = False, nth: int = 0) -> None:
    answered = Mention.objects.filter(direction="in").latest("id")
    keep_own_words(
        source=source,
        answered=answered,
        external_id=f"reply:{text}{nth}",
        text=text,
        private=True,
        automatic=automatic,
        at=at(minutes),
        now=at(minutes),
    )


def test_the_visitor_waits_until_a_person_answers() -> None:
    source, mara = open_chat(), anonymous_visitor(MARA)
    write(source, "Hello")
    write(source, "Anybody?", minutes=2)
    answer(source, "Nobody is free yet.", minutes=3, automatic=True)
    assert waiting_since(conversation_of(source, mara)) == at(0)
    answer(source, "I am here.", minutes=4)
    assert waiting_since(conversation_of(source, mara)) is None
    assert texts(conversation_of(source, mara)) == ["Hello", "Anybody?", "Nobody is free yet.", "I am here."]


def test_the_expected_wait_is_the_median_of_lately_or_what_was_promised() -> None:
    source = open_chat(expected_wait_minutes="5")
    assert expected_wait(source, now=at(0)) == timedelta(minutes=5)
    other = open_chat(source.workspace, "Other")
    for nth, waited in enumerate([1, 2, 30]):
        write(other, f"Hello {nth}", minutes=100 * nth)
        answer(other, "Hi", minutes=100 * nth + waited, nth=nth)
    assert expected_wait(other, now=at(400)) == timedelta(minutes=2)


words = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans(), st.integers(0, 10_000)), max_size=30)


@given(words)
def test_a_wait_is_over_once_and_never_negative(said: list[tuple[int, bool, bool, int]]) -> None:
    in_order = sorted(((t, ours, auto, at(m)) for t, ours, auto, m in said), key=lambda one: one[3])
    found = waits(in_order)
    assert all(wait >= timedelta() for wait in found)
    assert len(found) <= min(sum(not ours for _, ours, _, _ in said), sum(o and not a for _, o, a, _ in said))


def test_a_sources_public_key_names_it_and_nothing_else_does() -> None:
    source = open_chat()
    key = public_key(source)
    assert source_of_key(key) == source
    pk, _, mark = key.partition("-")
    for wrong in ("", pk, mark, f"{pk}-{'0' * 16}", f"{int(pk, 16) + 1:x}-{mark}", key.upper() + "x", f"{key} "):
        assert source_of_key(wrong) is None
