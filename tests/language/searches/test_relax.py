"""What a search may match, before everything is known."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.searches import matches, parse, print_search
from goodword.language.searches.relax import relaxed
from tests.language.searches.hostile import random_post, random_searches

FIELDS = ("sentiment", "followers", "rating", "question", "lang", "author", "channel")


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=0), st.sets(st.sampled_from(FIELDS), min_size=1))
def test_whatever_matches_once_all_is_known_may_match_before(seed: int, unknown: set[str]) -> None:
    rng = random.Random(seed)
    posts = [random_post(rng) for _ in range(20)]
    for search in random_searches(rng, 20):
        asked = relaxed(search, unknown)
        for post in posts:
            before = msgspec.structs.replace(post, **dict.fromkeys(unknown))
            assert asked is None or not matches(search, post) or matches(asked, before)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("win lang:de", "win"),
        ("win NOT lang:de", "win"),
        ("win NOT (lang:de OR lose)", "win NOT lose"),
        ("win NOT (lang:de AND lose)", "win"),
        ("(win OR lose) rating:5", "win OR lose"),
        ("win is:question is:reply", "win is:question is:reply"),
    ],
)
def test_the_rest_is_asked_as_it_is(text: str, asked: str) -> None:
    found = relaxed(parse(text), {"lang", "rating"})
    assert found is not None
    assert print_search(found) == print_search(parse(asked))


@pytest.mark.parametrize("text", ["lang:de", "win OR lang:de", "lang:de NOT win", "rating:[3 TO 5] lang:de"])
def test_what_would_match_nearly_everything_is_not_asked(text: str) -> None:
    assert relaxed(parse(text), {"lang", "rating"}) is None
