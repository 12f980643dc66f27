"""The continuum memory (Nested Learning, eqs. 70-74): MLPs that each learn at their own clock.

Notable: a residual and a norm around each level; levels one behind the other, or side by side. At
which steps a level's first weights move is the optimizer's business, told by the model's
`levels()`; a level with a chunk also moves inside each sequence, which stands in the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.continuum_learning import LearningLevel
from hope_core.memories.contract import Memory
from hope_core.nn.mlp import MLP
from hope_core.nn.state import State, Stateless

if TYPE_CHECKING:
    from hope_core.config.models import LevelSettings


@dataclass(frozen=True)
class ContinuumState(State):
    """One state a level, empty for those that do not learn inside a sequence."""

    levels: tuple[State, ...]


class Continuum(Memory):
    """Adds what every level answers to the tokens, from fast to slow.

    sequential, nested: each level reads the sum of x and the answers before it (eqs. 70, 73);
    nested: a level is back at its first weights when the next slower one has moved (72).
    independent: y = x + sum_i share_i MLP_i(norm_i(x)), with learned shares, at first 1 (74).
    Shapes: x (B, T, width) -> (B, T, width). The residuals are inside: y replaces x.
    """

    def __init__(
        self, width: int, levels: tuple[LevelSettings, ...], *, arrangement: str = "sequential"
    ) -> None:
        super().__init__()
        restarts = _restarts(levels) if arrangement == "nested" else (0,) * len(levels)
        self.levels = nn.ModuleList(
            LearningLevel(width, level, restart=restart) if level.chunk else Level(width, level)
            for level, restart in zip(levels, restarts, strict=True)
        )
        self.shares = (
            nn.Parameter(torch.empty(len(levels))) if arrangement == "independent" else None
        )

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The tokens after every level, and what the levels have become."""
        before = cast("ContinuumState", state).levels if state else (None,) * len(self.levels)
        y, after = x, []
        for index, (level, level_state) in enumerate(zip(self.levels, before, strict=True)):
            answer, level_state = level(y if self.shares is None else x, level_state)
            y = y + (answer if self.shares is None else self.shares[index] * answer)
            after.append(level_state)
        return y, ContinuumState(tuple(after))

    def initial_state(self, batch: int) -> ContinuumState:
        """Every level's first weights."""
        return ContinuumState(tuple(level.initial_state(batch) for level in self._levels()))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norms and shares at 1; up layers keep the size of their input; down layers shrunk."""
        for level in self._levels():
            level.init_weights(generator, output_scale=output_scale)
        if self.shares is not None:
            nn.init.ones_(self.shares)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:  # noqa: ARG002
        """Nothing: what a level has stored stands in its weights."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """The work of learning inside the sequence; all else is in the weights."""
        return sum(level.flops_per_token() for level in self._levels())

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """What learns only through updates that `length` tokens do not reach."""
        waiting = [
            level
            for level in self._levels()
            if isinstance(level, LearningLevel) and level.settings.chunk >= length
        ]
        return tuple(p for level in waiting for p in level.learning_parameters())

    def _levels(self) -> list[Level | LearningLevel]:
        return [cast("Level | LearningLevel", level) for level in self.levels]


class Level(nn.Module):
    """MLP(norm(x)); the residual is the caller's."""

    def __init__(self, width: int, settings: LevelSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.mlp = MLP(width, max(1, round(width * settings.expansion)))

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """This level's answer; nothing is carried from token to token."""
        return self.mlp(self.norm(x)), state or Stateless()

    def initial_state(self, batch: int) -> State:  # noqa: ARG002 - nothing is carried
        """The empty state."""
        return Stateless()

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1, and the MLP's own."""
        self.norm.reset_parameters()
        self.mlp.init_weights(generator, down_scale=output_scale)

    def flops_per_token(self) -> int:
        """None: all of its work is in its weights."""
        return 0


def _restarts(levels: tuple[LevelSettings, ...]) -> tuple[int, ...]:
    """Updates of each level until the next slower one moves, rounded up; 0 for the slowest."""
    chunks = [level.chunk for level in levels]
    return (*(-(-slow // fast) for fast, slow in pairwise(chunks)), 0)
