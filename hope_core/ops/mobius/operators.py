"""The action as an operator of torch: one opaque op forward, one backward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from hope_core.ops.mobius.reference import SMALLEST_SQUARE
from hope_core.ops.operators import operator
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    import numpy as np
    from torch.autograd.function import FunctionCtx


@operator("hope::mobius_act", device="cpu")
def mobius_act(x: Tensor, matrix: Tensor) -> Tensor:
    """Y = s A x, x (R, 4 C), matrix (4, 4, C)."""
    from hope_core.ops.mobius.kernels import BLOCK, forward

    y = torch.empty_like(x, memory_format=torch.contiguous_format)
    arrays = (_rows(x), _matrix(matrix), _rows(y), _smallest(x))
    shared(lambda first, last: forward(first, last, *arrays), -(-len(x) // BLOCK))
    return y


@mobius_act.register_fake
def _forward_shapes(x: Tensor, matrix: Tensor) -> Tensor:  # noqa: ARG001 - the schema's names
    """Room for y."""
    return x.new_empty(x.shape)


@operator("hope::mobius_act_backward", device="cpu")
def _backward_op(slope: Tensor, x: Tensor, matrix: Tensor) -> list[Tensor]:
    """Gradients of x and of the matrix."""
    from hope_core.ops.mobius.kernels import BLOCK, backward

    blocks = -(-len(x) // BLOCK)
    dx = torch.empty_like(x, memory_format=torch.contiguous_format)
    dm = x.new_zeros(blocks, 16, matrix.shape[-1])
    arrays = (_rows(slope), _rows(x), _matrix(matrix), _rows(dx), dm.numpy(), _smallest(x))
    shared(lambda first, last: backward(first, last, *arrays), blocks)
    return [dx, dm.sum(0).view(matrix.shape)]


@_backward_op.register_fake
def _backward_shapes(
    slope: Tensor,  # noqa: ARG001 - the schema's names
    x: Tensor,
    matrix: Tensor,
) -> list[Tensor]:
    """Room for the gradients."""
    return [x.new_empty(x.shape), matrix.new_empty(matrix.shape)]


def _remember(ctx: FunctionCtx, inputs: tuple[Tensor, Tensor], output: Tensor) -> None:  # noqa: ARG001
    """Keep what went in."""
    ctx.save_for_backward(*inputs)


def _differentiate(ctx: FunctionCtx, slope: Tensor) -> tuple[Tensor, Tensor]:
    """The chain rule through the action."""
    dx, dm = _backward_op(slope, *ctx.saved_tensors)  # type: ignore[attr-defined]
    return dx, dm


mobius_act.register_autograd(_differentiate, setup_context=_remember)


def _rows(x: Tensor) -> np.ndarray:
    """(R, 4 C) as an array (R, 4, C)."""
    return x.detach().contiguous().view(len(x), 4, -1).numpy()


def _matrix(matrix: Tensor) -> np.ndarray:
    """(4, 4, C) as an array (16, C)."""
    return matrix.detach().contiguous().view(16, -1).numpy()


def _smallest(x: Tensor) -> np.ndarray:
    """The smallest square in the type of x, which a plain number would widen."""
    return torch.full((1,), SMALLEST_SQUARE, dtype=x.dtype).numpy()
