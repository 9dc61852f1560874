"""Documents that are looked at again and again: how long they stay fresh, what they showed, and the time between."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Refused
from goodword.connectors.over_http import resting
from goodword.connectors.over_http.documents import fresh_for, look
from goodword.connectors.over_http.memory import Memory
from goodword.connectors.over_http.waiting import LONGEST

DATE = "Wed, 04 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, None),
        ({"cache-control": "public, max-age=600"}, 10),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": 'max-age="60"'}, 1),
        ({"cache-control": "max-age=999999999"}, 24 * 60),
        ({"cache-control": "no-store"}, None),
        ({"date": DATE, "expires": "Wed, 04 Mar 2026 12:30:00 GMT"}, 30),
        ({"date": DATE, "expires": "Wed, 04 Mar 2026 11:30:00 GMT"}, 0),
        ({"expires": "0"}, None),
    ],
)
def test_how_long_it_stays_as_it_is(headers: dict[str, str], minutes: float | None) -> None:
    assert fresh_for(headers) == (None if minutes is None else timedelta(minutes=minutes))


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date"]), st.text(max_size=40)))
def test_any_headers_are_read(headers: dict[str, str]) -> None:
    found = fresh_for(headers)
    assert found is None or timedelta() <= found <= LONGEST


@pytest.mark.parametrize(
    "address", ["https://:9/a", "ftp://x.example/a", "https://user:word@x.example/", "http://10.0.0.1/"]
)
def test_an_address_that_may_not_be_reached_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        look(address, name="It", seen={}, accept="*/*")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xy")), max_size=30))
def test_only_what_says_something_else_is_news(said: list[tuple[str, str]]) -> None:
    memory, before = Memory(), dict[str, str]()
    for key, words in said:
        assert memory.note(key, words) == (before.get(key) != words)
        before[key] = words
    again = Memory.of(memory.cursor)
    assert not any(again.note(key, words) for key, words in before.items())


def test_what_was_shown_last_is_remembered_longest() -> None:
    memory = Memory()
    for number in range(500):
        memory.note(str(number), "x")
    memory.trim(150)
    assert list(memory.shown) == [str(number) for number in range(200, 500)]


def test_a_rest_ends_when_it_is_told_to_and_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "_LOOK", 0.001)
    monkeypatch.setattr(resting, "_SIGN_OF_LIFE", 0.0)
    asked = chain(repeat(False, 5), repeat(True))
    signs = list(resting.rest(timedelta(hours=1), lambda: next(asked)))
    assert len(signs) == 5
    assert list(resting.rest(timedelta(), lambda: False)) == []
