"""The master recurrence in its exact chunk form: matrix products in place of a token loop.

Notable: products of gates are built by `cumprod` over masked gates, never as quotients of
cumulative products, so gates of exactly 0 (and negative ones) are exact in value and gradient; the
start state rides along as position 0 of each chunk; all that does not depend on the state is
computed for all chunks at once, which leaves a few matrix products a chunk in the sequential loop.
Without momentum and b it is the UT transform of the gated delta rule (Yang et al. 2024).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from hope_core.ops.recurrence.arguments import Inputs, Outputs


def chunk_values(inputs: Inputs, *, read_after: bool, chunk: int) -> tuple[Outputs, list[Tensor]]:
    """Run the recurrence in chunks of `chunk` tokens, of which T is a multiple.

    The chunk length changes speed and memory only: the result is that of the token loop.

    Returns:
        The results, and M with S beside it before each chunk, (B, H, V, K or 2 K).
    """
    B, T, H, _ = inputs.q.shape
    V = inputs.z.shape[-1]
    terms = _terms(inputs, read_after=read_after, chunk=chunk)
    M, S = inputs.M0, inputs.S0
    reads, starts = [], []
    S_terms = [None] * len(terms.y) if terms.S is None else terms.S.unbind(0)
    for y_n, M_n, S_n in zip(terms.y.unbind(0), terms.M.unbind(0), S_terms, strict=True):
        state = M if S is None else torch.cat([M, S], dim=-1)
        starts.append(state)
        reads.append(y_n[..., :V] + y_n[..., V:] @ state.mT)
        M = M_n[..., :V, :] + state @ M_n[..., V:, :]
        if S_n is not None:
            S = S_n[..., :V, :] + state @ S_n[..., V:, :]
    y = torch.stack(reads).permute(1, 0, 3, 2, 4).reshape(B, T, H, V)
    return Outputs(y, M, S), starts


def cut(inputs: Inputs, start: int, stop: int) -> Inputs:
    """The tokens start..stop of every argument that has a time axis."""
    if start == 0 and stop == inputs.q.shape[1]:
        return inputs
    tokens = {
        name: value[:, start:stop]
        for name, value in inputs._asdict().items()
        if value is not None and name not in ("M0", "S0")
    }
    return inputs._replace(**tokens)


class _Terms(NamedTuple):
    """All of a chunk that does not depend on its start state, for n chunks at once.

    With P = P_z + P_M M0^T (+ P_S S0^T) and likewise U, outputs are linear in the states:
    y = y_z + y_M M0^T + y_S S0^T, M' = M_z + M0 M_M + S0 M_S, S' = S_z + M0 S_M + S0 S_S.
    Each entry stacks the part from z, the map from M0 and, with momentum, the map from S0:
    y (n, B, H, C, V + K or V + 2K); M and S (n, B, H, V + K or V + 2K, K).
    """

    y: Tensor
    M: Tensor
    S: Tensor | None


def _terms(inputs: Inputs, *, read_after: bool, chunk: int) -> _Terms:
    """Everything before the sequential loop: decays, scores, the solve and their products."""
    q, k, z = (into_chunks(x, chunk) for x in (inputs.q, inputs.k, inputs.z))
    a, w, c = (into_chunks(x[..., None], chunk) for x in (inputs.a, inputs.w, inputs.c))
    b = None if inputs.b is None else into_chunks(inputs.b[..., None], chunk)
    A = decay_products(a)
    if inputs.m is None:
        N, G, F = None, A, None
    else:
        N = decay_products(into_chunks(inputs.m[..., None], chunk))
        # The sum runs over writes, and the start position is none: column 0 is what S0 adds to M.
        G = A[..., 1:] @ N[..., 1:, :]
        F = G[..., :1]
    before, after = slice(0, chunk), slice(1, chunk + 1)
    rows = after if read_after else before

    def from_start(where: slice, x: Tensor) -> list[Tensor]:
        """What the rows x read of the start states, after their decay up to `where`."""
        parts = [A[..., where, :1] * x]
        return parts if F is None else [*parts, F[..., where, :] * x]

    keys = k @ k.mT
    erase = G[..., before, 1:] * c.mT
    if b is not None:
        erase = erase + A[..., before, 1:] * b.mT
    right = torch.cat([(keys * G[..., before, 1:] * w.mT) @ z, *from_start(before, k)], dim=-1)
    U = torch.linalg.solve_triangular(
        (keys * erase).tril(-1), right, upper=False, unitriangular=True
    )
    P = torch.cat([w * z - c * U[..., : z.shape[-1]], -c * U[..., z.shape[-1] :]], dim=-1)
    bU = None if b is None else b * U
    scores = q @ k.mT
    y = (scores * G[..., rows, 1:]) @ P
    if bU is not None:
        y = y - (scores * A[..., rows, 1:]) @ bU
    zero = torch.zeros_like(z)
    y = y + torch.cat([zero, *from_start(rows, q)], dim=-1)
    return _Terms(y, *_end_states(A, G, F, N, P, bU, k, width=z.shape[-1]))


def _end_states(
    A: Tensor,
    G: Tensor,
    F: Tensor | None,
    N: Tensor | None,
    P: Tensor,
    bU: Tensor | None,
    k: Tensor,
    *,
    width: int,
) -> tuple[Tensor, Tensor | None]:
    """The stacked maps to the chunk's last M and S; `width` is V, the rows that come from z."""
    written = G[..., -1, 1:, None] * P
    if bU is not None:
        written = written - A[..., -1, 1:, None] * bU
    identity = torch.eye(k.shape[-1], dtype=k.dtype, device=k.device)
    nothing = k.new_zeros(*k.shape[:-2], width, k.shape[-1])
    M_start = [nothing, A[..., -1:, :1] * identity]
    if F is None or N is None:
        return written.mT @ k + torch.cat(M_start, dim=-2), None
    M_start.append(F[..., -1:, :] * identity)
    S_start = [nothing, torch.zeros_like(M_start[1]), N[..., -1:, :1] * identity]
    M = written.mT @ k + torch.cat(M_start, dim=-2)
    S = (N[..., -1, 1:, None] * P).mT @ k + torch.cat(S_start, dim=-2)
    return M, S


def into_chunks(x: Tensor, chunk: int) -> Tensor:
    """(B, T, H, X) -> (T / chunk, B, H, chunk, X)."""
    B, T, H, X = x.shape
    return x.reshape(B, T // chunk, chunk, H, X).permute(1, 0, 3, 2, 4)


def decay_products(gate: Tensor) -> Tensor:
    """Products of gates between two positions: (..., C, 1) -> (..., C + 1, C + 1).

    Entry (t, j) is the product of the gates of the tokens j + 1 .. t, 1 on the diagonal, 0 above;
    position 0 is the state before the first token.
    """
    return padded_gate(gate).cumprod(dim=-2).tril()


def padded_gate(gate: Tensor) -> Tensor:
    """The factors of `decay_products`: gate t in row t below the diagonal, 1 elsewhere."""
    C = gate.shape[-2]
    below = torch.ones(C + 1, C + 1, dtype=torch.bool, device=gate.device).tril(-1)
    padded = torch.nn.functional.pad(gate, (0, 0, 1, 0), value=1.0)
    return torch.where(below, padded, 1.0)
