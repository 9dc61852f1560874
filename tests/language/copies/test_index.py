"""A thousand copies are one voice; two people who say something of their own are two."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.copies import CopyIndex

COMPLAINT = "My parcel was left in the rain for two days and nobody at the depot will say who put it there or why"
VOCABULARY = """
train ticket refund delay seat queue manager window coffee luggage platform engine driver weather signal bridge
family holiday winter garden kitchen battery screen update network account password invoice letter doctor
"""
WORDS = VOCABULARY.split()


def groups(*texts: str) -> int:
    index: CopyIndex[int] = CopyIndex()
    return len({index.add(number, text) for number, text in enumerate(texts)})


def test_what_changes_in_passing_makes_no_difference() -> None:
    assert (
        groups(
            COMPLAINT,
            f"RT @harbour: {COMPLAINT}",
            f"@harbour @someone.bsky.social {COMPLAINT.upper()}!!! 😡😡 https://t.co/x1",
            f"“{COMPLAINT}” via @nina@social.example www.example.com/a?b",
            COMPLAINT.replace(" ", "\n"),
        )
        == 1
    )


def test_a_changed_word_is_still_a_copy_and_another_story_is_not() -> None:
    assert groups(COMPLAINT, COMPLAINT.replace("two", "three")) == 1
    assert (
        groups(COMPLAINT, "My parcel came on time, and the driver even helped me carry it up the stairs to the door")
        == 2
    )


def test_short_texts_are_copies_only_when_their_words_are_equal() -> None:
    assert groups("Refund me now!", "@harbour refund me NOW 😡") == 1
    assert groups("Refund me now", "Refund me today") == 2
    assert groups("Order 1234 is late", "Order 1235 is late") == 2


def test_without_words_the_signs_must_be_equal() -> None:
    assert groups("😡😡", " 😡😡 ") == 1
    assert groups("😡", "🎉", "") == 3


def test_scripts_without_spaces() -> None:
    text = "昨日注文した商品がまだ届いていないのですが配送状況を確認していただけますか、追跡番号も表示されません"
    assert groups(text, f"@harbour {text}。😡", text.replace("昨日", "先週")) == 1
    assert (
        groups(text, "このお店のスタッフはとても親切で、返品の手続きもすぐに終わりました。また利用したいと思います")
        == 2
    )


def test_reach_counts_each_author_once() -> None:
    index: CopyIndex[str] = CopyIndex()
    first = index.add("a", COMPLAINT, author="nina", followers=100)
    for number in range(5):
        assert index.add(f"b{number}", COMPLAINT, author="omar", followers=2000) == first
    group = index.group(first)
    assert group is not None
    assert (group.id, group.posts, group.reach, group.authors) == ("a", 6, 2100, {"nina", "omar"})


def test_beyond_the_authors_that_are_remembered_nobody_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodword.language.copies.index._MOST_AUTHORS", 2)
    index: CopyIndex[int] = CopyIndex()
    for number in range(10):
        index.add(number, COMPLAINT, author=f"a{number % 5}", followers=10)
    group = index.group(0)
    assert group is not None
    assert (group.posts, group.reach) == (10, 20)


def test_the_group_without_a_copy_for_longest_is_forgotten() -> None:
    index: CopyIndex[int] = CopyIndex(capacity=2)
    texts = [f"{COMPLAINT} {' '.join(WORDS[number * 10 : number * 10 + 10])}" for number in range(3)]
    index.add(0, texts[0])
    index.add(1, WORDS[0] * 3)
    assert index.add(2, texts[0]) == 0
    index.add(3, WORDS[1] * 3)
    assert len(index) == 2
    assert index.group(1) is None
    assert index.add(4, WORDS[0] * 3) == 4


@given(seed=st.integers(0, 2**32 - 1), edits=st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_a_copy_is_found_among_many(seed: int, edits: int) -> None:
    rng = random.Random(seed)
    index: CopyIndex[int] = CopyIndex()
    posts = [" ".join(rng.choices(WORDS, k=24)) for _ in range(20)]
    homes = [index.add(number, post) for number, post in enumerate(posts)]
    for number, post in enumerate(posts):
        words = post.split()
        for _ in range(edits):
            words[rng.randrange(len(words))] = "honestly"
        assert index.add(1000 + number, " ".join(words)) == homes[number]


@given(texts=st.lists(st.text(max_size=80), max_size=20))
def test_any_text_has_a_home_and_equal_texts_the_same(texts: list[str]) -> None:
    index: CopyIndex[int] = CopyIndex()
    for number, text in enumerate(texts):
        assert index.add(2 * number, text) == index.add(2 * number + 1, text)
    assert sum(group.posts for group in filter(None, map(index.group, range(2 * len(texts))))) == 2 * len(texts)
