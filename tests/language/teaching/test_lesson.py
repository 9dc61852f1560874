from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest

from goodword.language.teaching import lesson, store
from goodword.language.teaching.lesson import Example

TOPICS = {
    "delivery": ["parcel", "courier", "delivered", "shipping", "package", "doorstep", "tracking"],
    "billing": ["charged", "invoice", "refund", "payment", "card", "price", "bank"],
    "login": ["password", "account", "locked", "sign in", "username", "code", "reset"],
}
FRAMES = [
    "where is my {}",
    "the {} went wrong again",
    "problem with {} since monday",
    "please look into the {}",
    "no {} yet",
]


def examples(words: slice = slice(None)) -> list[Example]:
    return [
        Example(frame.format(word), label)
        for label, known in TOPICS.items()
        for word in known[words]
        for frame in FRAMES
    ]


@pytest.fixture(scope="module")
def learned() -> lesson.Lesson:
    return lesson.learn(examples(), with_encoder=False)


def test_every_label_has_a_probability_always(learned: lesson.Lesson) -> None:
    for guess in learned.guess(["where is my parcel", "", "quantum chromodynamics", "😡"]):
        assert set(guess.label) == set(TOPICS)
        assert all(0 <= chance <= 1 for chance in guess.label.values())
        assert sum(guess.label.values()) <= 1.001


def test_what_was_taught_is_known(learned: lesson.Lesson) -> None:
    guesses = learned.guess(["the courier left my parcel somewhere", "refund my payment", "password reset code"])
    assert [max(guess.label, key=guess.label.__getitem__) for guess in guesses] == ["delivery", "billing", "login"]


def test_what_a_label_is_called_is_an_example_of_it() -> None:
    named = {"delivery": "window-blinds", "billing": "garden_chairs", "login": "kettles"}
    rows = [Example(row.text, named[row.label]) for row in examples()]
    guesses = lesson.learn(rows, with_encoder=False).guess(["two garden chairs", "blinds for a window"])
    assert [max(guess.label, key=guess.label.__getitem__) for guess in guesses] == ["garden_chairs", "window-blinds"]


def test_out_of_scope_is_less_sure_and_abstains(learned: lesson.Lesson) -> None:
    inside, outside = learned.guess(["where is my parcel", "zebras gallop over Kilimanjaro"])
    assert max(outside.label.values()) < max(inside.label.values())
    assert outside.abstain
    assert not inside.abstain


def test_chances_are_kept_where_labels_have_many_examples() -> None:
    """The lesson keeps a few examples of each label; what was tried on held-back ones was tried with as few."""
    rng = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = {label: ["".join(rng.choices(letters, k=7)) for _ in range(300)] for label in TOPICS}
    shared = ["".join(rng.choices(letters, k=7)) for _ in range(60)]

    def said(label: str) -> Example:
        words = rng.choices(known[label] if rng.random() < 0.9 else known[rng.choice(list(TOPICS))], k=2)
        return Example(" ".join(words + rng.choices(shared, k=1)), label)

    taught, asked = ([said(label) for label in TOPICS for _ in range(count)] for count in (300, 200))
    learned = lesson.learn(taught, with_encoder=False)
    guesses = learned.guess([row.text for row in asked])
    chances = np.array([max(guess.label.values()) for guess in guesses])
    right = np.array(
        [guess.label[row.label] == max(guess.label.values()) for guess, row in zip(guesses, asked, strict=True)]
    )
    assert abs(chances.mean() - right.mean()) < 0.07


def test_trust_is_told_label_by_label(learned: lesson.Lesson) -> None:
    trust = learned.trust
    assert [(label.label, label.examples, label.few) for label in trust.labels] == [
        (label, 35, False) for label in sorted(TOPICS)
    ]
    assert 0.5 < trust.accuracy <= trust.accuracy_answered <= 1
    assert trust.answered >= 0.5


def test_labels_that_mean_the_same_are_named_as_confused() -> None:
    doubled = examples() + [
        Example(example.text + "!", "post") for example in examples() if example.label == "delivery"
    ]
    trust = lesson.learn(doubled, with_encoder=False).trust
    assert {trust.confused[0].label, trust.confused[0].taken_for} == {"delivery", "post"}


def test_a_label_with_few_examples_is_marked() -> None:
    trust = lesson.learn([*examples(), Example("I want a discount", "discount")], with_encoder=False).trust
    assert [label.label for label in trust.labels if label.few] == ["discount"]


@pytest.mark.parametrize(
    "rows", [[], [Example("a", "one"), Example("b", "one")], [Example("  ", "one"), Example("b", "two")]]
)
def test_one_label_teaches_nothing(rows: list[Example]) -> None:
    with pytest.raises(lesson.NothingToLearn):
        lesson.learn(rows, with_encoder=False)


def test_a_lesson_kept_in_a_file_guesses_the_same(learned: lesson.Lesson, tmp_path: Path) -> None:
    store.save(learned, tmp_path / "lesson")
    again = store.load(tmp_path / "lesson")
    asked = [example.text for example in examples()[::7]]
    for before, after in zip(learned.guess(asked), again.guess(asked), strict=True):
        assert after.label == pytest.approx(before.label, abs=0.01)
    assert again.trust == learned.trust


