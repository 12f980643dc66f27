# ruff: noqa: ANN401 - numba gives the arguments their types
"""The recurrence on a CPU, backward: states are run forward again chunk by chunk, then tokens back.

With D, E the gradients of M, S after a token, g = D k, p what it wrote into S and r = -b u: E += D;
dp = E k; du = -b g - c dp; dk = E^T p + D^T r + M^T du; dq = M^T dy; da = <D, M>; dm = <E, S>; then
D <- a D + du k^T (+ dy q^T of what read that state) and E <- m E. What needs the state before a
token is done in the same sweep over rows as the token before it, so each state is looked at once.
"""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import kernel, part
from hope_core.ops.lanes import (
    fill,
    load,
    load_some,
    mul,
    mul_add,
    spread,
    store,
    store_some,
    zeros,
    zeros_short,
)
from hope_core.ops.lanes_llvm import LONG, SHORT
from hope_core.ops.lanes_sums import total
from hope_core.ops.recurrence.kernel_parts import (
    AHEAD,
    advance,
    bring,
    copy,
    fetch,
    look,
    take,
    writes,
)
from hope_core.ops.recurrence.kernel_sweep import finish, gather, sweep


@part
def replay(
    tokens: tuple[int, int, int, int],
    shape: tuple[int, int, int, int, int],
    inputs: Any,
    v0: int,
    starts: Any,
    at: int,
    X: Any,
    Y: Any,
    U: Any,
) -> None:
    """Fill X, Y with the states around each token of a chunk and U with u = M k.

    `tokens` is (origin, begin, end, T); the chunk's start state stands at `at` in `starts`.
    """
    origin, begin, end, T = tokens
    _, H, K, V, _ = shape
    q, k, z, a, b, m, w, c = inputs
    W = LONG // z.itemsize
    size = K * W
    copy(starts, at, X, 0, K)
    if Y is not None:
        copy(starts, at + size, Y, 0, K)
    _, u = look(k, q, (origin + begin * H) * K, K, X)
    for t in range(begin, end):
        token = origin + t * H
        following = token + H if t + 1 < T else token
        fetch(k, (token + AHEAD * H) * K, K)
        fetch(z, (token + AHEAD * H) * V + v0, W)
        store(U, (t - begin) * W, u)
        value = mul(spread(w, token), load_some(z, token * V + v0, V - v0))
        written = writes(value, u, b, c, token, Y)
        places = (token * K, token * K, following * K)
        decays = (spread(a, token), spread(m, token))
        slot = (t - begin) * size
        _, u = advance(k, q, places, K, decays, written, X, Y, slot, slot + size)


@kernel
def backward(
    first: int,
    last: int,
    shape: tuple[int, int, int, int, int],
    before: bool,
    inputs: Any,
    starts: Any,
    dy: Any,
    dM: Any,
    dS: Any,
    grads: Any,
    dM0: Any,
    dS0: Any,
    X: Any,
    Y: Any,
    U: Any,
    scratch: Any,
    E: Any,
) -> None:
    """Add to `grads` what the rows first .. last of (batch, head) give; dz, dM0, dS0 are written.

    Arguments as for `forward`. dy, dM, dS arrive; `grads` is dq, dk, dz, da, db, dm, dw, dc. X, Y
    are room for the states of one chunk and the one after it, U for its u; `scratch` is D and
    three arrays of short rows, whose number is K rounded up to a short vector. Without momentum
    dS, dS0, Y and E are None.
    """
    T, H, K, V, C = shape
    q, k, z, a, b, m, w, c = inputs
    dq, dk, dz, da, db, dm, dw, dc = grads
    D, rests, key_rows, query_rows = scratch
    W, F = LONG // z.itemsize, SHORT // z.itemsize
    blocks, chunks = (V + W - 1) // W, (T + C - 1) // C
    size = K * W
    kept = size if dS is None else 2 * size
    for row in range(first, last):
        origin = row // H * T * H + row % H
        for block in range(blocks):
            v0 = block * W
            count = V - v0
            base = (row * blocks + block) * chunks * kept
            bring(dM, row * V * K, V, K, v0, D)
            if dS is not None:
                bring(dS, row * V * K, V, K, v0, E)
            for i in range(K):
                store(rests, i * F, zeros_short(z))
            du = zeros(z)
            one = fill(z.dtype.type(1))
            decays = (one, one)
            for chunk in range(chunks - 1, -1, -1):
                begin, end = chunk * C, min(T, chunk * C + C)
                tokens = (origin, begin, end, T)
                replay(tokens, shape, inputs, v0, starts, base + chunk * kept, X, Y, U)
                for t in range(end - 1, begin - 1, -1):
                    token = origin + t * H
                    following = token + H if t + 1 < T else token
                    reader = following if before else token
                    soon = token - AHEAD * H
                    fetch(q, soon * K, K)
                    fetch(dq, soon * K, K)
                    fetch(dk, soon * K, K)
                    fetch(dy, soon * V + v0, W)
                    fetch(dz, soon * V + v0, W)
                    seen = load_some(dy, reader * V + v0, count)
                    if before and t + 1 == T:
                        seen = zeros(z)
                    u = load(U, (t - begin) * W)
                    target = load_some(z, token * V + v0, count)
                    written = writes(mul(spread(w, token), target), u, b, c, token, Y)
                    places = (token * K, reader * K, following * K)
                    slot = (t - begin + 1) * size
                    sums = sweep(
                        k, q, places, K, decays, (du, seen), written, X, Y, slot, scratch, E
                    )
                    gather(key_rows, dk, following * K, K)
                    gather(query_rows, dq, reader * K, K)
                    dp, g = sums[2], sums[3]
                    if t + 1 < T:
                        da[following] += total(sums[0])
                        dm[following] += total(sums[1])
                    dw[token] += total(mul(target, dp))
                    dc[token] -= total(mul(u, dp))
                    db[token] -= total(mul(u, g))
                    store_some(dz, token * V + v0, mul(spread(w, token), dp), count)
                    du = mul_add(fill(-c[token]), dp, mul(fill(-b[token]), g))
                    decays = (spread(a, token), spread(m, token))
            seen = load_some(dy, origin * V + v0, count) if before else zeros(z)
            ends = finish(k, q, origin * K, K, decays, (du, seen), starts, base, scratch, E)
            gather(key_rows, dk, origin * K, K)
            gather(query_rows, dq, origin * K, K)
            da[origin] += total(ends[0])
            dm[origin] += total(ends[1])
            take(D, dM0, row * V * K, V, K, v0)
            if dS is not None:
                take(E, dS0, row * V * K, V, K, v0)
