from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.piled_marks import MOST_MARKS, without_piled_marks
from goodword.care.search_terms import search_terms

MARKS = "\u0301\u0323\u0e49\u093c\u3099\uff9e\uff9f"


@given(st.text(alphabet="aéпกｶ " + MARKS))
def test_no_letter_keeps_more_than_a_few_marks_and_nothing_else_goes(text: str) -> None:
    cut = without_piled_marks(text)
    pile = longest = 0
    for character in cut:
        pile = pile + 1 if character in MARKS else 0
        longest = max(longest, pile)
    assert longest <= MOST_MARKS
    assert [c for c in cut if c not in MARKS] == [c for c in text if c not in MARKS]


@pytest.mark.parametrize("text", ["Việt Nam", "e\u0301" * 5_000, "हिन्दी", "ที่นี่", "ﾊﾞﾅﾅ", "a" + "\u0301" * MOST_MARKS])
def test_what_languages_write_stays(text: str) -> None:
    assert without_piled_marks(text) == text


def test_only_these_letters_of_unicode_normalise_to_marks() -> None:
    found = {
        character
        for character in map(chr, range(0x110000))
        if unicodedata.category(character)[0] != "M"
        and unicodedata.combining(unicodedata.normalize("NFKD", character)[0])
    }
    assert found == {"\uff9e", "\uff9f"}


def test_a_word_under_a_pile_of_marks_is_found() -> None:
    assert search_terms("re" + "\u0301\u0323" * 50_000 + "fund") == ["refund"]
