"""The part of a text that is shown, and what of it is hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.excerpts import Piece, excerpt
from goodword.language.pii import find

_ADDRESS = "mara.lind@example.org"


@given(st.text(max_size=600), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), max_size=3))
def test_what_is_shown_is_part_of_the_text(text: str, hits: list[tuple[int, int]]) -> None:
    pieces = excerpt(text, hits, longest=100)
    shown = [piece.text for piece in pieces if not piece.masked]
    at = 0
    for part in shown[1:] if shown[:1] == ["…"] and not text.startswith("…") else shown:
        if part == "…" and text.find(part, at) < 0:
            continue
        at = text.index(part, at) + len(part)


@given(st.integers(0, 400), st.integers(0, 400))
def test_private_data_is_masked_wherever_the_cut_goes(before: int, after: int) -> None:
    text = "w " * before + _ADDRESS + " w" * after
    hit = text.index("example")
    pieces = excerpt(text, [(hit, hit + 7)], longest=100)
    assert not any(piece.text and piece.text in _ADDRESS and piece.text.strip("w ") for piece in pieces)
    assert [piece.masked for piece in pieces if piece.masked] == ["email"]


def test_marks_and_masks_stand_in_their_order() -> None:
    text = "Where is my refund? Call +44 20 7946 0958"
    assert excerpt(text, [(12, 18)]) == [
        Piece("Where is my "),
        Piece("refund", hit=True),
        Piece("? Call "),
        Piece("", masked="phone"),
    ]
    assert find(text)[0].kind == "phone"
