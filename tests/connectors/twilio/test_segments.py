"""Parts of an SMS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.twilio.segments import segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the pair doesn't fall apart: 152 + 153, and one more
        ("Grüße, ça va? ñ", 1),  # ç isn't among them
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("日" * 134, 2),
        ("日" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),  # 33 a part
    ],
)
def test_known_counts(text: str, count: int) -> None:
    assert segments(text) == count


@given(st.text(max_size=400), st.text(max_size=400))
def test_more_text_never_needs_fewer(text: str, more: str) -> None:
    assert 1 <= segments(text) <= segments(text + more)
