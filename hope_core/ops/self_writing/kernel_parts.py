# ruff: noqa: ANN401 - numba gives the arguments their types
"""What both passes of the self-writing memories share: one token made, and one written.

The R = 2 K + 2 rows of a head's matrix make key, value, step and retention, in this order.
"""

from __future__ import annotations

from math import exp, log1p, sqrt
from typing import Any

import numpy as np

from hope_core.ops.compiled import part_of_sums

ONE = np.float32(1)
ZERO = np.float32(0)
EPS = np.float32(1e-6)
"""As in `unit_length`."""


@part_of_sums
def ask(F: Any, x: Any, residual: bool, made: Any) -> None:
    """What the rows of F (R, K) make of x (K): F x, and x added for key and value."""
    R, K = F.shape
    for r in range(R):
        total = ZERO
        for i in range(K):
            total += F[r, i] * x[i]
        made[r] = total
    if residual:
        for i in range(K):
            made[i] += x[i]
        values = made[K : 2 * K]
        for i in range(K):
            values[i] += x[i]


@part_of_sums
def unit(x: Any, y: Any) -> Any:
    """The vector x at unit length into y; what it was multiplied by."""
    total = ZERO
    for i in range(x.size):
        total += x[i] * x[i]
    scale = ONE / np.float32(sqrt(total + EPS))
    for i in range(x.size):
        y[i] = x[i] * scale
    return scale


@part_of_sums
def unit_back(scale: Any, y: Any, dy: Any) -> None:
    """Turn the slope at y, a vector brought to unit length by `scale`, into that before."""
    along = ZERO
    for i in range(y.size):
        along += y[i] * dy[i]
    for i in range(y.size):
        dy[i] = scale * (dy[i] - along * y[i])


@part_of_sums
def softplus(x: Any) -> Any:
    """log(1 + exp(x))."""
    wide = np.float64(x)
    return np.float32(max(wide, 0.0) + log1p(exp(-abs(wide))))


@part_of_sums
def logistic(x: Any) -> Any:
    """1 / (1 + exp(-x))."""
    return np.float32(1.0 / (1.0 + exp(-np.float64(x))))


@part_of_sums
def squash(step: Any, retention: Any, size: Any, bounded: bool) -> Any:
    """Step eta and retention alpha of raw numbers with their biases added."""
    eta = size * softplus(step)
    if bounded:
        eta /= ONE + eta
    return eta, logistic(retention)


@part_of_sums
def write(
    W: Any,
    F: Any,
    k: Any,
    d: Any,
    gates: tuple[Any, Any],
    weights: tuple[Any, Any],
    residual: bool,
    after: Any,
    known: Any,
    wanted: Any,
) -> None:
    """W <- alpha W + eta (grad z - erase u) k^T into `after`: z = F d (+ d), u = W k.

    `gates` is (eta, alpha), `weights` is (erase, grad); u and z stay in `known` and `wanted`.
    """
    R, K = W.shape
    eta, alpha = gates
    erase, grad = weights
    for r in range(R):
        u, z = ZERO, ZERO
        for i in range(K):
            u += W[r, i] * k[i]
            z += F[r, i] * d[i]
        if residual and r < 2 * K:
            z += d[r % K]
        known[r] = u
        wanted[r] = z
        strength = eta * (grad * z - erase * u)
        for i in range(K):
            after[r, i] = alpha * W[r, i] + strength * k[i]
