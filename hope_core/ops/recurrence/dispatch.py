"""Chooses the backend of the master recurrence and brings the arguments into one type."""

from __future__ import annotations

import torch
from torch import Tensor

from hope_core.errors import ConfigError, Problem
from hope_core.ops.choice import chosen
from hope_core.ops.precision import computing_type, full_precision
from hope_core.ops.recurrence import flash_linear_attention as fla
from hope_core.ops.recurrence.arguments import Inputs, Outputs, check_shapes
from hope_core.ops.recurrence.available import fused_works
from hope_core.ops.recurrence.chunked_operator import chunked
from hope_core.ops.recurrence.fused import fused
from hope_core.ops.recurrence.reference import reference
from hope_core.table import did_you_mean


def backends_for(
    device: torch.device | str, dtype: torch.dtype, *, momentum: bool = False
) -> tuple[str, ...]:
    """The backends that can run on this device with this type, the fastest first.

    "fused" stands for numba's kernels: on a CPU, when numba is installed and has proved itself.
    Shapes without data (device "meta") are asked of the fused operator too, as they stand for a
    CPU run.
    """
    kind = torch.device(device).type
    if kind == "meta" or (kind == "cpu" and fused_works(computing_type(dtype), momentum)):
        return ("fused", "chunked", "reference")
    return ("chunked", "reference")


def recurrence(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor | None,
    M0: Tensor,
    S0: Tensor | None,
    *,
    read: str = "after",
    backend: str = "auto",
    chunk: int = 64,
) -> tuple[Tensor, Tensor, Tensor | None]:
    """The recurrence of every linear memory, exactly, by the chosen backend.

    For each token: u = M k; S <- m S + (w z - c u) k^T; M <- a M - b u k^T + S. Without S0 there
    is no momentum and m is not looked at: M <- a M - b u k^T + (w z - c u) k^T. The states, decays
    and solves are computed in float32, or in float64 if any argument is float64; y comes back in
    the type of z, the states in the computing type. Everything is differentiable, also M0 and S0.

    Args:
        q: what to read with, (B, T, H, K).
        k: keys, (B, T, H, K).
        z: write vectors, (B, T, H, V).
        a: how much of M is kept, (B, T, H).
        b: erasure of M along k, (B, T, H); None for 0, which saves its work.
        m: how much of S is kept, (B, T, H); None only without S0.
        w: strength of the write, (B, T, H).
        c: strength of the correction by what M holds already, (B, T, H); None for a w, which
            makes it the gated delta rule and lets a GPU use that rule's own kernels.
        M0: memory before the first token, (B, H, V, K).
        S0: momentum before the first token, (B, H, V, K), or None.
        read: "after" reads M_t for token t, "before" reads M_{t-1}.
        backend: "auto", one of `backends_for(device, dtype)`, or "fla" for the gated delta rule in
            half precision on a GPU.
        chunk: tokens in a chunk; changes speed and memory, not the result.

    Returns:
        y (B, T, H, V), and M and S after the last token, (B, H, V, K); S is None without S0.

    Raises:
        ConfigError: shapes that do not fit, or an unknown read order, backend or chunk length.
    """
    if read not in ("after", "before"):
        raise ConfigError([Problem("read", f"is {read!r}.", "Use 'after' or 'before'.")])
    if chunk < 1:
        raise ConfigError([Problem("chunk", f"is {chunk}.", "Use at least 1 token.")])
    delta = c is None
    arguments = (q, k, z, a, b, m if S0 is not None else None, w, a * w if c is None else c, M0, S0)
    dtype = computing_type(*(x.dtype for x in arguments if x is not None))
    inputs = Inputs(*(None if x is None else x.to(dtype) for x in arguments))  # type: ignore[arg-type]
    check_shapes(inputs)
    covered = fla.covers(
        inputs, z.dtype, read_after=read == "after", delta=delta, device=q.device.type
    )
    with full_precision(q.device):
        used = _choose(backend, inputs, covered=covered)
        if used == "fla":
            out = fla.flash_linear_attention(inputs, z.dtype)
        else:
            out = _run(inputs, read_after=read == "after", backend=used, chunk=chunk)
    return out.y.to(z.dtype), out.M, out.S


def _choose(backend: str, inputs: Inputs, *, covered: bool) -> str:
    """The backend to run: the one asked for if it is available here, or the fastest.

    One token is fastest in a handful of torch operations: a kernel would first turn the state
    round. `covered`: the rule is one of those that "fla" computes.
    """
    backend = chosen("recurrence", backend)
    device = inputs.q.device
    if backend in ("reference", "chunked"):
        return backend
    if backend == "auto" and inputs.q.shape[1] == 1:
        return "reference"
    if backend in ("auto", "fla") and covered and fla.works(device):
        return "fla"
    known = backends_for(device, inputs.q.dtype, momentum=inputs.S0 is not None)
    if backend == "auto":
        return known[0]
    if backend not in known:
        what = f"there is no '{backend}' on {device.type} here."
        raise ConfigError([Problem("backend", what, did_you_mean(backend, (*known, "auto")))])
    return backend


def _run(inputs: Inputs, *, read_after: bool, backend: str, chunk: int) -> Outputs:
    """Call the chosen backend."""
    if backend == "reference":
        return reference(inputs, read_after=read_after)
    if backend == "fused":
        return fused(inputs, read_after=read_after)
    return chunked(inputs, read_after=read_after, chunk=chunk)
