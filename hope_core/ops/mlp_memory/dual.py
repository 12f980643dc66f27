"""The exact parallel form of an MLP memory: no token's weights are ever written out.

With the gradient frozen at a chunk's start, each layer is a linear memory whose key is the layer's
own input and whose write vector is minus its error, that is the master recurrence with c = 0. The
query runs through the two recurrences in turn; chunks follow one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from hope_core.ops.mlp_memory.network import (
    MlpGates,
    MlpWeights,
    activation,
    errors,
    outer_strength,
)
from hope_core.ops.recurrence import recurrence

if TYPE_CHECKING:
    from torch import Tensor


class Learned(NamedTuple):
    """Reads y (B, T, H, D); weights and momenta after the last token; the snapshot of its chunk."""

    y: Tensor
    weights: MlpWeights
    momenta: MlpWeights | None
    frozen: MlpWeights


def dual(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights | None,
    *,
    chunk: int,
    read: str = "after",
    backend: str = "auto",
    frozen: MlpWeights | None = None,
    position: int = 0,
    first_order: bool = False,
) -> Learned:
    """The same numbers as `reference`, with T / chunk steps in sequence.

    Arguments as there, and `backend`, that of the recurrence inside. A text may be cut anywhere:
    `position` counts the tokens before these, `frozen` is the snapshot of the chunk begun there.
    """
    reads = []
    frozen = frozen or weights
    for span in chunk_spans(q.shape[1], chunk, position=position):
        if (position + span.start) % chunk == 0:
            frozen = weights
        y, weights, momenta = within_chunk(
            q[:, span],
            k[:, span],
            v[:, span],
            MlpGates(*(None if gate is None else gate[:, span] for gate in gates)),  # type: ignore[arg-type]
            weights,
            momenta,
            frozen=frozen.detach() if first_order else frozen,
            read=read,
            backend=backend,
        )
        reads.append(y)
    return Learned(torch.cat(reads, dim=1), weights, momenta, frozen)


def chunk_spans(length: int, chunk: int, *, position: int = 0) -> list[slice]:
    """The tokens 0 .. length - 1 cut where `position` + index is a multiple of the chunk."""
    starts = [0, *range(chunk - position % chunk, length, chunk)]
    return [slice(*pair) for pair in zip(starts, [*starts[1:], length], strict=True)]


def within_chunk(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights | None,
    *,
    frozen: MlpWeights,
    read: str,
    backend: str = "auto",
) -> tuple[Tensor, MlpWeights, MlpWeights | None]:
    """Some tokens of one chunk; the gradient is taken at `frozen`, the weights at its start."""
    known = errors(frozen, k.transpose(1, 2), v.transpose(1, 2))
    hidden, outer_error, inner_error = (x.transpose(1, 2) for x in known)
    y, weights, momenta = move_layers(
        q, (k, hidden), (inner_error, outer_error), gates, weights, momenta, read, backend
    )
    return q + y, weights, momenta


def move_layers(
    q: Tensor,
    inputs: tuple[Tensor, Tensor],
    slopes: tuple[Tensor, Tensor],
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights | None,
    read: str = "after",
    backend: str = "auto",
) -> tuple[Tensor, MlpWeights, MlpWeights | None]:
    """W1 sigma(W2 q) while each layer steps against known slopes, whatever their loss.

    Args:
        q: what to read with, (B, T, H, D).
        inputs: what the inner and the outer layer saw, (B, T, H, D) and (B, T, H, N).
        slopes: of the loss at the inner and the outer layer's output, (B, T, H, N), (B, T, H, D).
        gates: see `MlpGates`.
        weights: before the first token.
        momenta: before the first token, or None.
        read: "after" or "before" the token's own write.
        backend: of the recurrence.
    """
    erase, write = gates.erase, gates.write
    if erase is not None:
        erase, write = outer_strength(erase, inputs[1]), outer_strength(write, inputs[1])
    outer_gates = gates._replace(erase=erase, write=write)
    S = (None, None) if momenta is None else (momenta.inner, momenta.outer)
    a, inner, S_inner = _layer(q, inputs[0], slopes[0], gates, weights.inner, S[0], read, backend)
    y, outer, S_outer = _layer(
        activation(a), inputs[1], slopes[1], outer_gates, weights.outer, S[1], read, backend
    )
    moved = None if S_inner is None or S_outer is None else MlpWeights(S_inner, S_outer)
    return y, MlpWeights(inner, outer), moved


def _layer(
    q: Tensor,
    x: Tensor,
    error: Tensor,
    gates: MlpGates,
    W: Tensor,
    S: Tensor | None,
    read: str,
    backend: str,
) -> tuple[Tensor, Tensor, Tensor | None]:
    """One layer, whose input is x and whose loss's slope is `error`, asked with q."""
    none = torch.zeros_like(gates.write)
    return recurrence(
        q,
        x,
        -error,
        gates.retain,
        gates.erase,
        gates.momentum,
        gates.write,
        none,
        W,
        S,
        read=read,
        backend=backend,
        chunk=q.shape[1],
    )
