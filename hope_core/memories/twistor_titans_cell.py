"""The twistor Titans cell of the document, token by token: for study, and as the measure of speed.

Notable: gates read the last answer too, so nothing can be computed ahead of time. The public cell
carries only its answer; `cell_state` adds the separate state that an LSTM has, and is on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from hope_core.memories.contract import Memory
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOWEST_RATE, RATE_RANGE = 0.001, 0.099
"""The evolution's rate lies between the first and their sum."""
COUPLING, CYCLES = 0.1, 3


@dataclass(frozen=True)
class TitansCellState(State):
    """answer h and inner state s, (B, H) each."""

    answer: Tensor
    inner: Tensor


class TwistorTitansCell(Memory):
    """i, f, o = sigmoid(W [x; h]), c = tanh(W [x; h]); s = f s' + i c; evolve; swap; h = o tanh(s).

    s' is the last inner state, or the last answer h as in the public code. Evolution adds
    rho (mix of a one-, a two- and a three-layer net of s), rho from s and h. The swap turns omega
    into pi a little, three times: s_omega <- (1 - c) s_omega + c s_pi, s_pi <- (1 - c) s_pi - c
    s_omega. Shapes: x (B, T, D) -> (B, T, D); h and s are (B, H): omega, then pi.
    """

    def __init__(self, width: int, *, hidden: int, heads: int = 1, cell_state: bool = True) -> None:
        super().__init__()
        self.heads = heads
        self.hidden = hidden
        self.cell_state = cell_state
        self.gates = nn.Linear(width + hidden, 4 * hidden)
        self.fast = nn.Linear(hidden, hidden)
        self.medium = nn.ModuleList([nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)])
        self.slow = nn.ModuleList(
            [
                nn.Linear(hidden, 2 * hidden),
                nn.Linear(2 * hidden, 2 * hidden),
                nn.Linear(2 * hidden, hidden),
            ]
        )
        self.mix = nn.Parameter(torch.empty(3))
        self.rate = nn.ModuleList(
            [
                nn.Linear(2 * hidden, hidden),
                nn.Linear(hidden, hidden // 2),
                nn.Linear(hidden // 2, 1),
            ]
        )
        self.output = Linear(hidden, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, TitansCellState]:
        """The answers and the state after the last token."""
        state = cast("TitansCellState", state) if state else self.initial_state(x.shape[0])
        answers = []
        for token in x.unbind(1):
            state = self.step(token, state)
            answers.append(state.answer)
        return self.output(torch.stack(answers, dim=1)), state

    def step(self, x: Tensor, state: TitansCellState) -> TitansCellState:
        """One token (B, D)."""
        gates = self.gates(torch.cat([x, state.answer], dim=-1))
        write, keep, leave = torch.sigmoid(gates[:, : 3 * self.hidden]).chunk(3, dim=-1)
        candidate = torch.tanh(gates[:, 3 * self.hidden :])
        s = keep * (state.inner if self.cell_state else state.answer) + write * candidate
        s = s + self._rate(s, state.answer) * self._evolution(s)
        s = _swapped(s)
        return TitansCellState(leave * torch.tanh(s), s)

    def initial_state(self, batch: int) -> TitansCellState:
        """Zeros."""
        nothing = self.mix.new_zeros(batch, self.hidden)
        return TitansCellState(nothing, nothing)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Matrices normal, std inputs^-1/2; biases 0, forget gates' 1; the nets count alike."""
        for layer in self._layers():
            init_linear(layer, generator)
            nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.gates.bias[self.hidden : 2 * self.hidden] = 1.0
        nn.init.constant_(self.mix, 1 / 3)
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm (H,): length of each head's share of the inner state after the last token."""
        _, after = self(x, state)
        shares = torch.stack(after.inner.chunk(2, dim=-1), dim=-1).view(len(x), self.heads, -1)
        return {"memory_norm": torch.linalg.vector_norm(shares, dim=-1).mean(0)}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Gates, swaps and squashing, outside the matrices."""
        return 30 * self.hidden

    def _evolution(self, s: Tensor) -> Tensor:
        fast = torch.tanh(self.fast(s))
        medium = torch.tanh(_through(self.medium, s))
        slow = torch.tanh(_through(self.slow, s))
        first, second, third = torch.softmax(self.mix, dim=0).unbind(0)
        return first * fast + second * medium + third * slow

    def _rate(self, s: Tensor, answer: Tensor) -> Tensor:
        share = torch.sigmoid(_through(self.rate, torch.cat([s, answer], dim=-1)))
        return SLOWEST_RATE + RATE_RANGE * share

    def _layers(self) -> Iterator[nn.Linear]:
        layers = (self.gates, self.fast, *self.medium, *self.slow, *self.rate)
        return (cast("nn.Linear", layer) for layer in layers)


def _through(layers: nn.ModuleList, x: Tensor) -> Tensor:
    """Layers in a row with GELU between them."""
    for index, layer in enumerate(layers):
        x = layer(gelu(x) if index else x)
    return x


def _swapped(s: Tensor) -> Tensor:
    """Omega and pi turned into each other, a little more in each of three cycles."""
    omega, pi = s.chunk(2, dim=-1)
    for cycle in range(1, CYCLES + 1):
        c = COUPLING * cycle / CYCLES
        omega, pi = (1 - c) * omega + c * pi, (1 - c) * pi - c * omega
    return torch.cat([omega, pi], dim=-1)
