"""The two layers of a perceptron with squared ReLU, one function with a backward of its own.

Notable: what is between the layers is passed over twice instead of four times forward, and once
instead of four times backward; of what the plain form keeps, nothing more is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from hope_core.ops.products import linear, outer
from hope_core.ops.step import perceptron_step, steps_alone

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx


def perceptron(x: Tensor, up: Tensor, down: Tensor) -> Tensor:
    """Down relu(up x)^2: x (..., D), up (N, D), down (D, N) -> (..., D)."""
    wanted = torch.is_grad_enabled() and (x.requires_grad or up.requires_grad)
    if wanted and x.dtype == up.dtype and not torch.is_autocast_enabled(x.device.type):
        y: Tensor = _Perceptron.apply(x, up, down)  # type: ignore[no-untyped-call]
        return y
    if steps_alone(x, up, down):
        return perceptron_step(x, up, down)
    return plain(x, up, down)


def plain(x: Tensor, up: Tensor, down: Tensor) -> Tensor:
    """The same, one operation after the other: in any type, of any order of slope."""
    return linear(linear(x, up).relu().square(), down)


class _Perceptron(torch.autograd.Function):
    """Keeps the layer between, before and after squaring."""

    @staticmethod
    def forward(ctx: FunctionCtx, x: Tensor, up: Tensor, down: Tensor) -> Tensor:
        active = linear(x, up).relu_()
        squared = active * active
        ctx.save_for_backward(x, up, down, active, squared)
        return linear(squared, down)

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        x, up, down, active, squared = ctx.saved_tensors
        if torch.is_grad_enabled():
            y = plain(x, up, down)
            return torch.autograd.grad(y, (x, up, down), slope, create_graph=True)
        between = linear(slope, down.mT).mul_(active)
        return (
            linear(between, (2 * up).mT) if ctx.needs_input_grad[0] else None,
            outer(between, x).mul_(2) if ctx.needs_input_grad[1] else None,
            outer(slope, squared) if ctx.needs_input_grad[2] else None,
        )
