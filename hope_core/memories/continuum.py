"""The continuum memory (Nested Learning, eq. 70): a chain of MLPs, each learning at its own clock.

Notable: the sequential variant; a residual and a norm around each level. The module computes the
chain only: at which steps a level's weights move is the optimizer's business, told by the model's
`levels()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor, nn

from hope_core.memories.contract import Memory
from hope_core.nn.mlp import MLP
from hope_core.nn.state import State, Stateless

if TYPE_CHECKING:
    import torch

    from hope_core.config.models import LevelSettings


class Continuum(Memory):
    """y = x + MLP_1(norm(x)), then the same through MLP_2, ... MLP_k, from fast to slow (eq. 70).

    Shapes: x (B, T, width) -> (B, T, width). The residuals are inside: y replaces x.
    """

    def __init__(self, width: int, levels: tuple[LevelSettings, ...]) -> None:
        super().__init__()
        self.levels = nn.ModuleList(
            Level(width, max(1, round(width * level.expansion))) for level in levels
        )

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The tokens after every level; nothing is carried from token to token."""
        for level in self.levels:
            x = level(x)
        return x, state or Stateless()

    def initial_state(self, batch: int) -> State:  # noqa: ARG002 - nothing is carried
        """The empty state."""
        return Stateless()

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norms at 1; up layers keep the size of their input; down layers shrunk by the scale."""
        for level in self.levels:
            assert isinstance(level, Level)
            level.norm.reset_parameters()
            level.mlp.init_weights(generator, down_scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:  # noqa: ARG002
        """Nothing: what a level has stored stands in its weights."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - nothing else
        """None: all of its work is in its weights."""
        return 0


class Level(nn.Module):
    """One level: x + MLP(norm(x))."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.mlp = MLP(width, hidden)

    def forward(self, x: Tensor) -> Tensor:
        """The tokens with this level's answer added."""
        y: Tensor = x + self.mlp(self.norm(x))
        return y
