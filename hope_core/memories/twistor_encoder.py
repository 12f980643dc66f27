"""TwistorEncoder: the twistor recurrence from both ends, for encoding whole texts.

Notable: every token sees all of the text, later tokens too, so it has no state, no pieces and no
place in a language model, whose settings refuse it; both directions meet after every layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.twistor_recurrent import make_cell
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.twistor_evolution import MultiScaleEvolution

if TYPE_CHECKING:
    from hope_core.config.models.twistor import TwistorSettings


class TwistorEncoderLayer(nn.Module):
    """x <- x + W [forward(norm x); backward(norm x)]; then the evolution's scales.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.onward = make_cell(settings)
        self.backward_cell = make_cell(settings)
        self.join = Linear(2 * settings.width, settings.width)
        self.evolution = MultiScaleEvolution(settings.width, settings.recurrence)

    def forward(self, x: Tensor) -> Tensor:
        """The tokens after this layer."""
        seen = self.norm(x)
        onward, _ = self.onward(seen)
        back, _ = self.backward_cell(seen.flip(1))
        y: Tensor = self.evolution(x + self.join(torch.cat([onward, back.flip(1)], dim=-1)))
        return y

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; cells and evolution their own; the joining matrix normal, std (2 D)^-1/2."""
        self.norm.reset_parameters()
        self.onward.init_weights(generator, output_scale=1.0)
        self.backward_cell.init_weights(generator, output_scale=1.0)
        init_linear(self.join, generator, scale=output_scale)
        self.evolution.init_weights(generator, output_scale=output_scale)


class TwistorEncoder(nn.Module):
    """Layers in a row, each reading from both ends.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TwistorEncoderLayer(settings) for _ in range(settings.layers))

    def forward(self, x: Tensor) -> Tensor:
        """The tokens, each told by all of the text."""
        for layer in self.layers:
            x = layer(x)
        return x

    def init_weights(self, generator: torch.Generator) -> None:
        """Each layer its own, with outputs shrunk by (2 layers)^-1/2."""
        for layer in self.layers:
            cast("TwistorEncoderLayer", layer).init_weights(
                generator, output_scale=(2 * len(self.layers)) ** -0.5
            )
