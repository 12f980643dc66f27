"""The gradient of the chunk form, written out, so that nothing is kept but each chunk's start.

Notable: with the start states known, all of a chunk is computed anew for all chunks at once; one
sweep from the last chunk to the first carries the gradients of the states; names follow
memory-math.md 2.1 (R, U, P as there; d... is the gradient of ...).
Shapes: n chunks, B, H lead; C tokens a chunk; decays (C + 1, C + 1) as in `decay_products`.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from hope_core.ops.recurrence.arguments import Inputs
from hope_core.ops.recurrence.chunked import decay_products, into_chunks, padded_gate


class _Chunks(NamedTuple):
    """What the forward pass computed inside each chunk, from its start state."""

    q: Tensor
    k: Tensor
    z: Tensor
    b: Tensor | None
    w: Tensor
    c: Tensor
    A: Tensor
    N: Tensor | None
    G: Tensor
    M: Tensor
    S: Tensor | None
    U: Tensor
    P: Tensor
    inverse: Tensor
    keys: Tensor
    scores: Tensor
    rows: slice


class _Swept(NamedTuple):
    """Gradients of each chunk's end states M and S, of P, of E = b U, of R; of the first states."""

    M: Tensor
    S: Tensor | None
    P: Tensor
    E: Tensor
    R: Tensor
    first: tuple[Tensor, Tensor | None]


class _Inside(NamedTuple):
    """Gradients of a chunk's tokens and of its decays."""

    q: Tensor
    k: Tensor
    z: Tensor
    b: Tensor | None
    w: Tensor
    c: Tensor
    A: Tensor
    G: Tensor
    N: Tensor | None


def chunk_gradients(
    inputs: Inputs,
    starts: Tensor,
    dy: Tensor,
    dM: Tensor,
    dS: Tensor | None,
    *,
    read_after: bool,
    chunk: int,
) -> Inputs:
    """Gradients of every argument, where T is a multiple of `chunk`.

    Args:
        inputs: of the forward pass.
        starts: M, and S beside it, before each chunk, (n, B, H, V, K or 2 K).
        dy: gradient of the reads (B, T, H, V).
        dM: of the last M (B, H, V, K).
        dS: of the last S, or None.
        read_after: whether token t reads M_t.
        chunk: tokens in a chunk.
    """
    p = _chunks(inputs, starts, read_after=read_after, chunk=chunk)
    dy = into_chunks(dy, chunk)
    swept = _sweep(p, dy, dM, dS)
    found = _inside(p, swept, dy)
    dA, dm = found.A, None
    if inputs.m is None or p.N is None or found.N is None:
        dA = dA + found.G
    else:
        dA[..., 1:] += found.G @ p.N[..., 1:, :].mT
        found.N[..., 1:, :] += p.A[..., 1:].mT @ found.G
        dm = _gate_gradient(into_chunks(inputs.m[..., None], chunk), found.N)
    da = _gate_gradient(into_chunks(inputs.a[..., None], chunk), dA)
    q, k, z, a, w, c = (
        _out_of_chunks(x) for x in (found.q, found.k, found.z, da, found.w, found.c)
    )
    b, m = (None if x is None else _out_of_chunks(x)[..., 0] for x in (found.b, dm))
    return Inputs(q, k, z, a[..., 0], b, m, w[..., 0], c[..., 0], *swept.first)


