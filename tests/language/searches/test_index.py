"""The index finds exactly what the reference finds, whatever the searches and posts, and while it changes."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.searches import Post, Search, SearchError, SearchIndex, columns, matches, parse
from goodword.language.searches import index as index_module
from goodword.language.searches.characters import DROPPED, fold
from goodword.language.searches.document import Document
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.matching import KernelPart
from goodword.language.searches.pure import PurePart
from goodword.language.searches.tree import InText, Not
from tests.language.searches.hostile import random_post, random_searches


def expected(searches: list[tuple[str | int, Search]], posts: list[Post]) -> list[list[str | int]]:
    documents = [Document(post) for post in posts]
    return [[number for number, search in searches if matches(search, document)] for document in documents]


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=0))
def test_the_index_agrees_with_the_reference(seed: int) -> None:
    rng = random.Random(seed)
    searches = list(enumerate(random_searches(rng, 60)))
    posts = [random_post(rng) for _ in range(40)]
    assert SearchIndex(searches).match(posts) == expected(searches, posts)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(), max_size=5))
def test_any_text_is_read_as_the_reference_reads_it(texts: list[str]) -> None:
    queries = [word for text in texts for word in text.split()] + ["is:question"]
    searches = []
    for number, query in enumerate(queries):
        try:
            searches.append((number, parse(query)))
        except ValueError:
            continue
    posts = [Post(text=text) for text in texts] + [Post(text="".join(texts))]
    assert SearchIndex(searches).match(posts) == expected(searches, posts)


PIECES = [*("text:(", "title:(", "(", ")", ")", "NOT", "OR", "AND", "-a"), *("a", "b", "text:a", "title:b", '"a b"')]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), max_size=8))
def test_whatever_is_accepted_can_be_filed_and_matches_as_the_reference_does(queries: list[list[str]]) -> None:
    searches: list[tuple[str | int, Search]] = []
    for number, pieces in enumerate(queries):
        for closing in ("", ")", "))"):
            try:
                searches.append((f"{number}{closing}", parse(" ".join(pieces).replace("( ", "(") + closing)))
            except SearchError:
                continue
    posts = [Post(text=text, title=title) for text in ("", "a", "b", "a b") for title in (None, "a", "b")]
    index = SearchIndex(searches)
    assert not index.refused
    assert index.match(posts) == expected(searches, posts)
    assert PurePart(searches, Frequencies()).match(posts) == expected(searches, posts)


@pytest.mark.parametrize("has_kernel", [True, False])
def test_a_search_that_cannot_be_filed_leaves_the_others_be(has_kernel: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_kernel:
        monkeypatch.setattr(index_module, "find_spec", lambda name: None)
    win = parse("win")
    negative = Search("text:(NOT win)", InText(Not(win.tree)))
    index = SearchIndex([("negative", negative), ("win", win)])
    assert index.match([Post(text="win"), Post(text="draw")]) == [["win"], []]
    assert "must not have" in index.refused["negative"].reason
    with pytest.raises(SearchError):
        index.add("win", negative)
    index.remove("negative")
    assert not index.refused
    assert index.match([Post(text="win")]) == [["win"]]


@settings(deadline=None, max_examples=30)
@given(st.integers(min_value=0))
def test_the_pure_matcher_agrees_too(seed: int) -> None:
    rng = random.Random(seed)
    searches = list(enumerate(random_searches(rng, 60)))
    posts = [random_post(rng) for _ in range(20)]
    assert PurePart(searches, Frequencies()).match(posts) == expected(searches, posts)


@pytest.mark.parametrize("part", [KernelPart.of, PurePart])
def test_parts_can_be_joined_and_lose_searches(part: type[PurePart]) -> None:
    rng = random.Random(1)
    searches = list(enumerate(random_searches(rng, 240)))
    posts = [random_post(rng) for _ in range(100)]
    first, second, third = (part(searches[start : start + 80], Frequencies()) for start in (0, 80, 160))
    joined = first.without(3).joined(second.without(0)).joined(third)
    left = [pair for pair in searches if pair[0] not in (3, 80)]
    assert joined.match(posts) == expected(left, posts)


@pytest.mark.parametrize("has_kernel", [True, False])
def test_a_search_matches_from_when_it_is_added_until_it_is_removed(
    has_kernel: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_kernel:
        monkeypatch.setattr(index_module, "find_spec", lambda name: None)
    monkeypatch.setattr(index_module, "RECENT_MOST", 3)
    index = SearchIndex([("base", parse("win")), ("other", parse("lose"))])
    posts = [Post(text="win"), Post(text="draw")]
    assert index.match(posts) == [["base"], []]
    for number in range(6):
        index.add(number, parse("draw"))
        assert index.match(posts) == [["base"], list(range(number + 1))]
    index.add("base", parse("draw"))
    assert index.match(posts) == [[], [*range(6), "base"]]
    for identifier in ("base", 0, 5):
        index.remove(identifier)
    assert index.match(posts) == [[], [1, 2, 3, 4]]
    assert len(index) == 5
    with pytest.raises(KeyError):
        index.remove("base")


def test_matching_goes_on_while_the_index_changes() -> None:
    index = SearchIndex([(number, parse(f"word{number} OR win")) for number in range(50)])
    post = Post(text="win")
    failures = []

    def match() -> None:
        for _ in range(200):
            if index.match([post])[0][:50] != list(range(50)):
                failures.append(True)

    threads = [threading.Thread(target=match) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(50, 80):
        index.add(number, parse("win"))
    for thread in threads:
        thread.join()
    assert not failures
    assert index.match([post]) == [list(range(80))]


def test_room_for_matches_grows() -> None:
    searches = [(number, parse("win NEAR lose")) for number in range(500)]
    posts = [Post(text="win lose " * 50)] * 3
    assert SearchIndex(searches).match(posts) == [list(range(500))] * 3


@pytest.mark.parametrize("letter", ["x", "X", "é", "ж", "𐐨"])
def test_words_and_how_they_begin_are_found_at_any_length(letter: str) -> None:
    lengths = range(3, 90)
    words = [letter * length for length in lengths]
    searches = [(f"{kind}{length}", parse(letter * length + kind)) for length in lengths for kind in ("", "*")]
    posts = [Post(text=f"{word} {end}") for word in words for end in ("", "a", "(", "\u0301")]
    assert SearchIndex(searches).match(posts) == expected(searches, posts)


def test_an_empty_index_and_an_empty_batch() -> None:
    assert SearchIndex().match([Post(text="win")]) == [[]]
    assert SearchIndex([(1, parse("win"))]).match([]) == []


def test_what_lies_beyond_the_bound_of_a_post_is_not_read() -> None:
    index = SearchIndex([(1, parse("win"))])
    assert index.match([Post(text="x" * 99_990 + " win"), Post(text="x" * 100_000 + " win")]) == [[1], []]


def test_a_folded_character_is_never_one_that_is_dropped() -> None:
    assert not any(set(fold(chr(code))) & set(DROPPED) for code in range(0x110000) if not 0xD800 <= code < 0xE000)


def test_a_number_that_no_post_may_have_is_looked_at() -> None:
    index = SearchIndex([(1, parse("win NOT followers:[1 TO *]"))])
    assert index.match([Post(text="win", followers=5), Post(text="win", followers=0), Post(text="win")]) == [
        [],
        [1],
        [1],
    ]


def test_what_only_the_reference_knows_may_come_first_under_a_not() -> None:
    index = SearchIndex([(1, parse("win NOT ({🇪🇩} NOT s?n)"))])
    assert index.match([Post(text="win 🇩🇪"), Post(text="win 🇪🇩"), Post(text="win 🇪🇩 sun")]) == [[1], [], [1]]


def test_values_of_fields_are_not_remembered_without_end() -> None:
    index = SearchIndex([(0, parse("author:ann AND pie"))])
    posts = [Post(text="pie", author=f"a{number}") for number in range(20_000)]
    posts += [Post(text="pie", author="x" * 5_000 + str(number)) for number in range(50)]
    assert index.match([*posts, Post(text="pie", author="Ann")])[-1] == [0]
    known = columns._VALUE_HASHES["author"]
    assert len(known) <= columns._REMEMBERED
    assert max(len(value or "") for value in known) <= columns._LONGEST_REMEMBERED
