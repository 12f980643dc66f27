"""TwistorHope (MT-HOPE): twistors through recurrence, self-modification, memory slots and levels.

Notable: no attention; every part reads only the past and keeps what it knows in an explicit state;
every part but the recurrence can be switched off by a setting; the incidence constraint of all
tokens read so far stands in the state, where the trainer finds it as a second loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.twistor_fast_weight import TwistorFastWeight
from hope_core.memories.twistor_recurrent import TwistorRecurrent
from hope_core.memories.twistor_slots import TwistorMemorySystem
from hope_core.models.contract import LanguageModel, Level
from hope_core.models.twistor_probe import probe
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.spinor_embedding import SpinorEmbedding
from hope_core.nn.state import State
from hope_core.nn.twistor_constraint import constraint_loss
from hope_core.nn.twistor_levels import TwistorNestedLearning
from hope_core.ops.products import linear

if TYPE_CHECKING:
    from hope_core.config.models.twistor import TwistorSettings


@dataclass(frozen=True)
class TwistorState(State):
    """The parts' states; strain (B,): the constraint's loss added up over all tokens read."""

    recurrent: State
    fast_weight: State | None
    slots: State | None
    strain: Tensor


class TwistorHope(LanguageModel):
    """Spinor embedding, recurrent blocks, fast weight, memory system, nested levels, output layer.

    Shapes: tokens (B, T) int64 -> logits (B, T, V).
    """

    def __init__(self, settings: TwistorSettings, vocabulary: int) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        width = settings.width
        self.embedding = SpinorEmbedding(vocabulary, width, settings.spinor)
        self.recurrent = TwistorRecurrent(settings)
        if settings.self_modification.enabled:
            self.fast_norm = nn.LayerNorm(width // 2, bias=False)
            self.fast_weight = TwistorFastWeight(
                width // 2,
                heads=settings.heads,
                convolution=settings.convolution,
                settings=settings.self_modification,
            )
        if settings.memory_system.slots:
            self.slots_norm = nn.LayerNorm(width, bias=False)
            self.memory_system = TwistorMemorySystem(
                width, settings=settings.memory_system, mobius=settings.mobius
            )
        if settings.nesting.levels:
            self.nested = TwistorNestedLearning(width, settings.nesting)
        self.norm = nn.LayerNorm(width, bias=False)
        if not settings.tie_embeddings:
            self.output = Linear(width, vocabulary)

    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, TwistorState]:
        """The logits of the token after each one, and every part's state after the last."""
        before = cast("TwistorState", state) if state else self.initial_state(len(tokens))
        x, after = self._parts(tokens, before)
        levels = self._levels(x)
        strain = before.strain + self._strain(x, levels).to(before.strain.dtype)
        x = levels[-1] if levels else x
        return self._logits(x), TwistorState(*after, strain)

    def initial_state(self, batch: int) -> TwistorState:
        """Every part's first state."""
        fast = self.fast_weight.initial_state(batch) if hasattr(self, "fast_weight") else None
        slots = self.memory_system.initial_state(batch) if hasattr(self, "memory_system") else None
        strain = next(self.parameters()).new_zeros(batch)
        return TwistorState(self.recurrent.initial_state(batch), fast, slots, strain)

    def penalty(self, state: State) -> Tensor | None:
        """The constraint's mean over the tokens read."""
        if self.settings.constraint.kind == "none":
            return None
        state = cast("TwistorState", state)
        position = cast("Tensor", state.recurrent.position)  # type: ignore[attr-defined]
        return (state.strain / position).mean()

    def set_progress(self, progress: float) -> None:
        """The nested levels' dynamic weights follow the training's progress, 0 to 1."""
        if hasattr(self, "nested"):
            self.nested.set_progress(progress)

    def init_weights(self, generator: torch.Generator) -> None:
        """Fresh weights.

        =============  ====================================================================
        embedding      normal, std 1 (with tied embeddings: W^-1/2)
        parts          see their own `init_weights`; outputs shrunk by (2 layers)^-1/2
        norms          1
        output         normal, std W^-1/2
        =============  ====================================================================
        """
        shrink = (2 * self.settings.layers) ** -0.5
        scale = self.settings.width**-0.5 if self.settings.tie_embeddings else 1.0
        self.embedding.init_weights(generator, scale=scale)
        self.recurrent.init_weights(generator, output_scale=shrink)
        if hasattr(self, "fast_weight"):
            self.fast_norm.reset_parameters()
            self.fast_weight.init_weights(generator, output_scale=shrink)
        if hasattr(self, "memory_system"):
            self.slots_norm.reset_parameters()
            self.memory_system.init_weights(generator, output_scale=shrink)
        if hasattr(self, "nested"):
            self.nested.init_weights(generator, output_scale=shrink)
        self.norm.reset_parameters()
        if not self.settings.tie_embeddings:
            init_linear(self.output, generator)

    def levels(self) -> tuple[Level, ...]:
        """Level 0: all that moves at every step; then omega's and pi's part of each level."""
        slow = []
        for index in range(self.settings.nesting.levels):
            clock, factor = self.nested.clock(index), self.nested.learning_rate_factor(index)
            if clock > 1 or factor != 1.0:
                slow += [
                    Level(f"{name} {index + 1}", clock, factor, tuple(branch.parameters()))
                    for name, branch in self.nested.branches(index)
                ]
        elsewhere = {id(parameter) for level in slow for parameter in level.parameters}
        fast = tuple(p for p in self.parameters() if id(p) not in elsewhere)
        return Level("every step", 1, 1.0, fast), *slow

    def tables(self) -> tuple[nn.Parameter, ...]:
        """The twistor tables, and the output layer where it is another."""
        tables = tuple(self.embedding.tables.values())
        return tables if self.settings.tie_embeddings else (*tables, *self.output.parameters())

    @torch.no_grad()
    def probe(self, tokens: Tensor) -> dict[str, Tensor]:
        """What cells, maps and slots do while they read the tokens; see `twistor_probe`."""
        return probe(self, tokens)

    def flops_per_token(self, sequence_length: int) -> int:
        """Six for each weight of a matrix, and three times what the memories do besides."""
        tables = sum(table.numel() for table in self.tables())
        weights = self.parameter_count() - tables + self.vocabulary * self.settings.width
        memories = [self.recurrent, *self._memories()]
        return 6 * weights + 3 * sum(m.flops_per_token(sequence_length) for m in memories)

    def before_levels(self, tokens: Tensor) -> Tensor:
        """The twistors that the nested levels are given, from a fresh state: (B, T, W)."""
        return self._parts(tokens, self.initial_state(len(tokens)))[0]

    def self_modified(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The twistors after the matrix that writes itself: omega asks it, pi takes the answer."""
        omega, pi = x.chunk(2, dim=-1)
        y, state = self.fast_weight(self.fast_norm(omega), state)
        return torch.cat([omega, pi + y], dim=-1), state

    def _parts(
        self, tokens: Tensor, before: TwistorState
    ) -> tuple[Tensor, tuple[State, State | None, State | None]]:
        """The twistors after recurrence, self-modification and memory, and the parts' states."""
        position = cast("Tensor", before.recurrent.position)  # type: ignore[attr-defined]
        x, recurrent = self.recurrent(self.embedding(tokens, position), before.recurrent)
        fast, slots = before.fast_weight, before.slots
        if hasattr(self, "fast_weight"):
            x, fast = self.self_modified(x, fast)
        if hasattr(self, "memory_system"):
            y, slots = self.memory_system(self.slots_norm(x), slots)
            x = x + y
        return x, (recurrent, fast, slots)

    def _levels(self, x: Tensor) -> tuple[Tensor, ...]:
        return cast("tuple[Tensor, ...]", self.nested(x)) if hasattr(self, "nested") else ()

    def _strain(self, x: Tensor, levels: tuple[Tensor, ...]) -> Tensor:
        """The constraint's loss added up over the tokens, (B,): at the end and after each level."""
        constraint = self.settings.constraint
        if constraint.kind == "none":
            return x.new_zeros(len(x))
        end = constraint.weight * constraint_loss(levels[-1] if levels else x, constraint)
        inner = [constraint.level_weight * constraint_loss(y, constraint) for y in levels[:-1]]
        return sum(inner, start=end).sum(dim=1)

    def _logits(self, x: Tensor) -> Tensor:
        tied = self.settings.tie_embeddings
        return linear(self.norm(x), self.embedding.matrix() if tied else self.output.weight)

    def _memories(self) -> list[TwistorFastWeight | TwistorMemorySystem]:
        names = ("fast_weight", "memory_system")
        return [getattr(self, name) for name in names if hasattr(self, name)]
