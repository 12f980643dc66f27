"""Whether the fused self-writing memories can be used here, and for what."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from hope_core.ops.choice import chosen
from hope_core.ops.proof import constant_when_compiled, find_problem, warn_once
from hope_core.ops.self_writing.fused import SelfWriting, self_writing

LONGEST = 64
"""Tokens of the longest chunk: a chunk's states are all held on the way back."""


def fits(x: Tensor, live: Tensor, rule: SelfWriting) -> bool:
    """Whether the fused form takes these."""
    return (
        x.dtype == live.dtype == torch.float32
        and x.device.type == "cpu"
        and rule.chunk <= LONGEST
        and chosen("self_writing", "auto") in ("auto", "fused")
        and fused_works()
    )


@constant_when_compiled
def fused_works() -> bool:
    """Whether the fused form may be used; warns once when it may not."""
    problem = fused_problem()
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=1)
def fused_problem() -> str:
    """Why the fused form cannot be used, as a sentence; empty when it can."""
    return find_problem(_difference, torch.float32)


def _difference(dtype: torch.dtype) -> float:
    """How far slopes are from what a small push shows, in a case of five tokens."""
    rule = SelfWriting(0.2, 1.0, 1.0, True, True, True, 2, 1)
    wave = torch.sin(torch.arange(1.0, 100.0, dtype=dtype))
    x, biases = wave[:15].view(1, 5, 1, 3), wave[15:17].view(2, 1)
    live, frozen = 0.3 * wave[20:44].view(1, 1, 8, 3), 0.3 * wave[50:74].view(1, 1, 8, 3)
    leaves = [t.clone().requires_grad_() for t in (x, biases, live, frozen)]

    def total(tensors: list[Tensor]) -> Tensor:
        outs = self_writing(*tensors, rule=rule)
        return torch.stack([out.sin().sum() for out in outs]).sum()

    slopes = torch.autograd.grad(total(leaves), leaves)
    push = [torch.cos(torch.arange(1.0, t.numel() + 1.0)).view(t.shape).to(dtype) for t in leaves]
    told = torch.stack([(s * p).sum() for s, p in zip(slopes, push, strict=True)]).sum()
    with torch.no_grad():
        high, low = (
            total([t + step * p for t, p in zip(leaves, push, strict=True)])
            for step in (1e-2, -1e-2)
        )
    return float((told - (high - low) / 2e-2).abs() / (1 + told.abs()) / 100)
