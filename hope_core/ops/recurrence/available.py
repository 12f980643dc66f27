"""Whether the fused recurrence can be used here; tried once, on a case of three tokens."""

from __future__ import annotations

from functools import lru_cache, partial

import torch

from hope_core.ops.proof import constant_when_compiled, find_problem, largest_difference, warn_once
from hope_core.ops.recurrence.arguments import Inputs
from hope_core.ops.recurrence.reference import reference


@constant_when_compiled
def fused_works(dtype: torch.dtype, momentum: bool) -> bool:
    """Whether the fused kernels may be used, for this type; warns once when they may not."""
    problem = fused_problem(dtype, momentum)
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=4)
def fused_problem(dtype: torch.dtype, momentum: bool) -> str:
    """Why the fused kernels cannot be used, as a sentence; empty when they can.

    Compiles them, or loads them from numba's cache, and compares outputs and gradients with the
    reference. Those with momentum are kernels of their own.
    """
    return find_problem(partial(_difference, momentum), dtype)


def _difference(momentum: bool, dtype: torch.dtype) -> float:
    """The largest difference of fused from reference."""
    from hope_core.ops.recurrence.fused import fused

    inputs = _tiny(dtype, momentum)
    leaves = [x for x in inputs if x is not None]
    results = []
    for run in (fused, reference):
        ends = [x for x in run(inputs, read_after=True) if x is not None]
        grads = torch.autograd.grad([x.sin().sum() for x in ends], leaves)
        results.append([*(x.detach() for x in ends), *grads])
    return largest_difference(results)


def _tiny(dtype: torch.dtype, momentum: bool) -> Inputs:
    """Three tokens whose widths are no multiple of anything."""
    B, T, H, K, V = 1, 3, 2, 5, 3

    def wave(*shape: int, frequency: float) -> torch.Tensor:
        count = int(torch.Size(shape).numel())
        values = torch.sin(frequency * torch.arange(1.0, count + 1.0, dtype=torch.float64))
        return (0.5 * values).to(dtype).reshape(shape).requires_grad_()

    q, k = (wave(B, T, H, K, frequency=f) for f in (1.3, 0.7))
    z = wave(B, T, H, V, frequency=1.9)
    a, b, m, w, c = (wave(B, T, H, frequency=f) for f in (0.9, 2.3, 1.1, 0.4, 1.7))
    M0, S0 = (wave(B, H, V, K, frequency=f) for f in (0.6, 1.5))
    return Inputs(q, k, z, a, b, m if momentum else None, w, c, M0, S0 if momentum else None)
