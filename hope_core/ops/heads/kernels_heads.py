# ruff: noqa: ANN401 - numba gives the arguments their types
"""The way into the heads and out of them on a CPU, in float32; N tokens, H heads of K channels.

Tokens are worked off in blocks of `BLOCK`, whatever the number of threads. Every inner index runs
from 0, so that the compiler sees neighbouring numbers.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from hope_core.ops.compiled import kernel_of_sums, part_of_sums
from hope_core.ops.heads.exponential import ONE, sigmoid

BLOCK = 64
"""Tokens in a block."""

EPS = np.float32(1e-6)
"""As in `unit_length`."""

NORM_EPS = np.float32(1e-5)
"""As in torch's `layer_norm`."""


@kernel_of_sums
def split(first: int, last: int, projected: Any, q: Any, k: Any, v: Any, gate: Any) -> None:
    """Fill the blocks first .. last of q, k, v, gate (N, H, K) from projected (N, 4, H, K)."""
    N, H, K = q.shape
    for n in range(first * BLOCK, min(last * BLOCK, N)):
        for h in range(H):
            _unit(projected[n, 0, h], q[n, h])
            _unit(projected[n, 1, h], k[n, h])
            for c in range(K):
                p = projected[n, 2, h, c]
                v[n, h, c] = p * sigmoid(p)
            for c in range(K):
                p = projected[n, 3, h, c]
                gate[n, h, c] = p * sigmoid(p)


@part_of_sums
def _unit(projected: Any, out: Any) -> None:
    """The silu of a head's channels at unit length."""
    total = np.float32(0)
    for c in range(out.size):
        x = projected[c] * sigmoid(projected[c])
        out[c] = x
        total += x * x
    scale = ONE / np.float32(sqrt(total + EPS))
    for c in range(out.size):
        out[c] *= scale


@kernel_of_sums
def split_back(
    first: int, last: int, projected: Any, dq: Any, dk: Any, dv: Any, dgate: Any, out: Any
) -> None:
    """Fill the blocks first .. last of the slope at projected, out (N, 4, H, K)."""
    N, H, K = dq.shape
    for n in range(first * BLOCK, min(last * BLOCK, N)):
        for h in range(H):
            _unit_back(projected[n, 0, h], dq[n, h], out[n, 0, h])
            _unit_back(projected[n, 1, h], dk[n, h], out[n, 1, h])
            for c in range(K):
                p = projected[n, 2, h, c]
                s = sigmoid(p)
                out[n, 2, h, c] = dv[n, h, c] * s * (ONE + p * (ONE - s))
            for c in range(K):
                p = projected[n, 3, h, c]
                s = sigmoid(p)
                out[n, 3, h, c] = dgate[n, h, c] * s * (ONE + p * (ONE - s))


@part_of_sums
def _unit_back(projected: Any, d: Any, out: Any) -> None:
    """The slope through silu and unit length; `out` first holds the sigmoid."""
    total, along = np.float32(0), np.float32(0)
    for c in range(d.size):
        s = sigmoid(projected[c])
        x = projected[c] * s
        out[c] = s
        total += x * x
        along += x * d[c]
    scale = ONE / np.float32(sqrt(total + EPS))
    along *= scale * scale
    for c in range(d.size):
        p, s = projected[c], out[c]
        out[c] = scale * (d[c] - along * p * s) * s * (ONE + p * (ONE - s))


@kernel_of_sums
def norm(first: int, last: int, y: Any, scale: Any, gate: Any, out: Any) -> None:
    """Fill the blocks first .. last of out (N, H, K); scale is (H, K)."""
    N, H, K = y.shape
    for n in range(first * BLOCK, min(last * BLOCK, N)):
        for h in range(H):
            mean, size = _moments(y[n, h])
            for c in range(K):
                out[n, h, c] = (y[n, h, c] - mean) * size * scale[h, c] * gate[n, h, c]


@part_of_sums
def _moments(y: Any) -> Any:
    """The mean of a head's channels, and one over their spread."""
    total = np.float32(0)
    for c in range(y.size):
        total += y[c]
    mean = total / np.float32(y.size)
    spread = np.float32(0)
    for c in range(y.size):
        spread += (y[c] - mean) * (y[c] - mean)
    return mean, ONE / np.float32(sqrt(spread / np.float32(y.size) + NORM_EPS))


@kernel_of_sums
def norm_back(
    first: int,
    last: int,
    y: Any,
    scale: Any,
    gate: Any,
    d: Any,
    dy: Any,
    dscale: Any,
    dgate: Any,
) -> None:
    """Fill the blocks first .. last of dy, dgate (N, H, K), and of dscale (blocks, H, K)."""
    N, H, K = y.shape
    for block in range(first, last):
        dscale[block] = 0
        for n in range(block * BLOCK, min(block * BLOCK + BLOCK, N)):
            for h in range(H):
                mean, size = _moments(y[n, h])
                for c in range(K):
                    normal = (y[n, h, c] - mean) * size
                    dgate[n, h, c] = d[n, h, c] * scale[h, c] * normal
                    dscale[block, h, c] += d[n, h, c] * gate[n, h, c] * normal
                total, along = np.float32(0), np.float32(0)
                for c in range(K):
                    slope = d[n, h, c] * scale[h, c] * gate[n, h, c]
                    dy[n, h, c] = slope
                    total += slope
                    along += slope * (y[n, h, c] - mean)
                total *= size / np.float32(K)
                along *= size * size * size / np.float32(K)
                for c in range(K):
                    slope = size * dy[n, h, c] - total
                    dy[n, h, c] = slope - along * (y[n, h, c] - mean)
