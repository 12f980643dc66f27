"""Whether the fused kernels can be used here: numba is there, compiles and computes correctly."""

from __future__ import annotations

import warnings
from functools import lru_cache
from importlib.util import find_spec

import torch

from hope_core.ops.recurrence.arguments import Inputs
from hope_core.ops.recurrence.reference import reference

BREAKAGES = (
    ImportError,
    OSError,
    RuntimeError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    NotImplementedError,
)
"""What a missing, half-installed or mismatched compiler has been seen to raise."""


@torch.compiler.assume_constant_result  # type: ignore[untyped-decorator]
def fused_works(dtype: torch.dtype) -> bool:
    """Whether the fused kernels may be used for this type; warns once when they may not."""
    problem = fused_problem(dtype)
    if problem:
        _warn(problem)
    return not problem


@lru_cache(maxsize=2)
def fused_problem(dtype: torch.dtype) -> str:
    """Why the fused kernels cannot be used, as a sentence; empty when they can.

    Compiles them (or loads them from numba's cache) and compares a few tokens, forward and
    backward, with the reference.
    """
    if find_spec("numba") is None:
        return "numba is not installed, so memories run on the slower chunked kernels."
    try:
        error = max(_difference(dtype, momentum) for momentum in (False, True))
    except BREAKAGES as failure:
        return f"numba does not work here ({failure}), so memories run on the chunked kernels."
    if error > (1e-10 if dtype == torch.float64 else 1e-4):
        return f"numba computes wrong values here (off by {error:.1e}), so it is not used."
    return ""


@lru_cache(maxsize=2)
def _warn(problem: str) -> None:
    """Say it once."""
    warnings.warn(problem, RuntimeWarning, stacklevel=4)


def _difference(dtype: torch.dtype, momentum: bool) -> float:
    """The largest difference of fused from reference, outputs and gradients, on a tiny case."""
    from hope_core.ops.recurrence.fused import fused

    with torch.inference_mode(mode=False), torch.enable_grad():
        inputs = _tiny(dtype, momentum)
        leaves = [x for x in inputs if x is not None]
        results = []
        for run in (fused, reference):
            out = run(inputs, read_after=True)
            ends = [x for x in out if x is not None]
            grads = torch.autograd.grad([x.sin().sum() for x in ends], leaves)
            results.append([*(x.detach() for x in ends), *grads])
    pairs = zip(*results, strict=True)
    return max(float((one - other).abs().max()) for one, other in pairs)


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
