"""Delta gradient descent as a linear memory (Nested Learning, Behrouz et al. 2025, eqs. 57, 88).

Notable: the gradient is live; targets are ordinary values, not self-generated (for those see
`self_modifying`). The printed rule takes an old answer back twice, once by erasure and once by the
gradient, so the gate sets their sum, beta = (erase + grad) eta, in [0, beta_max): up to 2 a write
turns an old answer round without blowing it up. Momentum averages: its step is (1 - mu) eta.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Recalling
from hope_core.memories.stability import half_life, stability_bound
from hope_core.nn.heads import HeadInputs, HeadIntake, HeadOutlet, logit, read_heads
from hope_core.nn.state import State
from hope_core.ops.recurrence import first_order_recurrence, recurrence
from hope_core.ops.step import Rule, StepParts, memory_step, steps_alone

if TYPE_CHECKING:
    from hope_core.config.memories import HopeDgdSettings


@dataclass(frozen=True)
class HopeDgdState(State):
    """memory M and momentum S (B, H, K, K), S only with momentum; window (B, width - 1, D)."""

    learned: ClassVar = ("memory",)
    memory: Tensor
    momentum: Tensor | None
    window: Tensor


class Gates(NamedTuple):
    """One number a head and token, (B, T, H): retention alpha, step eta, momentum mu (or None)."""

    alpha: Tensor
    eta: Tensor
    mu: Tensor | None


class HopeDgd(Recalling):
    """Writes v under k by one step of delta gradient descent, and answers q.

        S_t = mu_t S_{t-1} - (1 - mu_t) eta_t grad (M_{t-1} k_t - v_t) k_t^T
        M_t = M_{t-1} (alpha_t I - eta_t erase k_t k_t^T) + S_t,    y_t = M_t q_t
    with the settings grad and erase, both 1 as printed. M_0 is learned, S_0 is 0.
    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: HopeDgdSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.intake = HeadIntake(
            width, heads=heads, convolution=convolution, gates=3 if settings.momentum else 2
        )
        self.memory = nn.Parameter(torch.empty(heads, width // heads, width // heads))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, HopeDgdState]:
        """The answers and the memory after the last token."""
        state = cast("HopeDgdState", state) if state else self.initial_state(x.shape[0])
        if steps_alone(x, state.window, state.memory, state.momentum, self.outlet.scale):
            return self._step(x, state)
        inputs, window = self.intake(x, state.window)
        y, memory, momentum = self._recur(inputs, state, q=inputs.q, read=self.settings.read)
        return self.outlet(y, inputs.output_gate), HopeDgdState(memory, momentum, window)

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, HopeDgdState]:
        """What M of `at` answers to x; nothing is written."""
        state = cast("HopeDgdState", state)
        inputs, window = self.intake(x, state.window)
        y = read_heads(cast("HopeDgdState", at).memory, inputs.q).to(inputs.v.dtype)
        return self.outlet(y, inputs.output_gate), replace(state, window=window)

    def initial_state(self, batch: int) -> HopeDgdState:
        """The learned memory, no momentum yet, an empty window."""
        memory = self.memory.expand(batch, -1, -1, -1)
        momentum = torch.zeros_like(memory) if self.settings.momentum else None
        return HopeDgdState(memory, momentum, self.intake.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; memory normal, std 0.1 K^-1/2.

        At first alpha = 0.99, beta = beta_max / 2 and mu = 0.5.
        """
        first = (logit(0.99), 0.0, 0.0)
        self.intake.init_weights(generator, gates=first if self.settings.momentum else first[:2])
        nn.init.normal_(self.memory, std=0.1 * self.memory.shape[-1] ** -0.5, generator=generator)
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """How the memory takes x; alpha is shown as the share forgotten, eta as the momentum.

        memory_norm, momentum_norm (H,), surprise (T,): length of M_{t-1} k_t - v_t; alpha = 1 -
        retention, eta = mu, theta = the step, each (H, T); stability_bound (H,): the largest
        beta |k|^2; half_life (H,). The names are those of Titans' rule.
        """
        state = cast("HopeDgdState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self.intake(x, state.window)
        known, memory, momentum = self._recur(inputs, state, q=inputs.k, read="before")
        norms = {"memory_norm": memory, "momentum_norm": momentum}
        alpha, eta, mu = self._gates(inputs)
        mu = torch.zeros_like(eta) if mu is None else mu
        return {
            **{n: torch.linalg.matrix_norm(M).mean(0) for n, M in norms.items() if M is not None},
            "surprise": torch.linalg.vector_norm(known - inputs.v, dim=-1).mean((0, 2)),
            "stability_bound": stability_bound(inputs.k, self._doubled() * eta),
            "half_life": half_life(1 - alpha),
            "alpha": (1 - alpha).mean(0).mT,
            "eta": mu.mean(0).mT,
            "theta": eta.mean(0).mT,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Three products of a K x K matrix with a vector a head, the erasure and two scalings."""
        heads, rows, columns = self.memory.shape
        return (4 * 2 + (3 if self.settings.momentum else 1)) * heads * rows * columns

    def _step(self, x: Tensor, state: HopeDgdState) -> tuple[Tensor, HopeDgdState]:
        """The same for one token, in one call."""
        parts = StepParts(*self.intake.weights(), *self.outlet.weights())
        rule = Rule(
            "hope_dgd",
            self.settings.read,
            self.settings.beta_max / max(self._doubled(), 1e-6),
            self.settings.erase_scale,
            self.settings.grad_scale,
        )
        y, memory, momentum, window = memory_step(
            x, state.window, state.memory, state.momentum, parts=parts, rule=rule
        )
        return y, HopeDgdState(memory, momentum, window)

    def _gates(self, inputs: HeadInputs) -> Gates:
        alpha, beta, *rest = (torch.sigmoid(gate) for gate in inputs.gates)
        eta = self.settings.beta_max * beta / max(self._doubled(), 1e-6)
        return Gates(alpha, eta, rest[0] if rest else None)

    def _doubled(self) -> float:
        """How often one step takes an old answer back; the momentum's step averages."""
        return self.settings.grad_scale + self.settings.erase_scale

    def _recur(
        self, inputs: HeadInputs, state: HopeDgdState, *, q: Tensor, read: str
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """Eq. 88 for every token, reading with q: the master recurrence, its row "HOPE DGD"."""
        alpha, eta, mu = self._gates(inputs)
        write = self.settings.grad_scale * (eta if mu is None else (1 - mu) * eta)
        first_order = self.settings.outer_gradient == "first_order"
        run = first_order_recurrence if first_order else recurrence
        return run(
            q,
            inputs.k,
            inputs.v,
            alpha,
            self.settings.erase_scale * eta if self.settings.erase_scale else None,
            mu,
            write,
            write,
            state.memory,
            state.momentum,
            read=read,
            chunk=self.settings.chunk,
        )
