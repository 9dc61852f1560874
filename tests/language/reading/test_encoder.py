from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.reading.encoder import MAX_TOKENS, Encoder, batches
from goodword.language.reading.encoders import english_encoder, multilingual_encoder


@pytest.fixture(scope="module", params=[english_encoder, multilingual_encoder])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    made: Encoder = request.param()
    return made


@settings(deadline=None)
@given(st.lists(st.integers(1, MAX_TOKENS), max_size=200))
def test_batches_hold_every_text_once_and_are_bounded(lengths: list[int]) -> None:
    made = list(batches(lengths))
    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    assert all(max(lengths[i] for i in batch) * len(batch) <= 2048 for batch in made)


def test_padding_does_not_change_a_text(encoder: Encoder) -> None:
    alone = encoder.encode(["my parcel is late"])
    beside = encoder.encode(["my parcel is late", "a much longer text that makes the others in its batch padded " * 2])
    np.testing.assert_allclose(alone.logits[0], beside.logits[0], atol=0.15)


def test_sentences_that_mean_the_same_are_near() -> None:
    states = (
        english_encoder()
        .encode(["my parcel has not arrived", "where is my delivery", "the singer was brilliant last night"])
        .states
    )
    mean = states[:, states.shape[1] // 2 :]
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    assert mean[0] @ mean[1] > mean[0] @ mean[2] + 0.2


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert len(encoder.encode([]).states) == 0
