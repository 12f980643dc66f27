# ruff: noqa: ARG001 - the schema of an operator and of its shape function must be the same
"""The recurrence fused on a CPU: numba kernels as custom operators, opaque to torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from hope_core.ops.operators import operator
from hope_core.ops.recurrence.arguments import Inputs, Outputs
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    import numpy as np
    from torch.autograd.function import FunctionCtx

LANES_BYTES = 128
"""Bytes of value channels that are worked on together; rows of kept states are padded to it."""

STRIDE = 64
"""Tokens between two states that are kept for the backward pass."""


def fused(inputs: Inputs, *, read_after: bool) -> Outputs:
    """Run the recurrence on a CPU; states are kept every 64 tokens if a gradient may be wanted."""
    b = torch.zeros_like(inputs.a) if inputs.b is None else inputs.b
    tensors = inputs._replace(b=b)
    save = torch.is_grad_enabled() and any(x is not None and x.requires_grad for x in tensors)
    y, M, S, _ = _forward(*tensors, not read_after, save)
    return Outputs(y, M, None if inputs.S0 is None else S)


@operator("hope::recurrence", device="cpu")
def _forward(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    M0: Tensor,
    S0: Tensor | None,
    before: bool,
    save: bool,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Reads, final M, final S (empty without momentum) and the kept states (empty unless saved)."""
    from hope_core.ops.recurrence.kernel_forward import forward

    y, M, S, starts = _outputs(q, k, z, a, b, m, w, c, M0, S0, before, save)
    shape, width, _ = _sizes(q, z)
    arrays = tuple(_flat(x) for x in (q, k, z, a, b, a if m is None else m, w, c))
    momentum = S0 is not None

    def run(first: int, last: int) -> None:
        X = _room(z, shape[2] * width)
        Y = _room(z, shape[2] * width) if momentum else None
        states = (_flat(M0), None if S0 is None else _flat(S0))
        ends = (_flat(M), _flat(S) if momentum else None)
        forward(first, last, shape, before, arrays, *states, _flat(y), *ends, _flat(starts), X, Y)

    shared(run, q.shape[0] * q.shape[2])
    return y, M, S, starts


@_forward.register_fake
def _outputs(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    M0: Tensor,
    S0: Tensor | None,
    before: bool,
    save: bool,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Room for the results of `_forward`, also for tensors that are only shapes."""
    _, width, blocks = _sizes(q, z)
    B, T, H, K = q.shape
    chunks = -(-T // STRIDE) if save else 0
    kept = B * H * blocks * chunks * K * width * (1 if S0 is None else 2)
    y = z.new_empty(z.shape)
    S = M0.new_empty(0 if S0 is None else S0.shape)
    return y, M0.new_empty(M0.shape), S, z.new_empty(kept)


@operator("hope::recurrence_backward", device="cpu")
def _backward(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    starts: Tensor,
    dy: Tensor,
    dM: Tensor,
    dS: Tensor | None,
    before: bool,
) -> list[Tensor]:
    """Gradients of q, k, z, a, b, m, w, c, M0, S0 (of m and S0 meaningless without momentum)."""
    from hope_core.ops.recurrence.kernel_backward import backward

    grads: list[Tensor] = _gradients(q, k, z, a, b, m, w, c, starts, dy, dM, dS, before)
    for grad in grads[:8]:
        grad.zero_()
    shape, width, _ = _sizes(q, z)
    K = shape[2]
    short = width // 2
    arrays = tuple(_flat(x) for x in (q, k, z, a, b, a if m is None else m, w, c))
    momentum = dS is not None

    def run(first: int, last: int) -> None:
        X = _room(z, (STRIDE + 1) * K * width)
        Y = _room(z, X.size) if momentum else None
        rows = [_room(z, -(-K // short) * short * short) for _ in range(3)]
        scratch = (_room(z, K * width), *rows)
        E = _room(z, K * width) if momentum else None
        arriving = (_flat(dy), _flat(dM), None if dS is None else _flat(dS))
        states = (_flat(grads[8]), _flat(grads[9]) if momentum else None)
        room = (X, Y, _room(z, STRIDE * width), scratch, E)
        outs = tuple(_flat(x) for x in grads[:8])
        backward(first, last, shape, before, arrays, _flat(starts), *arriving, outs, *states, *room)

    shared(run, q.shape[0] * q.shape[2])
    return grads


@_backward.register_fake
def _gradients(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    starts: Tensor,
    dy: Tensor,
    dM: Tensor,
    dS: Tensor | None,
    before: bool,
) -> list[Tensor]:
    """Room for the results of `_backward`."""
    like = [q, k, z, a, b, a, w, c, dM, dM[:0] if dS is None else dS]
    return [x.new_empty(x.shape) for x in like]


def _remember(ctx: FunctionCtx, inputs: tuple[object, ...], output: tuple[Tensor, ...]) -> None:
    """Keep the arguments and the kept states for the backward pass."""
    *tensors, before, _ = inputs
    ctx.momentum = tensors[9] is not None  # type: ignore[attr-defined]
    ctx.before = before  # type: ignore[attr-defined]
    ctx.save_for_backward(*tensors[:8], output[3])  # type: ignore[arg-type]


def _differentiate(
    ctx: FunctionCtx, dy: Tensor, dM: Tensor, dS: Tensor, _: Tensor
) -> tuple[Tensor | None, ...]:
    """The chain rule through `_forward`."""
    saved = ctx.saved_tensors  # type: ignore[attr-defined]
    momentum = ctx.momentum  # type: ignore[attr-defined]
    grads: list[Tensor | None] = list(
        _backward(*saved, dy, dM, dS if momentum else None, ctx.before)  # type: ignore[attr-defined]
    )
    if not momentum:
        grads[5] = grads[9] = None
    return (*grads, None, None)


_forward.register_autograd(_differentiate, setup_context=_remember)


def _sizes(q: Tensor, z: Tensor) -> tuple[tuple[int, int, int, int, int], int, int]:
    """The kernel's shape argument, the channels in a block and the number of blocks."""
    _, T, H, K = q.shape
    V = z.shape[-1]
    width = LANES_BYTES // z.element_size()
    return (T, H, K, V, STRIDE), width, -(-V // width)


def _flat(x: Tensor) -> np.ndarray:
    """A tensor as a flat array in the order of its indices."""
    return x.detach().contiguous().view(-1).numpy()


def _room(like: Tensor, count: int) -> np.ndarray:
    """Working memory of the type of a tensor, aligned to a cache line as torch's own is."""
    return torch.empty(count, dtype=like.dtype).numpy()
