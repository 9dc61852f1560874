from __future__ import annotations

from pathlib import Path

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
