"""GRU and LSTM in place of a memory, for comparison: torch's fused cells and one output layer.

Notable: one layer of the block's own width; heads and convolution mean nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Memory
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State

if TYPE_CHECKING:
    from hope_core.config.memories import GruSettings, LstmSettings


@dataclass(frozen=True)
class RecurrentState(State):
    """hidden and, for the LSTM, cell, each (B, D)."""

    hidden: Tensor
    cell: Tensor | None


class Gru(Memory):
    """A gated recurrent unit (Cho et al. 2014). Shapes: x (B, T, D) -> (B, T, D)."""

    def __init__(self, width: int, *, heads: int, convolution: int, settings: GruSettings) -> None:  # noqa: ARG002
        super().__init__()
        self.cell = nn.GRU(width, width, batch_first=True)
        self.output = Linear(width, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, RecurrentState]:
        """The answers and the hidden channels after the last token."""
        before = cast("RecurrentState", state) if state else self.initial_state(x.shape[0])
        hidden = before.hidden[None].contiguous()
        with torch.autocast(x.device.type, enabled=False):
            y, hidden = self.cell(x.to(hidden.dtype), hidden)
        return self.output(y), RecurrentState(hidden[0], None)

    def initial_state(self, batch: int) -> RecurrentState:
        """Zeros."""
        return RecurrentState(self.output.weight.new_zeros(batch, self.cell.hidden_size), None)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Matrices normal, std D^-1/2; biases 0; output normal, std output_scale D^-1/2."""
        init_cell(self.cell, generator)
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:  # noqa: ARG002
        """Nothing: its weights stand still while it reads."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - nothing else
        """None: all of its work is in its weights."""
        return 0


class Lstm(Memory):
    """A long short-term memory. Shapes: x (B, T, D) -> (B, T, D)."""

    def __init__(self, width: int, *, heads: int, convolution: int, settings: LstmSettings) -> None:  # noqa: ARG002
        super().__init__()
        self.cell = nn.LSTM(width, width, batch_first=True)
        self.output = Linear(width, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, RecurrentState]:
        """The answers and the hidden and cell channels after the last token."""
        before = cast("RecurrentState", state) if state else self.initial_state(x.shape[0])
        assert before.cell is not None
        start = before.hidden[None].contiguous(), before.cell[None].contiguous()
        with torch.autocast(x.device.type, enabled=False):
            y, (hidden, cell) = self.cell(x.to(before.hidden.dtype), start)
        return self.output(y), RecurrentState(hidden[0], cell[0])

    def initial_state(self, batch: int) -> RecurrentState:
        """Zeros."""
        zeros = self.output.weight.new_zeros(batch, self.cell.hidden_size)
        return RecurrentState(zeros, zeros)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Matrices normal, std D^-1/2; biases 0, the forget gate's together 1; output as GRU's."""
        init_cell(self.cell, generator)
        width = self.cell.hidden_size
        with torch.no_grad():
            cast("nn.Parameter", self.cell.bias_ih_l0)[width : 2 * width] = 1.0
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:  # noqa: ARG002
        """Nothing: its weights stand still while it reads."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - nothing else
        """None: all of its work is in its weights."""
        return 0


def init_cell(cell: nn.RNNBase, generator: torch.Generator) -> None:
    """Every matrix normal, std inputs^-1/2, every bias 0."""
    for parameter in cell.parameters():
        if parameter.ndim == 2:
            nn.init.normal_(parameter, std=parameter.shape[1] ** -0.5, generator=generator)
        else:
            nn.init.zeros_(parameter)