def test_what_a_link_leads_to_is_replaced_and_a_device_written_into(learned: lesson.Lesson, tmp_path: Path) -> None:
    kept, link, device = tmp_path / "kept", tmp_path / "link", tmp_path / "device"
    kept.write_bytes(b"earlier")
    link.symlink_to(kept)
    store.save(learned, link)
    assert (link.is_symlink(), store.load(kept).trust) == (True, learned.trust)
    os.mkfifo(device)
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(device.read_bytes)
        store.save(learned, device)
        assert (came.result(), device.is_fifo()) == (kept.read_bytes(), True)
    with pytest.raises(OSError, match="No space left"):
        store.save(learned, Path("/dev/full"))
    assert sorted(tmp_path.iterdir()) == [device, kept, link]


def test_a_lesson_holds_no_text(learned: lesson.Lesson, tmp_path: Path) -> None:
    store.save(learned, tmp_path / "lesson")
    raw = (tmp_path / "lesson").read_bytes()
    assert b"parcel" not in raw
    assert b"courier" not in raw


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 torn"])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(store.NotALesson, match="teach"):
        store.load(path)


def rewritten(path: Path, **changed: np.ndarray) -> None:
    with np.load(path) as stored:
        arrays = dict(stored)
    with path.open("wb") as file:
        np.savez_compressed(file, **(arrays | changed))


def described(path: Path, **changed: object) -> np.ndarray:
    with np.load(path) as stored:
        description = msgspec.json.decode(stored["description"].tobytes())
    return np.frombuffer(msgspec.json.encode(description | changed), dtype=np.uint8)


def test_a_plain_array_is_no_lesson(tmp_path: Path) -> None:
    np.save(tmp_path / "plain.npy", np.zeros(3))
    with pytest.raises(store.NotALesson):
        store.load(tmp_path / "plain.npy")


def test_a_lesson_with_a_byte_flipped_is_refused_or_the_same(learned: lesson.Lesson, tmp_path: Path) -> None:
    path = tmp_path / "lesson"
    store.save(learned, path)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    places = [*range(200), *range(len(whole) - 500, len(whole)), *rng.integers(0, len(whole), 200).tolist()]
    refused = 0
    for place in places:
        torn = bytearray(whole)
        torn[place] ^= int(rng.integers(1, 256))
        path.write_bytes(torn)
        try:
            assert store.load(path).labels == learned.labels
        except store.NotALesson:
            refused += 1
    assert refused > len(places) / 2


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("weights", np.zeros((2048, 2), np.float16)),
        ("weights", np.zeros((2047, 3), np.float16)),
        ("weights", np.full((2048, 3), np.nan, np.float16)),
        ("weights", np.zeros(3, np.float16)),
        ("weights", np.array("text")),
        ("bias", np.zeros(4, np.float32)),
        ("bias", np.full(3, np.inf, np.float32)),
        ("rare", np.zeros(5, np.float16)),
        ("exemplars", np.zeros((9, 7), np.int8)),
        ("exemplars", np.zeros((0, 2048), np.int8)),
        ("exemplars", np.zeros((9, 2048), np.float32)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    name: str, array: np.ndarray, learned: lesson.Lesson, tmp_path: Path
) -> None:
    path = tmp_path / "lesson"
    store.save(learned, path)
    rewritten(path, **{name: array})
    with pytest.raises(store.NotALesson, match="teach it again"):
        store.load(path)


@pytest.mark.parametrize("changed", [{"labels": ["a", "a", "b"]}, {"labels": ["a"]}, {"labels": []}, {"version": 7}])
def test_labels_that_repeat_or_lack_are_refused(
    changed: dict[str, object], learned: lesson.Lesson, tmp_path: Path
) -> None:
    path = tmp_path / "lesson"
    store.save(learned, path)
    rewritten(path, description=described(path, **changed))
    with pytest.raises(store.NotALesson):
        store.load(path)


def test_one_example_a_label_gives_no_figures_and_abstains(tmp_path: Path) -> None:
    rows = [Example("refund my payment", "refund"), Example("the parcel is late", "delivery")]
    learned = lesson.learn(rows, with_encoder=False)
    trust = learned.trust
    assert (trust.accuracy, trust.accuracy_answered, trust.answered) == (None, None, 0.0)
    assert [(label.precision, label.recall) for label in trust.labels] == [(None, None)] * 2
    assert trust.abstain_below >= 0.8
    assert learned.guess(["where did you put the red chair"])[0].abstain
    store.save(learned, tmp_path / "lesson")
    assert store.load(tmp_path / "lesson").trust == trust


def test_a_label_with_one_example_has_no_figures_and_leaves_those_of_the_others_be() -> None:
    trust = lesson.learn([*examples(), Example("I want a discount", "discount")], with_encoder=False).trust
    figures = {label.label: label.recall for label in trust.labels}
    assert figures.pop("discount") is None
    assert None not in figures.values()
    assert trust.accuracy is not None


def test_copies_of_what_was_taught_are_no_test_of_it() -> None:
    words = ["apple", "river", "stone", "cloud", "table", "green", "seven", "quick", "paper", "light"]
    rng = np.random.default_rng(3)
    said = [" ".join(rng.choice(words, 6)) for _ in range(40)]
    guesses = [Example(text, ("one", "two")[int(rng.integers(2))]) for text in said]
    copied = [Example(each.text.upper() + "  ", each.label) for each in guesses for _ in range(3)]
    trust = lesson.learn(copied, with_encoder=False).trust
    assert trust.accuracy == pytest.approx(lesson.learn(guesses, with_encoder=False).trust.accuracy, abs=0.25)
    assert trust.accuracy < 0.8
