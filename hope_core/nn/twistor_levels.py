"""TwistorNestedLearning: levels of MLPs, for omega and for pi apart, each with a clock of its own.

Notable: what makes the levels nested is the optimizer: level l learns with the rate lr alpha^l
every growth^l steps, from the mean of all gradients since (one backward pass; any optimizer). The
levels' weight grows with training's progress, which whoever trains tells the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.nn.mlp import MLP

if TYPE_CHECKING:
    from hope_core.config.models.twistor import NestingSettings

FIRST_WEIGHT = 0.1
"""The levels' weight at the beginning of a training, where it is dynamic; at its end it is 1."""


class Branch(nn.Module):
    """One level's part for omega or for pi: strength * MLP(norm(x)), strength = 2 sigmoid(rho).

    Shapes: x (B, T, D / 2) -> (B, T, D / 2).
    """

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.mlp = MLP(width, hidden)
        self.rho = nn.Parameter(torch.empty(()))

    def forward(self, x: Tensor) -> Tensor:
        """What the branch adds."""
        y: Tensor = self.mlp(self.norm(x)) * self.strength()
        return y

    def strength(self) -> Tensor:
        """How much of the MLP counts, in (0, 2); 1 at first."""
        return 2 * torch.sigmoid(self.rho)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1, strength 1; the MLP's own, its second layer shrunk by `output_scale`."""
        self.norm.reset_parameters()
        self.mlp.init_weights(generator, down_scale=output_scale)
        nn.init.zeros_(self.rho)


class NestedLevel(nn.Module):
    """omega <- omega + d MLP_omega(norm omega), pi likewise; d is the dynamic weight.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int, settings: NestingSettings) -> None:
        super().__init__()
        hidden = max(1, round(settings.expansion * width / 2))
        self.fused = settings.fused_branches
        self.omega = Branch(width // 2, hidden)
        self.pi = Branch(width // 2, hidden)

    def forward(self, x: Tensor, weight: Tensor) -> Tensor:
        """The twistors after this level."""
        omega, pi = x.chunk(2, dim=-1)
        if not self.fused:
            added = torch.cat([self.omega(omega), self.pi(pi)], dim=-1)
        else:
            added = self._fused(omega, pi)
        return x + (weight * added).to(x.dtype)

    def _fused(self, omega: Tensor, pi: Tensor) -> Tensor:
        """Both branches as one batch of two matrix products."""
        branches = (self.omega, self.pi)
        ups = torch.stack([branch.mlp.up.weight.mT for branch in branches])
        downs = torch.stack([branch.mlp.down.weight.mT for branch in branches])
        normed = [branch.norm(half) for branch, half in zip(branches, (omega, pi), strict=True)]
        hidden = torch.bmm(torch.stack([half.flatten(0, 1) for half in normed]), ups)
        both = torch.bmm(nn.functional.relu(hidden).square(), downs)
        scaled = [
            half.view(omega.shape) * branch.strength()
            for half, branch in zip(both.unbind(0), branches, strict=True)
        ]
        return torch.cat(scaled, dim=-1)


class TwistorNestedLearning(nn.Module):
    """Levels one after the other, from fast to slow.

    Shapes: x (B, T, D) -> (B, T, D) after each level.
    """

    progress: Tensor

    def __init__(self, width: int, settings: NestingSettings) -> None:
        super().__init__()
        self.settings = settings
        self.levels = nn.ModuleList(NestedLevel(width, settings) for _ in range(settings.levels))
        self.register_buffer("progress", torch.empty(()))

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """The twistors after each level; the last is the answer."""
        weight, after = self.dynamic_weight(), []
        for level in self.levels:
            x = level(x, weight)
            after.append(x)
        return tuple(after)

    def dynamic_weight(self) -> Tensor:
        """How much the levels count now: from 0.1 to 1 with progress, or 1 where that is off."""
        if not self.settings.dynamic_weights:
            return torch.ones_like(self.progress)
        return FIRST_WEIGHT + (1 - FIRST_WEIGHT) * self.progress

    def set_progress(self, progress: float) -> None:
        """Tell how much of the training is done, 0 to 1; it is kept with the weights."""
        self.progress.fill_(min(1.0, max(0.0, progress)))

    def clock(self, level: int) -> int:
        """Steps between two updates of a level."""
        return min(self.settings.slowest_clock, int(self.settings.clock_growth**level))

    def learning_rate_factor(self, level: int) -> float:
        """A level's learning rate, as a multiple of the run's."""
        return float(self.settings.learning_rate_decay**level)

    def branches(self, level: int) -> tuple[tuple[str, Branch], ...]:
        """The two parts of a level by name."""
        both = cast("NestedLevel", self.levels[level])
        return (("omega", both.omega), ("pi", both.pi))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Each branch its own; progress 1, as if no one told it."""
        self.progress.fill_(1.0)
        for level in range(len(self.levels)):
            for _, branch in self.branches(level):
                branch.init_weights(generator, output_scale=output_scale)
