"""A small transformer encoder as plain functions of its parameters, with the 4-bit rounding of the shipped weights
already in force while it learns, so that packing them afterwards loses nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

ATTENTION_HEADS = 12
BLOCK = 32
_NORM_EPSILON = 1e-12

Weights = dict[str, Tensor]


def rounded(weights: Tensor) -> Tensor:
    """Blocks of 32 weights on 16 levels; the gradient passes as if they had not been rounded (straight through)."""
    blocks = weights.detach().reshape(-1, BLOCK)
    low, high = blocks.amin(1, keepdim=True), blocks.amax(1, keepdim=True)
    scale = (torch.where(high > -low, high, low) / -8).half().float()
    inverse = torch.where(scale == 0, 0.0, 1 / scale)
    on_levels = (torch.clamp(torch.round(blocks * inverse), -8, 7) * scale).reshape(weights.shape)
    return weights + (on_levels - weights.detach())


def _linear(x: Tensor, weights: Weights, name: str) -> Tensor:
    matrix = weights[f"{name}.w"]
    return functional.linear(x, rounded(matrix) if matrix.requires_grad else matrix, weights[f"{name}.b"])


def _norm(x: Tensor, weights: Weights, name: str) -> Tensor:
    return functional.layer_norm(x.float(), x.shape[-1:], weights[f"{name}.w"], weights[f"{name}.b"], _NORM_EPSILON)


def _split(x: Tensor) -> Tensor:
    return x.view(*x.shape[:2], ATTENTION_HEADS, -1).transpose(1, 2)


def encode(weights: Weights, tokens: Tensor, mask: Tensor, layers: int) -> Tensor:
    """[texts, 2 x width]: the first token's state beside the mean of all states. `mask` is true on real tokens.

    Weights that are being learned are rounded on the way; others are taken as they are.
    """
    length = tokens.shape[1]
    x = functional.embedding(tokens, weights["embed.word"]) + weights["embed.place"][:length]
    x = _norm(x, weights, "embed.norm")
    attend = mask[:, None, None, :]
    for layer in range(layers):
        q, k, v = (_split(_linear(x, weights, f"{layer}.{part}")) for part in "qkv")
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=attend)
        mixed = mixed.transpose(1, 2).reshape(x.shape)
        x = _norm(x + _linear(mixed, weights, f"{layer}.o"), weights, f"{layer}.norm1")
        wide = functional.gelu(_linear(x, weights, f"{layer}.up"))
        x = _norm(x + _linear(wide, weights, f"{layer}.down"), weights, f"{layer}.norm2")
    real = mask[..., None].float()
    return torch.cat([x[:, 0], (x * real).sum(1) / real.sum(1)], dim=1)
