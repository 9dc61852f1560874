from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.bluesky.identifiers import (
    RecordAddress,
    microseconds_of,
    owner_of,
    reply_key,
    tid,
)

TIMES = st.integers(1, (1 << 53) - 1)


@given(time=TIMES, clock=st.integers(0, 1023))
def test_a_tid_bears_its_time(time: int, clock: int) -> None:
    assert microseconds_of(tid(time, clock)) == time


@given(one=TIMES, other=TIMES, clock=st.integers(0, 1023))
def test_tids_sort_as_their_times_do(one: int, other: int, clock: int) -> None:
    assert (tid(one, clock) < tid(other, clock)) == (one < other)


def test_a_tid_as_the_protocol_writes_it() -> None:
    assert tid(0, 0) == "2222222222222"
    assert microseconds_of("3jzfcijpj2z2a") == 1688137381887007  # from the protocol's own examples of valid keys
    assert [microseconds_of(key) for key in ("self", "", "zzzzzzzzzzzzz", "3jzfcijpj2z21")] == [None] * 4


@given(key=st.text(max_size=80), other=st.text(max_size=80), time=TIMES)
def test_a_reply_has_one_key_of_its_own_just_after_what_it_answers(key: str, other: str, time: int) -> None:
    parent = tid(min(time, (1 << 53) - (1 << 27)), 5)
    mine, again = reply_key(key, parent), reply_key(key, parent)
    assert mine == again
    assert (reply_key(other, parent) == mine) == (other == key)
    begun, sent = microseconds_of(parent), microseconds_of(mine)
    assert begun is not None and sent is not None and 0 < sent - begun <= 1_100_000


def test_a_parent_without_a_time_can_be_answered() -> None:
    assert microseconds_of(reply_key("a", "self")) is not None


@given(rkey=st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True))
def test_an_address_reads_as_it_is_written(rkey: str) -> None:
    address = RecordAddress("did:plc:2ukqzesxcszahbqutqzylwii", rkey)
    assert RecordAddress.read(str(address)) == address
    assert owner_of(str(address)) == address.did


def test_what_is_no_address() -> None:
    for uri in (
        "",
        "at://handle.test/app.bsky.feed.post/3k",
        "https://bsky.app",
        "at://did:plc:a/b",
        "at://did:plc:a/b/c/d",
    ):
        assert RecordAddress.read(uri) is None
