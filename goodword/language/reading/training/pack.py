"""Write a trained encoder as the files that the product ships: an ONNX graph with 4-bit weights, a 4-bit table of
word pieces, and the tokenizer.

The graph takes looked-up word pieces instead of their ids, so that the table (half of all weights) stays packed in
memory and only the rows of a batch are unpacked: see `reading.encoder`.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from goodword.language.reading.encoder import MAX_TOKENS
from goodword.language.reading.training.network import ATTENTION_HEADS, BLOCK

_EPSILON = 1e-12
Parameters = dict[str, NDArray[np.float32]]


def four_bits(weights: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """([rows, blocks, 16] bytes, [rows, blocks] scales): weight = (nibble - 8) x scale, even ones low."""
    rows, columns = weights.shape
    blocks = weights.reshape(-1, BLOCK)
    low, high = blocks.min(1), blocks.max(1)
    scale = (np.where(high > -low, high, low) / -8).astype(np.float16)
    divisor = np.where(scale == 0, 1, scale).astype(np.float32)[:, None]
    levels = (np.clip(np.round(blocks / divisor), -8, 7) + 8).astype(np.uint8)
    packed: NDArray[np.uint8] = (levels[:, 0::2] | (levels[:, 1::2] << 4)).astype(np.uint8)
    return packed.reshape(rows, columns // BLOCK, BLOCK // 2), scale.reshape(rows, columns // BLOCK)


class _Graph:
    """Nodes and initializers of the graph as it grows."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def floats(self, name: str, value: NDArray[np.float16]) -> str:
        """A constant stored in half precision; the runtime folds the cast away when it loads the graph."""
        return self.node("Cast", [self.constant(f"{name}.half", value)], name, to=TensorProto.FLOAT)

    def linear(self, x: str, name: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        packed, scale = four_bits(weights)
        rows, columns = weights.shape
        return self.node(
            "MatMulNBits",
            [
                x,
                self.constant(f"{name}.w", packed),
                self.floats(f"{name}.scale", scale.reshape(-1)),
                "",
                "",
                self.constant(f"{name}.b", bias),
            ],
            f"{name}.out",
            domain="com.microsoft",
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,
        )

    def add_and_norm(self, x: str, change: str, name: str, parameters: Parameters) -> str:
        gain = self.constant(f"{name}.w", parameters[f"{name}.w"])
        bias = self.constant(f"{name}.b", parameters[f"{name}.b"])
        return self.node(
            "SkipLayerNormalization",
            [x, change, gain, bias],
            f"{name}.out",
            domain="com.microsoft",
            epsilon=_EPSILON,
        )


def _layer(graph: _Graph, x: str, at: int, parameters: Parameters) -> str:
    together = [np.concatenate([parameters[f"{at}.{part}.{kind}"] for part in "qkv"]) for kind in "wb"]
    mixed = graph.linear(x, f"{at}.qkv", *together)
    parts = [f"{at}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [mixed], parts, name=f"{at}.split", axis=2, num_outputs=3))
    attended = graph.node(
        "MultiHeadAttention",
        [*parts, "", "", "hidden"],
        f"{at}.attended",
        domain="com.microsoft",
        num_heads=ATTENTION_HEADS,
    )
    change = graph.linear(attended, f"{at}.o", parameters[f"{at}.o.w"], parameters[f"{at}.o.b"])
    x = graph.add_and_norm(x, change, f"{at}.norm1", parameters)
    wide = graph.linear(x, f"{at}.up", parameters[f"{at}.up.w"], parameters[f"{at}.up.b"])
    bent = graph.node("Gelu", [wide], f"{at}.gelu", domain="com.microsoft")
    change = graph.linear(bent, f"{at}.down", parameters[f"{at}.down.w"], parameters[f"{at}.down.b"])
    return graph.add_and_norm(x, change, f"{at}.norm2", parameters)


def graph_of(parameters: Parameters, layers: int) -> onnx.ModelProto:
    """pieces [texts, length, width], mask [texts, length] of 0 and 1 → states [texts, 2 x width], logits."""
    width = parameters["embed.word"].shape[1]
    graph = _Graph()
    gain = graph.constant("embed.norm.w", parameters["embed.norm.w"])
    bias = graph.constant("embed.norm.b", parameters["embed.norm.b"])
    x = graph.node("LayerNormalization", ["pieces", gain, bias], "embedded", axis=-1, epsilon=_EPSILON)
    # Padding is taken out of attention by a large negative bias, broadcast over heads and queries.
    far = graph.constant("far", np.array(-1e9, dtype=np.float32))
    one = graph.constant("one", np.array(1, dtype=np.float32))
    away = graph.node("Mul", [graph.node("Sub", [one, "mask"], "padding"), far], "away")
    away = graph.node("Unsqueeze", [away, graph.constant("heads_and_queries", np.array([1, 2]))], "away4")
    square = graph.node("Shape", ["mask"], "length", start=1, end=2)
    single = graph.constant("single", np.array([1]))
    target = graph.node("Concat", [single, single, square, single], "square", axis=0)
    graph.node("Expand", [away, target], "hidden")
    for layer in range(layers):
        x = _layer(graph, x, layer, parameters)
    first = graph.node("Gather", [x, graph.constant("zero", np.array(0))], "first", axis=1)
    last_axis = graph.constant("last_axis", np.array([2]))
    real = graph.node("Unsqueeze", ["mask", last_axis], "real")
    along = graph.constant("along", np.array([1]))
    total = graph.node("ReduceSum", [graph.node("Mul", [x, real], "kept"), along], "total", keepdims=0)
    count = graph.node("ReduceSum", [real, along], "count", keepdims=0)
    mean = graph.node("Div", [total, count], "mean")
    states = graph.node("Concat", [first, mean], "states", axis=1)
    weights = graph.floats("head.w", parameters["head.w"].astype(np.float16))
    graph.node("Gemm", [states, weights, graph.constant("head.b", parameters["head.b"])], "logits", transB=1)
    made = helper.make_graph(
        graph.nodes,
        "reading",
        [
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["texts", "length", width]),
            helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", "length"]),
        ],
        [
            helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", 2 * width]),
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", len(parameters["head.w"])]),
        ],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def write_encoder(folder: Path, name: str, parameters: Parameters, layers: int, tokenizer: str) -> None:
    """Write `NAME.onnx`, `NAME.pieces.npz` and `NAME.tokenizer.json.gz` into a folder.

    `head.signs` [outputs, signs], if it is there, is what the signs of `reading.surface` add to the logits.
    """
    signs = parameters.get("head.signs", np.zeros((len(parameters["head.w"]), 0), dtype=np.float32))
    onnx.save(graph_of(parameters, layers), folder / f"{name}.onnx")
    packed, scale = four_bits(parameters["embed.word"])
    place = parameters["embed.place"][:MAX_TOKENS].astype(np.float16)
    np.savez(
        folder / f"{name}.pieces.npz", packed=packed.reshape(len(packed), -1), scale=scale, place=place, signs=signs
    )
    (folder / f"{name}.tokenizer.json.gz").write_bytes(gzip.compress(tokenizer.encode(), 9, mtime=0))
