from __future__ import annotations

import pytest

from goodword.honesty.rules.contradiction import contradicting
from goodword.language.searches import SearchError

ABOUT, DENIES = "checkout OR payment*", 'fixed OR solved OR "works again"'


def test_the_sentence_that_denies_it_is_found() -> None:
    text = "Thank you for waiting. The checkout works again! Have a nice day."
    assert contradicting(text, about=ABOUT, denies=DENIES) == "The checkout works again!"


@pytest.mark.parametrize(
    "text", ["We are still working on the checkout.", "Your parcel problem is solved.", "", "Payments are slow today."]
)
def test_what_is_about_something_else_or_denies_nothing_is_left_alone(text: str) -> None:
    assert contradicting(text, about=ABOUT, denies=DENIES) is None


def test_what_is_no_search_is_refused() -> None:
    with pytest.raises(SearchError):
        contradicting("checkout", about="(", denies=DENIES)
