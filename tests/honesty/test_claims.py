from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.honesty.rules.claims import conflict

RETURNS = (
    "You can return shoes within 30 days. Returns are free of charge. "
    "We refund shipping costs to your card in 5 to 7 working days."
)
SHOP = "Our shop in Mill Street is open until 8 pm on weekdays. Dogs are not allowed in the shop. Gift cards cost 15 €."


@pytest.mark.parametrize(
    ("draft", "article", "said"),
    [
        ("Hi Jo! You have 60 days to return shoes.", RETURNS, "You have 60 days to return shoes."),
        (
            "Thanks. You can return shoes within six weeks or 45 days.",
            RETURNS,
            "You can return shoes within six weeks or 45 days.",
        ),
        (
            "Shipping costs are refunded to the card in 14 days.",
            RETURNS,
            "Shipping costs are refunded to the card in 14 days.",
        ),
        ("Sorry! Our shop is open until 9 pm.", SHOP, "Our shop is open until 9 pm."),
        ("The shop is open until 21:00 on weekdays.", SHOP, "The shop is open until 21:00 on weekdays."),
        ("Dogs are allowed in our shop.", SHOP, "Dogs are allowed in our shop."),
        ("Gift cards are €20.", SHOP, "Gift cards are €20."),
        ("Shipping costs are refunded in eight days.", RETURNS, "Shipping costs are refunded in eight days."),
    ],
)
def test_other_figures_and_yes_for_no_are_seen(draft: str, article: str, said: str) -> None:
    found = conflict(draft, article)
    assert found is not None
    assert found.said == said
    assert found.other in article


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("You can return shoes within 30 days.", RETURNS),
        ("You can return shoes within thirty days.", RETURNS),
        ("Shipping costs are refunded to the card in five to seven working days.", RETURNS),
        ("One day all return of shoes is easy.", RETURNS),
        ("Shipping costs are refunded to the card in 6 days.", RETURNS),
        ("I've refunded the shipping costs, it took 14 days, sorry.", RETURNS),
        ("We'll take the shoes back after 45 days, as it was our mistake.", RETURNS),
        ("Could you return the shoes in 10 days?", RETURNS),
        ("Is your dog allowed to eat chicken?", SHOP),
        ("If dogs are small, they are allowed in the shop.", SHOP),
        ("Our shop is open until 20:00.", SHOP),
        ("The concert is open until 11 pm.", SHOP),
        ("Gift cards can't be bought here.", SHOP),
        ("Our shop in Mill Street sells shoes for 59 €.", RETURNS),
        ("", RETURNS),
        ("You have 60 days.", ""),
    ],
)
def test_what_agrees_or_is_of_something_else_is_left_alone(draft: str, article: str) -> None:
    assert conflict(draft, article) is None


def test_a_title_says_what_all_sentences_are_about() -> None:
    draft, article = "Hand luggage may have 12 kg.", "Hand in what has more than 8 kg."
    assert conflict(draft, article) is None
    assert conflict(draft, article, about="Luggage") is not None


@given(st.text(max_size=200))
def test_no_text_contradicts_itself(text: str) -> None:
    assert conflict(text, text) is None


@given(st.integers(1, 400), st.integers(1, 400))
def test_days_agree_exactly_when_they_are_the_same(mine: int, theirs: int) -> None:
    found = conflict(f"A return of shoes takes {mine} days.", f"The return of shoes takes {theirs} days.")
    assert (found is None) == (mine == theirs)
