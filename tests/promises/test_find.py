from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.promises.rules import find

PROMISES = [
    # who commits
    ("I'll call you back.", "I'll call you back"),
    ("We’re going to fix the app by Monday.", "We’re going to fix the app by Monday"),
    ("Our billing team will send you a corrected invoice.", "Our billing team will send you a corrected invoice"),
    ("One of our engineers will be with you at noon.", "One of our engineers will be with you at noon"),
    ("Maria will ring you tomorrow.", "Maria will ring you tomorrow"),
    ("Sorry! Will pass this on.", "Will pass this on"),
    ("Ill get that sorted for you", "Ill get that sorted for you"),
    # told from the customer's side, or in the passive
    ("You'll be refunded in full.", "You'll be refunded in full"),
    ("You will hear from us by Friday.", "You will hear from us by Friday"),
    ("The missing part will be sent today.", "The missing part will be sent today"),
    ("The replacement should arrive by Thursday.", "The replacement should arrive by Thursday"),
    ("An engineer is booked for Tuesday.", "An engineer is booked for Tuesday"),
    # other marks of the future
    ("We're sending you a new pair tomorrow.", "We're sending you a new pair tomorrow"),
    ("Let me check this with the depot.", "Let me check this with the depot"),
    ("We promise to answer within a day.", "We promise to answer within a day"),
    ("We won't charge you for March.", "We won't charge you for March"),
    ("im on it, back to you by 6", "back to you by 6"),
]
NONE = [
    "I have passed this on to the team.",
    "Please send us your order number.",
    "We'll have to see your receipt first.",
    "We'll miss you!",
    "We won't be able to refund this.",
    "We can send you a voucher next week.",
    "We're happy to help.",
    "I will be glad to help.",
    "Would you like me to call you tomorrow?",
    "I can't promise that we'll have it by Friday.",
    "Hopefully, we will have news soon.",
    "The app will update itself overnight.",
    "You'll need to restart the router.",
    "You'll see a button on the left.",
    "Nobody from our team will call you about this.",
    "The engineer said he will come on Friday.",
    "Ring the desk and they will be glad to assist.",
    "Let me know if that works.",
    "We hope to see you soon.",
    "Flights will board at five.",
]


def spans(text: str) -> list[str]:
    return [text[promise.start : promise.end] for promise in find(text)]


@pytest.mark.parametrize(("text", "span"), PROMISES)
def test_a_commitment_is_a_promise(text: str, span: str) -> None:
    assert spans(text) == [span]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert spans(text) == []


def test_two_acts_of_one_sentence_are_two_promises() -> None:
    text = "We'll refund the fee today and we'll write to you by Friday, thanks for waiting. ^AB"
    assert spans(text) == ["We'll refund the fee today", "we'll write to you by Friday"]


def test_the_subject_of_a_second_act_need_not_be_said_again() -> None:
    assert spans("I appreciate this and will share it with the crew.") == ["will share it with the crew"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We'll refund you within 3-5 working days.", "within 3-5 working days"),
        ("I'll ring you tomorrow morning between 9 and 11.", "tomorrow morning between 9 and 11"),
        ("We'll have it out to you shortly.", "shortly"),
        ("We'll fix it ASAP; hang in there!", "ASAP"),
        ("As soon as the part is in, we'll call you.", "As soon as the part is in"),
        ("I'll write to you by the 31st of June.", "by the 31st of June"),
        ("We'll soon have it sent, on Monday.", "on Monday"),
        ("We'll share your thanks for the service today.", None),
        ("We'll look into it.", None),
    ],
)
def test_due_words(text: str, due: str | None) -> None:
    (promise,) = find(text)
    assert (promise.due and text[slice(*promise.due)]) == due


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("DM us your number and we'll look into it.", True),
        ("Could you send us a photo? We'll see what went wrong.", True),
        ("What's your flight number, we'll check on it?", True),
        ("If you'd like, I'll book another seat.", True),
        ("We'll book another seat if you'd like.", True),
        ("If you missed the train, we'll book you on the next.", False),
        ("Please accept our apologies. We'll refund the fee.", False),
        ("We'll refund the fee.", False),
    ],
)
def test_a_promise_that_waits_for_the_customer_is_conditional(text: str, conditional: bool) -> None:
    assert [promise.conditional for promise in find(text)] == [conditional]


WORDS = st.sampled_from(
    [
        *("we", "I", "'ll", "will", "be", "sure", "to", "send", "you", "by", "Friday", "within", "24", "hours"),
        *("as", "soon", "as", ",", ".", "!", "?", "if", "and", "once", "we're", "going", "our", "team", "let"),
        *("me", "promise", "3", "the", "31st", "of", "June", "&", "&amp;", "http://a.b", "^AB", "\n", "😀", "refund"),
        *("be", "back", "glad", "happy", "help"),
    ]
)


@given(st.text() | st.lists(WORDS, max_size=60).map(" ".join))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    after = 0
    for promise in find(text):
        assert after <= promise.start < promise.end <= len(text)
        assert text[promise.start : promise.end].strip() == text[promise.start : promise.end]
        if promise.due:
            start, end = promise.due
            assert promise.start <= start < end <= promise.end
        after = promise.end
