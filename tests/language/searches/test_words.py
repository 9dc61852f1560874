"""Cutting a text into words."""

from __future__ import annotations

import random
import time
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


def test_marks_without_end_take_no_more_than_their_number() -> None:
    """Putting n marks in order takes n² steps; of a hundred thousand in a row that was a minute and a half."""
    few, many = (timed("a" + "\u0327\u0301" * count) for count in (1_000, 20_000))
    assert many < 100 * few
    text = "so" + "\u0327\u0301" * 1_000 + " angry!"
    (_so, angry) = read_words(text)[:2]
    assert text[angry.start : angry.end] == "angry"


def timed(text: str) -> float:
    """The least of three runs, in seconds of processor time."""
    runs = []
    for _ in range(3):
        begun = time.process_time()
        read_words(text)
        runs.append(time.process_time() - begun)
    return min(runs)
