"""An MLP memory token by token: writes its weights out at every token, so keep sequences short."""

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

if TYPE_CHECKING:
    from torch import Tensor


def reference(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    gates: MlpGates,
    weights: MlpWeights,
    momenta: MlpWeights,
    *,
    chunk: int,
    read: str = "after",
    first_order: bool = False,
) -> tuple[Tensor, MlpWeights, MlpWeights]:
    """S <- m S - w g; W <- a W - b (W x) x^T + S for each token and both layers.

    g is the gradient at the weights of the chunk's start, x the layer's own input. With chunk = 1
    that is the live rule.

    Args:
        q: what to read with, (B, T, H, D).
        k: keys, (B, T, H, D).
        v: values, (B, T, H, D).
        gates: see `MlpGates`.
        weights: before the first token; a chunk begins here.
        momenta: before the first token.
        chunk: tokens that share one gradient; part of the rule, not a speed knob.
        read: "after" or "before" the token's own write.
        first_order: whether a write's gradient counts as independent of the weights it is taken at.

    Returns:
        y (B, T, H, D), and weights and momenta after the last token.
    """
    reads = []
    start = weights
    momentum = torch.zeros_like(gates.write) if gates.momentum is None else gates.momentum
    for t in range(q.shape[1]):
        if t % chunk == 0:
            start = weights.detach() if first_order else weights
        if read == "before":
            reads.append(_read(weights, q[:, t]))
        key, value = k[:, t, :, None], v[:, t, :, None]
        hidden, outer_error, inner_error = errors(start, key, value)
        erase = gates.erase
        outer_erase, outer_write = _of_outer(gates, t, hidden)
        inner, inner_momentum = _step(
            weights.inner,
            momenta.inner,
            inner_error,
            key,
            (gates.retain[:, t], None if erase is None else erase[:, t], momentum[:, t]),
            gates.write[:, t],
        )
        outer, outer_momentum = _step(
            weights.outer,
            momenta.outer,
            outer_error,
            hidden,
            (gates.retain[:, t], outer_erase, momentum[:, t]),
            outer_write,
        )
        weights, momenta = MlpWeights(inner, outer), MlpWeights(inner_momentum, outer_momentum)
        if read == "after":
            reads.append(_read(weights, q[:, t]))
    return torch.stack(reads, dim=1), weights, momenta


def _of_outer(gates: MlpGates, t: int, hidden: Tensor) -> tuple[Tensor | None, Tensor]:
    """Erase and write of the outer layer, whose input has any length."""
    write = gates.write[:, t]
    if gates.erase is None:
        return None, write
    reach = hidden[..., 0, :]
    return outer_strength(gates.erase[:, t], reach), outer_strength(write, reach)


def _step(
    W: Tensor,
    S: Tensor,
    error: Tensor,
    x: Tensor,
    kept: tuple[Tensor, Tensor | None, Tensor],
    write: Tensor,
) -> tuple[Tensor, Tensor]:
    """One write of one layer: error (B, H, 1, rows), x (B, H, 1, columns)."""
    retain, erase, momentum = kept
    S = momentum[..., None, None] * S - write[..., None, None] * (error.mT @ x)
    moved = retain[..., None, None] * W
    if erase is not None:
        moved = moved - erase[..., None, None] * ((W @ x.mT) @ x)
    return moved + S, S


def _read(weights: MlpWeights, q: Tensor) -> Tensor:
    hidden = activation((weights.inner @ q[..., None]).squeeze(-1))
    return q + (weights.outer @ hidden[..., None]).squeeze(-1)