def _chunks(inputs: Inputs, starts: Tensor, *, read_after: bool, chunk: int) -> _Chunks:
    """Compute a chunk's own numbers again, for all chunks at once."""
    q, k, z = (into_chunks(x, chunk) for x in (inputs.q, inputs.k, inputs.z))
    a, w, c = (into_chunks(x[..., None], chunk) for x in (inputs.a, inputs.w, inputs.c))
    b = None if inputs.b is None else into_chunks(inputs.b[..., None], chunk)
    A = decay_products(a)
    N = None if inputs.m is None else decay_products(into_chunks(inputs.m[..., None], chunk))
    G = A if N is None else A[..., 1:] @ N[..., 1:, :]
    K = k.shape[-1]
    M, S = starts[..., :K], None if N is None else starts[..., K:]
    keys = k @ k.mT
    erase = G[..., :-1, 1:] * c.mT
    if b is not None:
        erase = erase + A[..., :-1, 1:] * b.mT
    identity = torch.eye(chunk, dtype=k.dtype, device=k.device)
    inverse = torch.linalg.solve_triangular(
        (keys * erase).tril(-1), identity.expand_as(keys), upper=False, unitriangular=True
    )
    R = (keys * G[..., :-1, 1:] * w.mT) @ z + A[..., :-1, :1] * (k @ M.mT)
    if S is not None:
        R = R + G[..., :-1, :1] * (k @ S.mT)
    U = inverse @ R
    P = w * z - c * U
    rows = slice(1, chunk + 1) if read_after else slice(0, chunk)
    return _Chunks(q, k, z, b, w, c, A, N, G, M, S, U, P, inverse, keys, q @ k.mT, rows)


def _sweep(p: _Chunks, dy: Tensor, dM: Tensor, dS: Tensor | None) -> _Swept:
    """From the last chunk to the first: what each chunk's end states and writes are worth."""
    reads = (p.scores * p.G[..., p.rows, 1:]).mT @ dy
    erased = -(p.scores * p.A[..., p.rows, 1:]).mT @ dy
    last_A, last_G = p.A[..., -1, 1:, None], p.G[..., -1, 1:, None]
    last_N = None if p.N is None else p.N[..., -1, 1:, None]
    from_M = dy.mT @ (p.A[..., p.rows, :1] * p.q)
    from_S = None if p.S is None else dy.mT @ (p.G[..., p.rows, :1] * p.q)
    kept: list[tuple[Tensor, ...]] = []
    for i in reversed(range(len(dy))):
        k, ends = p.k[i], (dM,) if dS is None else (dM, dS)
        arriving = k @ dM.mT
        dP = reads[i] + last_G[i] * arriving
        if dS is not None and last_N is not None:
            dP = dP + last_N[i] * (k @ dS.mT)
        dE = erased[i] - last_A[i] * arriving
        dU = -p.c[i] * dP if p.b is None else p.b[i] * dE - p.c[i] * dP
        dR = p.inverse[i].mT @ dU
        kept.append((dP, dE, dR, *ends))
        before = from_M[i] + dR.mT @ (p.A[i, ..., :-1, :1] * k) + p.A[i, ..., -1:, :1] * dM
        if dS is not None and p.N is not None and from_S is not None:
            dS = (
                from_S[i]
                + dR.mT @ (p.G[i, ..., :-1, :1] * k)
                + p.G[i, ..., -1:, :1] * dM
                + p.N[i, ..., -1:, :1] * dS
            )
        dM = before
    dP, dE, dR, dM_ends, *dS_ends = (
        torch.stack(column) for column in zip(*reversed(kept), strict=True)
    )
    return _Swept(dM_ends, dS_ends[0] if dS_ends else None, dP, dE, dR, (dM, dS))


