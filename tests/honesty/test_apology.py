from __future__ import annotations

import pytest

from goodword.honesty.rules import apology


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("We're sorry for the wait.", True),
        ("Our sincere apologies.", True),
        ("I apologize for the mix-up.", True),
        ("We regret the trouble yesterday.", True),
        ("Sorry to hear that.", False),
        ("I'm sorry, but we can't make exceptions.", False),
        ("We're sorry you feel this way.", False),
        ("Sorry, you should have told us.", False),
        ("There's no need to apologise.", False),
        ("Thank you.", False),
    ],
)
def test_an_apology_is_for_what_happened(sentence: str, is_one: bool) -> None:
    assert apology.apologises(sentence) is is_one
