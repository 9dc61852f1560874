"""Praise of a failure is scorn, and what is denied means its contrary."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.reading import Reader, deep_reader, fast_reader
from goodword.language.reading.fast import FEW
from goodword.language.reading.turned import Turn, emotions, sentiment, signals, turn_of
from goodword.language.reading.urgency import Signals

WRITTEN = tomllib.loads((Path(__file__).parents[3] / "bench" / "language" / "turned.toml").read_text(encoding="utf-8"))
SEEN: dict[str, list[str]] = WRITTEN["seen"]
PRAISE = st.sampled_from(["Great job", "Thanks for", "Well done,", "Love", "Fantastic service,", "Bravo,"])
FAILURE = st.sampled_from(["losing my bag", "being charged twice", "my order arrived broken", "the app doesn't work"])
NO = st.sampled_from(["never had", "I didn't have", "not", "there wasn't", "without"])
LIGHT = st.sampled_from(["", "a", "any", "a single", "one"])
BAD = st.sampled_from(["problems", "delay", "hassle", "complaint", "Ärger", "soucis"])
shares = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
    lambda parts: [part / sum(parts) for part in parts]
)
turns = st.sampled_from(Turn)


@pytest.fixture(scope="module", params=[fast_reader, deep_reader], ids=["fast", "deep"])
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = request.param()
    return made


@given(PRAISE, FAILURE, st.booleans())
def test_praise_of_a_failure_is_scorn(praise: str, failure: str, shouted: bool) -> None:
    text = f"{praise} {failure}"
    assert turn_of(text.upper() if shouted else text) is Turn.SCORN


@given(PRAISE, FAILURE, st.sampled_from(["is fixed now", "was refunded within an hour", ", all sorted"]))
def test_praise_of_a_remedy_is_none(praise: str, failure: str, remedy: str) -> None:
    assert turn_of(f"{praise} {failure} {remedy}") is not Turn.SCORN


@given(st.sampled_from(["The food was great but", "Nice people, however"]), FAILURE)
def test_another_side_of_the_matter_is_none(praise: str, failure: str) -> None:
    assert turn_of(f"{praise} {failure}") is not Turn.SCORN


@given(NO, LIGHT, BAD)
def test_what_is_bad_and_denied_is_praise(no: str, light: str, bad: str) -> None:
    assert turn_of(f"{no} {light} {bad} so far") is Turn.FINE
    assert turn_of(f"{no} {light} {bad} so far, then my order arrived broken") is not Turn.FINE


@pytest.mark.parametrize(
    "text",
    [
        "no response about my complaint",
        "you can't solve the problem",
        "not only late, a problem with every order",
        "I have a problem and no time",
        "what a lovely day",
        "",
    ],
)
def test_other_words_are_as_they_are(text: str) -> None:
    assert turn_of(text) is Turn.NONE


@given(turns, shares)
def test_shares_of_sentiment_still_sum_to_one(turn: Turn, read: list[float]) -> None:
    assert sum(sentiment(turn, read)) == pytest.approx(1, abs=0.001)


@given(turns, st.floats(0, 1), st.floats(0, 4))
def test_scorn_is_a_complaint_and_what_is_fine_is_none(turn: Turn, complaint: float, severity: float) -> None:
    read = Signals(complaint, 0.1, severity, 0.2, 0.7, 0.0)
    meant = signals(turn, read)
    if turn is Turn.FINE:
        assert meant.complaint <= min(complaint, 0.25)
    else:
        assert meant.complaint >= (0 if turn is Turn.NONE else 0.6)


def test_a_feeling_gives_way_to_its_contrary(reader: Reader) -> None:
    felt = reader.read(["I love it"])[0].emotions
    scorned = emotions(Turn.SCORN, felt)
    assert scorned["love"] < felt["love"]
    assert scorned["annoyance"] >= 0.5
    assert emotions(Turn.NONE, felt) == felt


@pytest.mark.parametrize(
    ("kind", "wanted", "least"), [("snark", "negative", 0.85), ("fine", "positive", 0.85), ("denied", "negative", 0.9)]
)
def test_most_of_what_was_in_view_is_read_as_meant(reader: Reader, kind: str, wanted: str, least: float) -> None:
    found = [max(read.sentiment, key=read.sentiment.__getitem__) for read in reader.read(SEEN[kind])]
    assert found.count(wanted) >= least * len(found)


def test_sincere_praise_is_never_scorn() -> None:
    assert [text for text in SEEN["sincere"] + WRITTEN["unseen"]["sincere"] if turn_of(text) is Turn.SCORN] == []


def test_harm_is_never_talked_down(reader: Reader) -> None:
    [read] = reader.read(["Thank you for fixing it. No problems at all until the charger caught fire in my hand"])
    assert (read.urgency >= 3.5, read.complaint >= 0.6) == (True, True)


def test_a_large_batch_reads_as_each_alone() -> None:
    """The compiled pass finds whatever is worth a look."""
    texts = [text for kind in WRITTEN for group in WRITTEN[kind].values() for text in group]
    together = fast_reader().read(texts * (FEW // len(texts) + 2))[: len(texts)]
    alone = [read for text in texts for read in fast_reader().read([text])]
    assert [read.complaint for read in together] == pytest.approx([read.complaint for read in alone], abs=2e-3)
    assert [read.sentiment["positive"] for read in together] == pytest.approx(
        [read.sentiment["positive"] for read in alone], abs=2e-3
    )
