# ruff: noqa: ARG001 - the schema of an operator and of its shape function must be the same
"""The chunk form as custom operators: torch sees one opaque op each way, on any device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from hope_core.ops.operators import operator
from hope_core.ops.recurrence.arguments import Inputs, Outputs
from hope_core.ops.recurrence.chunked import chunk_values, cut
from hope_core.ops.recurrence.chunked_backward import chunk_gradients

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx


def chunked(inputs: Inputs, *, read_after: bool, chunk: int) -> Outputs:
    """Run the recurrence in chunks; each chunk's start is kept if a gradient may be wanted."""
    save = torch.is_grad_enabled() and any(x is not None and x.requires_grad for x in inputs)
    y, M, S, _ = _forward(*inputs, not read_after, save, chunk)
    return Outputs(y, M, None if inputs.S0 is None else S)


@operator("hope::recurrence_chunked")
def _forward(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    M0: Tensor,
    S0: Tensor | None,
    before: bool,
    save: bool,
    chunk: int,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Reads, final M, final S (empty without momentum) and the kept starts (empty unless saved)."""
    inputs = Inputs(q, k, z, a, b, m, w, c, M0, S0)
    M, S, reads, starts = M0, S0, [], []
    for first, last, length in _pieces(q.shape[1], chunk):
        piece = cut(inputs, first, last)._replace(M0=M, S0=S)
        (y, M, S), begun = chunk_values(piece, read_after=not before, chunk=length)
        reads.append(y)
        starts.extend(begun)
    y = torch.cat(reads, dim=1) if len(reads) > 1 else reads[0].contiguous()
    kept = torch.stack(starts) if save else q.new_empty(0)
    return y, M, q.new_empty(0) if S is None else S, kept


@_forward.register_fake
def _outputs(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    M0: Tensor,
    S0: Tensor | None,
    before: bool,
    save: bool,
    chunk: int,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Room for the results of `_forward`, also for tensors that are only shapes."""
    B, T, H, K = q.shape
    V = z.shape[-1]
    S = q.new_empty(0) if S0 is None else S0.new_empty(S0.shape)
    wide = K if S0 is None else 2 * K
    kept = (-(-T // min(chunk, T)), B, H, V, wide) if save else (0,)
    return z.new_empty(z.shape), M0.new_empty(M0.shape), S, q.new_empty(kept)


@operator("hope::recurrence_chunked_backward")
def _backward(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    starts: Tensor,
    dy: Tensor,
    dM: Tensor,
    dS: Tensor | None,
    before: bool,
    chunk: int,
) -> list[Tensor]:
    """Gradients of q, k, z, a, b, m, w, c, M0, S0; empty for what was not given."""
    inputs = Inputs(q, k, z, a, b, m, w, c, dM, dS)
    found: list[Inputs] = []
    for first, last, length in reversed(_pieces(q.shape[1], chunk)):
        begun = starts[first // min(chunk, q.shape[1]) :][: (last - first) // length]
        piece = cut(inputs, first, last)
        arriving = dy[:, first:last]
        grads = chunk_gradients(piece, begun, arriving, dM, dS, read_after=not before, chunk=length)
        dM, dS = grads.M0, grads.S0
        found.insert(0, grads)
    columns = [_joined([grad[i] for grad in found], like=q) for i in range(8)]
    return [*columns, dM, q.new_empty(0) if dS is None else dS]


@_backward.register_fake
def _gradients(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor,
    starts: Tensor,
    dy: Tensor,
    dM: Tensor,
    dS: Tensor | None,
    before: bool,
    chunk: int,
) -> list[Tensor]:
    """Room for the results of `_backward`."""
    like = (q, k, z, a, b, m, w, c, dM, dS)
    return [q.new_empty(0) if x is None else x.new_empty(x.shape) for x in like]


def _remember(ctx: FunctionCtx, inputs: tuple[object, ...], output: tuple[Tensor, ...]) -> None:
    """Keep the arguments and each chunk's start for the backward pass."""
    *tensors, before, _, chunk = inputs
    ctx.before, ctx.chunk = before, chunk  # type: ignore[attr-defined]
    ctx.momentum = tensors[9] is not None  # type: ignore[attr-defined]
    ctx.save_for_backward(*tensors[:8], output[3])  # type: ignore[arg-type]


def _differentiate(
    ctx: FunctionCtx, dy: Tensor, dM: Tensor, dS: Tensor, _: Tensor
) -> tuple[Tensor | None, ...]:
    """The chain rule through `_forward`."""
    saved = ctx.saved_tensors  # type: ignore[attr-defined]
    momentum = ctx.momentum  # type: ignore[attr-defined]
    options = ctx.before, ctx.chunk  # type: ignore[attr-defined]
    grads: list[Tensor | None] = list(_backward(*saved, dy, dM, dS if momentum else None, *options))
    if saved[4] is None:
        grads[4] = None
    if not momentum:
        grads[5] = grads[9] = None
    return (*grads, None, None, None)


_forward.register_autograd(_differentiate, setup_context=_remember)


def _pieces(T: int, chunk: int) -> list[tuple[int, int, int]]:
    """First token, end and chunk length of the whole chunks and of a shorter last one."""
    chunk = min(chunk, T)
    whole = T - T % chunk
    rest = [(whole, T, T - whole)] if whole < T else []
    return [(0, whole, chunk), *rest]


def _joined(parts: list[Tensor | None], *, like: Tensor) -> Tensor:
    """The pieces of one gradient along the tokens; empty where there is none."""
    present = [part for part in parts if part is not None]
    if not present:
        return like.new_empty(0)
    return torch.cat(present, dim=1) if len(present) > 1 else present[0].contiguous()
