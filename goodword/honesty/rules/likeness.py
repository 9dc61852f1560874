"""How much a sentence is like those that break a rule: linear models over what an encoder makes of it, and its words.

The models are learned from examples (`goodword/honesty/training`), so that a rule broken in unusual words is seen too.
Loads numpy, the English encoder and the weights with the first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS_SHARE: Final = 0.7
"""How much the words weigh beside the two halves of the encoder's state, each of length one."""


class Heads(NamedTuple):
    """Weights [features, flags], bias [flags], the flags' names in that order, and how much each word tells."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    flags: tuple[str, ...]
    rare: NDArray[np.float32]


@cache
def heads() -> Heads:
    """The weights that come with the product."""
    import numpy as np

    path = resources.files("goodword.honesty.rules") / "heads.npz"
    with path.open("rb") as file, np.load(file) as stored:
        return Heads(
            stored["weights"].astype(np.float32),
            stored["bias"].astype(np.float32),
            tuple(str(flag) for flag in stored["flags"]),
            stored["rare"].astype(np.float32),
        )


def views(texts: Sequence[str], rare: NDArray[np.float32]) -> NDArray[np.float32]:
    """[texts, features]: the first token's state, the mean state, and the words."""
    import numpy as np

    from goodword.language.reading.deep import english_encoder
    from goodword.language.teaching.views import words_view

    states = english_encoder().encode(texts).states
    first, mean = np.split(states, 2, axis=1)
    parts = [part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9) for part in (first, mean)]
    return np.hstack([*parts, np.float32(WORDS_SHARE) * words_view(texts, rare)])


def likeness(texts: Sequence[str]) -> NDArray[np.float32]:
    """[texts, flags], log odds; `heads().flags` names the columns."""
    model = heads()
    scores: NDArray[np.float32] = views(texts, model.rare) @ model.weights + model.bias
    return scores
