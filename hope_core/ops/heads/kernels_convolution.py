# ruff: noqa: ANN401 - numba gives the arguments their types
"""The causal convolution on a CPU; arrays are (tokens or rows, channels).

Tokens are worked off in blocks of `BLOCK`, whatever the number of threads, so that sums over tokens
come out the same.
"""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import kernel

BLOCK = 256
"""Tokens in a block."""


@kernel
def forward(first: int, last: int, T: int, x: Any, window: Any, weight: Any, y: Any) -> None:
    """Fill the blocks first .. last of y. x, y (B T, C), window (B (width - 1), C)."""
    width, C = weight.shape
    for n in range(first * BLOCK, min(last * BLOCK, x.shape[0])):
        t, row = n % T, n // T
        for i in range(width):
            s = t - (width - 1) + i
            if s >= 0:
                before, at = x, n - (width - 1) + i
            else:
                before, at = window, row * (width - 1) + s + width - 1
            if i == 0:
                for c in range(C):
                    y[n, c] = weight[0, c] * before[at, c]
            else:
                for c in range(C):
                    y[n, c] += weight[i, c] * before[at, c]


@kernel
def backward(
    first: int,
    last: int,
    T: int,
    x: Any,
    window: Any,
    weight: Any,
    dy: Any,
    dx: Any,
    dweight: Any,
) -> None:
    """Fill the blocks first .. last of dx, and of dweight (blocks, width, C) their own sums."""
    width, C = weight.shape
    for block in range(first, last):
        dweight[block] = 0
        for n in range(block * BLOCK, min(block * BLOCK + BLOCK, x.shape[0])):
            t, row = n % T, n // T
            for c in range(C):
                dx[n, c] = weight[width - 1, c] * dy[n, c]
            for i in range(width):
                ahead = width - 1 - i
                if i < width - 1 and t + ahead < T:
                    for c in range(C):
                        dx[n, c] += weight[i, c] * dy[n + ahead, c]
                if t >= ahead:
                    before, at = x, n - ahead
                else:
                    before, at = window, row * (width - 1) + t + i
                for c in range(C):
                    dweight[block, i, c] += dy[n, c] * before[at, c]


@kernel
def backward_window(T: int, weight: Any, dy: Any, dwindow: Any) -> None:
    """Fill dwindow (B (width - 1), C): what the first tokens took of the window."""
    width, C = weight.shape
    for row in range(dwindow.shape[0] // max(width - 1, 1)):
        for j in range(width - 1):
            at = row * (width - 1) + j
            for c in range(C):
                dwindow[at, c] = 0
            for i in range(j + 1):
                if j - i < T:
                    for c in range(C):
                        dwindow[at, c] += weight[i, c] * dy[row * T + j - i, c]
