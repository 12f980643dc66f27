# ruff: noqa: ANN401 - numba gives the arguments their types
"""What the forward and the backward kernel share: the state in and out, and one token's step.

The state of a block of value channels is kept transposed: row i holds column i of M for 128 bytes
of channels, so that reading (M k) adds whole vectors and no sum across lanes is needed. Channels
share nothing but the keys and gates, so each block runs through all tokens on its own.
"""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import part
from hope_core.ops.lanes import (
    fill,
    load,
    mul,
    mul_add,
    prefetch,
    spread,
    store,
    zeros,
)
from hope_core.ops.lanes_llvm import LONG, SHORT

AHEAD = 4
"""Tokens between asking for a row and using it: rows of one head lie far apart in (B, T, H, K)."""


@part
def bring(source: Any, base: int, V: int, K: int, v0: int, target: Any) -> None:
    """Copy a block's channels v0.. of a (V, K) state into lanes; channels past V are 0."""
    W = LONG // source.itemsize
    for lane in range(W):
        for i in range(K):
            value = source[base + (v0 + lane) * K + i] if v0 + lane < V else source.dtype.type(0)
            target[i * W + lane] = value


@part
def take(source: Any, target: Any, base: int, V: int, K: int, v0: int) -> None:
    """Copy a block's lanes back into the channels v0.. of a (V, K) state."""
    W = LONG // source.itemsize
    for lane in range(min(W, V - v0)):
        for i in range(K):
            target[base + (v0 + lane) * K + i] = source[i * W + lane]


@part
def fetch(array: Any, at: int, count: int) -> None:
    """Ask for a row that will be needed soon."""
    for i in range(0, count, SHORT // array.itemsize):
        prefetch(array, at + i)


@part
def copy(source: Any, at: int, target: Any, to: int, K: int) -> None:
    """Copy the K vectors of a state."""
    W = LONG // source.itemsize
    for i in range(K):
        store(target, to + i * W, load(source, at + i * W))


@part
def look(k: Any, q: Any, place: int, K: int, X: Any) -> Any:
    """What the rows q and k of a token read of a state."""
    W = LONG // X.itemsize
    read, known = zeros(X), zeros(X)
    for i in range(K):
        x = load(X, i * W)
        read = mul_add(x, spread(q, place + i), read)
        known = mul_add(x, spread(k, place + i), known)
    return read, known


@part
def writes(value: Any, u: Any, b: Any, c: Any, token: int, S: Any) -> Any:
    """The vectors written along k, given w z and u = M k: into S, and into M besides S.

    Without momentum both go into M, as one.
    """
    if S is None:
        return mul_add(fill(-(b[token] + c[token])), u, value), value
    return mul_add(fill(-c[token]), u, value), mul(fill(-b[token]), u)


@part
def advance(
    k: Any,
    q: Any,
    places: tuple[int, int, int],
    K: int,
    decays: Any,
    written: Any,
    X: Any,
    S: Any,
    at: int,
    to: int,
) -> Any:
    """Move a state from `at` to `to` over one token; return what q and the next k read of it.

    `places` are the offsets of the token's k, of the q that reads and of the next token's k.
    `decays` and `written` are the gates (a, m) and the vectors of `writes`.
    """
    W = LONG // X.itemsize
    here, reader, following = places
    keep, stay = decays
    write, erase = written
    read, known = zeros(X), zeros(X)
    for i in range(K):
        key = spread(k, here + i)
        x = load(X, at + i * W)
        if S is None:
            x = mul_add(key, write, mul(keep, x))
        else:
            s = mul_add(key, write, mul(stay, load(S, at + i * W)))
            store(S, to + i * W, s)
            x = mul_add(key, erase, mul_add(keep, x, s))
        store(X, to + i * W, x)
        read = mul_add(x, spread(q, reader + i), read)
        known = mul_add(x, spread(k, following + i), known)
    return read, known
