# ruff: noqa: ARG001 - the schema of an operator and of its shape function must be the same
"""Self-writing memories as one operator: float32 on a CPU, scalar gates, frozen gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor

from hope_core.ops.mlp_memory import chunk_spans
from hope_core.ops.operators import operator
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx


class SelfWriting(NamedTuple):
    """The rule: size of a step, weights of erasure and gradient, and what each memory does.

    residual: key and value memories answer x + M x; bounded: steps eta / (1 + eta); unit_values:
    values at unit length; chunk: tokens between two snapshots; position: tokens read before.
    """

    size: float
    erase: float
    grad: float
    residual: bool
    bounded: bool
    unit_values: bool
    chunk: int
    position: int


def self_writing(
    x: Tensor, biases: Tensor, live: Tensor, frozen: Tensor, *, rule: SelfWriting
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Let the memories read x and write themselves.

    The rows of a head's matrix W (R = 2 K + 2) make key, value, step and retention:
        k = unit(F x + x), v = unit(F x + x), eta = squash(F x + bias), alpha = sigmoid(F x + bias)
        W <- alpha W + eta (grad (F (v - k) + v - k) - erase W k) k^T,    F: W at the chunk's start
    Shapes: x (B, T, H, K); biases (2, H), of step and retention; live, frozen (B, H, R, K).

    Returns:
        k, v (B, T, H, K), eta, alpha (B, T, H), and live and frozen after the last token.
    """
    tensors = x, biases, live, frozen
    save = torch.is_grad_enabled() and any(t.requires_grad for t in tensors)
    outs: tuple[Tensor, ...] = _forward(*tensors, *rule, save)
    k, v, eta, alpha, live, frozen, _ = outs
    return k, v, eta, alpha, live, frozen


@operator("hope::self_writing", device="cpu")
def _forward(
    x: Tensor,
    biases: Tensor,
    live: Tensor,
    frozen: Tensor,
    size: float,
    erase: float,
    grad: float,
    residual: bool,
    bounded: bool,
    unit_values: bool,
    chunk: int,
    position: int,
    save: bool,
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """As `self_writing`, and the matrices at the chunks' starts (empty unless saved)."""
    from hope_core.ops.self_writing.kernels import forward

    rule = (size, erase, grad, residual, bounded, unit_values)
    shapes: tuple[Tensor, ...] = _shapes(x, biases, live, frozen, *rule, chunk, position, save)
    k, v, eta, alpha, live_after, frozen_after, starts = shapes
    live_after.copy_(live)
    frozen_after.copy_(frozen)
    arrays = (_array(x), _array(biases), live_after.numpy(), frozen_after.numpy())
    outs = tuple(t.numpy() for t in (k, v, eta, alpha))
    spans = _spans(x.shape[1], chunk, position)
    rows = x.shape[0] * x.shape[2]
    kept = starts.numpy()
    shared(lambda first, last: forward(first, last, spans, rule, *arrays, outs, kept), rows)
    return k, v, eta, alpha, live_after, frozen_after, starts


@_forward.register_fake
def _shapes(
    x: Tensor,
    biases: Tensor,
    live: Tensor,
    frozen: Tensor,
    size: float,
    erase: float,
    grad: float,
    residual: bool,
    bounded: bool,
    unit_values: bool,
    chunk: int,
    position: int,
    save: bool,
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Room for the results."""
    B, T, H, _ = x.shape
    chunks = len(list(chunk_spans(T, chunk, position=position))) if save else 0
    k, v = x.new_empty(x.shape), x.new_empty(x.shape)
    eta, alpha = x.new_empty(B, T, H), x.new_empty(B, T, H)
    ends = live.new_empty(live.shape), live.new_empty(live.shape)
    return k, v, eta, alpha, *ends, live.new_empty(B * H, chunks, *live.shape[2:])


@operator("hope::self_writing_backward", device="cpu")
def _backward(
    x: Tensor,
    biases: Tensor,
    frozen: Tensor,
    starts: Tensor,
    arriving: list[Tensor],
    size: float,
    erase: float,
    grad: float,
    residual: bool,
    bounded: bool,
    unit_values: bool,
    chunk: int,
    position: int,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Slopes at x, biases, live and frozen, of those at the results."""
    from hope_core.ops.self_writing.kernels import backward

    B, _, H, _ = x.shape
    rule = (size, erase, grad, residual, bounded, unit_values)
    dx, dbiases = x.new_empty(x.shape), x.new_empty(B * H, 2)
    dlive, dfrozen = (d.clone(memory_format=torch.contiguous_format) for d in arriving[4:])
    given = tuple(_array(d) for d in arriving[:4])
    arrays = tuple(_array(t) for t in (x, biases, frozen, starts))
    taken = tuple(t.numpy() for t in (dx, dbiases, dlive, dfrozen))
    spans = _spans(x.shape[1], chunk, position)
    shared(lambda first, last: backward(first, last, spans, rule, *arrays, given, *taken), B * H)
    return dx, dbiases.view(B, H, 2).sum(0).mT.contiguous(), dlive, dfrozen


@_backward.register_fake
def _backward_shapes(
    x: Tensor,
    biases: Tensor,
    frozen: Tensor,
    starts: Tensor,
    arriving: list[Tensor],
    size: float,
    erase: float,
    grad: float,
    residual: bool,
    bounded: bool,
    unit_values: bool,
    chunk: int,
    position: int,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Room for the slopes."""
    like = (x, biases, frozen, frozen)
    dx, dbiases, dlive, dfrozen = (t.new_empty(t.shape) for t in like)
    return dx, dbiases, dlive, dfrozen


def _remember(ctx: FunctionCtx, inputs: tuple[object, ...], output: tuple[Tensor, ...]) -> None:
    """Keep what was read, the first snapshot and the chunks' starts."""
    x, biases, _, frozen, *rule, _ = inputs
    ctx.save_for_backward(x, biases, frozen, output[6])  # type: ignore[arg-type]
    ctx.rule = rule  # type: ignore[attr-defined]


def _differentiate(ctx: FunctionCtx, *arriving: Tensor) -> tuple[Tensor | None, ...]:
    """The chain rule through `_forward`."""
    saved = ctx.saved_tensors  # type: ignore[attr-defined]
    rule = ctx.rule  # type: ignore[attr-defined]
    slopes: tuple[Tensor, ...] = _backward(*saved, list(arriving[:6]), *rule)
    return (*slopes, *(None for _ in rule), None)


_forward.register_autograd(_differentiate, setup_context=_remember)


def _spans(length: int, chunk: int, position: int) -> np.ndarray:
    """Begin and end of each piece of a chunk, and whether a chunk begins there."""
    spans = [
        (span.start, span.stop, (position + span.start) % chunk == 0)
        for span in chunk_spans(length, chunk, position=position)
    ]
    return np.array(spans, dtype=np.int64)


def _array(x: Tensor) -> np.ndarray:
    return x.detach().contiguous().numpy()
