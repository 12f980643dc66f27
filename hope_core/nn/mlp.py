"""The two-layer perceptron of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor, nn

from hope_core.nn.linear import Linear
from hope_core.ops.perceptron import perceptron

if TYPE_CHECKING:
    import torch


class MLP(nn.Module):
    """down(relu(up(x))^2): squared ReLU (So et al. 2021), no biases.

    Shapes: x (..., width) -> (..., width), with `hidden` channels in between.
    """

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.up = Linear(width, hidden)
        self.down = Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        """The perceptron's output."""
        return perceptron(x, self.up.weight, self.down.weight)

    def init_weights(self, generator: torch.Generator, *, down_scale: float) -> None:
        """Both layers normal with std width_in^-1/2; `down_scale` shrinks the second."""
        init_linear(self.up, generator)
        init_linear(self.down, generator, scale=down_scale)


def init_linear(layer: nn.Linear, generator: torch.Generator, *, scale: float = 1.0) -> None:
    """Normal weights with std scale / sqrt(inputs), which keep the size of what passes through."""
    nn.init.normal_(layer.weight, std=scale * layer.in_features**-0.5, generator=generator)
