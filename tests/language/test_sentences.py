from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.sentences import sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Sorry! We'll look into it. ^AB", ["Sorry!", "We'll look into it.", "^AB"]),
        ("See https://a.example/b.html now", ["See https://a.example/b.html now"]),
        ("It is 9.50 for Mr. Tan.", ["It is 9.50 for Mr. Tan."]),
        ("Really?! Yes…  ", ["Really?!", "Yes…"]),
        ("one\ntwo", ["one", "two"]),
        ("Call by 5 p.m. at the latest.", ["Call by 5 p.m. at the latest."]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == pieces


@given(st.text(alphabet=".!? \nabM r😀"))
def test_sentences_hold_every_word_once(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
