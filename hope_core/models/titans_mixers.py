"""How Titans (Behrouz et al. 2025, section 4) joins memory and attention: LMM, MAG and MAL.

Notable: every mixer brings its residual; persistent tokens are read by the memory before the text
and seen by attention as learned keys and values at every token. MAC has a file of its own.
Shapes: x (B, T, D) -> (B, T, D).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from torch import Tensor, nn

from hope_core.models.titans_parts import Gate, Mixer, RememberedText
from hope_core.nn.attention import AttentionState, CausalAttention
from hope_core.nn.state import State

if TYPE_CHECKING:
    import torch

    from hope_core.config.models import TitansModelSettings


class MemoryAlone(Mixer):
    """LMM: x + M([P; norm(x)])."""

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.text = RememberedText(settings)

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The tokens with the memory's answers."""
        answer, state = self.text(self.norm(x), state)
        return x + answer, state

    def initial_state(self, batch: int) -> State:
        """The memory's."""
        return self.text.initial_state(batch)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm at 1; the memory's own."""
        self.norm.reset_parameters()
        self.text.init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """The memory's."""
        return self.text.measure(self.norm(x))

    def flops_per_token(self, sequence_length: int) -> int:
        """The memory's."""
        return self.text.memory.flops_per_token(sequence_length)

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The memory's."""
        return self.text.memory.acting_later(length)


@dataclass(frozen=True)
class BothState(State):
    """The memory's state and the attention's past."""

    memory: State
    attention: AttentionState


class MemoryAsGate(Mixer):
    """MAG: x + gate(attention(n), M([P; n])) of n = norm(x); attention sees a sliding window."""

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.text = RememberedText(settings)
        self.attention = _attention(settings)
        self.gate = Gate(settings.width)

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The tokens with the gated attention."""
        before = cast("BothState | None", state)
        n = self.norm(x)
        attended, past = self.attention(n, before and before.attention)
        remembered, memory = self.text(n, before and before.memory)
        return x + self.gate(attended, remembered), BothState(memory, past)

    def initial_state(self, batch: int) -> State:
        """The memory's, and no past."""
        return BothState(self.text.initial_state(batch), self.attention.initial_state(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm at 1; memory and attention unshrunk, the gate's output shrunk."""
        self.norm.reset_parameters()
        self.text.init_weights(generator, output_scale=1.0)
        self.attention.init_weights(generator, output_scale=1.0)
        self.gate.init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """The memory's."""
        return self.text.measure(self.norm(x))

    def flops_per_token(self, sequence_length: int) -> int:
        """Of both."""
        return self.text.memory.flops_per_token(sequence_length) + (
            self.attention.flops_per_token(sequence_length)
        )

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The memory's."""
        return self.text.memory.acting_later(length)


class MemoryAsLayer(Mixer):
    """MAL: h = x + M([P; norm(x)]), then h + attention(norm(h)) over a sliding window."""

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.memory = MemoryAlone(settings)
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.attention = _attention(settings)

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The tokens with the memory's answers and then attention's."""
        before = cast("BothState | None", state)
        h, memory = self.memory(x, before and before.memory)
        attended, past = self.attention(self.norm(h), before and before.attention)
        return h + attended, BothState(memory, past)

    def initial_state(self, batch: int) -> State:
        """The memory's, and no past."""
        return BothState(self.memory.initial_state(batch), self.attention.initial_state(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norms at 1; outputs of memory and attention shrunk."""
        self.memory.init_weights(generator, output_scale=output_scale)
        self.norm.reset_parameters()
        self.attention.init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """The memory's."""
        return self.memory.measure(x)

    def flops_per_token(self, sequence_length: int) -> int:
        """Of both."""
        return self.memory.flops_per_token(sequence_length) + (
            self.attention.flops_per_token(sequence_length)
        )

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The memory's."""
        return self.memory.acting_later(length)


def _attention(settings: TitansModelSettings) -> CausalAttention:
    return CausalAttention(
        settings.width,
        heads=settings.heads,
        window=settings.segment,
        persistent=settings.persistent,
    )
