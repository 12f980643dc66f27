"""A level of the continuum that learns from what the text went on with (Nested Learning, 1.5).

Notable: its update descends the model's next-token loss over the chunk just read, which only the
model knows: `hope_core.models.next_token` measures it and hands each level what it found; each
sequence moves on its own, as low-rank factors until these outgrow the matrix.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

from hope_core.memories.continuum_learning import LearningState
from hope_core.memories.continuum_rule import Change, Changes, Layers, no_changes
from hope_core.nn.local_mix import LocalMix
from hope_core.nn.mlp import MLP
from hope_core.nn.state import State, common_position

if TYPE_CHECKING:
    from hope_core.config.models import LevelSettings


class ChangedLayer(nn.Module):
    """(W + change) x, a place at which a layer's input and slope can be watched."""

    def forward(self, weight: Tensor, change: Change, x: Tensor) -> Tensor:
        """What the layer makes of x: (B, T, columns) -> (B, T, rows)."""
        return change.applied(weight, x)


class NextTokenLevel(nn.Module):
    """MLP(local(norm(x))), whose weights move after every `chunk` tokens of a sequence.

    They lose sigmoid(rate) step times the chunk's mean of s_t g_t: g_t is token t's part of the
    gradient of the chunk's next-token losses, s_t = loss_t / (loss_t + |g_t|^2), the length being
    that over all levels, so that a step's size does not depend on that of the weights. g_t and s_t
    are constants to the outer gradient (first order), the rate is learned.
    Shapes: x (B, T, D) -> (B, T, D); the residual is the caller's.
    """

    def __init__(self, width: int, settings: LevelSettings, *, restart: int = 0) -> None:
        super().__init__()
        self.settings = settings
        self.restart = restart
        self.norm = nn.LayerNorm(width, bias=False)
        self.local = LocalMix(width, settings.convolution)
        self.mlp = MLP(width, max(1, round(width * settings.expansion)))
        self.rate = nn.Parameter(torch.empty(()))
        self.layers = nn.ModuleList((ChangedLayer(), ChangedLayer()))

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, LearningState]:
        """The level's answers, and where it stands; `learned` moves its weights."""
        before = cast("LearningState", state) if state else self.initial_state(x.shape[0])
        up, down = self.layers
        with torch.autocast(x.device.type, enabled=False):
            n, window = self.local(self.norm(x.to(self.norm.weight.dtype)), before.window)
            hidden = relu(up(self.mlp.up.weight, before.moved[0], n)).square()
            y: Tensor = down(self.mlp.down.weight, before.moved[1], hidden)
        after = replace(before, position=before.position + x.shape[1], window=window)
        return y.to(x.dtype), after

    def learned(self, state: LearningState, found: Changes) -> LearningState:
        """The state with a segment's steps gathered, and taken where a chunk of this level ends.

        Args:
            state: after the segment's last token.
            found: s_t g_t of both layers, as factors, not yet scaled by rate and step.
        """
        with torch.autocast(state.position.device.type, enabled=False):
            return self._moved(state, found)

    def _moved(self, state: LearningState, found: Changes) -> LearningState:
        scale = torch.sigmoid(self.rate) * (self.settings.step / self.settings.chunk)
        steps = Changes(*(replace(one, left=-scale * one.left) for one in found))
        moved = Changes(*state.moved)
        waiting = Changes(*state.waiting).plus(steps)
        updates, begun = divmod(common_position(state.position), self.settings.chunk)
        if not begun:
            moved = moved.plus(waiting)
            waiting = self._unchanged(len(state.position))
            if self.restart and updates % self.restart == 0:
                moved = waiting
        return replace(state, moved=moved, waiting=waiting)

    def initial_state(self, batch: int) -> LearningState:
        """The first weights, at a chunk's start."""
        nothing = self._unchanged(batch)
        position = torch.zeros(batch, dtype=torch.int64, device=self.norm.weight.device)
        window = self.local.initial_window(batch)
        return LearningState(nothing, nothing, position, window)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; the parts' own; the rate at half its most."""
        self.norm.reset_parameters()
        self.local.init_weights(generator)
        self.mlp.init_weights(generator, down_scale=output_scale)
        nn.init.zeros_(self.rate)

    def learning_parameters(self) -> tuple[nn.Parameter, ...]:
        """The one that says how fast to learn: it acts through updates alone."""
        return (self.rate,)

    def flops_per_token(self) -> int:
        """What has moved, forward; and a pass of both layers forward and twice backward."""
        return 8 * 2 * self.mlp.up.weight.numel()

    def _unchanged(self, batch: int) -> Changes:
        return no_changes(Layers(self.mlp.up.weight, self.mlp.down.weight), batch)
