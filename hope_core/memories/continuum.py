"""The continuum memory (Nested Learning, eqs. 70-74): MLPs that each learn at their own clock.

Notable: a residual and a norm around each level, and a local convolution at its entrance, which
helps it learn sooner (docs/quality.md); levels one behind the other, or side by side. At which
steps a level's first weights move is the optimizer's business, told by the model's `levels()`; a
level with a chunk also moves inside each sequence, which stands in the state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.continuum_learning import LearningLevel, LearningState
from hope_core.memories.continuum_next_token import NextTokenLevel
from hope_core.memories.contract import Memory
from hope_core.nn.local_mix import LocalMix
from hope_core.nn.mlp import MLP
from hope_core.nn.state import State

if TYPE_CHECKING:
    from hope_core.config.models import LevelSettings


@dataclass(frozen=True)
class ContinuumState(State):
    """One state a level."""

    levels: tuple[State, ...]


@dataclass(frozen=True)
class LevelState(State):
    """window (B, convolution - 1, D): the last tokens, None without a convolution."""

    window: Tensor | None


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
            _level(width, level, restart=restart)
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

    def next_document(self, state: State, batch: int) -> ContinuumState:
        """A fresh state but for what the levels have learned, whole chunks of it."""
        before = cast("ContinuumState", state).levels
        fresh = [
            replace(cast("LearningState", new), moved=old.moved)
            if isinstance(old, LearningState)
            else new
            for new, old in zip(self.initial_state(batch).levels, before, strict=True)
        ]
        return ContinuumState(tuple(fresh))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Every level's own; shares at 1."""
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
            if not isinstance(level, Level) and level.settings.chunk >= length
        ]
        return tuple(p for level in waiting for p in level.learning_parameters())

    def next_token_levels(self) -> dict[int, NextTokenLevel]:
        """Those that learn from the model's next-token loss, by their place."""
        found = enumerate(self._levels())
        return {index: level for index, level in found if isinstance(level, NextTokenLevel)}

    def _levels(self) -> list[AnyLevel]:
        return [cast("AnyLevel", level) for level in self.levels]


class Level(nn.Module):
    """MLP(local(norm(x))), where local adds the last few tokens; the residual is the caller's."""

    def __init__(self, width: int, settings: LevelSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.local = LocalMix(width, settings.convolution)
        self.mlp = MLP(width, max(1, round(width * settings.expansion)))

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, LevelState]:
        """This level's answer, and the last tokens it has seen."""
        before = cast("LevelState", state) if state else self.initial_state(x.shape[0])
        near, window = self.local(self.norm(x), before.window)
        return self.mlp(near), LevelState(window)

    def initial_state(self, batch: int) -> LevelState:
        """No tokens seen."""
        return LevelState(self.local.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; the convolution's and the MLP's own, the down layer shrunk."""
        self.norm.reset_parameters()
        self.local.init_weights(generator)
        self.mlp.init_weights(generator, down_scale=output_scale)

    def flops_per_token(self) -> int:
        """None: all of its work is in its weights."""
        return 0


AnyLevel = Level | LearningLevel | NextTokenLevel


def _level(width: int, settings: LevelSettings, *, restart: int) -> AnyLevel:
    if not settings.chunk:
        return Level(width, settings)
    if settings.inner_loss == "next_token":
        return NextTokenLevel(width, settings, restart=restart)
    return LearningLevel(width, settings, restart=restart)


def _restarts(levels: tuple[LevelSettings, ...]) -> tuple[int, ...]:
    """Updates of each level until the next slower one moves, rounded up; 0 for the slowest."""
    chunks = [level.chunk for level in levels]
    return (*(-(-slow // fast) for fast, slow in pairwise(chunks)), 0)
