# ruff: noqa: ANN401 - numba gives the arguments their types
"""The chain rule through one write of the self-writing memories, and through what they made."""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import part_of_sums
from hope_core.ops.self_writing.kernel_parts import ZERO


@part_of_sums
def write_back(
    W: Any,
    F: Any,
    D: Any,
    dF: Any,
    token: Any,
    seen: Any,
    weights: tuple[Any, Any],
    residual: bool,
    dk: Any,
    dd: Any,
) -> tuple[Any, Any]:
    """Carry D back over one write; add to dF, dk, dd; the slopes at eta and alpha.

    `token` is (k, d, eta, alpha), `seen` is (u, z) of every row.
    """
    R, K = W.shape
    k, d, eta, alpha = token
    known, wanted = seen
    erase, grad = weights
    deta, dalpha = ZERO, ZERO
    for r in range(R):
        slope, kept = ZERO, ZERO
        for i in range(K):
            slope += D[r, i] * k[i]
            kept += D[r, i] * W[r, i]
        pull = grad * wanted[r] - erase * known[r]
        deta += slope * pull
        dalpha += kept
        strength, du, dz = eta * pull, -erase * eta * slope, grad * eta * slope
        for i in range(K):
            dk[i] += strength * D[r, i] + du * W[r, i]
            D[r, i] = alpha * D[r, i] + du * k[i]
        for i in range(K):
            dd[i] += dz * F[r, i]
            dF[r, i] += dz * d[i]
        if residual and r < 2 * K:
            dd[r % K] += dz
    return deta, dalpha


@part_of_sums
def ask_back(F: Any, x: Any, dmade: Any, residual: bool, dF: Any, dx: Any) -> None:
    """Add to dF the slopes of what F made of x, and fill dx."""
    R, K = F.shape
    for i in range(K):
        dx[i] = ZERO
    if residual:
        values = dmade[K : 2 * K]
        for i in range(K):
            dx[i] = dmade[i] + values[i]
    for r in range(R):
        for i in range(K):
            dx[i] += dmade[r] * F[r, i]
        for i in range(K):
            dF[r, i] += dmade[r] * x[i]
