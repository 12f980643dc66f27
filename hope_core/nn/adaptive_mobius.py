"""AdaptiveMobiusLayer: a twist whose strength each token and its past choose.

Notable: "the past" is the running mean of the tokens so far, so nothing of the future is read; the
operation is pointwise in time and needs no loop; the strength stays within +-r_max.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State
from hope_core.nn.twistor import twist

if TYPE_CHECKING:
    from hope_core.config.models.twistor import MobiusSettings

LOCAL = 0.3
"""How much the token itself counts; the mean of the text so far counts the rest."""
FIRST_RANGE = 0.2
"""r before training."""


@dataclass(frozen=True)
class ContextState(State):
    """total (B, H): what the hidden layer has added up; count (B,) int64: tokens so far."""

    total: Tensor
    count: Tensor


class AdaptiveMobiusLayer(nn.Module):
    """Z_t <- (Z_t + c_t J Z_t) / sqrt(1 + c_t^2),  c_t = c_0 + r (2 f_t - 1),  r = r_max tanh(rho).

    f_t = 0.3 local(x_t) + 0.7 global(mean of x_1 .. x_t), both sigmoids of a small MLP. As J stands
    at a right angle to Z and keeps its length, the root restores each channel's length exactly.
    Shapes: Z (B, T, W), x (B, T, D) -> Z (B, T, W); H = D / 8 hidden channels, at least 4.
    """

    def __init__(self, width: int, settings: MobiusSettings) -> None:
        super().__init__()
        self.settings = settings
        self.hidden = max(4, width // 8)
        self.inward = nn.Linear(width, 2 * self.hidden)
        self.local = nn.Linear(self.hidden, 1)
        self.past = nn.Linear(self.hidden, 1)
        self.reach = nn.Parameter(torch.empty(()))

    def forward(
        self, Z: Tensor, x: Tensor, state: ContextState | None = None
    ) -> tuple[Tensor, ContextState]:
        """The twisted Z, and the running mean after the last token."""
        strength, state = self.strength(x, state)
        strength = strength.to(Z.dtype)
        return (Z + strength * twist(Z)) * torch.rsqrt(1 + strength.square()), state

    def strength(self, x: Tensor, state: ContextState | None) -> tuple[Tensor, ContextState]:
        """c_t of every token, (B, T, 1), and the running mean after the last."""
        state = state or self.initial_state(x.shape[0])
        dtype = self.reach.dtype
        near, far = self.inward(x).to(dtype).chunk(2, dim=-1)
        totals = state.total.to(dtype)[:, None] + far.cumsum(dim=1)
        counts = state.count[:, None] + torch.arange(1, x.shape[1] + 1, device=x.device)
        mean = totals / counts[..., None]
        share = LOCAL * torch.sigmoid(self.local(silu(near)))
        share = share + (1 - LOCAL) * torch.sigmoid(self.past(silu(mean)))
        reach = self.settings.adaptive_largest * torch.tanh(self.reach)
        strength: Tensor = self.settings.coupling + reach * (2 * share - 1)
        return strength, ContextState(totals[:, -1], counts[:, -1])

    def initial_state(self, batch: int) -> ContextState:
        """Nothing read yet."""
        count = torch.zeros(batch, dtype=torch.int64, device=self.reach.device)
        return ContextState(self.reach.new_zeros(batch, self.hidden), count)

    def init_weights(self, generator: torch.Generator) -> None:
        """Matrices normal, std inputs^-1/2, biases 0; r = 0.2, or half of r_max if that is less."""
        for layer in (self.inward, self.local, self.past):
            init_linear(layer, generator)
            nn.init.zeros_(layer.bias)
        share = min(0.5, FIRST_RANGE / self.settings.adaptive_largest)
        nn.init.constant_(self.reach, math.atanh(share))
