from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.reading.cues import cues


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("There is SMOKE coming out of the charger!", "danger"),
        ("my 10 yr old sat alone", "vulnerable"),
        ("you will hear from my lawyer", "legal"),
        ("we are stranded in Denver", "stranded"),
        ("you charged me twice", "money"),
        ("my account was suspended", "account"),
        ("on hold again, this is the 3rd time", "unanswered"),
        ("Never again with you people", "leaving"),
        ("I don’t care who, somebody answer", "no_help"),
        ("emailed 4 times about it", "unanswered"),
        ("mi dinero, por favor", "money"),
    ],
)
def test_a_cue_is_found_in_what_people_write(text: str, cue: str) -> None:
    assert cue in cues(text)


def test_the_longest_phrase_counts_once() -> None:
    assert cues("on hold again") == {"unanswered": 1}


@given(st.text(max_size=200))
def test_case_and_spacing_change_nothing(text: str) -> None:
    ascii_text = text.encode("ascii", "ignore").decode()
    assert cues(ascii_text.upper()) == cues(ascii_text.lower()) == cues(ascii_text.replace(" ", "  "))


def test_other_words_tell_nothing() -> None:
    assert cues("what a lovely morning by the sea") == {}
