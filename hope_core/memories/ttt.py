"""TTT-Linear and TTT-MLP (Sun et al. 2024, eqs. 4-6), for comparison: layers that learn by steps.

Notable: a residual and a layer norm inside, f(x) = x + LN(g(x)), with g a matrix or a two-layer
perceptron without biases; the loss |f(k) - v|^2 / 2 is descended through the norm; the gradient is
taken at the weights of the chunk's start (mini-batch b = 16), which makes the chunk part of the
rule; read after write; keys and queries at unit length, convolution, gate as our other memories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm

from hope_core.memories.contract import Memory
from hope_core.nn.heads import HeadInputs, HeadIntake, HeadOutlet, read_heads
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import MlpGates, MlpWeights, chunk_spans, move_layers
from hope_core.ops.mlp_memory.network import activation, slope
from hope_core.ops.recurrence import recurrence

if TYPE_CHECKING:
    from hope_core.config.memories import TttLinearSettings, TttMlpSettings


@dataclass(frozen=True)
class TttState(State):
    """layers (B, H, rows, columns), also at the chunk's start; window; position (B,) int64."""

    learned: ClassVar = ("layers",)
    copies: ClassVar = {"frozen": "layers"}
    layers: tuple[Tensor, ...]
    frozen: tuple[Tensor, ...]
    window: Tensor
    position: Tensor


class InnerNorm(nn.Module):
    """The layer norm inside f, with each head's own scale and shift.

    Shapes: z (B, T, H, K) -> (B, T, H, K).
    """

    def __init__(self, heads: int, head_width: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(heads, head_width))
        self.shift = nn.Parameter(torch.zeros(heads, head_width))

    def forward(self, z: Tensor) -> Tensor:
        """LN(z)."""
        return layer_norm(z, z.shape[-1:]) * self.scale + self.shift

    def slope(self, z: Tensor, target: Tensor) -> Tensor:
        """The gradient of |LN(z) - target|^2 / 2 in z."""
        centred = z - z.mean(-1, keepdim=True)
        size = torch.rsqrt(centred.square().mean(-1, keepdim=True) + 1e-5)
        unit = centred * size
        error = self.scale * (self.scale * unit + self.shift - target)
        along = (error * unit).mean(-1, keepdim=True)
        return size * (error - error.mean(-1, keepdim=True) - unit * along)

    def init_weights(self) -> None:
        """Scale 1, shift 0."""
        nn.init.ones_(self.scale)
        nn.init.zeros_(self.shift)


class TttLinear(Memory):
    """f(x) = x + LN(W x); W_t = W_{t-1} - eta_t grad l(W_chunk; k_t, v_t); y_t = f(q_t; W_t).

    Shapes: x (B, T, D) -> (B, T, D), D = H K. W_0 is learned.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: TttLinearSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.intake = HeadIntake(width, heads=heads, convolution=convolution, gates=1)
        self.layers = nn.ParameterList([torch.empty(heads, width // heads, width // heads)])
        self.norm = InnerNorm(heads, width // heads)
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, TttState]:
        """The answers and the matrix after the last token."""
        start = common_position(cast("TttState", state).position) if state else 0
        before = cast("TttState", state) if state else self.initial_state(x.shape[0])
        inputs, window = self.intake(x, before.window)
        (W,), (frozen,) = before.layers, before.frozen
        first_order = self.settings.outer_gradient == "first_order"
        eta = self._steps(inputs)
        reads = []
        with torch.autocast(x.device.type, enabled=False):
            q, k, v = (part.to(W.dtype) for part in inputs[:3])
            for span in chunk_spans(x.shape[1], self.settings.chunk, position=start):
                if (start + span.start) % self.settings.chunk == 0:
                    frozen = W
                key, write = k[:, span], eta[:, span]
                held = frozen.detach() if first_order else frozen
                error = self.norm.slope(read_heads(held, key), v[:, span] - key)
                kept, none = torch.ones_like(write), torch.zeros_like(write)
                z, W, _ = recurrence(
                    q[:, span], key, -error, kept, None, None, write, none, W, None
                )
                reads.append(q[:, span] + self.norm(z))
        after = TttState((W,), (frozen,), window, before.position + x.shape[1])
        return self.outlet(torch.cat(reads, dim=1), inputs.output_gate), after

    def initial_state(self, batch: int) -> TttState:
        """The learned matrix, an empty window, the start of a chunk."""
        return initial_state(self.layers, self.intake, batch)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; the matrix normal, std 1 (a norm follows it)."""
        self.intake.init_weights(generator, gates=(0.0,))
        nn.init.normal_(self.layers[0], generator=generator)
        self.norm.init_weights()
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm (H,): of the matrix after the last token; theta (H, T): the steps.

        No bound: the norm behind the matrix lets a step matter less the larger it has grown.
        """
        return self._measured(x, state)

    def _steps(self, inputs: HeadInputs) -> Tensor:
        return self.settings.eta_max * torch.sigmoid(inputs.gates[0])

    def _measured(self, x: Tensor, state: State | None) -> dict[str, Tensor]:
        before = cast("TttState", state) if state else self.initial_state(x.shape[0])
        theta = self._steps(self.intake(x, before.window)[0])
        return {"memory_norm": norms(self(x, state)[1]), "theta": theta.mean(0).mT}

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Three products with the matrix a head: error, write, read."""
        matrix: Tensor = self.layers[0]
        return 3 * 2 * matrix.numel()


