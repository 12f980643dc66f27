"""The network of an MLP memory, M(x) = x + W1 sigma(W2 x), and the gradient of what it stores.

Shapes: x (..., D), W2 (..., N, D), W1 (..., D, N) for a hidden width N; batch and heads lead.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn.functional import gelu

if TYPE_CHECKING:
    from torch import Tensor


class MlpWeights(NamedTuple):
    """Both layers, or their momenta: inner (B, H, N, D) is W2, outer (B, H, D, N) is W1."""

    inner: Tensor
    outer: Tensor

    def detach(self) -> MlpWeights:
        """The same values, without their gradient."""
        return MlpWeights(self.inner.detach(), self.outer.detach())


class MlpGates(NamedTuple):
    """One number a token and head, (B, T, H) each.

    retain (a) scales the weights, erase (b) forgets along each layer's input, momentum (m) keeps
    past surprise (None where there are no momenta), write (w) is the step against the gradient.
    Titans: no erase. HOPE's delta gradient descent: erase = write = eta, which the outer layer
    divides by 1 + eta |input|^2 (Nested Learning, eq. 57).
    """

    retain: Tensor
    erase: Tensor | None
    momentum: Tensor | None
    write: Tensor


def activation(x: Tensor) -> Tensor:
    """sigma: GELU."""
    return gelu(x)


def slope(x: Tensor) -> Tensor:
    """The derivative of sigma, Phi(x) + x phi(x)."""
    density = torch.exp(-0.5 * x.square()) / math.sqrt(2 * math.pi)
    return 0.5 * (1 + torch.erf(x / math.sqrt(2))) + x * density


def errors(weights: MlpWeights, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What each layer is wrong by when k is read and v was meant, for the loss |M(k) - v|^2 / 2.

    Args:
        weights: of each head, with k and v (B, H, C, D).
        k: keys.
        v: what should have been read.

    Returns:
        hidden sigma(W2 k) (B, H, C, N); the outer layer's error M(k) - v (B, H, C, D), whose outer
        product with hidden is dL/dW1; the inner layer's error (B, H, C, N), whose outer product
        with k is dL/dW2.
    """
    a = k @ weights.inner.mT
    hidden = activation(a)
    outer = k + hidden @ weights.outer.mT - v
    inner = (outer @ weights.outer) * slope(a)
    return hidden, outer, inner


def outer_strength(strength: Tensor, hidden: Tensor) -> Tensor:
    """The step eta / (1 + eta |h|^2), which regresses exactly onto an input h of any length."""
    return strength / (1 + strength * hidden.square().sum(-1))
