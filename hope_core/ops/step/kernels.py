# ruff: noqa: ANN401 - numba gives the arguments their types
"""One token through a memory whose state is a matrix a head, and through a perceptron, in float32.

The same formulas as the memories', in the same order; every weight is looked at once.
Shapes: D width, H heads, K = D / H, G gates a head.
"""

from __future__ import annotations

from math import exp, log1p, sqrt
from typing import Any

import numpy as np

from hope_core.ops.compiled import kernel_of_sums, part_of_sums
from hope_core.ops.heads.exponential import ONE, sigmoid

TITANS, HOPE_DGD = 0, 1
"""The rules that make gates of raw numbers; any other number: Gated DeltaNet's."""

EPS = np.float32(1e-6)
NORM_EPS = np.float32(1e-5)
ZERO = np.float32(0)


@part_of_sums
def times(weight: Any, x: Any, y: Any) -> None:
    """The product y = weight x."""
    for row in range(weight.shape[0]):
        total = ZERO
        for c in range(weight.shape[1]):
            total += weight[row, c] * x[c]
        y[row] = total


@kernel_of_sums
def perceptron(x: Any, up: Any, down: Any, hidden: Any, y: Any) -> None:
    """The product y = down relu(up x)^2; `hidden` is room."""
    times(up, x, hidden)
    for c in range(hidden.size):
        positive = max(hidden[c], ZERO)
        hidden[c] = positive * positive
    times(down, hidden, y)


@part_of_sums
def _silu(x: Any) -> None:
    for c in range(x.size):
        x[c] *= sigmoid(x[c])


@part_of_sums
def _unit(x: Any) -> None:
    total = ZERO
    for c in range(x.size):
        total += x[c] * x[c]
    scale = ONE / np.float32(sqrt(total + EPS))
    for c in range(x.size):
        x[c] *= scale


@part_of_sums
def _gates(rule: int, numbers: Any, raw: Any, decay: Any, h: int) -> Any:
    """The recurrence's a, b, m, w, c of a head; `numbers` as in `Rule`."""
    size, erase, grad = numbers[0], numbers[1], numbers[2]
    step = size * sigmoid(raw[1, h])
    m = ZERO
    if raw.shape[0] == 3:
        m = sigmoid(raw[2, h])
    if rule == TITANS:
        w = (ONE - m) * step
        return ONE - sigmoid(raw[0, h]), ZERO, m, w, w
    if rule == HOPE_DGD:
        w = grad * (ONE - m) * step
        return sigmoid(raw[0, h]), erase * step, m, w, w
    x = np.float64(raw[0, h])
    soft = max(x, 0.0) + log1p(exp(-abs(x)))
    a = np.float32(exp(-exp(np.float64(decay[h])) * soft))
    return a, ZERO, m, step, a * step


@kernel_of_sums
def step(
    rule: int,
    before: bool,
    numbers: Any,
    x: Any,
    weights: Any,
    state: Any,
    after: Any,
    room: Any,
    answer: Any,
) -> None:
    """Read and write one token.

    `weights` is convolution (width, D), project (4 D, D), gates (G H, D), bias (G H), decay (H),
    scale (H, K), output (D, D); `state` and `after` are window (width - 1, D), M and S (H, K, K),
    S None without momentum; `room` is mixed (D), parts (4, H, K), raw (G, H).
    """
    convolution, project, gates, bias, decay, scale, output = weights
    window, M, S = state
    window_after, M_after, S_after = after
    mixed, parts, raw = room
    width, D = convolution.shape
    H, K = scale.shape
    for c in range(D):
        mixed[c] = convolution[width - 1, c] * x[c]
    for i in range(width - 1):
        for c in range(D):
            mixed[c] += convolution[i, c] * window[i, c]
        for c in range(D):
            window_after[i, c] = x[c] if i == width - 2 else window[i + 1, c]
    times(project, mixed, parts.reshape(4 * D))
    flat = raw.reshape(raw.size)
    times(gates, mixed, flat)
    for i in range(flat.size):
        flat[i] += bias[i]
    _silu(parts.reshape(4 * D))
    for h in range(H):
        q, k, v, gate = parts[0, h], parts[1, h], parts[2, h], parts[3, h]
        _unit(q)
        _unit(k)
        a, b, m, w, c = _gates(rule, numbers, raw, decay, h)
        total = ZERO
        for row in range(K):
            y = _row((a, b, m, w, c), before, v[row], (q, k), (h, row), M, S, M_after, S_after)
            v[row] = y
            total += y
        mean, spread = total / np.float32(K), ZERO
        for i in range(K):
            spread += (v[i] - mean) * (v[i] - mean)
        size = ONE / np.float32(sqrt(spread / np.float32(K) + NORM_EPS))
        for i in range(K):
            gate[i] *= (v[i] - mean) * size * scale[h, i]
    times(output, parts[3].reshape(D), answer)


@part_of_sums
def _row(
    gates: Any,
    before: bool,
    z: Any,
    seen: Any,
    place: tuple[int, int],
    M: Any,
    S: Any,
    M_after: Any,
    S_after: Any,
) -> Any:
    """Move one row of M and S; what q reads of it."""
    a, b, m, w, c = gates
    q, k = seen
    h, row = place
    u, y = ZERO, ZERO
    for i in range(k.size):
        u += M[h, row, i] * k[i]
        y += M[h, row, i] * q[i]
    write = w * z - c * u
    if S is None:
        write -= b * u
        for i in range(k.size):
            M_after[h, row, i] = a * M[h, row, i] + write * k[i]
    else:
        for i in range(k.size):
            s = m * S[h, row, i] + write * k[i]
            S_after[h, row, i] = s
            M_after[h, row, i] = a * M[h, row, i] - b * u * k[i] + s
    if not before:
        y = ZERO
        for i in range(k.size):
            y += M_after[h, row, i] * q[i]
    return y