class TttMlp(Memory):
    """f(x) = x + LN(W1 gelu(W2 x)), both layers stepped as in TTT-Linear.

    Shapes: x (B, T, D) -> (B, T, D), D = H K, hidden width N. Both first layers are learned.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: TttMlpSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        head_width = width // heads
        hidden = max(1, round(settings.hidden * head_width))
        self.intake = HeadIntake(width, heads=heads, convolution=convolution, gates=1)
        shapes = (heads, hidden, head_width), (heads, head_width, hidden)
        self.layers = nn.ParameterList([torch.empty(shape) for shape in shapes])
        self.norm = InnerNorm(heads, head_width)
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, TttState]:
        """The answers and both layers after the last token."""
        start = common_position(cast("TttState", state).position) if state else 0
        before = cast("TttState", state) if state else self.initial_state(x.shape[0])
        inputs, window = self.intake(x, before.window)
        weights, frozen = MlpWeights(*before.layers), MlpWeights(*before.frozen)
        first_order = self.settings.outer_gradient == "first_order"
        eta = self._steps(inputs)
        reads = []
        with torch.autocast(x.device.type, enabled=False):
            q, k, v = (part.to(weights.inner.dtype) for part in inputs[:3])
            for span in chunk_spans(x.shape[1], self.settings.chunk, position=start):
                if (start + span.start) % self.settings.chunk == 0:
                    frozen = weights
                write = eta[:, span]
                gates = MlpGates(torch.ones_like(write), None, None, write)
                held = frozen.detach() if first_order else frozen
                hidden, slopes = self._slopes(held, k[:, span], v[:, span])
                z, weights, _ = move_layers(
                    q[:, span], (k[:, span], hidden), slopes, gates, weights, None
                )
                reads.append(q[:, span] + self.norm(z))
        after = TttState(tuple(weights), tuple(frozen), window, before.position + x.shape[1])
        return self.outlet(torch.cat(reads, dim=1), inputs.output_gate), after

    def initial_state(self, batch: int) -> TttState:
        """The learned layers, an empty window, the start of a chunk."""
        return initial_state(self.layers, self.intake, batch)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; inner normal, std 2 N^-1/2; outer normal, std 1."""
        self.intake.init_weights(generator, gates=(0.0,))
        inner, outer = self.layers
        nn.init.normal_(inner, std=2 * inner.shape[1] ** -0.5, generator=generator)
        nn.init.normal_(outer, generator=generator)
        self.norm.init_weights()
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm (H,): of both layers after the last token; theta (H, T): the steps.

        No bound: the norm behind the network lets a step matter less the larger it has grown.
        """
        return self._measured(x, state)

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Seven products with a layer a head: three for the gradient, two writes, two reads."""
        layer: Tensor = self.layers[0]
        return 7 * 2 * layer.numel()

    def _steps(self, inputs: HeadInputs) -> Tensor:
        return self.settings.eta_max * torch.sigmoid(inputs.gates[0])

    def _measured(self, x: Tensor, state: State | None) -> dict[str, Tensor]:
        before = cast("TttState", state) if state else self.initial_state(x.shape[0])
        theta = self._steps(self.intake(x, before.window)[0])
        return {"memory_norm": norms(self(x, state)[1]), "theta": theta.mean(0).mT}

    def _slopes(
        self, frozen: MlpWeights, k: Tensor, v: Tensor
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The hidden layer of k, and the loss's slopes at the inner and the outer layer."""
        a = read_heads(frozen.inner, k)
        hidden = activation(a)
        outer = self.norm.slope(read_heads(frozen.outer, hidden), v - k)
        return hidden, (read_heads(frozen.outer.mT, outer) * slope(a), outer)


def initial_state(layers: nn.ParameterList, intake: HeadIntake, batch: int) -> TttState:
    """Each learned layer for every sequence, an empty window, the start of a chunk."""
    first = tuple(layer.expand(batch, -1, -1, -1) for layer in layers)
    position = torch.zeros(batch, dtype=torch.int64, device=first[0].device)
    return TttState(first, first, intake.initial_window(batch), position)


def norms(state: TttState) -> Tensor:
    """The Frobenius norm of each head's layers together (H,), averaged over the batch."""
    squares = [torch.linalg.matrix_norm(layer).square() for layer in state.layers]
    return torch.stack(squares).sum(0).sqrt().mean(0)
