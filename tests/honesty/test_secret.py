from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.honesty.rules.secret import confidential_in, secrets_in


@pytest.mark.parametrize(
    "text",
    [
        "Your password is tr33house, please change it.",
        "Das Passwort ist Hafen2024!",
        "Use AKIA" + "ABCDEFGHIJKLMNOP to sign in.",
        "token ghp_" + "a1B2" * 9,
        "-----BEGIN RSA PRIVATE KEY-----",
        "postgres://admin:" + "s3cret@db.example/prod",
        "api key: 9f8e7d6c5b",
    ],
)
def test_keys_and_passwords_are_found(text: str) -> None:
    assert secrets_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your password is safe with us.",
        "If your password is wrong, ask for a new one.",
        "The password is case-sensitive.",
        "See https://help.example/password?id=12 for more.",
        "Your order 40718 is on its way.",
        "Das Passwort ist falsch.",
    ],
)
def test_what_only_talks_of_them_is_not(text: str) -> None:
    assert secrets_in(text) == []


def test_a_houses_words_are_found_whole_in_any_case_and_however_spaced() -> None:
    words = ["Project Tern", "acme"]
    assert confidential_in("In project  TERN we, at Acme, do this.", words) == ["project  TERN", "Acme"]
    assert confidential_in("Projects ternary acmestan", words) == []
    assert confidential_in("anything", []) == []


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_nothing_that_is_typed_breaks_it(text: str, words: list[str]) -> None:
    assert all(found.casefold() in text.casefold() for found in confidential_in(text, words))
    assert all(found in text for found in secrets_in(text))
