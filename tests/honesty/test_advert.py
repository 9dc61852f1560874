from __future__ import annotations

import pytest

from goodword.honesty.rules.advert import undisclosed

UNDISCLOSED = [
    "In partnership with Lumo we have a lamp for every desk.",
    "Thanks to our friends at Brew & Co for the coffee!",
    "Lumo kindly sent me this lamp, and I adore it.",
    "Use my code LAMP10 for a nicer desk.",
    "Get yours at https://lumo.example/lamp?ref=goodword",
    "As a happy customer myself, I can only praise it.",
]
FINE = [
    "#ad In partnership with Lumo we have a lamp for every desk.",
    "Sponsored: thanks to our friends at Brew & Co for the coffee!",
    "Get yours at https://lumo.example/lamp?ref=goodword (we earn a commission)",
    "Your code is in your inbox.",
    "Our partner airline has your bag, we've asked them to ring you.",
    "Read https://example.org/help?q=ref",
    "",
]


@pytest.mark.parametrize("text", UNDISCLOSED)
def test_a_connection_that_is_not_told_is_seen(text: str) -> None:
    assert (undisclosed(text) or "-") in text


@pytest.mark.parametrize("text", FINE)
def test_what_is_told_or_no_advert_is_fine(text: str) -> None:
    assert undisclosed(text) is None
