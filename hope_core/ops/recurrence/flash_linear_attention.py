"""The gated delta rule by flash-linear-attention's kernels, on a GPU that has the package.

Notable: written to the package's documented interface; its kernels compute in half precision only,
so they serve runs in bf16 or fp16; before their first use they are compared with the token loop on
a small case, and whatever keeps them from being used is told once.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import torch
from torch import Tensor

from hope_core.ops.proof import breakages_of, first_line, largest_difference, warn_once
from hope_core.ops.recurrence.arguments import Inputs, Outputs
from hope_core.ops.recurrence.reference import reference

DEVICES = ("cuda",)
"""Where the kernels run."""
HALF = (torch.bfloat16, torch.float16)
WIDEST = 256
"""Channels of the widest key."""
TINY = 1e-6
"""Gates are taken as at least this: the kernels want their logarithm."""
LOOSE = 0.05
"""What half precision may lose on the small case, whose numbers are about 1."""


def covers(
    inputs: Inputs, dtype: torch.dtype, *, read_after: bool, delta: bool, device: str
) -> bool:
    """Whether the kernels compute this row of the table of linear memories.

    Args:
        inputs: as the backends get them.
        dtype: of z as it was given.
        read_after: whether token t reads M_t.
        delta: whether the correction c is a w, which makes it the gated delta rule.
        device: type of the device.
    """
    plain = inputs.b is None and inputs.S0 is None
    fits = device in DEVICES and dtype in HALF and inputs.k.shape[-1] <= WIDEST
    return plain and delta and read_after and fits


def works(device: torch.device) -> bool:
    """Whether the kernels may be used on this device; warns once when they may not."""
    problem = problem_of(str(device))
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=16)
def problem_of(device: str) -> str:
    """Why the kernels cannot be used, as a sentence; empty when they can."""
    if find_spec("fla") is None:
        return (
            "flash-linear-attention is not installed: Gated DeltaNet runs on the chunked kernels "
            "here. Installing it may be faster."
        )
    try:
        with torch.inference_mode(mode=False), torch.enable_grad():
            error = _difference(device)
    except breakages_of("triton.errors", "TritonError") as failure:
        return (
            f"flash-linear-attention does not work here ({first_line(failure)}): Gated DeltaNet "
            "runs on the chunked kernels."
        )
    if not error < LOOSE:
        return f"flash-linear-attention is off by {error:.1e} here: it is not used."
    return ""


def flash_linear_attention(inputs: Inputs, dtype: torch.dtype) -> Outputs:
    """Run the gated delta rule by the package's kernels, q, k and z in half precision.

    Its state is the transpose of ours, its decay the logarithm of a, its beta our w.
    """
    run = import_module("fla.ops.gated_delta_rule").chunk_gated_delta_rule
    y, state = run(
        inputs.q.to(dtype),
        inputs.k.to(dtype),
        inputs.z.to(dtype),
        g=inputs.a.clamp(min=TINY).log(),
        beta=inputs.w.to(dtype),
        scale=1.0,
        initial_state=inputs.M0.mT.contiguous(),
        output_final_state=True,
    )
    return Outputs(y, state.to(inputs.M0.dtype).mT, None)


def _difference(device: str) -> float:
    """The largest difference from the token loop in value and gradient, on seventy tokens."""
    B, T, H, K = 1, 70, 2, 16

    def wave(*shape: int, frequency: float) -> Tensor:
        count = int(torch.Size(shape).numel())
        values = torch.sin(frequency * torch.arange(1.0, count + 1.0))
        return values.reshape(shape)

    q, k, z = (wave(B, T, H, K, frequency=f) for f in (1.3, 0.7, 1.9))
    a, w = (0.5 + 0.4 * wave(B, T, H, frequency=f) for f in (0.9, 0.4))
    k, q = (torch.nn.functional.normalize(x, dim=-1) for x in (k, q))
    M = 0.1 * wave(B, H, K, K, frequency=0.6)
    leaves = [x.to(device).detach().requires_grad_() for x in (q, k, z, a, w, M)]
    q, k, z, a, w, M = leaves
    inputs = Inputs(q, k, z, a, None, None, w, a * w, M, None)
    results = []
    for out in (flash_linear_attention(inputs, torch.bfloat16), reference(inputs, read_after=True)):
        ends = [out.y.float(), out.M.float()]
        grads = torch.autograd.grad(
            [x.square().mean() for x in ends], leaves, retain_graph=True, allow_unused=False
        )
        results.append([*(x.detach() for x in ends), *grads])
    return largest_difference(results)