def _inside(p: _Chunks, d: _Swept, dy: Tensor) -> _Inside:
    """All that does not wait for later chunks, once the sweep is done."""
    keys = p.keys
    dL = -(d.R @ p.U.mT).tril(-1)
    G, A = p.G[..., :-1, 1:], p.A[..., :-1, 1:]
    write = d.R @ p.z.mT
    dz = (keys * G * p.w.mT).mT @ d.R + p.w * d.P
    dw = ((write * keys * G).sum(-2) + (d.P * p.z).sum(-1))[..., None]
    dc = ((dL * keys * G).sum(-2) - (d.P * p.U).sum(-1))[..., None]
    dG, dA = torch.zeros_like(p.G), torch.zeros_like(p.A)
    dG[..., :-1, 1:] += keys * (dL * p.c.mT + write * p.w.mT)
    dkeys = dL * G * p.c.mT + write * G * p.w.mT
    db = None
    if p.b is not None:
        dA[..., :-1, 1:] += keys * dL * p.b.mT
        dkeys = dkeys + dL * A * p.b.mT
        db = ((dL * keys * A).sum(-2) + (d.E * p.U).sum(-1))[..., None]
    dk = (dkeys + dkeys.mT) @ p.k
    dq, more = _of_reads(p, dy, dA, dG)
    dk = dk + more + _of_states(p, d, dA, dG)
    dN = None
    if p.N is not None and p.S is not None and d.S is not None:
        dN = torch.zeros_like(p.N)
        dN[..., -1, 1:] += (p.P * (p.k @ d.S.mT)).sum(-1)
        dN[..., -1, 0] += (d.S * p.S).sum((-1, -2))
    return _Inside(dq, dk, dz, db, dw, dc, dA, dG, dN)


def _of_reads(p: _Chunks, dy: Tensor, dA: Tensor, dG: Tensor) -> tuple[Tensor, Tensor]:
    """dq, and what the reads add to dk; adds to dA and dG in place."""
    written = dy @ p.P.mT
    dscores = written * p.G[..., p.rows, 1:]
    dG[..., p.rows, 1:] += written * p.scores
    if p.b is not None:
        erased = dy @ (p.b * p.U).mT
        dscores = dscores - erased * p.A[..., p.rows, 1:]
        dA[..., p.rows, 1:] -= erased * p.scores
    dq = dscores @ p.k + (p.A[..., p.rows, :1] * dy) @ p.M
    dA[..., p.rows, 0] += (dy * (p.q @ p.M.mT)).sum(-1)
    if p.S is not None:
        dq = dq + (p.G[..., p.rows, :1] * dy) @ p.S
        dG[..., p.rows, 0] += (dy * (p.q @ p.S.mT)).sum(-1)
    return dq, dscores.mT @ p.q


def _of_states(p: _Chunks, d: _Swept, dA: Tensor, dG: Tensor) -> Tensor:
    """What the start and end states add to dk; adds to dA and dG in place."""
    arriving = p.k @ d.M.mT
    written = p.G[..., -1, 1:, None] * p.P
    dG[..., -1, 1:] += (p.P * arriving).sum(-1)
    if p.b is not None:
        bU = p.b * p.U
        written = written - p.A[..., -1, 1:, None] * bU
        dA[..., -1, 1:] -= (bU * arriving).sum(-1)
    dk = written @ d.M + (p.A[..., :-1, :1] * d.R) @ p.M
    dA[..., :-1, 0] += (d.R * (p.k @ p.M.mT)).sum(-1)
    dA[..., -1, 0] += (d.M * p.M).sum((-1, -2))
    if p.S is not None and p.N is not None and d.S is not None:
        dk = dk + (p.N[..., -1, 1:, None] * p.P) @ d.S + (p.G[..., :-1, :1] * d.R) @ p.S
        dG[..., :-1, 0] += (d.R * (p.k @ p.S.mT)).sum(-1)
        dG[..., -1, 0] += (d.M * p.S).sum((-1, -2))
    return dk


def _gate_gradient(gate: Tensor, d_products: Tensor) -> Tensor:
    """The gradient of the gates (..., C, 1) from that of `decay_products`; exact at 0 too."""
    padded = padded_gate(gate)
    d_padded: Tensor = torch.ops.aten.cumprod_backward(
        d_products.tril(), padded, -2, padded.cumprod(dim=-2)
    )
    return d_padded.tril(-1).sum(-1, keepdim=True)[..., 1:, :]


def _out_of_chunks(x: Tensor) -> Tensor:
    """(n, B, H, C, X) -> (B, n C, H, X)."""
    n, B, H, C, X = x.shape
    return x.permute(1, 0, 3, 2, 4).reshape(B, n * C, H, X)
