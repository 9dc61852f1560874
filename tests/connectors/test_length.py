"""Text is counted as the channel counts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Capabilities, Count
from goodword.connectors.length import length, remaining

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "characters", "graphemes", "octets", "weighted"),
    [
        ("", 0, 0, 0, 0),
        ("hello", 5, 5, 5, 5),
        ("é", 1, 1, 2, 1),
        ("e\u0301", 2, 1, 3, 1),
        (FAMILY, 7, 1, 25, 2),
        ("🇩🇪", 2, 1, 8, 2),
        ("日本", 2, 2, 6, 4),
        ("a\r\nb", 4, 3, 4, 4),
        ("see https://harbour.example/a/very/long/path?with=a&query", 57, 57, 57, 27),
        ("harbour.com", 11, 11, 11, 23),
        ("ann@harbour.com", 15, 15, 15, 15),
        ("“quoted” — yes…", 15, 15, 23, 16),
    ],
)
def test_known_lengths(text: str, characters: int, graphemes: int, octets: int, weighted: int) -> None:
    assert length(text, Count.CHARACTERS) == characters
    assert length(text, Count.GRAPHEMES) == graphemes
    assert length(text, Count.BYTES) == octets
    assert length(text, Count.WEIGHTED) == weighted


@given(st.text(max_size=60))
def test_graphemes_are_never_more_than_characters(text: str) -> None:
    assert length(text, Count.GRAPHEMES) <= length(text, Count.CHARACTERS) <= length(text, Count.BYTES)


@given(st.text(max_size=60), st.integers(1, 100))
def test_remaining_is_what_the_limit_leaves(text: str, limit: int) -> None:
    capabilities = Capabilities(max_length=limit, count=Count.GRAPHEMES)
    assert remaining(text, capabilities) == limit - length(text, Count.GRAPHEMES)
    assert remaining(text, Capabilities()) is None


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("see https://harbour.example/a/very/long/path?with=a&query now", 4 + 23 + 4),
        ("@mara@a.very.long.domain.example hello", 5 + 6),
        ("@mara hello, mail ann@harbour.com", 33),
        (FAMILY + "🇩🇪", 2),
    ],
)
def test_links_and_names_shortened(text: str, shortened: int) -> None:
    assert length(text, Count.SHORTENED) == shortened


@pytest.mark.parametrize(("text", "units"), [("", 0), ("é 日", 3), ("🇩🇪", 4), (FAMILY, 11), ("a\uffff\U00010000", 4)])
def test_utf16_units(text: str, units: int) -> None:
    assert length(text, Count.UTF16) == units == len(text.encode("utf-16-le")) // 2
