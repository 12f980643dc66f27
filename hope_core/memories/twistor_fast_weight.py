"""The twistor model's self-modification: a matrix a head that is corrected while reading.

Notable: the delta rule with separate strengths of erasing and writing, read before the write; keys
have length 1, so with beta < 1 an old answer fades along its key and nothing grows without end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Memory
from hope_core.memories.stability import stability_bound
from hope_core.nn.heads import HeadInputs, HeadIntake, HeadOutlet, logit
from hope_core.nn.state import State
from hope_core.ops.recurrence import recurrence

if TYPE_CHECKING:
    from hope_core.config.models.twistor import SelfModificationSettings


@dataclass(frozen=True)
class FastWeightState(State):
    """matrix M (B, H, K, K); window (B, width - 1, D)."""

    learned: ClassVar = ("matrix",)
    matrix: Tensor
    window: Tensor


class TwistorFastWeight(Memory):
    """M_t = M_{t-1} (I - beta_t k_t k_t^T) + eta_t v_t k_t^T,  y_t = M_{t-1} q_t;  M_0 is learned.

    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: SelfModificationSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.intake = HeadIntake(width, heads=heads, convolution=convolution, gates=2)
        self.first = nn.Parameter(torch.empty(heads, width // heads, width // heads))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, FastWeightState]:
        """The answers and the matrix after the last token."""
        state = cast("FastWeightState", state) if state else self.initial_state(x.shape[0])
        inputs, window = self.intake(x, state.window)
        y, matrix = self._recur(inputs, state, q=inputs.q)
        return self.outlet(y, inputs.output_gate), FastWeightState(matrix, window)

    def initial_state(self, batch: int) -> FastWeightState:
        """The learned first matrix and an empty window."""
        matrix = self.first.expand(batch, *self.first.shape)
        return FastWeightState(matrix, self.intake.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; both strengths as set; M_0 normal, std 0.02."""
        first = logit(self.settings.first_write)
        self.intake.init_weights(generator, gates=(first, first))
        nn.init.normal_(self.first, std=0.02, generator=generator)
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm, stability_bound (H,), surprise (T,); alpha erases, theta writes (H, T)."""
        state = cast("FastWeightState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self.intake(x, state.window)
        known, matrix = self._recur(inputs, state, q=inputs.k)
        erase, write = self._gates(inputs)
        return {
            "memory_norm": torch.linalg.matrix_norm(matrix).mean(0),
            "surprise": torch.linalg.vector_norm(known - inputs.v, dim=-1).mean((0, 2)),
            "stability_bound": stability_bound(inputs.k, erase),
            "alpha": erase.mean(0).mT,
            "theta": write.mean(0).mT,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Three products of a K x K matrix with a vector a head."""
        heads, head_width = self.outlet.scale.shape
        return 3 * 2 * heads * head_width * head_width

    def _gates(self, inputs: HeadInputs) -> tuple[Tensor, Tensor]:
        """Strengths of erasing and of writing, (B, T, H) each, in (0, 1)."""
        erase, write = inputs.gates
        return torch.sigmoid(erase), torch.sigmoid(write)

    def _recur(
        self, inputs: HeadInputs, state: FastWeightState, *, q: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The master recurrence: nothing fades but what is erased."""
        erase, write = self._gates(inputs)
        y, matrix, _ = recurrence(
            q,
            inputs.k,
            inputs.v,
            torch.ones_like(erase),
            None,
            None,
            write,
            erase,
            state.matrix,
            None,
            read="before",
        )
        return y, matrix
