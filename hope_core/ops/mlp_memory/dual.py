"""The exact parallel form of an MLP memory: no token's weights are ever written out.

With the gradient frozen at a chunk's start, each layer is a linear memory whose key is the layer's
own input and whose write vector is minus its error, that is the master recurrence with c = 0. The
query runs through the two recurrences in turn; chunks follow one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def dual(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights,
    *,
    chunk: int,
    read: str = "after",
    backend: str = "auto",
) -> tuple[Tensor, MlpWeights, MlpWeights]:
    """The same numbers as `reference`, with T / chunk steps in sequence.

    Arguments and results as there; `backend` is that of the recurrence inside.
    """
    length = q.shape[1]
    reads = []
    for start in range(0, length, chunk):
        span = slice(start, min(start + chunk, length))
        y, weights, momenta = within_chunk(
            q[:, span],
            k[:, span],
            v[:, span],
            MlpGates(*(None if gate is None else gate[:, span] for gate in gates)),  # type: ignore[arg-type]
            weights,
            momenta,
            frozen=weights,
            read=read,
            backend=backend,
        )
        reads.append(y)
    return torch.cat(reads, dim=1), weights, momenta


def within_chunk(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights,
    *,
    frozen: MlpWeights,
    read: str,
    backend: str = "auto",
) -> tuple[Tensor, MlpWeights, MlpWeights]:
    """Some tokens of one chunk; the gradient is taken at `frozen`, the weights at its start."""
    hidden, outer_error, inner_error = (
        x.transpose(1, 2) for x in errors(frozen, k.transpose(1, 2), v.transpose(1, 2))
    )
    none = torch.zeros_like(gates.write)
    a, inner, inner_momentum = recurrence(
        q,
        k,
        -inner_error,
        gates.retain,
        gates.erase,
        gates.momentum,
        gates.write,
        none,
        weights.inner,
        momenta.inner,
        read=read,
        backend=backend,
        chunk=q.shape[1],
    )
    erase, write = gates.erase, gates.write
    if erase is not None:
        erase, write = outer_strength(erase, hidden), outer_strength(write, hidden)
    y, outer, outer_momentum = recurrence(
        activation(a),
        hidden,
        -outer_error,
        gates.retain,
        erase,
        gates.momentum,
        write,
        none,
        weights.outer,
        momenta.outer,
        read=read,
        backend=backend,
        chunk=q.shape[1],
    )
    assert inner_momentum is not None
    assert outer_momentum is not None
    return q + y, MlpWeights(inner, outer), MlpWeights(inner_momentum, outer_momentum)
