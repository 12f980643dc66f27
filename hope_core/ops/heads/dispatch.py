"""Chooses between the compiled passes around the heads and plain torch."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from hope_core.ops.choice import chosen
from hope_core.ops.heads import operators, reference
from hope_core.ops.proof import (
    constant_when_compiled,
    find_problem,
    largest_difference,
    warn_once,
)


def causal_convolution(x: Tensor, window: Tensor, weight: Tensor) -> Tensor:
    """y_t = sum_i weight_i x_{t - width + 1 + i}, for each channel on its own.

    Shapes: x, y (B, T, C); window (B, width - 1, C), the tokens before; weight (width, C).
    """
    if _fits(x, window, weight):
        y: Tensor = operators.convolve(x, window, weight)
        return y
    return reference.causal_convolution(x, window, weight)


def split_heads(projected: Tensor, heads: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Silu of (B, T, 4 D), cut into q, k of unit length, v (B, T, H, K) and a gate (B, T, D).

    Under autocast in float32, as the recurrence is that comes next.
    """
    if torch.is_autocast_enabled("cpu") and projected.device.type == "cpu":
        projected = projected.float()
    if _fits(projected):
        parts: tuple[Tensor, Tensor, Tensor, Tensor] = operators.split(projected, heads)
        return parts
    return reference.split_heads(projected, heads)


def gated_norm(y: Tensor, scale: Tensor, gate: Tensor) -> Tensor:
    """Each head of y (B, T, H, K) normalised, times scale (H, K) and gate (B, T, D): (B, T, D)."""
    if _fits(y, scale, gate):
        out: Tensor = operators.norm(y, scale, gate)
        return out
    return reference.gated_norm(y, scale, gate)


def _fits(*tensors: Tensor) -> bool:
    """Whether the compiled form takes these: float32 on a CPU, and no proof asks for another."""
    return (
        all(x.dtype == torch.float32 and x.device.type == "cpu" for x in tensors)
        and chosen("heads", "auto") in ("auto", "fused")
        and compiled_works()
    )


@constant_when_compiled
def compiled_works() -> bool:
    """Whether the compiled form may be used; warns once when it may not."""
    problem = compiled_problem()
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=1)
def compiled_problem() -> str:
    """Why the compiled form cannot be used, as a sentence; empty when it can."""
    return find_problem(_difference, torch.float32)


def _difference(dtype: torch.dtype) -> float:
    """The largest difference from plain torch, on two texts of three tokens and two heads."""
    wave = torch.sin(torch.arange(1.0, 241.0, dtype=torch.float64)).to(dtype)
    x = wave[:48].view(2, 3, 8).requires_grad_()
    window, weight = wave[48:64].view(2, 1, 8), wave[64:80].view(2, 8)
    projected = wave[80:224].view(2, 3, 24)
    scale = wave[224:230].view(2, 3).requires_grad_()
    leaves = [x, scale, *(part.requires_grad_() for part in (window, weight, projected))]
    results = []
    for convolve, split, norm in (
        (operators.convolve, operators.split, operators.norm),
        (reference.causal_convolution, reference.split_heads, reference.gated_norm),
    ):
        y = convolve(x, window, weight)
        q, k, v, gate = split(projected, 2)
        out = norm(q + k * v, scale, gate)
        grads = torch.autograd.grad(y.sin().sum() + out.sin().sum(), leaves)
        results.append([y.detach(), out.detach(), *grads])
    return largest_difference(results)
