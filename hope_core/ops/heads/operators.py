# ruff: noqa: ARG001 - the schema of an operator and of its shape function must be the same
"""The passes around the heads as operators, compiled by numba: float32 on a CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from hope_core.ops.heads import reference
from hope_core.ops.operators import operator
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    import numpy as np
    from torch.autograd.function import FunctionCtx


@operator("hope::causal_convolution", device="cpu")
def convolve(x: Tensor, window: Tensor, weight: Tensor) -> Tensor:
    """As in `reference`; weight (width, C)."""
    from hope_core.ops.heads.kernels_convolution import BLOCK, forward

    B, T, _ = x.shape
    y = x.new_empty(x.shape)
    arrays = _rows(x), _rows(window), _rows(weight), _rows(y)
    shared(lambda first, last: forward(first, last, T, *arrays), -(-B * T // BLOCK))
    return y


@convolve.register_fake
def _convolve_shapes(x: Tensor, window: Tensor, weight: Tensor) -> Tensor:
    return x.new_empty(x.shape)


@operator("hope::causal_convolution_backward", device="cpu")
def _convolve_back(
    x: Tensor, window: Tensor, weight: Tensor, dy: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Slopes at x, window and weight."""
    from hope_core.ops.heads.kernels_convolution import BLOCK, backward, backward_window

    B, T, _ = x.shape
    blocks = -(-B * T // BLOCK)
    dx, dwindow = x.new_empty(x.shape), x.new_empty(window.shape)
    parts = x.new_empty(blocks, *weight.shape)
    arrays = _rows(x), _rows(window), _rows(weight), _rows(dy), _rows(dx), parts.numpy()
    shared(lambda first, last: backward(first, last, T, *arrays), blocks)
    backward_window(T, _rows(weight), _rows(dy), _rows(dwindow))
    return dx, dwindow, parts.sum(0)


@_convolve_back.register_fake
def _convolve_back_shapes(
    x: Tensor, window: Tensor, weight: Tensor, dy: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    return x.new_empty(x.shape), window.new_empty(window.shape), weight.new_empty(weight.shape)


@operator("hope::split_heads", device="cpu")
def split(projected: Tensor, heads: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """As in `reference`."""
    from hope_core.ops.heads.kernels_heads import BLOCK, split

    outs: tuple[Tensor, Tensor, Tensor, Tensor] = _split_shapes(projected, heads)
    shape = heads, projected.shape[-1] // 4 // heads
    arrays = _rows(projected, 4, *shape), *(_rows(x, *shape) for x in outs)
    shared(lambda first, last: split(first, last, *arrays), -(-len(arrays[0]) // BLOCK))
    return outs


@split.register_fake
def _split_shapes(projected: Tensor, heads: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    *outer, width = projected.shape
    q, k, v = (projected.new_empty(*outer, heads, width // 4 // heads) for _ in range(3))
    return q, k, v, projected.new_empty(*outer, width // 4)


@operator("hope::split_heads_backward", device="cpu")
def _split_back(
    projected: Tensor, heads: int, dq: Tensor, dk: Tensor, dv: Tensor, dgate: Tensor
) -> Tensor:
    """The slope at what was split."""
    from hope_core.ops.heads.kernels_heads import BLOCK, split_back

    out = projected.new_empty(projected.shape)
    shape = heads, projected.shape[-1] // 4 // heads
    slopes = (_rows(x, *shape) for x in (dq, dk, dv, dgate))
    arrays = _rows(projected, 4, *shape), *slopes, _rows(out, 4, *shape)
    shared(lambda first, last: split_back(first, last, *arrays), -(-len(arrays[0]) // BLOCK))
    return out


@_split_back.register_fake
def _split_back_shapes(
    projected: Tensor, heads: int, dq: Tensor, dk: Tensor, dv: Tensor, dgate: Tensor
) -> Tensor:
    return projected.new_empty(projected.shape)


@operator("hope::gated_norm", device="cpu")
def norm(y: Tensor, scale: Tensor, gate: Tensor) -> Tensor:
    """As in `reference`."""
    from hope_core.ops.heads.kernels_heads import BLOCK, norm

    out = gate.new_empty(gate.shape)
    shape = scale.shape
    arrays = _rows(y, *shape), _rows(scale), _rows(gate, *shape), _rows(out, *shape)
    shared(lambda first, last: norm(first, last, *arrays), -(-len(arrays[0]) // BLOCK))
    return out


@norm.register_fake
def _norm_shapes(y: Tensor, scale: Tensor, gate: Tensor) -> Tensor:
    return gate.new_empty(gate.shape)


@operator("hope::gated_norm_backward", device="cpu")
def _norm_back(
    y: Tensor, scale: Tensor, gate: Tensor, slope: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Slopes at y, scale and gate."""
    from hope_core.ops.heads.kernels_heads import BLOCK, norm_back

    dy, dgate = y.new_empty(y.shape), gate.new_empty(gate.shape)
    shape = scale.shape
    given = _rows(y, *shape), _rows(scale), _rows(gate, *shape), _rows(slope, *shape)
    blocks = -(-len(given[0]) // BLOCK)
    parts = y.new_empty(blocks, *shape)
    taken = _rows(dy, *shape), parts.numpy(), _rows(dgate, *shape)
    shared(lambda first, last: norm_back(first, last, *given, *taken), blocks)
    return dy, parts.sum(0), dgate


@_norm_back.register_fake
def _norm_back_shapes(
    y: Tensor, scale: Tensor, gate: Tensor, slope: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    return y.new_empty(y.shape), scale.new_empty(scale.shape), gate.new_empty(gate.shape)


def _keep(ctx: FunctionCtx, inputs: tuple[object, ...], output: object) -> None:
    """Keep the arguments for the backward pass."""
    ctx.save_for_backward(*inputs)  # type: ignore[arg-type]


def _keep_heads(ctx: FunctionCtx, inputs: tuple[Tensor, int], output: object) -> None:
    """Keep what was split, and into how many heads."""
    ctx.save_for_backward(inputs[0])
    ctx.heads = inputs[1]  # type: ignore[attr-defined]


def _convolve_slopes(ctx: FunctionCtx, dy: Tensor) -> tuple[Tensor | None, ...]:
    saved: tuple[Tensor, ...] = ctx.saved_tensors  # type: ignore[attr-defined]
    if torch.is_grad_enabled():
        return _plain(reference.causal_convolution(*saved), saved, dy)
    slopes: tuple[Tensor, ...] = _convolve_back(*saved, dy)
    return slopes


def _split_slopes(ctx: FunctionCtx, *d: Tensor) -> tuple[Tensor | None, ...]:
    (projected,) = ctx.saved_tensors  # type: ignore[attr-defined]
    heads: int = ctx.heads  # type: ignore[attr-defined]
    if torch.is_grad_enabled():
        return (*_plain(reference.split_heads(projected, heads), (projected,), *d), None)
    return _split_back(projected, heads, *d), None


def _norm_slopes(ctx: FunctionCtx, d: Tensor) -> tuple[Tensor | None, ...]:
    saved: tuple[Tensor, ...] = ctx.saved_tensors  # type: ignore[attr-defined]
    if torch.is_grad_enabled():
        return _plain(reference.gated_norm(*saved), saved, d)
    slopes: tuple[Tensor, ...] = _norm_back(*saved, d)
    return slopes


def _plain(
    outputs: Tensor | tuple[Tensor, ...], inputs: tuple[Tensor, ...], *d: Tensor
) -> tuple[Tensor | None, ...]:
    """Slopes by plain torch, which can be differentiated again."""
    return torch.autograd.grad(outputs, inputs, d, create_graph=True, allow_unused=True)


convolve.register_autograd(_convolve_slopes, setup_context=_keep)
split.register_autograd(_split_slopes, setup_context=_keep_heads)
norm.register_autograd(_norm_slopes, setup_context=_keep)


def _rows(x: Tensor, *shape: int) -> np.ndarray:
    """A tensor as an array of rows, as long as its last axis or of another shape."""
    return x.detach().contiguous().view(-1, *(shape or x.shape[-1:])).numpy()
