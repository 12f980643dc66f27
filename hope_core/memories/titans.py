"""The Titans neural memory (Behrouz et al. 2025, eqs. 12-14), linear: a matrix that learns.

Notable: the gradient is live (taken at each token's own memory, never frozen at a chunk's start);
eq. 12's loss is halved, |M k - v|^2 / 2; the step is theta = theta_max (1 - eta) sigmoid(.), so
that momentum averages past surprise instead of amplifying it and theta / (1 - eta) <= theta_max,
which keeps a memory of unit keys from blowing up while theta_max < 2; one causal convolution stands
before all projections, where it costs a third of one behind each and learned faster; each head's
answer is normalised and gated before it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Recalling
from hope_core.memories.stability import half_life, stability_bound
from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State
from hope_core.ops.heads import gated_norm, split_heads
from hope_core.ops.recurrence import first_order_recurrence, recurrence
from hope_core.ops.step import Rule, StepParts, memory_step, steps_alone

if TYPE_CHECKING:
    from hope_core.config.memories import TitansSettings


@dataclass(frozen=True)
class TitansState(State):
    """memory M and momentum S (B, H, V, K), S only with momentum; window (B, width - 1, D)."""

    learned: ClassVar = ("memory",)
    memory: Tensor
    momentum: Tensor | None
    window: Tensor


class Inputs(NamedTuple):
    """What the memory sees of x.

    Shapes: q, k, v (B, T, H, K); alpha, eta, theta (B, T, H); output_gate (B, T, D).
    """

    q: Tensor
    k: Tensor
    v: Tensor
    alpha: Tensor
    eta: Tensor
    theta: Tensor
    output_gate: Tensor


class Titans(Recalling):
    """Writes v under k where it was surprised, forgets slowly, and answers q.

    Each token moves the memory against the gradient of |M k - v|^2 / 2, with momentum:
        S_t = eta_t S_{t-1} - theta_t (M_{t-1} k_t - v_t) k_t^T
        M_t = (1 - alpha_t) M_{t-1} + S_t,    y_t = M_t q_t
    k, q = unit(silu(W conv(x))), v = silu(W conv(x)); alpha, eta, theta are one number a head and
    token, from conv(x). M_0 is learned, S_0 is 0.
    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: TitansSettings
    ) -> None:
        super().__init__()
        self.heads = heads
        self.settings = settings
        head_width = width // heads
        self.convolution = CausalConvolution(width, convolution)
        self.project = Linear(width, 4 * width)
        self.gates = nn.Linear(width, (3 if settings.momentum else 2) * heads)
        self.memory = nn.Parameter(torch.empty(heads, head_width, head_width))
        self.head_scale = nn.Parameter(torch.empty(heads, head_width))
        self.output = Linear(width, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, TitansState]:
        """The answers and the memory after the last token."""
        state = cast("TitansState", state) if state else self.initial_state(x.shape[0])
        if steps_alone(x, state.window, state.memory, state.momentum, self.memory):
            return self._step(x, state)
        inputs, window = self._inputs(x, state.window)
        y, memory, momentum = self._recur(inputs, state, q=inputs.q, read=self.settings.read)
        return self._answer(y, inputs), TitansState(memory, momentum, window)

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, TitansState]:
        """What M of `at` answers to x; nothing is written."""
        state = cast("TitansState", state)
        inputs, window = self._inputs(x, state.window)
        memory = cast("TitansState", at).memory
        y = (memory @ inputs.q.to(memory.dtype).movedim(1, -1)).movedim(-1, 1)
        return self._answer(y.to(inputs.v.dtype), inputs), replace(state, window=window)

    def initial_state(self, batch: int) -> TitansState:
        """The learned memory, no momentum yet, an empty window."""
        memory = self.memory.expand(batch, -1, -1, -1)
        momentum = torch.zeros_like(memory) if self.settings.momentum else None
        return TitansState(memory, momentum, self.convolution.initial_window(batch))

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Fresh weights.

        ==============  ==============================================================
        convolution     normal, std 0.3 for every token of the window
        project         normal, std D^-1/2
        gates           normal, std 0.1 D^-1/2; biases so that at first alpha = 0.01,
                        eta = 0.5 and theta = theta_max / 4 (theta_max / 2 without momentum)
        memory          normal, std 0.1 K^-1/2: small, so that writes show, but not 0
        head_scale      1
        output          normal, std output_scale D^-1/2
        ==============  ==============================================================
        """
        self.convolution.init_weights(generator)
        init_linear(self.project, generator)
        init_linear(self.gates, generator, scale=0.1)
        with torch.no_grad():
            self.gates.bias.zero_()
            self.gates.bias[: self.heads] = _logit(0.01)
        nn.init.normal_(self.memory, std=0.1 * self.memory.shape[-1] ** -0.5, generator=generator)
        nn.init.ones_(self.head_scale)
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """How the memory takes x, averaged over the batch.

        memory_norm, momentum_norm (H,): Frobenius norms of M and S after the last token; surprise
        (T,): length of M_{t-1} k_t - v_t, averaged over heads; alpha, eta, theta (H, T): the gates;
        stability_bound (H,): the largest theta |k|^2 / (1 - eta), safe below 2; half_life (H,):
        tokens after which half is forgotten.
        """
        state = cast("TitansState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self._inputs(x, state.window)
        known, memory, momentum = self._recur(inputs, state, q=inputs.k, read="before")
        norms = {"memory_norm": memory, "momentum_norm": momentum}
        step = inputs.theta / (1 - inputs.eta).clamp(min=1e-7)
        gates = {name: getattr(inputs, name).mean(0).mT for name in ("alpha", "eta", "theta")}
        return {
            **{n: torch.linalg.matrix_norm(M).mean(0) for n, M in norms.items() if M is not None},
            "surprise": torch.linalg.vector_norm(known - inputs.v, dim=-1).mean((0, 2)),
            "stability_bound": stability_bound(inputs.k, step),
            "half_life": half_life(inputs.alpha),
            **gates,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Multiplications and additions of one token's forward pass outside the projections.

        Three products of a K x K matrix with a vector a head (error, write, read) and two scalings.
        """
        heads, rows, columns = self.memory.shape
        return (3 * 2 + (3 if self.settings.momentum else 1)) * heads * rows * columns

    def _step(self, x: Tensor, state: TitansState) -> tuple[Tensor, TitansState]:
        """The same for one token, in one call."""
        weights = self.convolution.weight, self.project.weight, self.gates.weight, self.gates.bias
        parts = StepParts(*weights, self.head_scale, self.output.weight)
        rule = Rule("titans", self.settings.read, self.settings.theta_max)
        y, memory, momentum, window = memory_step(
            x, state.window, state.memory, state.momentum, parts=parts, rule=rule
        )
        return y, TitansState(memory, momentum, window)

    def _inputs(self, x: Tensor, window: Tensor) -> tuple[Inputs, Tensor]:
        x, window = self.convolution(x, window)
        q, k, v, output_gate = split_heads(self.project(x), self.heads)
        gates = torch.sigmoid(self.gates(x).to(self.memory.dtype))
        alpha, theta, *rest = torch.split(gates, self.heads, dim=-1)
        eta = rest[0] if rest else torch.zeros_like(theta)
        theta = self.settings.theta_max * (1 - eta) * theta
        return Inputs(q, k, v, alpha, eta, theta, output_gate), window

    def _answer(self, y: Tensor, inputs: Inputs) -> Tensor:
        """Each head normalised, scaled and gated, then mixed: (B, T, H, K) -> (B, T, D)."""
        answer: Tensor = self.output(gated_norm(y, self.head_scale, inputs.output_gate))
        return answer

    def _recur(
        self, inputs: Inputs, state: TitansState, *, q: Tensor, read: str
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """Eqs. 13 and 14 for every token, reading with q: memory-math.md 2.1 with b = 0, c = w."""
        eta = inputs.eta if self.settings.momentum else None
        first_order = self.settings.outer_gradient == "first_order"
        run = first_order_recurrence if first_order else recurrence
        return run(
            q,
            inputs.k,
            inputs.v,
            1 - inputs.alpha,
            None,
            eta,
            inputs.theta,
            inputs.theta,
            state.memory,
            state.momentum,
            read=read,
            chunk=self.settings.chunk,
        )


def _logit(probability: float) -> float:
    return float(torch.logit(torch.tensor(probability, dtype=torch.float64)))
