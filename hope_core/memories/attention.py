"""Softmax attention in place of a memory: with the continuum behind it this is Hope-Attention.

Notable: its state grows with the text (or up to its window); nothing in it learns while it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hope_core.memories.contract import Memory
from hope_core.nn.attention import AttentionState, CausalAttention

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from hope_core.config.memories import AttentionSettings
    from hope_core.nn.state import State


class Attention(Memory):
    """Causal attention over all past tokens or the last `window` ones.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(
        self,
        width: int,
        *,
        heads: int,
        convolution: int,  # noqa: ARG002 - positions tell the order
        settings: AttentionSettings,
    ) -> None:
        super().__init__()
        self.attention = CausalAttention(width, heads=heads, window=settings.window)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, AttentionState]:
        """The attended values, and the past with these tokens added."""
        y, after = self.attention(x, cast("AttentionState | None", state))
        return y, after

    def initial_state(self, batch: int) -> AttentionState:
        """An empty past."""
        return self.attention.initial_state(batch)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Those of `CausalAttention`."""
        self.attention.init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:  # noqa: ARG002
        """Nothing: it has no memory that learns."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:
        """Scores and sums over the tokens in sight."""
        return self.attention.flops_per_token(sequence_length)
