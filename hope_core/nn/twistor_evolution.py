"""Multi-scale evolution: MLPs in a row after each recurrence, at a rate each token sets.

Notable: they read what the scan has computed for all tokens at once, so they cost no loop. In a row
rather than side by side: several small MLPs in a row learn better than one of the same size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.nn.mlp import MLP

if TYPE_CHECKING:
    from hope_core.config.models.twistor import RecurrenceSettings


class Scale(nn.Module):
    """x <- x + rho_t MLP(norm x),  rho_t = 2 sigmoid(w norm(x_t) + b), or 1 where it is off.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int, hidden: int, *, adaptive: bool) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.mlp = MLP(width, hidden)
        if adaptive:
            self.rate = nn.Parameter(torch.empty(width))
            self.bias = nn.Parameter(torch.empty(()))

    def forward(self, x: Tensor) -> Tensor:
        """The tokens after this scale."""
        seen = self.norm(x)
        added: Tensor = self.mlp(seen)
        if hasattr(self, "rate"):
            score = (seen * self.rate).sum(-1, keepdim=True) + self.bias
            added = added * (2 * torch.sigmoid(score))
        return x + added.to(x.dtype)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """The MLP's own, its second layer shrunk by `output_scale`; every rate 1."""
        self.norm.reset_parameters()
        self.mlp.init_weights(generator, down_scale=output_scale)
        if hasattr(self, "rate"):
            nn.init.zeros_(self.rate)
            nn.init.zeros_(self.bias)


class MultiScaleEvolution(nn.Module):
    """The scales in a row: fast, medium, slow.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int, settings: RecurrenceSettings) -> None:
        super().__init__()
        hidden = max(1, round(settings.scale_expansion * width))
        self.scales = nn.ModuleList(
            Scale(width, hidden, adaptive=settings.adaptive_rate) for _ in range(settings.scales)
        )

    def forward(self, x: Tensor) -> Tensor:
        """The tokens after all scales."""
        for scale in self.scales:
            x = scale(x)
        return x

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Each scale's own."""
        for scale in self.scales:
            cast("Scale", scale).init_weights(generator, output_scale=output_scale)
