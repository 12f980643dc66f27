"""The same in plain torch, one operation after the other: any device, any type, any order of slope.

Shapes: B batch, T time, C channels, D width, H heads, K = D / H.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import layer_norm, silu

EPS = 1e-6
"""Keys far shorter than its root stay short."""


def causal_convolution(x: Tensor, window: Tensor, weight: Tensor) -> Tensor:
    """y_t = sum_i weight_i x_{t - width + 1 + i}: x (B, T, C), window (B, width - 1, C)."""
    length = x.shape[1]
    padded = torch.cat([window.to(x.dtype), x], dim=1)
    weight = weight.to(x.dtype)
    y = padded[:, :length] * weight[0]
    for shift in range(1, weight.shape[0]):
        y = y + padded[:, shift : shift + length] * weight[shift]
    return y


def split_heads(projected: Tensor, heads: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Silu of (B, T, 4 D), cut into q, k of unit length, v (B, T, H, K) and a gate (B, T, D)."""
    q, k, v, gate = silu(projected).chunk(4, dim=-1)
    q, k, v = (part.view(*part.shape[:-1], heads, -1) for part in (q, k, v))
    return _unit_length(q), _unit_length(k), v, gate


def gated_norm(y: Tensor, scale: Tensor, gate: Tensor) -> Tensor:
    """Each head of y (B, T, H, K) normalised, times scale (H, K) and gate (B, T, D)."""
    y = layer_norm(y, y.shape[-1:]) * scale.to(y.dtype)
    return y.flatten(-2).to(gate.dtype) * gate


def _unit_length(x: Tensor) -> Tensor:
    """Tokens x (..., K) at Euclidean length 1."""
    return x * torch.rsqrt(torch.linalg.vecdot(x, x).unsqueeze(-1) + EPS)
