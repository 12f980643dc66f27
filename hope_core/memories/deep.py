"""The deep memory of Titans (Behrouz et al. 2025, eqs. 12-14): a small network that learns.

Notable: M(x) = x + W1 gelu(W2 x) for each head; the gradient is taken at the weights of the chunk's
start, which makes the chunk part of the rule (memory-math.md 2.3, exact for that rule); eq. 12's
loss is halved; steps are Titans', or HOPE's delta gradient descent with each layer's own input.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from hope_core.memories.contract import Recalling
from hope_core.memories.stability import half_life, network_bound
from hope_core.nn.heads import HeadInputs, HeadIntake, HeadOutlet, logit, read_heads
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import Learned, MlpGates, MlpWeights, dual

if TYPE_CHECKING:
    from hope_core.config.memories import DeepSettings


@dataclass(frozen=True)
class DeepState(State):
    """What the network has become, and where in its chunk the text stands.

    weights: W2 (B, H, N, K) and W1 (B, H, K, N); momenta alike, or None; frozen: the weights at the
    chunk's start; window (B, width - 1, D); position (B,) int64 counts the tokens read.
    """

    learned: ClassVar = ("weights",)
    copies: ClassVar = {"frozen": "weights"}
    weights: tuple[Tensor, Tensor]
    momenta: tuple[Tensor, Tensor] | None
    frozen: tuple[Tensor, Tensor]
    window: Tensor
    position: Tensor


class Gates(NamedTuple):
    """One number a head and token (B, T, H): forgetting, momentum or None, and the step."""

    alpha: Tensor
    eta: Tensor | None
    theta: Tensor


class Deep(Recalling):
    """Writes v under k where it was surprised, into a two-layer network, and answers q.

    For both layers W, g the gradient of |M(k) - v|^2 / 2 at the weights of the chunk's start:
        S_t = eta_t S_{t-1} - (1 - eta_t) theta_t g_t,    W_t = (1 - alpha_t) W_{t-1} + S_t
    and with the rule "hope_dgd" W_t also loses theta_t W_{t-1} x x^T along the layer's input x.
    W_0 is learned, S_0 is 0. Shapes: x (B, T, D) -> (B, T, D), D = H K, hidden width N.
    """

    def __init__(self, width: int, *, heads: int, convolution: int, settings: DeepSettings) -> None:
        super().__init__()
        self.settings = settings
        head_width = width // heads
        hidden = max(1, round(settings.hidden * head_width))
        self.intake = HeadIntake(
            width, heads=heads, convolution=convolution, gates=3 if settings.momentum else 2
        )
        self.inner = nn.Parameter(torch.empty(heads, hidden, head_width))
        self.outer = nn.Parameter(torch.empty(heads, head_width, hidden))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, DeepState]:
        """The answers and the network after the last token."""
        position = common_position(cast("DeepState", state).position) if state else 0
        before = cast("DeepState", state) if state else self.initial_state(x.shape[0])
        inputs, window = self.intake(x, before.window)
        y, weights, momenta, frozen = self._learn(
            inputs, before, q=inputs.q, read=self.settings.read, position=position
        )
        after = DeepState(
            (weights.inner, weights.outer),
            momenta and (momenta.inner, momenta.outer),
            (frozen.inner, frozen.outer),
            window,
            before.position + x.shape[1],
        )
        return self.outlet(y, inputs.output_gate), after

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, DeepState]:
        """What the network of `at` answers to x; nothing is written."""
        state, at = cast("DeepState", state), cast("DeepState", at)
        inputs, window = self.intake(x, state.window)
        with torch.autocast(x.device.type, enabled=False):
            inner, outer = at.weights
            q = inputs.q.to(inner.dtype)
            y = q + read_heads(outer, gelu(read_heads(inner, q)))
        return self.outlet(y, inputs.output_gate), replace(state, window=window)

    def initial_state(self, batch: int) -> DeepState:
        """The learned network, no momentum yet, an empty window, the start of a chunk."""
        weights = self.inner.expand(batch, -1, -1, -1), self.outer.expand(batch, -1, -1, -1)
        momenta = None
        if self.settings.momentum:
            momenta = torch.zeros_like(weights[0]), torch.zeros_like(weights[1])
        position = torch.zeros(batch, dtype=torch.int64, device=self.inner.device)
        window = self.intake.initial_window(batch)
        return DeepState(weights, momenta, weights, window, position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Intake and outlet: their own; the network so that a unit key gives a unit hidden layer.

        Inner normal, std 2 N^-1/2; outer normal, std 0.1 N^-1/2: small, so that writes show. At
        first alpha = 0.01, theta = theta_max / 2 and eta = 0.5.
        """
        first = (logit(0.01), 0.0, 0.0)
        self.intake.init_weights(generator, gates=first if self.settings.momentum else first[:2])
        scale = self.inner.shape[1] ** -0.5
        nn.init.normal_(self.inner, std=2 * scale, generator=generator)
        nn.init.normal_(self.outer, std=0.1 * scale, generator=generator)
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """How the memory takes x, averaged over the batch.

        memory_norm, momentum_norm (H,): Frobenius norms of both layers after the last token;
        surprise (T,): length of M(k_t) - v_t before the write, averaged over heads; alpha, eta,
        theta (H, T): the gates; stability_bound (H,): see `network_bound`; half_life (H,).
        """
        position = common_position(cast("DeepState", state).position) if state else 0
        before = cast("DeepState", state) if state else self.initial_state(x.shape[0])
        inputs, _ = self.intake(x, before.window)
        known, weights, momenta, _ = self._learn(
            inputs, before, q=inputs.k, read="before", position=position
        )
        alpha, eta, theta = self._gates(inputs)
        eta = torch.zeros_like(theta) if eta is None else eta
        pairs = {"memory_norm": weights, "momentum_norm": momenta}
        norms = {
            name: torch.hypot(*(torch.linalg.matrix_norm(layer) for layer in pair)).mean(0)
            for name, pair in pairs.items()
            if pair is not None
        }
        bound = network_bound(weights, inputs.k, theta, chunk=self.settings.chunk)
        return {
            **norms,
            "stability_bound": bound,
            "half_life": half_life(alpha),
            "surprise": torch.linalg.vector_norm(known - inputs.v, dim=-1).mean((0, 2)),
            "alpha": alpha.mean(0).mT,
            "eta": eta.mean(0).mT,
            "theta": theta.mean(0).mT,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """Seven products with a layer a head: three for the gradient, two writes, two reads."""
        return 7 * 2 * self.inner.numel()

    def _gates(self, inputs: HeadInputs) -> Gates:
        alpha, theta, *rest = (torch.sigmoid(gate) for gate in inputs.gates)
        return Gates(alpha, rest[0] if rest else None, self.settings.theta_max * theta)

    def _learn(
        self, inputs: HeadInputs, state: DeepState, *, q: Tensor, read: str, position: int
    ) -> Learned:
        """Read all tokens with q and write them, chunk by chunk."""
        alpha, eta, theta = self._gates(inputs)
        erase = theta if self.settings.rule == "hope_dgd" else None
        write = theta if eta is None else (1 - eta) * theta
        q, k, v = (x.to(self.inner.dtype) for x in (q, inputs.k, inputs.v))
        with torch.autocast(q.device.type, enabled=False):
            return dual(
                q,
                k,
                v,
                MlpGates(1 - alpha, erase, eta, write),
                MlpWeights(*state.weights),
                state.momenta and MlpWeights(*state.momenta),
                chunk=self.settings.chunk,
                read=read,
                frozen=MlpWeights(*state.frozen),
                position=position,
                first_order=self.settings.outer_gradient == "first_order",
            )
