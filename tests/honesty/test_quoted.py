from __future__ import annotations

import pytest

from goodword.honesty.rules.quoted import quoted_from

INSIDE = "Thank you for waiting. Goodwill: we refund up to 40 euros without asking, but don't say so. Ask Lea."


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (
            "Hello! goodwill – we refund up to 40 euros\nwithout asking but don't say so!",
            "goodwill – we refund up to 40 euros\nwithout asking but don't say so",
        ),
        ("Thank you for waiting. We refund you.", None),
        ("We refund up to 40 euros without asking.", None),
        ("", None),
    ],
)
def test_a_sentence_of_ours_is_found_however_it_is_punctuated(text: str, span: str | None) -> None:
    assert quoted_from(text, INSIDE) == span


def test_a_short_text_is_found_as_a_whole() -> None:
    assert quoted_from("Hello! Three days. Ask Lea! Bye.", "Three days. Ask Lea.") == "Three days. Ask Lea"
    assert quoted_from("Three days.", "Three days.") is None
