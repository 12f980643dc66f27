# ruff: noqa: ANN401 - numba gives the arguments their types
"""The complex diagonal recurrence on a CPU: one sweep over memory, which is what its speed is.

Rows first .. last count through (batch, slice of `STEP` channels); the state is the row of h
written for the token before, still in the nearest cache.
"""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import kernel
from hope_core.ops.lanes import load_some, minus, mul, mul_add, store_some
from hope_core.ops.lanes_llvm import LONG

STEP = 512
"""Channels of one row of work: enough to read memory in long runs, few enough to share out."""


@kernel
def forward(first: int, last: int, T: int, D: int, x: Any, a: Any, h0: Any, h: Any) -> None:
    """Write every h; x, a, h0, h are pairs (real, imaginary) of flat arrays."""
    x_re, x_im = x
    a_re, a_im = a
    start_re, start_im = h0
    h_re, h_im = h
    W = LONG // x_re.itemsize
    slices = (D + STEP - 1) // STEP
    for row in range(first, last):
        batch, begin = row // slices, row % slices * STEP
        end = min(D, begin + STEP)
        for t in range(T):
            at = (batch * T + t) * D
            for d in range(begin, end, W):
                n = end - d
                if t == 0:
                    br = load_some(start_re, batch * D + d, n)
                    bi = load_some(start_im, batch * D + d, n)
                else:
                    br, bi = load_some(h_re, at - D + d, n), load_some(h_im, at - D + d, n)
                ar, ai = load_some(a_re, at + d, n), load_some(a_im, at + d, n)
                re = mul_add(ar, br, load_some(x_re, at + d, n))
                im = mul_add(ar, bi, load_some(x_im, at + d, n))
                store_some(h_re, at + d, mul_add(minus(ai), bi, re), n)
                store_some(h_im, at + d, mul_add(ai, br, im), n)


@kernel
def backward(
    first: int,
    last: int,
    T: int,
    D: int,
    g: Any,
    a: Any,
    h0: Any,
    h: Any,
    dx: Any,
    da: Any,
    dh0: Any,
) -> None:
    """Write the gradients of x, a and h0 from those of every h, `g`; all are pairs."""
    g_re, g_im = g
    a_re, a_im = a
    start_re, start_im = h0
    h_re, h_im = h
    dx_re, dx_im = dx
    da_re, da_im = da
    dh_re, dh_im = dh0
    W = LONG // g_re.itemsize
    slices = (D + STEP - 1) // STEP
    for row in range(first, last):
        batch, begin = row // slices, row % slices * STEP
        end = min(D, begin + STEP)
        for t in range(T - 1, -1, -1):
            at = (batch * T + t) * D
            for d in range(begin, end, W):
                n = end - d
                re, im = load_some(g_re, at + d, n), load_some(g_im, at + d, n)
                if t + 1 < T:
                    later = at + D + d
                    ar, ai = load_some(a_re, later, n), load_some(a_im, later, n)
                    er, ei = load_some(dx_re, later, n), load_some(dx_im, later, n)
                    re = mul_add(ai, ei, mul_add(ar, er, re))
                    im = mul_add(minus(ai), er, mul_add(ar, ei, im))
                store_some(dx_re, at + d, re, n)
                store_some(dx_im, at + d, im, n)
                if t == 0:
                    br = load_some(start_re, batch * D + d, n)
                    bi = load_some(start_im, batch * D + d, n)
                    ar, ai = load_some(a_re, at + d, n), load_some(a_im, at + d, n)
                    store_some(dh_re, batch * D + d, mul_add(ar, re, mul(ai, im)), n)
                    store_some(dh_im, batch * D + d, mul_add(ar, im, mul(minus(ai), re)), n)
                else:
                    br, bi = load_some(h_re, at - D + d, n), load_some(h_im, at - D + d, n)
                store_some(da_re, at + d, mul_add(re, br, mul(im, bi)), n)
                store_some(da_im, at + d, mul_add(im, br, mul(minus(re), bi)), n)
