# ruff: noqa: ANN401 - numba gives the arguments their types
"""The recurrence on a CPU, forward: the token loop itself, with the state in vector lanes."""

from __future__ import annotations

from typing import Any

from hope_core.ops.compiled import kernel
from hope_core.ops.lanes import load_some, mul, spread, store_some
from hope_core.ops.lanes_llvm import LONG
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


@kernel
def forward(
    first: int,
    last: int,
    shape: tuple[int, int, int, int, int],
    before: bool,
    inputs: Any,
    M0: Any,
    S0: Any,
    y: Any,
    M: Any,
    S: Any,
    starts: Any,
    X: Any,
    Y: Any,
) -> None:
    """Run the rows first .. last of (batch, head), counted through.

    Every array is flat. `shape` is (T, H, K, V, tokens between kept states); `inputs` is q, k, z,
    a, b, m, w, c; M0, S0 are the start and M, S the final states. `starts` receives the states
    before every so many tokens, unless it is empty. X and Y are room for one block of M and S.
    Without momentum S0, S and Y are None.
    """
    T, H, K, V, C = shape
    q, k, z, a, b, m, w, c = inputs
    W = LONG // z.itemsize
    blocks, chunks = (V + W - 1) // W, (T + C - 1) // C
    size = K * W
    kept = size if S0 is None else 2 * size
    for row in range(first, last):
        origin = row // H * T * H + row % H
        for block in range(blocks):
            v0 = block * W
            count = V - v0
            bring(M0, row * V * K, V, K, v0, X)
            if S0 is not None:
                bring(S0, row * V * K, V, K, v0, Y)
            read, u = look(k, q, origin * K, K, X)
            if before:
                store_some(y, origin * V + v0, read, count)
            for t in range(T):
                token = origin + t * H
                following = token + H if t + 1 < T else token
                reader = following if before else token
                soon = token + AHEAD * H
                fetch(k, soon * K, K)
                fetch(q, soon * K, K)
                fetch(z, soon * V + v0, W)
                fetch(y, soon * V + v0, W)
                if starts.size > 0 and t % C == 0:
                    at = ((row * blocks + block) * chunks + t // C) * kept
                    copy(X, 0, starts, at, K)
                    if S0 is not None:
                        copy(Y, 0, starts, at + size, K)
                value = mul(spread(w, token), load_some(z, token * V + v0, count))
                written = writes(value, u, b, c, token, S0)
                places = (token * K, reader * K, following * K)
                decays = (spread(a, token), spread(m, token))
                read, u = advance(k, q, places, K, decays, written, X, Y, 0, 0)
                if not before or t + 1 < T:
                    store_some(y, reader * V + v0, read, count)
            take(X, M, row * V * K, V, K, v0)
            if S0 is not None:
                take(Y, S, row * V * K, V, K, v0)
