"""How near a memory is to blowing up, and how long it remembers: what every rule's measure shares.

A memory that writes along the gradient taken at a chunk's start settles while
theta lambda_max(K^T K) / (1 - eta) < 2, K being the chunk's keys (a safe rule: it may hold up to
three times as much). With a live gradient the chunk is one token, and the bound theta |k|^2 / (1 -
eta).
Shapes: B batch, T time, H heads, K key width.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import pad

SAFE = 2.0
"""Up to this, writes settle."""


@torch.no_grad()
def stability_bound(k: Tensor, step: Tensor, *, chunk: int = 1) -> Tensor:
    """The largest lambda_max(sum of step_t k_t k_t^T over a chunk): (H,), over batch and chunks.

    Args:
        k: keys (B, T, H, K).
        step: theta / (1 - eta) of each token (B, T, H), at least 0.
        chunk: tokens that share a gradient; 1 for a live one.
    """
    weighted = k * step.to(k.dtype).sqrt()[..., None]
    if chunk == 1:
        return weighted.square().sum(-1).amax((0, 1))
    if not bool(torch.isfinite(weighted).all()):
        return weighted.new_full((k.shape[2],), math.inf)
    whole = pad(weighted, (0, 0, 0, 0, 0, -k.shape[1] % chunk))
    chunks = whole.view(k.shape[0], -1, chunk, *k.shape[2:]).movedim(2, -2)
    largest: Tensor = torch.linalg.matrix_norm(chunks, ord=2)
    return largest.square().amax((0, 1))


@torch.no_grad()
def half_life(alpha: Tensor) -> Tensor:
    """Tokens after which half of a memory is forgotten, ln 2 / mean(-ln(1 - alpha)): (H,).

    Args:
        alpha: the share forgotten at each token (B, T, H); infinitely long where it is 0.
    """
    kept = (1 - alpha.double()).clamp(min=1e-12)
    return (math.log(2.0) / kept.log().mean((0, 1)).abs()).to(alpha.dtype)
