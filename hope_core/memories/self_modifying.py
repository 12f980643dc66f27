"""Self-modifying Titans (Nested Learning, Behrouz et al. 2025, eqs. 83-93), the memory of HOPE.

Notable: keys, values, steps and retentions (and queries, if adaptive) are made by memories that
learn while they read, as does the one that answers; each makes its own target from the shared
value; all are matrices or two-layer networks with a residual, one of each a head, on a learned
projection of the convolved tokens; the outer gradient reaches every first memory through all
writes. The rules are in `self_modifying_rule` and `self_modifying_networks`, each with a slow twin
in a module `..._reference`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from hope_core.memories.contract import Recalling
from hope_core.memories.self_modifying_first import OuterLayers, init_memories
from hope_core.memories.self_modifying_forms import learn
from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, Matrices, Written
from hope_core.memories.stability import (
    chunk_map_bound,
    half_life,
    network_bound,
    stability_bound,
)
from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.heads import HeadOutlet, read_heads
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.norms import unit_length
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import MlpWeights
from hope_core.ops.mlp_memory.network import activation

if TYPE_CHECKING:
    from hope_core.config.self_modifying import SelfModifyingSettings

MAIN = slice(4, None, 6)
"""The matrices of the memory that answers, among all."""


@dataclass(frozen=True)
class SelfModifyingState(State):
    """What the memories have become, and where in their chunks the text stands.

    live, momenta (or None) and frozen (at the chunk's start) hold the fields of `Weights`, each
    (B, H, rows, K); of networks first the inner layers (B, H, N, K), then the outer ones (B, H,
    rows, N); window (B, width - 1, D); position (B,) int64 counts the tokens read.
    """

    learned: ClassVar = ("live",)
    copies: ClassVar = {"frozen": "live"}
    live: Matrices
    momenta: Matrices | None
    frozen: Matrices
    window: Tensor
    position: Tensor


class Seen(NamedTuple):
    """x and static q or None (B, T, H, K), the output gate (B, T, D), and the next window."""

    x: Tensor
    q: Tensor | None
    output_gate: Tensor
    window: Tensor


class SelfModifying(Recalling):
    """Six memories that write themselves: key, value, step, retention, memory and perhaps query.

        k = unit(M_k x), v = unit(M_v x), q = unit(W_q x), eta = squash(M_eta x), alpha likewise
        y_t = M_memory,t-1 q_t,    vhat_box = M_box,c v_t   (c: the start of the chunk)
        M_box,t = M_box,t-1 (alpha_t I - eta_t k_t k_t^T) - eta_t grad L(M_box,c; k_t, vhat_box,t)
    with L = |M k - vhat|^2 / 2 and, for each deviation, a setting. Of networks that is each layer's
    rule, with the layer's own input in the place of k.
    Shapes: x (B, T, D) -> (B, T, D), D = H K.
    """

    def __init__(
        self, width: int, *, heads: int, convolution: int, settings: SelfModifyingSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.heads = heads
        K = width // heads
        rows = K if settings.gate_form == "square" else 1
        adaptive = settings.query == "adaptive"
        hidden = max(1, round(settings.hidden * K)) if settings.network == "mlp" else 0

        def first(rows: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(heads, hidden or rows, K))

        self.convolution = CausalConvolution(width, convolution)
        self.project = Linear(width, (2 if adaptive else 3) * width)
        self.key, self.value, self.memory = first(K), first(K), first(K)
        self.step, self.retention = first(rows), first(rows)
        self.query = first(K) if adaptive else None
        self.outer = OuterLayers(heads, K, hidden, rows=rows, adaptive=adaptive) if hidden else None
        self.step_bias = nn.Parameter(torch.empty(heads))
        self.retention_bias = nn.Parameter(torch.empty(heads))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, SelfModifyingState]:
        """The answers and the memories after the last token."""
        before, position = self._before(x, state)
        seen = self._see(x, before.window)
        answers, _, written = self._learn(seen, before, position=position)
        after = SelfModifyingState(*written, seen.window, before.position + x.shape[1])
        return self.outlet(answers.y, seen.output_gate), after

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, SelfModifyingState]:
        """What the main memory of `at` answers to x; nothing is written."""
        state, at = cast("SelfModifyingState", state), cast("SelfModifyingState", at)
        seen = self._see(x, state.window)
        with torch.autocast(x.device.type, enabled=False):
            q = seen.q
            if q is None:
                q = unit_length(self._answer(at.live[5::6], seen.x))
            y = self._answer(at.live[MAIN], q)
        return self.outlet(y, seen.output_gate), replace(state, window=seen.window)

    def initial_state(self, batch: int) -> SelfModifyingState:
        """The learned memories, an empty window, the start of every chunk."""
        live = tuple(None if W is None else W.expand(batch, -1, -1, -1) for W in self._first())
        momenta = None
        if self.settings.momentum:
            momenta = tuple(None if W is None else torch.zeros_like(W) for W in live)
        position = torch.zeros(batch, dtype=torch.int64, device=self.key.device)
        window = self.convolution.initial_window(batch)
        return SelfModifyingState(live, momenta, live, window, position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Convolution, projections (normal, std D^-1/2) and outlet; see `init_memories`."""
        self.convolution.init_weights(generator)
        init_linear(self.project, generator)
        init_memories(self, self.outer, generator, settings=self.settings)
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """How the memories take x, averaged over the batch.

        memory_norm, momentum_norm (H,): Frobenius norms of the main memory and its momentum after
        the last token, of networks both layers together; stability_bound, half_life (H,): of the
        main memory; surprise (T,): length of M_{t-1}(k_t) - vhat_t, averaged over heads; as Titans
        names them, alpha: the share forgotten, eta: the momentum, theta: the step, (H, T) each.
        """
        before, position = self._before(x, state)
        seen = self._see(x, before.window)
        answers, inputs, written = self._learn(seen, before, position=position, ask_keys=True)
        surprise = torch.linalg.vector_norm(answers.y - answers.targets, dim=-1)
        theta = inputs.eta.mean(0).mT
        norms = {"memory_norm": written.live[MAIN]}
        if written.momenta is not None:
            norms["momentum_norm"] = written.momenta[MAIN]
        return {
            **{name: _norm(layers).mean(0) for name, layers in norms.items()},
            "stability_bound": self._bound(inputs, written.live),
            "half_life": half_life(1 - inputs.alpha),
            "surprise": surprise.mean((0, 2)),
            "alpha": (1 - inputs.alpha).mean(0).mT,
            "eta": torch.full_like(theta, self.settings.momentum),
            "theta": theta,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """For each memory: its answer, its target and known answer, the erasure and the write."""
        products = 5 if self.outer is None else 7
        return products * 2 * sum(box.numel() for box in self._first() if box is not None)

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """All that writes, where reading from snapshots hides it until the second chunk."""
        if self.settings.read == "online" or self.settings.chunk_memory < length:
            return ()
        boxes = [self.key, self.value, self.step, self.retention]
        if self.outer is not None:
            boxes += [self.outer.key, self.outer.value, self.outer.step, self.outer.retention]
        return *boxes, self.step_bias, self.retention_bias

    def _before(self, x: Tensor, state: State | None) -> tuple[SelfModifyingState, int]:
        if state is None:
            return self.initial_state(x.shape[0]), 0
        before = cast("SelfModifyingState", state)
        return before, common_position(before.position)

    def _see(self, x: Tensor, window: Tensor) -> Seen:
        mixed, window = self.convolution(x, window)
        output_gate, *heads = silu(self.project(mixed)).chunk(3 if self.query is None else 2, -1)
        heads = [h.view(*h.shape[:-1], self.heads, -1).to(self.key.dtype) for h in heads]
        return Seen(heads[0], unit_length(heads[1]) if heads[1:] else None, output_gate, window)

    def _learn(
        self, seen: Seen, before: SelfModifyingState, *, position: int, ask_keys: bool = False
    ) -> tuple[Answers, Inputs, Written]:
        """Read and write all tokens, asking the main memory with their queries or their keys."""
        biases = Biases(self.step_bias, self.retention_bias)
        written = Written(before.live, before.momenta, before.frozen)
        with torch.autocast(seen.x.device.type, enabled=False):
            return learn(
                seen.x,
                seen.q,
                biases,
                written,
                settings=self.settings,
                position=position,
                ask_keys=ask_keys,
            )

    def _first(self) -> Matrices:
        """The memories as the outer loss has learned them."""
        first = self.key, self.value, self.step, self.retention, self.memory, self.query
        return first if self.outer is None else (*first, *self.outer.layers())

    def _bound(self, inputs: Inputs, live: Matrices) -> Tensor:
        """With a live gradient that of the largest step; else that of a chunk's writes."""
        rule = self.settings
        write = rule.grad_scale * inputs.eta / (1 - rule.momentum)
        erase = rule.erase_scale * inputs.eta
        if rule.gradient == "live":
            return stability_bound(inputs.k, erase + write)
        if rule.network == "mlp":
            main = MlpWeights(*cast("tuple[Tensor, Tensor]", live[MAIN]))
            return network_bound(main, inputs.k, erase + write, chunk=rule.chunk_memory)
        return chunk_map_bound(inputs.k, inputs.alpha, erase, write, chunk=rule.chunk_memory)

    def _answer(self, layers: Matrices, x: Tensor) -> Tensor:
        """What a memory with these layers, inner first, makes of x."""
        inner, *outer = cast("tuple[Tensor, ...]", layers)
        y = read_heads(inner, x)
        y = read_heads(outer[0], activation(y)) if outer else y
        return x + y if self.settings.residual else y


def _norm(layers: Matrices) -> Tensor:
    """The Frobenius norm of all of them together, (B, H)."""
    norms = [torch.linalg.matrix_norm(layer) for layer in layers if layer is not None]
    whole: Tensor = torch.linalg.vector_norm(torch.stack(norms), dim=0)
    return whole
