from __future__ import annotations

import pytest

from goodword.honesty.rules import check_words, private

TOLD = [
    "The key now works, and your new code went to jo@example.org.",
    "The boots have been sent to 14 Mill Street.",
    "The refund is on the Visa ending 0093.",
    "Your metformin is ready at the counter.",
    "We see that you still owe us 340, and your salary came on Friday.",
    "You can pay with card 4111 1111 1111 1111.",
]
NOT_TOLD = [
    "Please call us on 020 7946 0018.",
    "You can write to help@example.org.",
    "Our shop is at 12 Mill Street.",
    "The flights run at 10:15 and 14:40.",
    "See https://example.org/a/20200405031915/4111111111111111 for more.",
    "Delays are due to irregular operations today.",
]
ASKED = [
    "What's your booking number and date of birth?",
    "Just reply with your e-mail and phone number.",
    "Please share the serial number of the laptop.",
    "Could you post a photo of your passport?",
]
NOT_ASKED = [
    "What's your flight number?",
    "Please don't post your phone number here.",
    "Without sharing your e-mail, what does the error say?",
    "Please send us a DM with your booking number.",
    "Please submit your order number here: https://example.org/form",
    "Write back to the e-mail you got from our team.",
]


@pytest.mark.parametrize("sentence", TOLD)
def test_the_customers_data_is_seen(sentence: str) -> None:
    assert private.tells(sentence)


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_our_own_numbers_are_not_theirs(sentence: str) -> None:
    assert not private.tells(sentence)


OF_ANOTHER = [
    "Ben Okafor had it too, his phone is +44 20 7946 0958.",
    "His phone number is 0151 4960123.",
    "Amina Yusuf wrote the same, her phone is +44 20 7946 0958.",
    "She lives at 4 Mill Lane.",
    "Their private e-mail is amina@example.org.",
    "Seine Handynummer ist 0151 4960123.",
]
OF_NOBODY_ELSE = [
    "Your phone is +44 7700 900456.",
    "Please call us on 020 7946 0018.",
    "Ask the repair shop: their phone number is 020 7946 0018.",
    "Our shop is at 12 Mill Street, and she will be there.",
    "His parcel is on its way.",
]


@pytest.mark.parametrize("sentence", OF_ANOTHER)
def test_the_data_of_another_person_is_seen_in_public_and_in_private(sentence: str) -> None:
    assert private.tells_of_another(sentence)
    assert private.tells(sentence)
    for public in (True, False):
        assert "private" in {each.flag for each in check_words([(sentence, public)])[0]}


@pytest.mark.parametrize("sentence", OF_NOBODY_ELSE)
def test_what_is_theirs_or_ours_is_not_another_persons(sentence: str) -> None:
    assert not private.tells_of_another(sentence)
    assert "private" not in {each.flag for each in check_words([(sentence, False)])[0]}


@pytest.mark.parametrize("sentence", ASKED)
def test_asking_for_data_in_public_is_seen(sentence: str) -> None:
    assert private.asks(sentence, sentence)


@pytest.mark.parametrize("sentence", NOT_ASKED)
def test_asking_apart_or_for_what_is_not_private_is_fine(sentence: str) -> None:
    assert not private.asks(sentence, sentence)


def test_a_private_way_offered_anywhere_in_the_draft_counts() -> None:
    sentence = "What's your booking number?"
    assert not private.asks(sentence, f"{sentence} Let's talk in a private message.")
