# ruff: noqa: ANN401 - numba gives the arguments their types
"""The inner loops of the backward kernel: one sweep over the rows of a state and its gradients.

Sums across lanes (dq, dk) are put off: each row leaves one short vector, and `gather` adds up as
many rows at once as such a vector has lanes.
"""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import part
from hope_core.ops.lanes import (
    add,
    load,
    load_short,
    load_short_some,
    mul,
    mul_add,
    spread,
    store,
    store_some,
    zeros,
    zeros_short,
)
from hope_core.ops.lanes_llvm import LONG, SHORT
from hope_core.ops.lanes_sums import dot_add, row_totals


@part
def sweep(
    k: Any,
    q: Any,
    places: tuple[int, int, int],
    K: int,
    decays: Any,
    arriving: Any,
    written: Any,
    X: Any,
    Y: Any,
    at: int,
    scratch: Any,
    E: Any,
) -> Any:
    """Carry D, E back over one state and on to the token that made it; return (da, dm, dp, g).

    `places` are the offsets of that token's k, of the q that read the state and of the following
    token's k; `decays` are the gates of the following token, `arriving` its du and the read's dy.
    """
    D, rests, key_rows, query_rows = scratch
    W, F = LONG // X.itemsize, SHORT // X.itemsize
    here, reader, following = places
    keep, stay = decays
    du, dy = arriving
    write, erase = written
    da, dm, dp, g = zeros(X), zeros(X), zeros(X), zeros(X)
    for i in range(K):
        x = load(X, at + i * W)
        d = load(D, i * W)
        da = mul_add(d, x, da)
        store(key_rows, i * F, dot_add(x, du, load_short(rests, i * F)))
        store(query_rows, i * F, dot_add(x, dy, zeros_short(X)))
        d = mul_add(dy, spread(q, reader + i), mul(keep, d))
        d = mul_add(du, spread(k, following + i), d)
        store(D, i * W, d)
        key = spread(k, here + i)
        if Y is None:
            dp = mul_add(d, key, dp)
            store(rests, i * F, dot_add(d, write, zeros_short(X)))
        else:
            e = load(E, i * W)
            dm = mul_add(e, load(Y, at + i * W), dm)
            e = mul_add(stay, e, d)
            store(E, i * W, e)
            dp = mul_add(e, key, dp)
            g = mul_add(d, key, g)
            store(rests, i * F, dot_add(e, write, dot_add(d, erase, zeros_short(X))))
    if Y is None:
        return da, dm, dp, dp
    return da, dm, dp, g


@part
def gather(rows: Any, target: Any, at: int, K: int) -> None:
    """Add the sum of each of K short vectors to K neighbouring elements."""
    F = SHORT // rows.itemsize
    for i in range(0, K, F):
        sums = add(load_short_some(target, at + i, K - i), row_totals(rows, i * F))
        store_some(target, at + i, sums, K - i)


@part
def finish(
    k: Any,
    q: Any,
    place: int,
    K: int,
    decays: Any,
    arriving: Any,
    starts: Any,
    at: int,
    scratch: Any,
    E: Any,
) -> Any:
    """Carry D, E back over the first token into the start states; return (da, dm)."""
    D, rests, key_rows, query_rows = scratch
    W, F = LONG // D.itemsize, SHORT // D.itemsize
    keep, stay = decays
    du, dy = arriving
    da, dm = zeros(D), zeros(D)
    for i in range(K):
        x = load(starts, at + i * W)
        d = load(D, i * W)
        da = mul_add(d, x, da)
        store(key_rows, i * F, dot_add(x, du, load_short(rests, i * F)))
        store(query_rows, i * F, dot_add(x, dy, zeros_short(D)))
        d = mul_add(dy, spread(q, place + i), mul(keep, d))
        store(D, i * W, mul_add(du, spread(k, place + i), d))
        if E is not None:
            e = load(E, i * W)
            dm = mul_add(e, load(starts, at + (K + i) * W), dm)
            store(E, i * W, mul(stay, e))
    return da, dm
