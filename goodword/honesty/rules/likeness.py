"""How much a sentence is like those that break a rule: linear models, learned from examples.

There are two. The quick one knows a sentence by its words and by signs of them; the whole one by its meaning, too, and
is asked only where the quick one leaves a doubt: an encoder takes a hundred times as long. Loads numpy and the weights
with the first use, and the English encoder with the first doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from goodword.honesty.rules.cues import cues
from goodword.honesty.rules.gates import TELLING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS_SHARE: Final = 0.7
"""How much the words weigh beside the two halves of the encoder's state, each of length one."""
CUES_SHARE: Final = 0.4
"""How much one sign weighs."""
UNTOLD: Final = 1.0
"""So much is taken off, in log odds, where a sentence lacks the words that such a fault nearly always has."""


class Heads(NamedTuple):
    """What training leaves. `flags` names the columns; weights are [features, flags], the rest [flags]: log odds.

    From `doubt` on the quick model leaves a doubt; from `least` on the whole one takes a sentence for a fault. `rare`
    says how much each hashed word tells.
    """

    flags: tuple[str, ...]
    quick: NDArray[np.float32]
    quick_bias: NDArray[np.float32]
    doubt: NDArray[np.float32]
    whole: NDArray[np.float32]
    whole_bias: NDArray[np.float32]
    least: NDArray[np.float32]
    rare: NDArray[np.float32]


@cache
def heads() -> Heads:
    """The weights that come with the product."""
    import numpy as np

    path = resources.files("goodword.honesty.rules") / "heads.npz"
    with path.open("rb") as file, np.load(file) as stored:
        numbers = {name: stored[name].astype(np.float32) for name in Heads._fields if name != "flags"}
        return Heads(flags=tuple(str(flag) for flag in stored["flags"]), **numbers)


def quick_views(texts: Sequence[str], rare: NDArray[np.float32]) -> NDArray[np.float32]:
    """[texts, features]: the words, and the signs."""
    import numpy as np

    from goodword.language.reading.plain import features_of
    from goodword.language.teaching.folding import folded

    hashed = [features_of(text) for text in texts]
    features = np.array(list(chain.from_iterable(hashed)), dtype=np.int32)
    words = folded(features, np.cumsum([len(each) for each in hashed], dtype=np.int64), rare)
    signs = np.array([cues(text) for text in texts], dtype=np.float32)
    return np.hstack([np.float32(WORDS_SHARE) * words, np.float32(CUES_SHARE) * signs])


def meaning_views(texts: Sequence[str]) -> NDArray[np.float32]:
    """[texts, features]: the encoder's first token and its mean state, each of length one."""
    import numpy as np

    from goodword.language.reading.encoders import english_encoder

    first, mean = np.split(english_encoder().encode(texts).states, 2, axis=1)
    return np.hstack([part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9) for part in (first, mean)])


def untold(text: str, flag: str) -> float:
    """What is taken off a text's likeness to a fault."""
    return UNTOLD if flag in TELLING and TELLING[flag].search(text.lower()) is None else 0.0


def faults(asked: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of texts, each with a flag that it may have, those that break its rule."""
    import numpy as np

    model, pairs = heads(), sorted(set(asked))
    texts = list(dict.fromkeys(text for text, _ in pairs))
    if not texts:
        return set()
    place = {text: row for row, text in enumerate(texts)}
    rows = np.array([place[text] for text, _ in pairs])
    columns = np.array([model.flags.index(flag) for _, flag in pairs])
    less = np.array([untold(text, flag) for text, flag in pairs], dtype=np.float32)
    seen = quick_views(texts, model.rare)
    doubted = np.flatnonzero((seen @ model.quick + model.quick_bias)[rows, columns] - less > model.doubt[columns])
    if not doubted.size:
        return set()
    again = np.unique(rows[doubted])
    meant = np.hstack([meaning_views([texts[row] for row in again]), seen[again]])
    scores = (meant @ model.whole + model.whole_bias)[np.searchsorted(again, rows[doubted]), columns[doubted]]
    is_fault = scores - less[doubted] > model.least[columns[doubted]]
    return {pairs[at] for at in doubted[is_fault]}
