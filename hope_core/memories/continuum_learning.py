"""A level of the continuum that also learns while it reads (Nested Learning, eq. 71).

Notable: its weights are the same for all tokens of a chunk and move between chunks; what it should
have answered is a projection of the token itself, learned through the writes; each sequence moves
on its own, and what it has learned stands in the state: carry it on to keep it, begin from a fresh
state to drop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn

from hope_core.memories.continuum_rule import Change, Changes, Layers, no_changes, read_and_learn
from hope_core.nn.linear import Linear
from hope_core.nn.local_mix import LocalMix
from hope_core.nn.mlp import MLP, init_linear
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import chunk_spans

if TYPE_CHECKING:
    from hope_core.config.models import LevelSettings


@dataclass(frozen=True)
class LearningState(State):
    """What a level has become in each sequence.

    moved: by how much its two layers differ from the first ones; waiting: what the chunk begun has
    gathered for its end; position (B,) int64 counts the tokens read; window (B, W - 1, D): the last
    tokens before a convolution of width W, None without one.
    """

    passing: ClassVar = ("waiting",)
    moved: tuple[Change, Change]
    waiting: tuple[Change, Change]
    position: Tensor
    window: Tensor | None


class LearningLevel(nn.Module):
    """MLP(local(norm(x))), whose weights move after every `chunk` tokens of a sequence.

    With n = local(norm(x)), where local adds the last few tokens, v = W_v n and e_t = MLP(n_t) -
    v_t, the weights lose the chunk's mean of s_t g_t: g_t is the gradient of |e_t|^2 / 2 and s_t =
    step sigmoid(w n_t) |e_t|^2 / (|e_t|^2 + |g_t|^2), so that a step's size does not depend on that
    of the weights.
    After `restart` such updates it is back at its first, outer-trained weights; 0: never.
    Shapes: x (B, T, D) -> (B, T, D); the residual is the caller's.
    """

    def __init__(self, width: int, settings: LevelSettings, *, restart: int = 0) -> None:
        super().__init__()
        self.settings = settings
        self.restart = restart
        self.norm = nn.LayerNorm(width, bias=False)
        self.local = LocalMix(width, settings.convolution)
        self.mlp = MLP(width, max(1, round(width * settings.expansion)))
        self.value = Linear(width, width)
        self.gate = nn.Linear(width, 1)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, LearningState]:
        """The level's answers, and what it has become after the last token."""
        before = cast("LearningState", state) if state else self.initial_state(x.shape[0])
        position = common_position(before.position) if state else 0
        with torch.autocast(x.device.type, enabled=False):
            n, window = self.local(self.norm(x.to(self.norm.weight.dtype)), before.window)
            y, moved, waiting = self._read(n, before, position)
        return y.to(x.dtype), LearningState(moved, waiting, before.position + x.shape[1], window)

    def initial_state(self, batch: int) -> LearningState:
        """The first weights, at a chunk's start."""
        nothing = no_changes(self._weights(), batch)
        position = torch.zeros(batch, dtype=torch.int64, device=self.norm.weight.device)
        return LearningState(nothing, nothing, position, self.local.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; parts: their own; values as small as the MLP's answers; steps half their most."""
        self.norm.reset_parameters()
        self.local.init_weights(generator)
        self.mlp.init_weights(generator, down_scale=output_scale)
        init_linear(self.value, generator, scale=output_scale)
        init_linear(self.gate, generator, scale=0.1)
        nn.init.zeros_(self.gate.bias)

    def learning_parameters(self) -> tuple[nn.Parameter, ...]:
        """Those that say what to learn and how fast: they act through its updates alone."""
        return (*self.value.parameters(), *self.gate.parameters())

    def flops_per_token(self) -> int:
        """Six products with a layer: one for the slope, two updates, three with what has moved."""
        return 6 * 2 * self.mlp.up.weight.numel()

    def _read(
        self, n: Tensor, before: LearningState, position: int
    ) -> tuple[Tensor, Changes, Changes]:
        weights, chunk = self._weights(), self.settings.chunk
        v = self.value(n)
        step = torch.sigmoid(self.gate(n)).squeeze(-1) * (self.settings.step / chunk)
        moved, waiting = Changes(*before.moved), Changes(*before.waiting)
        answers = []
        for span in chunk_spans(n.shape[1], chunk, position=position):
            y, found = read_and_learn(weights, moved, n[:, span], v[:, span], step[:, span])
            answers.append(y)
            waiting = waiting.plus(found)
            updates, begun = divmod(position + span.stop, chunk)
            if not begun:
                moved = moved.plus(waiting)
                waiting = no_changes(weights, len(n))
                if self.restart and updates % self.restart == 0:
                    moved = waiting
        return torch.cat(answers, dim=1), moved, waiting

    def _weights(self) -> Layers:
        return Layers(self.mlp.up.weight, self.mlp.down.weight)
