"""The master recurrence token by token: slow, obvious, the measure of every other form.

Differentiable to any order by plain autograd; keeps every state, so use it on short sequences.
"""

from __future__ import annotations

import torch
from torch import Tensor

from hope_core.ops.recurrence.arguments import Inputs, Outputs


def reference(inputs: Inputs, *, read_after: bool) -> Outputs:
    """Run u = M k; S <- m S + (w z - c u) k^T; M <- a M - b u k^T + S, one token at a time.

    Shapes as in `Inputs`. The time axis is taken apart by `unbind`: the backward pass of `x[:, t]`
    would be quadratic in T.
    """
    M, S = inputs.M0, inputs.S0
    gates = [gate.unbind(1) for gate in (inputs.a, inputs.w, inputs.c)]
    b = None if inputs.b is None else inputs.b.unbind(1)
    m = None if inputs.m is None else inputs.m.unbind(1)
    reads = []
    for t, (q, k, z, a, w, c) in enumerate(
        zip(inputs.q.unbind(1), inputs.k.unbind(1), inputs.z.unbind(1), *gates, strict=True)
    ):
        if not read_after:
            reads.append(_read(M, q))
        u = _read(M, k)
        write = _outer(w[..., None] * z - c[..., None] * u, k)
        if S is not None and m is not None:
            S = write = m[t][..., None, None] * S + write
        kept = a[..., None, None] * M
        if b is not None:
            kept = kept - _outer(b[t][..., None] * u, k)
        M = kept + write
        if read_after:
            reads.append(_read(M, q))
    return Outputs(torch.stack(reads, dim=1), M, S)


def _read(M: Tensor, q: Tensor) -> Tensor:
    """The read M q for each head: (B, H, V, K), (B, H, K) -> (B, H, V)."""
    return (M @ q[..., None]).squeeze(-1)


def _outer(x: Tensor, k: Tensor) -> Tensor:
    """The outer product x k^T for each head: (B, H, V), (B, H, K) -> (B, H, V, K)."""
    return x[..., None] * k[..., None, :]
