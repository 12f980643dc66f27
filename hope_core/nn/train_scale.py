"""The public MT-HOPE's whole "self-modification": one factor that training finds, on all tokens.

Notable: there it acts in training alone, so that a trained model answers otherwise than it learned
to (by 5 %); here it acts in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from hope_core.nn.twistor_evolution import MultiScaleEvolution

FIRST = 0.01
"""w before training."""


class ScaledEvolution(nn.Module):
    """x <- (1 + s sigmoid(w)) evolution(x), w learned.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, evolution: MultiScaleEvolution, scale: float) -> None:
        super().__init__()
        self.evolution = evolution
        self.scale = scale
        self.weight = nn.Parameter(torch.empty(()))

    def forward(self, x: Tensor) -> Tensor:
        """The evolution's tokens, scaled."""
        y: Tensor = self.evolution(x)
        return y * (1 + self.scale * torch.sigmoid(self.weight)).to(y.dtype)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """The evolution's own; w = 0.01, as in the public code."""
        self.evolution.init_weights(generator, output_scale=output_scale)
        nn.init.constant_(self.weight, FIRST)
