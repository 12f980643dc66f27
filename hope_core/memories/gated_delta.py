"""Gated DeltaNet (Yang, Kautz, Hatamizadeh 2024, eq. 10), for comparison.

Notable: the decay is Mamba-2's, alpha = exp(-exp(a) softplus(w x + b)), one number a head and
token; beta may reach 2, where a write turns an old answer round (Grazzi et al. 2024).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from hope_core.memories.contract import Recalling
from hope_core.memories.stability import half_life, stability_bound
from hope_core.nn.heads import HeadInputs, HeadIntake, HeadOutlet, read_heads
from hope_core.nn.state import State
from hope_core.ops.recurrence import first_order_recurrence, recurrence
from hope_core.ops.step import Rule, StepParts, memory_step, steps_alone

if TYPE_CHECKING:
    from hope_core.config.memories import GatedDeltaSettings


@dataclass(frozen=True)
class GatedDeltaState(State):
    """memory M (B, H, K, K); window (B, width - 1, D)."""

    learned: ClassVar = ("memory",)
    memory: Tensor
    window: Tensor


class GatedDelta(Recalling):
    """M_t = alpha_t M_{t-1} (I - beta_t k_t k_t^T) + beta_t v_t k_t^T,  y_t = M_t q_t; M_0 = 0.

    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: GatedDeltaSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.intake = HeadIntake(width, heads=heads, convolution=convolution, gates=2)
        self.decay = nn.Parameter(torch.empty(heads))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, GatedDeltaState]:
        """The answers and the memory after the last token."""
        state = cast("GatedDeltaState", state) if state else self.initial_state(x.shape[0])
        if steps_alone(x, state.window, state.memory, self.outlet.scale):
            return self._step(x, state)
        inputs, window = self.intake(x, state.window)
        y, memory = self._recur(inputs, state, q=inputs.q, read="after")
        return self.outlet(y, inputs.output_gate), GatedDeltaState(memory, window)

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, GatedDeltaState]:
        """What M of `at` answers to x; nothing is written."""
        state = cast("GatedDeltaState", state)
        inputs, window = self.intake(x, state.window)
        y = read_heads(cast("GatedDeltaState", at).memory, inputs.q).to(inputs.v.dtype)
        return self.outlet(y, inputs.output_gate), replace(state, window=window)

    def initial_state(self, batch: int) -> GatedDeltaState:
        """An empty memory and window."""
        heads, head_width = self.outlet.scale.shape
        memory = self.decay.new_zeros(batch, heads, head_width, head_width)
        return GatedDeltaState(memory, self.intake.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; at first alpha runs from 0.99 to 0.85 over the heads."""
        self.intake.init_weights(generator, gates=(-4.6, 0.0))
        with torch.no_grad():
            heads = self.decay.shape[0]
            self.decay.copy_(torch.linspace(1.0, 16.0, heads).log())
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """As Titans names them: memory_norm, stability_bound, half_life (H,), surprise (T,), gates.

        alpha, eta (0), theta: (H, T).
        """
        state = cast("GatedDeltaState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self.intake(x, state.window)
        known, memory = self._recur(inputs, state, q=inputs.k, read="before")
        alpha, beta = self._gates(inputs)
        return {
            "memory_norm": torch.linalg.matrix_norm(memory).mean(0),
            "surprise": torch.linalg.vector_norm(known - inputs.v, dim=-1).mean((0, 2)),
            "stability_bound": stability_bound(inputs.k, beta),
            "half_life": half_life(1 - alpha),
            "alpha": (1 - alpha).mean(0).mT,
            "eta": torch.zeros_like(alpha).mean(0).mT,
            "theta": beta.mean(0).mT,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Three products of a K x K matrix with a vector a head, and one scaling."""
        heads, head_width = self.outlet.scale.shape
        return (3 * 2 + 1) * heads * head_width * head_width

    def _step(self, x: Tensor, state: GatedDeltaState) -> tuple[Tensor, GatedDeltaState]:
        """The same for one token, in one call."""
        parts = StepParts(*self.intake.weights(), *self.outlet.weights(), self.decay)
        rule = Rule("gated_delta", "after", self.settings.beta_max)
        y, memory, _, window = memory_step(
            x, state.window, state.memory, None, parts=parts, rule=rule
        )
        return y, GatedDeltaState(memory, window)

    def _gates(self, inputs: HeadInputs) -> tuple[Tensor, Tensor]:
        decay, beta = inputs.gates
        return torch.exp(-self.decay.exp() * softplus(decay)), (
            self.settings.beta_max * torch.sigmoid(beta)
        )

    def _recur(
        self, inputs: HeadInputs, state: GatedDeltaState, *, q: Tensor, read: str
    ) -> tuple[Tensor, Tensor]:
        """The master recurrence, its row "Gated DeltaNet"."""
        alpha, beta = self._gates(inputs)
        first_order = self.settings.outer_gradient == "first_order"
        run = first_order_recurrence if first_order else recurrence
        y, memory, _ = run(
            q,
            inputs.k,
            inputs.v,
            alpha,
            None,
            None,
            beta,
            None,
            state.memory,
            None,
            read=read,
            chunk=self.settings.chunk,
        )
        return y, memory
