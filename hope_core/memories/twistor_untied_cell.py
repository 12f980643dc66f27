"""The parallel twistor cell with gates of omega and pi apart: a 2 x 2 matrix a channel, one scan.

Notable: omega and pi forget and write each by a gate of its own, so that no single complex number
carries both; what turns one into the other stays a rotation, and the matrix never lengthens a pair,
as its norm is the larger of the two forget gates. With equal gates it is the tied cell. It stands
on `TwistorCell`, a second level that we otherwise avoid, because the probe and the pictures read
the twistors of one, and all but the recurrence is the same.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, silu

from hope_core.memories.twistor_cell import CellState, TwistorCell
from hope_core.nn.mlp import init_linear
from hope_core.ops.matrix_scan import matrix_scan

if TYPE_CHECKING:
    from hope_core.config.models.twistor import MobiusSettings
    from hope_core.nn.state import State


class UntiedTwistorCell(TwistorCell):
    """(omega, pi)_t = R(phi_t) diag(f_t, g_t) (omega, pi)_{t-1} + b_t.

    f forget of omega, g of pi, R the turn by phi: two numbers and an angle a channel and token;
    b = (sqrt(1 - f^2) i c, sqrt(1 - g^2) j d), with write gates i, j and candidates c, d.
    Shapes: x (B, T, D) -> (B, T, D); omega and pi have N channels each.
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
        super().__init__(
            width,
            channels=channels,
            heads=heads,
            convolution=convolution,
            mobius=mobius,
            backend=backend,
        )
        self.pi_gates = nn.Linear(width, 2 * channels)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """As the tied cell; pi's gates a tenth of normal, with first memories like omega's."""
        super().init_weights(generator, output_scale=output_scale)
        init_linear(self.pi_gates, generator, scale=0.1)
        with torch.no_grad():
            self.pi_gates.bias.copy_(self.gates.bias[: 2 * self.channels])

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """As the tied cell; half-lives, alpha and theta are means over omega and pi."""
        found = super().measure(x, state)
        before = cast("CellState", state) if state else self.initial_state(x.shape[0])
        seen, _ = self.convolution(x, before.window)
        log_kept, write, _ = self._pair_gates(seen)
        mean_log = self._by_head(log_kept).mean((0, 1, 2, 4))
        found["half_life"] = -(math.log(2.0) / mean_log.clamp(max=-1e-9))
        found["alpha"] = self._by_head(-torch.expm1(log_kept)).mean((0, 2, 4)).mT
        found["theta"] = self._by_head(write).mean((0, 2, 4)).mT
        return found

    def flops_per_token(self, sequence_length: int) -> int:
        """The tied cell's, with a real 2 x 2 matrix in place of a complex number."""
        return super().flops_per_token(sequence_length) + 8 * self.channels

    def _recur(self, x: Tensor, state: CellState) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The twistors of all tokens (B, T, 2 N) before any map, the output gate, and the last."""
        candidate, gate = self.project(x).split(2 * self.channels, dim=-1)
        log_kept, write, angle = self._pair_gates(x)
        strength = torch.sqrt(-torch.expm1(2 * log_kept) + 1e-12) * write
        pairs, last = matrix_scan(
            strength * silu(candidate).to(strength.dtype).view_as(strength),
            _turned(log_kept.exp(), angle),
            torch.stack([state.omega, state.pi], dim=1),
            backend=self.backend,
        )
        return pairs.flatten(2), gate, last[:, 0], last[:, 1]

    def _pair_gates(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log forget and write gates of omega and pi, (B, T, 2, N) each, and the angle."""
        log_kept, write, angle = self._gates(x)
        pi_kept, pi_write = self.pi_gates(x).to(self.turn.dtype).chunk(2, dim=-1)
        kept = torch.stack([log_kept, logsigmoid(pi_kept)], dim=2)
        return kept, torch.stack([write, torch.sigmoid(pi_write)], dim=2), angle


def _turned(kept: Tensor, angle: Tensor) -> Tensor:
    """R(phi) diag(f, g) of (B, T, 2, N) and angles (B, T, N): (B, T, 2, 2, N)."""
    cos, sin = angle.cos(), angle.sin()
    omega, pi = kept.unbind(2)
    above, below = (cos * omega, sin * pi), (-sin * omega, cos * pi)
    return torch.stack([torch.stack(above, dim=2), torch.stack(below, dim=2)], dim=2)
