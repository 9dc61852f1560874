from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodword.language.reading import features as compiled
from goodword.language.reading import plain
from goodword.language.reading.features import hashed_features, summed
from goodword.language.reading.hashing import BUCKETS
from goodword.language.reading.normalise import MAX_CHARACTERS

pieces = st.sampled_from(
    ["@anna", "@", "http", "https", "httpx", "httpsx", "://a.example/?q=1", ":", "1,300.5", "3rd", "don’t", "'", "_"]
) | st.text(max_size=8)
texts = st.lists(st.text(max_size=80) | st.lists(pieces, max_size=12).map("".join), max_size=8)


def features_of(text: str) -> list[int]:
    return hashed_features([text])[0].tolist()


@settings(deadline=None)  # the first call compiles
@given(texts)
def test_a_text_has_the_same_features_alone_and_in_a_batch(batch: list[str]) -> None:
    features, stops = hashed_features(batch)
    assert features.tolist() == [feature for text in batch for feature in features_of(text)]
    assert len(stops) == len(batch)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_features_are_bounded_by_the_length(text: str) -> None:
    features, _ = hashed_features([text])
    assert len(features) <= 5 * len(text)
    assert all(0 <= feature < BUCKETS for feature in features.tolist())


def test_case_names_and_links_make_no_difference() -> None:
    assert features_of("LATE again @anna https://a.example/x") == features_of("late AGAIN @bob http://b.example")


def test_numbers_are_one_word() -> None:
    assert features_of("paid 12.50") == features_of("paid 1,300")


def test_emoji_and_question_marks_are_words() -> None:
    assert features_of("late") != features_of("late 😡") != features_of("late ?")


def test_a_long_text_is_read_from_its_beginning() -> None:
    text = "word " * 10_000
    assert features_of(text) == features_of(text[:MAX_CHARACTERS])


@settings(deadline=None)  # the first call compiles
@given(texts)
def test_sums_are_those_of_the_rows(batch: list[str]) -> None:
    features, stops = hashed_features(batch)
    table = np.random.default_rng(0).integers(-127, 128, size=(BUCKETS, 4)).astype(np.int8)
    out = np.zeros((len(batch), 4), dtype=np.float32)
    summed(features, stops, table, out)
    for row, (start, stop) in enumerate(zip([0, *stops[:-1].tolist()], stops.tolist(), strict=False)):
        wanted = table[features[start:stop]].sum(axis=0, dtype=np.int64) / max(1, stop - start) ** 0.5
        np.testing.assert_allclose(out[row], wanted, rtol=1e-5, atol=1e-4)


@settings(deadline=None, max_examples=400)
@given(texts)
@example(["ÀÞßÆ ΑΩά АЯё ＡＢ 日本語 हिन्दी עברית"])
@example(["a" * 63 + " " + "a" * 64 + " " + "a" * 65, "x" * (MAX_CHARACTERS - 2) + " https://a.example"])
@example(["".join(map(chr, range(0x300))), "".join(map(chr, range(0x1FF0, 0x2C10)))])
@example(["".join(map(chr, (0x2FFF, 0x3000, 0x303F, 0x3040, 0xD800, 0xFDFF, 0xFE00, 0xFE0F, 0xFE10, 0xFFFF)))])
@example(["".join(map(chr, (0x10000, 0x1EFFF, 0x1F000, 0x1FAFF, 0x1FB00, 0x10FFFF)))])
def test_plain_python_sees_what_the_kernel_sees(batch: list[str]) -> None:
    for text in batch:
        assert sorted(plain.features_of(text)) == sorted(features_of(text))
    table = np.random.default_rng(0).integers(-127, 128, size=(BUCKETS, 4)).astype(np.int8)
    np.testing.assert_array_equal(plain.sums(batch, table), compiled.sums(batch, table))
