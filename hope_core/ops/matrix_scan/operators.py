"""The recurrence of pairs as operators: torch sees one opaque op forward and one backward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor  # noqa: TC002 - the operator's schema is read from it

from hope_core.ops.matrix_scan.chunked import scan, scan_back
from hope_core.ops.operators import operator

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx


@operator("hope::matrix_scan")
def matrix_scan_op(x: Tensor, A: Tensor, h0: Tensor) -> Tensor:
    """Every h of h <- A h + x, (B, T, 2, D)."""
    return scan(x, A, h0).contiguous()


@matrix_scan_op.register_fake
def _forward_shapes(x: Tensor, A: Tensor, h0: Tensor) -> Tensor:  # noqa: ARG001 - one schema
    """Room for the states."""
    return x.new_empty(x.shape)


@operator("hope::matrix_scan_backward")
def _backward_op(g: Tensor, A: Tensor, h0: Tensor, h: Tensor) -> list[Tensor]:
    """Gradients of x, A and h0."""
    return [gradient.contiguous() for gradient in scan_back(g, A, h, h0)]


@_backward_op.register_fake
def _backward_shapes(g: Tensor, A: Tensor, h0: Tensor, h: Tensor) -> list[Tensor]:  # noqa: ARG001
    """Room for the gradients."""
    return [like.new_empty(like.shape) for like in (g, A, h0)]


def _remember(ctx: FunctionCtx, inputs: tuple[Tensor, ...], output: Tensor) -> None:
    """Keep A, h0 and every h for the backward pass."""
    _, A, h0 = inputs
    ctx.save_for_backward(A, h0, output)


def _differentiate(ctx: FunctionCtx, g: Tensor) -> tuple[Tensor, ...]:
    """The chain rule through the scan."""
    return tuple(_backward_op(g, *ctx.saved_tensors))  # type: ignore[attr-defined]


matrix_scan_op.register_autograd(_differentiate, setup_context=_remember)
