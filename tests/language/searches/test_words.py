"""Cutting a text into words."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.searches.characters import fold
from goodword.language.searches.words import Kind, read_words
from tests.language.searches.hostile import random_text

TEXTS = st.text() | st.integers(min_value=0).map(lambda seed: random_text(random.Random(seed)))


@given(TEXTS)
def test_places_and_offsets_ascend_and_lie_in_the_text(text: str) -> None:
    place = 0
    for token in read_words(text):
        assert token.position == place
        place += token.kind in (Kind.WORD, Kind.LETTER, Kind.HANDLE)
        assert 0 <= token.start < token.end <= len(text)


@given(TEXTS)
def test_a_text_and_its_normal_form_have_the_same_words(text: str) -> None:
    def keys(form: str) -> list[tuple[Kind, str]]:
        return [(token.kind, token.key) for token in read_words(form) if token.kind is not Kind.ADDRESS]

    assert keys(unicodedata.normalize("NFD", text)) == keys(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_a_key_is_found_in_what_its_offsets_cut_out(text: str) -> None:
    for token in read_words(text):
        if token.kind is Kind.WORD and token.key.isalpha() and text.isascii():
            assert fold(text[token.start : token.end]) == token.key
