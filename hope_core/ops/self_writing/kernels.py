# ruff: noqa: ANN401 - numba gives the arguments their types
"""Self-writing memories on a CPU, forward and backward: the token loop, one (batch, head) a row.

Everything but the erasure comes from F, the matrix as it stood at its chunk's start; those are kept
and each chunk is run again on the way back.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hope_core.ops.compiled import kernel_of_sums, part_of_sums
from hope_core.ops.self_writing.kernel_parts import (
    ONE,
    ask,
    logistic,
    squash,
    unit,
    unit_back,
    write,
)
from hope_core.ops.self_writing.kernel_slopes import ask_back, write_back


@part_of_sums
def _token(
    F: Any, x: Any, biases: Any, rule: Any, made: Any, k: Any, v: Any, d: Any
) -> tuple[Any, Any, Any, Any]:
    """Make k, v and d = v - k of one token; (eta, alpha) and what k, v were multiplied by."""
    size, _, _, residual, bounded, unit_values = rule
    K = k.size
    ask(F, x, residual, made)
    key_scale = unit(made[:K], k)
    value_scale = ONE
    if unit_values:
        value_scale = unit(made[K : 2 * K], v)
    else:
        v[:] = made[K : 2 * K]
    for i in range(K):
        d[i] = v[i] - k[i]
    eta, alpha = squash(
        made[2 * K] + biases[0], made[2 * K + 1] + biases[1], np.float32(size), bounded
    )
    return eta, alpha, key_scale, value_scale


@kernel_of_sums
def forward(
    first: int,
    last: int,
    spans: Any,
    rule: Any,
    x: Any,
    biases: Any,
    live: Any,
    frozen: Any,
    outs: Any,
    starts: Any,
) -> None:
    """Run the rows first .. last of (batch, head), counted through.

    `spans` (chunks, 3): begin, end, and whether a chunk begins there. `rule` is (size, erase, grad,
    residual, bounded, unit_values). x (B, T, H, K); biases (2, H); live and frozen (B, H, R, K) are
    moved in place; `outs` is k, v (B, T, H, K), eta, alpha (B, T, H); `starts` (B H, chunks, R, K)
    gets each chunk's first live matrix, unless it is empty.
    """
    H, K = x.shape[2], x.shape[3]
    R = live.shape[2]
    erase, grad, residual = np.float32(rule[1]), np.float32(rule[2]), rule[3]
    k_out, v_out, eta_out, alpha_out = outs
    made, known, wanted = np.empty(R, x.dtype), np.empty(R, x.dtype), np.empty(R, x.dtype)
    d = np.empty(K, x.dtype)
    for row in range(first, last):
        b, h = row // H, row % H
        W, F = live[b, h], frozen[b, h]
        for chunk in range(spans.shape[0]):
            if spans[chunk, 2]:
                F[:] = W
            if starts.size > 0:
                starts[row, chunk] = W
            for t in range(spans[chunk, 0], spans[chunk, 1]):
                k, v = k_out[b, t, h], v_out[b, t, h]
                eta, alpha, _, _ = _token(F, x[b, t, h], biases[:, h], rule, made, k, v, d)
                eta_out[b, t, h] = eta
                alpha_out[b, t, h] = alpha
                write(W, F, k, d, (eta, alpha), (erase, grad), residual, W, known, wanted)


@part_of_sums
def _replay(
    F: Any, x: Any, place: tuple[int, int, int, int], biases: Any, rule: Any, room: Any, gates: Any
) -> None:
    """Run a chunk again from its first matrix, and keep what each token made and wrote."""
    b, h, begin, end = place
    states, made, keys, values, differences, known, wanted = room
    weights = np.float32(rule[1]), np.float32(rule[2])
    for t in range(begin, end):
        n = t - begin
        k, v, d = keys[n], values[n], differences[n]
        eta, alpha, key_scale, value_scale = _token(F, x[b, t, h], biases, rule, made[n], k, v, d)
        gates[n, 0] = eta
        gates[n, 1] = alpha
        gates[n, 2] = key_scale
        gates[n, 3] = value_scale
        gated = eta, alpha
        W, after = states[n], states[n + 1]
        write(W, F, k, d, gated, weights, rule[3], after, known[n], wanted[n])


@part_of_sums
def _longest(spans: Any) -> int:
    """Tokens of the longest chunk."""
    longest = 0
    for chunk in range(spans.shape[0]):
        longest = max(longest, spans[chunk, 1] - spans[chunk, 0])
    return longest


@kernel_of_sums
def backward(
    first: int,
    last: int,
    spans: Any,
    rule: Any,
    x: Any,
    biases: Any,
    frozen: Any,
    starts: Any,
    arriving: Any,
    dx: Any,
    dbiases: Any,
    dlive: Any,
    dfrozen: Any,
) -> None:
    """Fill dx and dbiases (B H, 2); turn dlive and dfrozen from the last token's to the first's.

    `frozen` is what it was at first; `arriving` is the slopes at `outs` of `forward`.
    """
    H, K = x.shape[2], x.shape[3]
    R = frozen.shape[2]
    erase, grad, residual = np.float32(rule[1]), np.float32(rule[2]), rule[3]
    size, bounded, unit_values = np.float32(rule[0]), rule[4], rule[5]
    dk_in, dv_in, deta_in, dalpha_in = arriving
    longest = _longest(spans)
    states = np.empty((longest + 1, R, K), x.dtype)
    made, known = np.empty((longest, R), x.dtype), np.empty((longest, R), x.dtype)
    wanted, gates = np.empty((longest, R), x.dtype), np.empty((longest, 4), x.dtype)
    keys, values = np.empty((longest, K), x.dtype), np.empty((longest, K), x.dtype)
    differences, dmade = np.empty((longest, K), x.dtype), np.empty(R, x.dtype)
    room = (states, made, keys, values, differences, known, wanted)
    dd, dF = np.empty(K, x.dtype), np.empty((R, K), x.dtype)
    for row in range(first, last):
        b, h = row // H, row % H
        D = dlive[b, h]
        dF[:] = dfrozen[b, h]
        dbiases[row] = 0
        for chunk in range(spans.shape[0] - 1, -1, -1):
            begin, end = spans[chunk, 0], spans[chunk, 1]
            states[0] = starts[row, chunk]
            F = states[0] if spans[chunk, 2] else frozen[b, h]
            _replay(F, x, (b, h, begin, end), biases[:, h], rule, room, gates)
            for t in range(end - 1, begin - 1, -1):
                n = t - begin
                eta, alpha = gates[n, 0], gates[n, 1]
                dk, dv = dmade[:K], dmade[K : 2 * K]
                dk[:] = dk_in[b, t, h]
                dd[:] = 0
                deta, dalpha = write_back(
                    states[n],
                    F,
                    D,
                    dF,
                    (keys[n], differences[n], eta, alpha),
                    (known[n], wanted[n]),
                    (erase, grad),
                    residual,
                    dk,
                    dd,
                )
                for i in range(K):
                    dk[i] -= dd[i]
                    dv[i] = dv_in[b, t, h, i] + dd[i]
                unit_back(gates[n, 2], keys[n], dk)
                if unit_values:
                    unit_back(gates[n, 3], values[n], dv)
                deta += deta_in[b, t, h]
                if bounded:
                    deta *= (ONE - eta) * (ONE - eta)
                dalpha += dalpha_in[b, t, h]
                dmade[2 * K] = deta * size * logistic(made[n, 2 * K] + biases[0, h])
                dmade[2 * K + 1] = dalpha * alpha * (ONE - alpha)
                dbiases[row, 0] += dmade[2 * K]
                dbiases[row, 1] += dmade[2 * K + 1]
                ask_back(F, x[b, t, h], dmade, residual, dF, dx[b, t, h])
            if spans[chunk, 2]:
                D += dF
                dF[:] = 0
        dfrozen[b, h] = dF
