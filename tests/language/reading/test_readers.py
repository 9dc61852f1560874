"""The readers as they ship: what any text gets, and that they read plain cases rightly."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language import pii, reading
from goodword.language.reading import Reader, Reading, fast, heads
from goodword.language.reading.assemble import probabilities
from goodword.language.reading.normalise import MAX_CHARACTERS

PLAIN = {
    "negative": [
        "@harbour my parcel is three weeks late and nobody answers. Terrible service!",
        "Worst airline ever, they lost my bag and were rude about it",
        "El servicio es una vergüenza, no funciona nada",
    ],
    "positive": [
        "Thank you so much, the new album is amazing, I love it!",
        "What a wonderful day, best team ever 😍",
        "Muchas gracias, excelente servicio, estoy muy feliz",
    ],
}


@pytest.fixture(scope="module", params=["fast_reader", "deep_reader", "best_reader"])
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = getattr(reading, request.param)()
    return made


def check(found: Reading) -> None:
    assert sum(found.sentiment.values()) == pytest.approx(1, abs=0.001)
    assert set(found.emotions) == set(heads.FINE_EMOTIONS)
    chances = [found.complaint, found.needs_reply, found.offensive, found.irony, found.question, found.confidence]
    assert all(0 <= chance <= 1 for chance in [*chances, *found.emotions.values()])
    assert 0 <= found.severity <= 4
    assert 0 <= found.urgency <= 4
    assert found.emotion in {"", *heads.FINE_EMOTIONS}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=120), max_size=4))
def test_any_text_gets_a_reading_in_its_place(texts: list[str]) -> None:
    for made in (reading.fast_reader(), reading.best_reader()):
        found = made.read(texts)
        assert len(found) == len(texts)
        for one in found:
            check(one)


@pytest.mark.parametrize(
    ("told", "emotion"),
    [
        ({"joy": 0.8, "gratitude": 0.7}, "gratitude"),
        ({"joy": 0.8, "gratitude": 0.4, "anger": 0.5}, "joy"),
        ({"anger": 0.4, "annoyance": 0.4}, ""),
        ({"neutral": 0.6}, "neutral"),
        ({"gratitude": 0.9}, ""),  # nothing of it, says the scheme that is surer
    ],
)
def test_one_emotion_stands_for_the_post(told: dict[str, float], emotion: str) -> None:
    (unread,) = reading.fast_reader().read([""])
    felt = dict.fromkeys(heads.FINE_EMOTIONS, 0.0) | told
    assert msgspec.structs.replace(unread, emotions=felt, confidence=0.5).emotion == emotion


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_reads_as_cant_tell(reader: Reader, text: str) -> None:
    (found,) = reader.read([text])
    assert found.uncertain
    assert (found.lang, found.emotion) == ("und", "")
    assert found.urgency == 0
    assert found.pii == ()


@pytest.mark.parametrize(
    "text", ["https://shop.example/?iban=DE89370400440532013000", "@jane.doe www.x.de/?to=jane@mail.com"]
)
def test_private_data_is_found_where_nothing_else_is_said(reader: Reader, text: str) -> None:
    (found,) = reader.read([text])
    assert found.uncertain
    assert found.pii == tuple(pii.find(text))
    assert found.pii


def test_no_logit_is_too_far_out() -> None:
    with np.errstate(over="raise"):
        chances = probabilities(np.full((1, heads.WIDTH), -200, dtype=np.float32))
    assert chances[0, heads.COMPLAINT] < 1e-9


@pytest.mark.parametrize(("sentiment", "texts"), PLAIN.items())
def test_plain_cases_are_read_rightly(reader: Reader, sentiment: str, texts: list[str]) -> None:
    for found in reader.read(texts):
        assert max(found.sentiment, key=found.sentiment.__getitem__) == sentiment


def test_order_and_company_change_nothing(reader: Reader) -> None:
    texts = [text for group in PLAIN.values() for text in group]
    together = reader.read(texts)
    backwards = reader.read(texts[::-1])[::-1]
    for one, other in zip(together, backwards, strict=True):
        assert one.sentiment == pytest.approx(other.sentiment, abs=0.02)
        assert one.lang == other.lang


def test_a_few_are_read_like_many() -> None:
    texts = [text for group in PLAIN.values() for text in group]
    texts += ["The charger caught fire, call me on +44 20 7946 0958", "meet me at 221b Baker St. tomorrow 🔥"]
    texts = [text * times for text in texts for times in (1, 3, 20)]
    few, many = fast.FastReader().read(texts), fast.FastReader().read([*texts, *["x"] * fast.FEW])[: len(texts)]
    for one, other in zip(few, many, strict=True):
        assert one.lang == other.lang
        assert one.pii == other.pii
        # The matrix is multiplied in another order where there are more rows.
        assert one.urgency == pytest.approx(other.urgency, abs=0.001)
        assert one.sentiment == pytest.approx(other.sentiment, abs=0.001)
        assert one.emotions == pytest.approx(other.emotions, abs=0.001)


def test_a_few_texts_load_no_compiler() -> None:
    code = (
        "import sys; from goodword.language import reading; reading.deep_reader().read(['late again', 'zu spät'] * 50);"
        "print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_trouble_is_a_complaint_and_urgent_and_chatter_is_neither() -> None:
    trouble, chatter = reading.best_reader().read(
        [
            "@harbour_help you charged my card twice, on hold for 2 hours, still no refund!",
            "off to the beach with the dog",
        ]
    )
    assert trouble.complaint > 0.5 > chatter.complaint
    assert trouble.urgency > 2 > 1 > chatter.urgency
    assert trouble.needs_reply > chatter.needs_reply


def test_languages_and_private_data_are_named(reader: Reader) -> None:
    german, english = reader.read(["Wo bleibt mein Paket? Ich warte seit Wochen", "call me on +44 20 7946 0958 please"])
    assert german.lang == "de"
    assert german.question > 0.5
    assert [private.kind for private in english.pii] == ["phone"]


def test_a_long_text_is_read_by_its_beginning(reader: Reader) -> None:
    begins = ("word 😡 @a 1 " * MAX_CHARACTERS)[:MAX_CHARACTERS]
    whole, beginning = reader.read([begins + " wonderful, thank you! 😍" * 20_000, begins])
    check(whole)
    assert whole.sentiment == pytest.approx(beginning.sentiment, abs=0.001)
    assert whole.complaint == pytest.approx(beginning.complaint, abs=0.001)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["numpy", "numba", "onnxruntime", "tokenizers", "fasttext", "django"]
    code = f"import sys, goodword.language.reading; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
