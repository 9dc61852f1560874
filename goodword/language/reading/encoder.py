"""Run a packed encoder: texts in, sentence states and logits out. Its libraries load on first use."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, NamedTuple

from goodword.language.reading.surface import surface

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MAX_TOKENS = 128
"""Longer texts are cut: no post makes reading slower than this."""
_TOKENS_PER_BATCH = 512
"""What passes between two layers stays in the cache then: a sixth faster than four times as many."""
_BLOCK = 32


class Encoded(NamedTuple):
    """For each text: its state (first token beside mean; the second half is the sentence vector) and its logits."""

    states: NDArray[np.float32]
    logits: NDArray[np.float32]


class Encoder:
    """One encoder of `weights/`. `spell` is what its training did to a text before the tokenizer.
    `threads` of 0 is one a core; `folder` holds weights other than those shipped."""

    def __init__(
        self, name: str, spell: Callable[[str], str], *, threads: int = 0, folder: Traversable | None = None
    ) -> None:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer

        folder = folder or resources.files("goodword.language.reading") / "weights"
        self._spell = spell
        self._tokenizer: Tokenizer = Tokenizer.from_str(
            gzip.decompress((folder / f"{name}.tokenizer.json.gz").read_bytes()).decode()
        )
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        with (folder / f"{name}.pieces.npz").open("rb") as file, np.load(file) as stored:
            self._packed: NDArray[np.uint8] = stored["packed"]
            self._scale: NDArray[np.float16] = stored["scale"]
            self._place: NDArray[np.float32] = stored["place"].astype(np.float32)
            self._signs: NDArray[np.float32] = stored["signs"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Waiting threads sleep: a worker shares its cores with others.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            (folder / f"{name}.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Encoded:
        """States and logits of the texts, in their order. Texts of like length are computed together."""
        import numpy as np

        token_lists = [row.ids for row in self._tokenizer.encode_batch([self._spell(text) for text in texts])]
        states: NDArray[np.float32] | None = None
        for chosen in batches(list(map(len, token_lists))):
            got_states, got_logits = self._run([token_lists[i] for i in chosen])
            if states is None:
                states = np.empty((len(texts), got_states.shape[1]), dtype=np.float32)
                logits = np.empty((len(texts), got_logits.shape[1]), dtype=np.float32)
            states[chosen], logits[chosen] = got_states, got_logits
        if states is None:
            return Encoded(np.empty((0, 0), dtype=np.float32), np.empty((0, 0), dtype=np.float32))
        if self._signs.shape[1]:
            logits += surface(texts) @ self._signs.T
        return Encoded(states, logits)

    def _run(self, token_lists: Sequence[Sequence[int]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        import numpy as np

        longest = max(map(len, token_lists))
        tokens = np.zeros((len(token_lists), longest), dtype=np.int64)
        mask = np.zeros(tokens.shape, dtype=np.float32)
        for row, ids in enumerate(token_lists):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        pieces = self._look_up(tokens) + self._place[:longest]
        states, logits = self._session.run(["states", "logits"], {"pieces": pieces, "mask": mask})
        return states, logits

    def _look_up(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """[texts, length, width] of the word pieces, unpacked from 4 bits: weight = (nibble - 8) x scale."""
        import numpy as np

        packed = self._packed[tokens]
        levels = np.empty((*packed.shape, 2), dtype=np.float32)
        levels[..., 0] = packed & 15
        levels[..., 1] = packed >> 4
        blocks = levels.reshape(*tokens.shape, -1, _BLOCK)
        blocks -= 8
        blocks *= self._scale[tokens][..., None]
        return blocks.reshape(*tokens.shape, -1)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts of like length, so many at a time that a batch holds a bounded number of tokens."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[index] * (len(batch) + 1) > _TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
