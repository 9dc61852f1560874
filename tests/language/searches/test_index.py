"""The index finds exactly what the reference finds, whatever the searches and posts, and while it changes."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.searches import Post, Search, SearchError, SearchIndex, columns, matches, parse
from goodword.language.searches import index as index_module
from goodword.language.searches.characters import DROPPED, fold
from goodword.language.searches.document import Document
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.kernel.batch import match_batch
from goodword.language.searches.matching import KernelPart
from goodword.language.searches.tree import InText, Not
from tests.language.searches.hostile import random_post, random_searches


def expected(searches: Sequence[tuple[str | int, Search]], posts: list[Post]) -> list[list[str | int]]:
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


def test_a_search_that_cannot_be_filed_leaves_the_others_be() -> None:
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


def test_parts_can_be_joined_and_lose_searches() -> None:
    rng = random.Random(1)
    searches = list(enumerate(random_searches(rng, 240)))
    posts = [random_post(rng) for _ in range(100)]
    first, second, third = (KernelPart.of(searches[start : start + 80], Frequencies()) for start in (0, 80, 160))
    joined = first.without(3).joined(second.without(0)).joined(third)
    left = [pair for pair in searches if pair[0] not in (3, 80)]
    assert joined.match(posts) == expected(left, posts)


@settings(deadline=None, max_examples=25)
@given(st.integers(min_value=0))
def test_what_is_left_of_a_part_matches_when_the_removed_searches_are_let_go(seed: int) -> None:
    rng = random.Random(seed)
    searches = list(enumerate(random_searches(rng, 60)))
    posts = [random_post(rng) for _ in range(30)]
    part = KernelPart.of(searches[:30], Frequencies()).joined(KernelPart.of(searches[30:], Frequencies()))
    gone = set(rng.sample(range(60), rng.randint(0, 60)))
    for number in gone:
        part = part.without(number)
    left = [pair for pair in searches if pair[0] not in gone]
    alone = part.compacted()
    assert alone.ids == [number for number, _ in left]
    assert alone.match(posts) == expected(left, posts)
    again = KernelPart.of(left, Frequencies()).segment
    for name, wanted in again.programs._asdict().items():
        assert len(getattr(alone.segment.programs, name)) <= len(wanted), name
    assert set(alone.segment.vocabulary.keys.tolist()) <= set(again.vocabulary.keys.tolist())
    another = (60, parse("win"))
    assert alone.joined(KernelPart.of([another], Frequencies())).match(posts) == expected([*left, another], posts)


def test_what_was_removed_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "RECENT_MOST", 10)
    index = SearchIndex([(number, parse(f"word{number}")) for number in range(40)])
    sizes = []
    for turn in range(12):
        for number in range(40):
            index.add(number, parse(f"word{number} turn{turn}"))
        sizes.append(index.nbytes)
    assert len(index) == 40
    assert max(sizes) < 2 * min(sizes)
    assert index.match([Post(text="turn11 " + " ".join(f"word{number}" for number in range(40)))]) == [list(range(40))]


def test_the_kernel_is_compiled_once_whatever_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "RECENT_MOST", 2)
    index = SearchIndex([(number, parse(f"word{number}")) for number in range(8)])
    added: list[tuple[str | int, str]] = [("new", "win"), (0, "win lose"), ("more", "win"), (0, "followers:[3 TO 9]")]
    for identifier, query in added:
        index.add(identifier, parse(query))
        index.match([Post(text="win", followers=4)])
    for number in range(6):
        index.remove(number)
        index.match([Post(text="win")])
    assert index.match([Post(text="win")]) == [["new", "more"]]
    assert len(match_batch.signatures) == 1  # type: ignore[attr-defined]  # numba's own


def test_a_search_matches_from_when_it_is_added_until_it_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
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
    for identifier in ("base", "other", 0):  # "other" is of the base that the recent ones joined
        if identifier == "other":
            index.remove(identifier)
        with pytest.raises(KeyError):
            index.remove(identifier)
    assert len(index) == 4
    index.add(0, parse("win"))
    assert (len(index), index.match(posts)) == (5, [[0], [1, 2, 3, 4]])


def test_matching_goes_on_while_the_index_changes() -> None:
    index = SearchIndex([(number, parse(f"word{number} OR win")) for number in range(50)])
    post = Post(text="win")
    stop = threading.Event()

    def match() -> int:
        times = 0
        while not stop.is_set() or times < 50:
            found = index.match([post])[0]
            assert found[:40] == list(range(40))
            times += 1
        return times

    with ThreadPoolExecutor(3) as pool:
        matching = [pool.submit(match) for _ in range(3)]
        for number in range(50, 80):
            index.add(number, parse("win"))
            index.add(45, parse(f"win NOT word{number}"))
            index.remove(number - 1 if number > 50 else 49)
        stop.set()
        for done in matching:
            assert done.result() >= 50
    assert index.match([post]) == [[*range(45), 46, 47, 48, 45, 79]]


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
