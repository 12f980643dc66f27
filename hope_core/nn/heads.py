"""The way into a memory's heads and out again, alike for every memory whose state is a matrix.

Notable: one causal convolution before all projections; queries and keys at unit length; each head's
answer is normalised, scaled and gated before it leaves.
Shapes: B batch, T time, D width, H heads, K = D / H.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.ops.heads import gated_norm, split_heads

if TYPE_CHECKING:
    from collections.abc import Sequence


class HeadInputs(NamedTuple):
    """What the heads see of x: q, k, v (B, T, H, K), the gates (B, T, H), output_gate (B, T, D).

    The gates are raw numbers, not yet squashed, in the type of the weights.
    """

    q: Tensor
    k: Tensor
    v: Tensor
    gates: tuple[Tensor, ...]
    output_gate: Tensor


class HeadIntake(nn.Module):
    """k, q = unit(silu(W conv(x))), v = silu(W conv(x)), and some gates, one a head and token.

    Shapes: x (B, T, D) -> `HeadInputs`; window (B, convolution - 1, D).
    """

    def __init__(self, width: int, *, heads: int, convolution: int, gates: int) -> None:
        super().__init__()
        self.heads = heads
        self.convolution = CausalConvolution(width, convolution)
        self.project = Linear(width, 4 * width)
        self.gates = nn.Linear(width, gates * heads)

    def forward(self, x: Tensor, window: Tensor) -> tuple[HeadInputs, Tensor]:
        """The heads' inputs and the window for the next piece."""
        x, window = self.convolution(x, window)
        q, k, v, output_gate = split_heads(self.project(x), self.heads)
        gates = self.gates(x).to(self.gates.weight.dtype).split(self.heads, dim=-1)
        return HeadInputs(q, k, v, gates, output_gate), window

    def weights(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Those of the convolution, the projections and the gates, and the gates' bias."""
        gates = self.gates.weight, self.gates.bias
        return self.convolution.weight, self.project.weight, *gates

    def initial_window(self, batch: int) -> Tensor:
        """The window before the first token."""
        return self.convolution.initial_window(batch)

    def init_weights(self, generator: torch.Generator, *, gates: Sequence[float]) -> None:
        """Projections normal, std D^-1/2; gates a tenth of it, around these first biases."""
        self.convolution.init_weights(generator)
        init_linear(self.project, generator)
        init_linear(self.gates, generator, scale=0.1)
        with torch.no_grad():
            self.gates.bias.copy_(torch.tensor(gates).repeat_interleave(self.heads))


class HeadOutlet(nn.Module):
    """W (scale * norm(y) * gate): the heads' answers y (B, T, H, K) as tokens (B, T, D)."""

    def __init__(self, width: int, *, heads: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.empty(heads, width // heads))
        self.output = Linear(width, width)

    def forward(self, y: Tensor, gate: Tensor) -> Tensor:
        """Each head normalised, scaled and gated by (B, T, D), then mixed."""
        answer: Tensor = self.output(gated_norm(y, self.scale, gate))
        return answer

    def weights(self) -> tuple[Tensor, Tensor]:
        """The heads' scale and the output's weights."""
        return self.scale, self.output.weight

    def init_weights(self, generator: torch.Generator, *, scale: float) -> None:
        """Scales at 1; the output normal, std scale D^-1/2."""
        nn.init.ones_(self.scale)
        init_linear(self.output, generator, scale=scale)


def read_heads(memory: Tensor, q: Tensor) -> Tensor:
    """M q for each head of a matrix that stands still: (B, H, V, K), (B, T, H, K) -> (B, T, H, V).

    Computed and returned in the type of the memory.
    """
    return torch.einsum("bhvk,bthk->bthv", memory, q.to(memory.dtype))


def logit(probability: float) -> float:
    """The number whose sigmoid is this probability."""
    return math.log(probability / (1 - probability))
