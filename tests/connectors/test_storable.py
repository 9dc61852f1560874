"""What PostgreSQL's text can't hold is replaced, and nothing else is touched."""

from __future__ import annotations

import json

import msgspec
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


@given(st.text(st.sampled_from('a\\u0\x00"éD\ud83d\ude00'), max_size=20), st.booleans())
def test_json_loses_only_what_cannot_be_stored(text: str, upper: bool) -> None:
    written = json.dumps(text)
    if upper:
        written = written.replace("\\ud", "\\uD")
    heard = json.loads(written)  # in which two halves of a character are one
    body, repaired = storable_json(written.encode())
    assert msgspec.json.decode(body) == json.loads(body) == storable_text(heard)
    assert bool(repaired) == (not is_storable(heard))


def test_half_a_character_is_repaired_and_said() -> None:
    """As programs write it that cut a text in the middle of an emoji."""
    assert storable_json(rb'"so sad \ud83d"') == (rb'"so sad \ufffd"', ["half a character replaced by U+FFFD"])


def test_json_in_invalid_utf8_is_repaired_and_said() -> None:
    assert storable_json(b'"caf\xe9"') == ('"caf\ufffd"'.encode(), ["invalid UTF-8 replaced by U+FFFD"])
