"""The twistor model's matrix that makes its own values: v^ = M(v), with M(v) = v + M v.

Notable: values come from the matrix as it stood when their chunk began (the reading that Nested
Learning's eq. 90 gives every generated part), so that a chunk is one call of the same recurrence;
the chunk is part of the rule, and with chunks of 1 every value comes from the newest matrix. Each
value gets back the length of the v that it was made of: otherwise writes would grow with what was
written before, without end. On `TwistorFastWeight`, whose rule, weights and gates stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor

from hope_core.memories.stability import stability_bound
from hope_core.memories.twistor_fast_weight import FastWeightState, TwistorFastWeight
from hope_core.nn.heads import HeadInputs, read_heads
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import chunk_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST_SQUARE = 1e-24
"""Added to squared lengths, so that a value of zeros has a finite slope."""


@dataclass(frozen=True)
class SelfReferentialState(FastWeightState):
    """snapshot (B, H, K, K): M as the chunk began; position (B,) int64: tokens read."""

    copies: ClassVar[Mapping[str, str]] = {"snapshot": "matrix"}
    snapshot: Tensor
    position: Tensor


class SelfReferentialWeight(TwistorFastWeight):
    """M_t = M_{t-1} (I - beta_t k_t k_t^T) + eta_t v^_t k_t^T,  y_t = M_{t-1} q_t.

    v^_t = |v_t| (v_t + M_c v_t) / |v_t + M_c v_t|, M_c being M at the start of t's chunk.
    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, SelfReferentialState]:
        """The answers and the matrix after the last token."""
        before = cast("SelfReferentialState", state) if state else self.initial_state(x.shape[0])
        inputs, window = self.intake(x, before.window)
        y, _, after = self._read(inputs, before, ask=inputs.q)
        return self.outlet(y, inputs.output_gate), replace(after, window=window)

    def initial_state(self, batch: int) -> SelfReferentialState:
        """The learned first matrix, an empty window, nothing read."""
        first = super().initial_state(batch)
        position = torch.zeros(batch, dtype=torch.int64, device=first.matrix.device)
        return SelfReferentialState(first.matrix, first.window, first.matrix, position)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """As the plain matrix; surprise is the distance to the generated value."""
        before = cast("SelfReferentialState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self.intake(x, before.window)
        known, values, after = self._read(inputs, before, ask=inputs.k)
        erase, write = self._gates(inputs)
        return {
            "memory_norm": torch.linalg.matrix_norm(after.matrix).mean(0),
            "surprise": torch.linalg.vector_norm(known - values, dim=-1).mean((0, 2)),
            "stability_bound": stability_bound(inputs.k, erase),
            "alpha": erase.mean(0).mT,
            "theta": write.mean(0).mT,
        }

    def flops_per_token(self, sequence_length: int) -> int:
        """One more product of a K x K matrix with a vector a head."""
        return super().flops_per_token(sequence_length) * 4 // 3

    def _read(
        self, inputs: HeadInputs, state: SelfReferentialState, *, ask: Tensor
    ) -> tuple[Tensor, Tensor, SelfReferentialState]:
        """Chunk by chunk: what M answers to `ask`, the values it made, and the state after."""
        position, length = common_position(state.position), ask.shape[1]
        answers, made = [], []
        for span in chunk_spans(length, self.settings.value_chunk, position=position):
            if (position + span.start) % self.settings.value_chunk == 0:
                state = replace(state, snapshot=state.matrix)
            values = _generated(inputs.v[:, span], state.snapshot)
            part = HeadInputs(
                ask[:, span],
                inputs.k[:, span],
                values,
                tuple(gate[:, span] for gate in inputs.gates),
                inputs.output_gate[:, span],
            )
            y, matrix = self._recur(part, state, q=part.q)
            state = replace(state, matrix=matrix)
            answers.append(y)
            made.append(values)
        state = replace(state, position=state.position + length)
        return torch.cat(answers, dim=1), torch.cat(made, dim=1), state


def _generated(v: Tensor, memory: Tensor) -> Tensor:
    """The value v + M v, as long as v and in its type: (B, T, H, K), (B, H, K, K) -> v's shape."""
    given = v.to(memory.dtype)
    made = given + read_heads(memory, given)
    squares = (x.square().sum(-1, keepdim=True) + SMALLEST_SQUARE for x in (given, made))
    wanted, found = squares
    return (made * torch.sqrt(wanted / found)).to(v.dtype)
