# ruff: noqa: ANN401 - numba gives the arguments their types
"""The action on a CPU: each channel's four numbers are read once and written once.

Rows first .. last are blocks of tokens; the gradient of the matrix is added up block by block, in
an order that does not depend on the number of threads.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from hope_core.ops.compiled import kernel_of_sums

BLOCK = 256
"""Tokens of one block."""


@kernel_of_sums
def forward(first: int, last: int, x: Any, m: Any, y: Any, smallest: Any) -> None:
    """Write y = s A x: x, y (R, 4, C), m (16, C)."""
    C = x.shape[2]
    for r in range(first * BLOCK, min(last * BLOCK, x.shape[0])):
        for c in range(C):
            x0, x1, x2, x3 = x[r, 0, c], x[r, 1, c], x[r, 2, c], x[r, 3, c]
            o0 = m[0, c] * x0 + m[1, c] * x1 + m[2, c] * x2 + m[3, c] * x3
            o1 = m[4, c] * x0 + m[5, c] * x1 + m[6, c] * x2 + m[7, c] * x3
            o2 = m[8, c] * x0 + m[9, c] * x1 + m[10, c] * x2 + m[11, c] * x3
            o3 = m[12, c] * x0 + m[13, c] * x1 + m[14, c] * x2 + m[15, c] * x3
            before = x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3 + smallest[0]
            after = o0 * o0 + o1 * o1 + o2 * o2 + o3 * o3 + smallest[0]
            s = sqrt(before / after)
            y[r, 0, c] = s * o0
            y[r, 1, c] = s * o1
            y[r, 2, c] = s * o2
            y[r, 3, c] = s * o3


@kernel_of_sums
def backward(
    first: int, last: int, g: Any, x: Any, m: Any, dx: Any, dm: Any, smallest: Any
) -> None:
    """Write dx (R, 4, C), and each block's dm (blocks, 16, C), which is zeros before."""
    C = x.shape[2]
    for block in range(first, last):
        for r in range(block * BLOCK, min((block + 1) * BLOCK, x.shape[0])):
            for c in range(C):
                x0, x1, x2, x3 = x[r, 0, c], x[r, 1, c], x[r, 2, c], x[r, 3, c]
                g0, g1, g2, g3 = g[r, 0, c], g[r, 1, c], g[r, 2, c], g[r, 3, c]
                o0 = m[0, c] * x0 + m[1, c] * x1 + m[2, c] * x2 + m[3, c] * x3
                o1 = m[4, c] * x0 + m[5, c] * x1 + m[6, c] * x2 + m[7, c] * x3
                o2 = m[8, c] * x0 + m[9, c] * x1 + m[10, c] * x2 + m[11, c] * x3
                o3 = m[12, c] * x0 + m[13, c] * x1 + m[14, c] * x2 + m[15, c] * x3
                before = x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3 + smallest[0]
                after = o0 * o0 + o1 * o1 + o2 * o2 + o3 * o3 + smallest[0]
                s = sqrt(before / after)
                along = g0 * o0 + g1 * o1 + g2 * o2 + g3 * o3
                pull = along / after
                d0, d1 = s * (g0 - pull * o0), s * (g1 - pull * o1)
                d2, d3 = s * (g2 - pull * o2), s * (g3 - pull * o3)
                push = along * s / before
                dx[r, 0, c] = m[0, c] * d0 + m[4, c] * d1 + m[8, c] * d2 + m[12, c] * d3 + push * x0
                dx[r, 1, c] = m[1, c] * d0 + m[5, c] * d1 + m[9, c] * d2 + m[13, c] * d3 + push * x1
                dx[r, 2, c] = (
                    m[2, c] * d0 + m[6, c] * d1 + m[10, c] * d2 + m[14, c] * d3 + push * x2
                )
                dx[r, 3, c] = (
                    m[3, c] * d0 + m[7, c] * d1 + m[11, c] * d2 + m[15, c] * d3 + push * x3
                )
                dm[block, 0, c] += d0 * x0
                dm[block, 1, c] += d0 * x1
                dm[block, 2, c] += d0 * x2
                dm[block, 3, c] += d0 * x3
                dm[block, 4, c] += d1 * x0
                dm[block, 5, c] += d1 * x1
                dm[block, 6, c] += d1 * x2
                dm[block, 7, c] += d1 * x3
                dm[block, 8, c] += d2 * x0
                dm[block, 9, c] += d2 * x1
                dm[block, 10, c] += d2 * x2
                dm[block, 11, c] += d2 * x3
                dm[block, 12, c] += d3 * x0
                dm[block, 13, c] += d3 * x1
                dm[block, 14, c] += d3 * x2
                dm[block, 15, c] += d3 * x3
