"""The twistor Titans cell in its parallel form: a complex diagonal recurrence, one scan.

Notable: gates read the input (after a short causal convolution), not the last state; omega and pi
share their forget gate, and turning omega into pi is a phase, so with u = omega + i pi the cell is
u_t = lambda_t u_{t-1} + b_t, |lambda| < 1, and a scan computes all tokens at once, exactly. Moebius
maps act on what the scan gives; each head's part is then brought to length 1 and gated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, silu

from hope_core.memories.contract import Memory
from hope_core.nn.adaptive_mobius import AdaptiveMobiusLayer, ContextState
from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.mobius import MobiusLayer
from hope_core.nn.state import State
from hope_core.ops.heads import gated_norm
from hope_core.ops.scan import complex_scan

if TYPE_CHECKING:
    from hope_core.config.models.twistor import MobiusSettings

SHORTEST, LONGEST = 1.5, 256.0
"""Tokens after which the quickest and the slowest channel have forgotten to 1/e, at first."""
LARGEST_TURN = 3.1416
"""How far a channel may turn at one token (radians)."""


@dataclass(frozen=True)
class CellState(State):
    """omega, pi (B, N): u = omega + i pi; window (B, width - 1, D); context of the coupling."""

    omega: Tensor
    pi: Tensor
    window: Tensor
    context: ContextState | None


class TwistorCell(Memory):
    """u_t = f_t e^(-i phi_t) u_{t-1} + sqrt(1 - f_t^2) i_t c_t; y = W (gate * norm(Moebius(u))).

    f forget and phi turn: one number a complex channel and token; i write gate; c candidate.
    Shapes: x (B, T, D) -> (B, T, D); u has N complex channels, a twistor of 2 N reals.
    """

    def __init__(
        self,
        width: int,
        *,
        channels: int,
        heads: int,
        convolution: int,
        mobius: MobiusSettings,
        backend: str = "auto",
    ) -> None:
        super().__init__()
        self.channels = channels
        self.heads = heads
        self.backend = backend
        self.convolution = CausalConvolution(width, convolution)
        self.project = Linear(width, 4 * channels)
        self.gates = nn.Linear(width, 3 * channels)
        self.turn = nn.Parameter(torch.empty(channels))
        if mobius.enabled:
            self.mobius = MobiusLayer(2 * channels, mobius)
            if mobius.adaptive:
                self.adaptive = AdaptiveMobiusLayer(width, mobius)
        self.scale = nn.Parameter(torch.empty(2 * channels))
        self.output = Linear(2 * channels, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, CellState]:
        """The answers and the twistor after the last token."""
        state = cast("CellState", state) if state else self.initial_state(x.shape[0])
        x, window = self.convolution(x, state.window)
        twistors, gate, omega, pi = self._recur(x, state)
        twistors, context = self._mapped(twistors, x, state.context)
        y = self._answer(twistors, gate)
        return y, CellState(omega, pi, window, context)

    def initial_state(self, batch: int) -> CellState:
        """A twistor of zeros; nothing read."""
        nothing = self.turn.new_zeros(batch, self.channels)
        context = self.adaptive.initial_state(batch) if hasattr(self, "adaptive") else None
        return CellState(nothing, nothing, self.convolution.initial_window(batch), context)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Projections normal, std D^-1/2; gates a tenth of it; output shrunk by `output_scale`.

        The channels' first memories run from 1.5 to 256 tokens in equal ratios; turns are 0.
        """
        self.convolution.init_weights(generator)
        init_linear(self.project, generator)
        init_linear(self.gates, generator, scale=0.1)
        with torch.no_grad():
            share = torch.linspace(0.0, 1.0, self.channels).flip(0)
            lengths = SHORTEST * (LONGEST / SHORTEST) ** share
            kept = torch.exp(-1.0 / lengths)
            bias = torch.cat([torch.logit(kept), torch.zeros(2 * self.channels)])
            self.gates.bias.copy_(bias)
            self.turn.copy_(0.5 * torch.rand(self.channels, generator=generator) / lengths)
        if hasattr(self, "mobius"):
            self.mobius.init_weights(generator)
        if hasattr(self, "adaptive"):
            self.adaptive.init_weights(generator)
        nn.init.ones_(self.scale)
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm (H,), half_life (H,) in tokens, surprise (T,): |u_t - u_{t-1}|, gates.

        (H, T): alpha forgets, 1 - f; theta writes; eta is how far the state turns (radians).
        """
        state = cast("CellState", state) if state else self.initial_state(x.shape[0])
        x, _ = self.convolution(x, state.window)
        log_kept, write, turn = self._gates(x)
        kept = log_kept.exp()
        twistors, _, omega, pi = self._recur(x, state)
        moved = torch.diff(twistors, dim=1, prepend=torch.cat([state.omega, state.pi], 1)[:, None])
        size = self._by_head(omega.square() + pi.square()).sum(-1).sqrt()
        mean_log = self._by_head(log_kept).mean((0, 1, 3))
        return {
            "memory_norm": size.mean(0),
            "surprise": torch.linalg.vector_norm(moved, dim=-1).mean(0),
            "half_life": -(torch.tensor(2.0).log() / mean_log.clamp(max=-1e-9)),
            "alpha": self._by_head(1 - kept).mean((0, 3)).mT,
            "theta": self._by_head(write).mean((0, 3)).mT,
            "eta": self._by_head(turn.abs()).mean((0, 3)).mT,
        }

    def trajectory(self, x: Tensor, state: State | None = None) -> Tensor:
        """The twistors of every token after its Moebius maps, (B, T, 2 N)."""
        state = cast("CellState", state) if state else self.initial_state(x.shape[0])
        x, _ = self.convolution(x, state.window)
        return self._mapped(self._recur(x, state)[0], x, state.context)[0]

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """The scan's complex product and sum, the maps' 4 x 4 matrices, gates and norms."""
        return 8 * self.channels + 16 * self.channels + 20 * self.channels

    def _recur(self, x: Tensor, state: CellState) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The twistors of all tokens (B, T, 2 N) before any map, the output gate, and the last."""
        candidate, gate = self.project(x).split(2 * self.channels, dim=-1)
        log_kept, write, turn = self._gates(x)
        kept = log_kept.exp()
        strength = torch.sqrt(-torch.expm1(2 * log_kept) + 1e-12) * write
        omega, pi = silu(candidate).to(kept.dtype).chunk(2, dim=-1)
        omegas, pis, omega, pi = complex_scan(
            strength * omega,
            strength * pi,
            kept * turn.cos(),
            -kept * turn.sin(),
            state.omega,
            state.pi,
            backend=self.backend,
        )
        return torch.cat([omegas, pis], dim=-1), gate, omega, pi

    def _gates(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log f, the write gate and the angle phi of every channel, (B, T, N) each."""
        kept, write, turn = self.gates(x).to(self.turn.dtype).chunk(3, dim=-1)
        angle = self.turn + LARGEST_TURN * torch.tanh(turn / LARGEST_TURN)
        return logsigmoid(kept), torch.sigmoid(write), angle

    def _mapped(
        self, twistors: Tensor, x: Tensor, context: ContextState | None
    ) -> tuple[Tensor, ContextState | None]:
        if hasattr(self, "mobius"):
            twistors = self.mobius(twistors)
        if hasattr(self, "adaptive"):
            twistors, context = self.adaptive(twistors, x, context)
        return twistors, context

    def _answer(self, twistors: Tensor, gate: Tensor) -> Tensor:
        """Each head's channels, all four parts, at length 1; scaled, gated, mixed."""
        B, T, _ = twistors.shape
        heads = torch.stack(twistors.chunk(4, dim=-1), dim=-1).view(B, T, self.heads, -1)
        y = gated_norm(heads.to(gate.dtype), self.scale.view(self.heads, -1), silu(gate))
        answer: Tensor = self.output(y)
        return answer

    def _by_head(self, values: Tensor) -> Tensor:
        """Numbers of complex channels (..., N) by the head they belong to: (..., H, N / H)."""
        pair = torch.stack(values.chunk(2, dim=-1), dim=-1)
        return pair.reshape(*values.shape[:-1], self.heads, -1)
