from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.honesty.rules.sameness import times_said

SAID = (
    "Hello {name}, thank you for telling us. We have looked at your order and the parcel is at the depot in Leeds now; "
    "it will be with you tomorrow. Best wishes, {agent}"
)


def said(name: str, agent: str = "Ana") -> str:
    return SAID.format(name=name, agent=agent)


def test_the_same_words_to_others_are_counted_whatever_the_names() -> None:
    assert (
        times_said(said("Mara"), [said("Tom"), said("דנה", "Grace"), "Something else altogether, and of length."]) == 2
    )


@pytest.mark.parametrize(
    "other",
    [
        "Hello Mara, thank you for writing. I rang the courier myself and they lost it, so I am sending another today.",
        "",
        "Thank you!",
    ],
)
def test_other_words_are_not(other: str) -> None:
    assert times_said(said("Mara"), [other]) == 0


def test_short_replies_are_alike_by_nature() -> None:
    assert times_said("Thank you, we look into it.", ["Thank you, we look into it."]) == 0


@given(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=5))
def test_no_more_are_counted_than_there_are(text: str, others: list[str]) -> None:
    assert 0 <= times_said(text, others) <= len(others)


@given(st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=12, max_size=40, unique=True))
def test_word_for_word_is_always_the_same(words: list[str]) -> None:
    text = " ".join(words)
    assert times_said(text, [text.upper() + "!"]) == 1
