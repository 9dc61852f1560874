from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.honesty.rules import FAULTS, GOOD, Finding, check


def flags(text: str, *, public: bool = False) -> set[str]:
    (findings,) = check([(text, public)])
    return {finding.flag for finding in findings}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Sorry about that. You should have read the instructions before you switched it on.", "blame"),
        ("Sorry, you should have read the terms.", "blame"),
        ("I'm sorry, but as per our policy we don't refund this.", "excuse"),
        ("Due to the high volume of calls we couldn't answer, sorry.", "excuse"),
        ("Sorry, and you'll definitely get your money back.", "overpromise"),
        ("Sorry about that! Use code SORRY10 on your next order.", "sell"),
        ("Sorry. It was the courier who lost it, so please complain to them.", "blame"),
        ("Sorry about the scratch. It's such a small one that nobody else would notice.", "excuse"),
        ("I'm sorry. Under our terms no refund is possible, and the rules are the same for everybody.", "excuse"),
        ("Sorry about this. I guarantee that it will never happen again.", "overpromise"),
        ("Sorry! You'll be there on time, no matter what.", "overpromise"),
        ("Sorry for the trouble. Why not upgrade to our premium plan for 9.99 a month?", "sell"),
        ("Your complaint has been logged. Do not reply to this message.", "cold"),
        (
            "Dear customer, kindly be informed that your request was rejected. Thank you for your understanding.",
            "cold",
        ),
    ],
)
def test_a_rule_that_is_broken_is_found(text: str, flag: str) -> None:
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry. This was our mistake, not yours.",
        "I can't promise that it won't happen again, but two people now check each box. I'm sorry.",
        "Since you asked: the bigger plan is 12 a month. Sorry yours was too small!",
        "Sorry for the wait, and thanks for telling us. I've refunded the full amount.",
        "Glad you enjoyed the flight! We'll tell the crew.",
    ],
)
def test_what_comes_close_breaks_none(text: str) -> None:
    assert flags(text, public=True) <= {GOOD}


def test_private_data_matters_only_where_everyone_can_read_it() -> None:
    text = "Sorry! What's your booking number and date of birth?"
    assert "private" in flags(text, public=True)
    assert "private" not in flags(text, public=False)


def test_a_finding_says_the_words_why_and_better() -> None:
    text = "So sorry! Your refund went to the Visa ending 0093. Thanks for waiting."
    (findings,) = check([(text, True)])
    assert [(found.flag, found.span) for found in findings] == [
        ("private", "Your refund went to the Visa ending 0093."),
        ("apology", "So sorry!"),
    ]
    assert all(found.why for found in findings)
    assert findings[0].better
    assert findings[1].better is None


def test_data_given_away_is_masked_in_the_better_sentence() -> None:
    ((finding,),) = check([("The card 4111 1111 1111 1111 has been blocked, thank you for telling us.", True)])
    assert finding.better == "The card [card] has been blocked, thank you for telling us."


def test_many_drafts_are_read_at_once_as_each_alone() -> None:
    drafts = [
        ("Sorry. You should have read the instructions.", False),
        ("", True),
        ("Noted. See the website.", True),
        ("Sorry! What's your booking number?", True),
    ]

    def told(found: list[list[Finding]]) -> list[list[str]]:
        return [[finding.flag for finding in findings] for findings in found]

    assert told(check(drafts)) == [told(check([draft]))[0] for draft in drafts]
    assert check([]) == []


WORDS = st.sampled_from(
    [
        *("sorry", "you", "should", "never", "guarantee", "from", "9.99", "a month", "your", "booking number", "DM"),
        *(
            "@",
            "https://",
            "!",
            "?",
            ".",
            "\n",
            "😀",
            "4111 1111 1111 1111",
            "we",
            "our",
            "fault",
            "policy",
            "ending 99",
        ),
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=80) | st.lists(WORDS, max_size=30).map(" ".join), max_size=4), st.booleans())
def test_any_text_is_checked_and_findings_stand_in_it(texts: list[str], public: bool) -> None:
    found = check([(text, public) for text in texts])
    assert len(found) == len(texts)
    for text, findings in zip(texts, found, strict=True):
        assert all(finding.span in text and finding.flag in (*FAULTS, GOOD) for finding in findings)
