"""Plain stacks of LSTM or GRU layers: the recurrent opponents, with nothing else around them.

Notable: torch's own cells, one after the other, an embedding before and an output layer behind; no
norms, no residuals, no MLPs. At 1 M parameters this is the model to beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor, nn

from hope_core.memories.recurrent import init_cell
from hope_core.models.contract import LanguageModel, Level
from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State


@dataclass(frozen=True)
class StackSettings:
    """Which cell, how wide, how many layers."""

    cell: Literal["lstm", "gru"]
    width: int
    layers: int


@dataclass(frozen=True)
class StackState(State):
    """What every layer holds, each (layers, B, D); a GRU has no cells."""

    hidden: Tensor
    cell: Tensor | None


class Stack(LanguageModel):
    """Embedding, recurrent layers, output layer. Shapes: tokens (B, T) -> logits (B, T, V)."""

    def __init__(self, settings: StackSettings, vocabulary: int) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        width, layers = settings.width, settings.layers
        self.embedding = nn.Embedding(vocabulary, width)
        kind = nn.LSTM if settings.cell == "lstm" else nn.GRU
        self.cells: nn.RNNBase = kind(width, width, layers, batch_first=True)
        self.output = nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, StackState]:
        """The logits of the token after each one, and what the layers hold after the last."""
        before = cast("StackState", state) if state else self.initial_state(len(tokens))
        start = before.hidden if before.cell is None else (before.hidden, before.cell)
        y, after = self.cells(self.embedding(tokens), start)
        return self.output(y), StackState(*after) if before.cell is not None else StackState(
            after, None
        )

    def initial_state(self, batch: int) -> StackState:
        """Zeros."""
        zeros = self.output.weight.new_zeros(self.settings.layers, batch, self.settings.width)
        return StackState(zeros, zeros if self.settings.cell == "lstm" else None)

    def init_weights(self, generator: torch.Generator) -> None:
        """Embedding std 1; matrices std inputs^-1/2; biases 0, an LSTM's forget gate 1."""
        nn.init.normal_(self.embedding.weight, generator=generator)
        init_cell(self.cells, generator)
        width = self.settings.width
        if self.settings.cell == "lstm":
            with torch.no_grad():
                for layer in range(self.settings.layers):
                    bias = cast("Tensor", getattr(self.cells, f"bias_ih_l{layer}"))
                    bias[width : 2 * width] = 1.0
        init_linear(self.output, generator)

    def levels(self) -> tuple[Level, ...]:
        """One level: everything learns at every step."""
        return (Level("every step", 1, 1.0, tuple(self.parameters())),)

    def tables(self) -> tuple[nn.Parameter, ...]:
        """The embedding and the output layer."""
        return (*self.embedding.parameters(), *self.output.parameters())

    def probe(self, tokens: Tensor) -> dict[str, Tensor]:  # noqa: ARG002 - no memory to look into
        """Nothing: it has no memory that learns."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Six for each weight of a matrix."""
        return 6 * (self.parameter_count() - self.embedding.weight.numel())


def build_stack(
    settings: StackSettings, vocabulary: int, *, seed: int = 0, device: str = "cpu"
) -> Stack:
    """A stack with fresh weights, drawn from the seed alone; "meta" gives shapes only."""
    with torch.device("meta"):
        model = Stack(settings, vocabulary)
    if device != "meta":
        model.to_empty(device=device)
        model.init_weights(torch.Generator().manual_seed(seed))
    return model
