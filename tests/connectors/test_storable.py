"""What PostgreSQL's text can't hold is replaced, and nothing else is touched."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import MAX_ID
from goodword.connectors.storable import bounded, is_storable, storable_json, storable_text

anything = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(anything)
def test_text_becomes_storable_and_keeps_its_length(text: str) -> None:
    stored = storable_text(text)
    assert is_storable(stored)
    assert len(stored) == len(text)
    stored.encode()
    assert (stored == text) == is_storable(text)


@given(st.text(max_size=600), st.text(max_size=600))
def test_ids_are_bounded_and_stay_apart(one: str, other: str) -> None:
    assert len(bounded(one)) <= MAX_ID
    assert (bounded(one) == bounded(other)) == (one == other)


@given(st.text(st.sampled_from('a\\u0\x00"é'), max_size=20))
def test_json_loses_only_what_cannot_be_stored(text: str) -> None:
    body, repaired = storable_json(json.dumps(text).encode())
    assert json.loads(body) == storable_text(text)
    assert bool(repaired) == ("\x00" in text)


def test_json_in_invalid_utf8_is_repaired_and_said() -> None:
    assert storable_json(b'"caf\xe9"') == ('"caf\ufffd"'.encode(), ["invalid UTF-8 replaced by U+FFFD"])
