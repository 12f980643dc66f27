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

from hope_core.nn.heads import read_heads
from hope_core.ops.mlp_memory.network import MlpWeights, activation
from hope_core.ops.recurrence import recurrence

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
def chunk_map_bound(
    k: Tensor, retain: Tensor, erase: Tensor, write: Tensor, *, chunk: int
) -> Tensor:
    """The bound of frozen writes with live erasure, the largest over batch and chunks: (H,).

    An error E of the memory becomes E P over a chunk, P <- P (a I - b k k^T) - w k k^T from P = I.
    The bound is 1 - the smallest eigenvalue of P's symmetric part: at 2 an error comes back as
    large, turned round. Without retention and erasure it is that of `stability_bound`.

    Args:
        k: keys (B, T, H, K).
        retain: a of each token (B, T, H).
        erase: b.
        write: w.
        chunk: tokens that share a gradient.
    """
    largest = k.new_zeros(k.shape[2])
    identity = torch.eye(k.shape[-1], dtype=k.dtype, device=k.device)
    parts = (torch.split(x, chunk, dim=1) for x in (k, retain, erase, write))
    for keys, a, b, w in zip(*parts, strict=True):
        first = identity.expand(k.shape[0], k.shape[2], -1, -1)
        _, P, _ = recurrence(keys, keys, -keys, a, b, None, w, torch.zeros_like(w), first, None)
        if not bool(torch.isfinite(P).all()):
            return torch.full_like(largest, math.inf)
        smallest = torch.linalg.eigvalsh((P + P.mT) / 2)[..., 0]
        largest = torch.maximum(largest, (1 - smallest).amax(0).to(k.dtype))
    return largest


@torch.no_grad()
def network_bound(weights: MlpWeights, k: Tensor, step: Tensor, *, chunk: int) -> Tensor:
    """The bound of a two-layer network's writes, of both layers together: (H,).

    To first order a step changes the answer by theta (J J^T) times the error; J has the hidden
    layer for the outer weights and, for the inner, keys magnified at most by the outer weights and
    sigma' (below 1.13).

    Args:
        weights: the network, (B, H, ., .).
        k: keys (B, T, H, K).
        step: theta / (1 - eta) of each token (B, T, H).
        chunk: tokens that share a gradient.
    """
    if not all(bool(torch.isfinite(layer).all()) for layer in weights):
        return k.new_full((k.shape[2],), math.inf)
    hidden = activation(read_heads(weights.inner, k))
    through = STEEPEST * torch.linalg.matrix_norm(weights.outer, ord=2)[:, None, :, None]
    outer = stability_bound(hidden, step, chunk=chunk)
    return outer + stability_bound(through.to(k.dtype) * k, step, chunk=chunk)


STEEPEST = 1.13
"""The largest slope of GELU."""


@torch.no_grad()
def half_life(alpha: Tensor) -> Tensor:
    """Tokens after which half of a memory is forgotten, ln 2 / mean(-ln(1 - alpha)): (H,).

    Args:
        alpha: the share forgotten at each token (B, T, H); infinitely long where it is 0.
    """
    kept = (1 - alpha.double()).clamp(min=1e-12)
    return (math.log(2.0) / kept.log().mean((0, 1)).abs()).to(alpha.dtype)
