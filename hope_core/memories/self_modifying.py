"""Self-modifying Titans (Nested Learning, Behrouz et al. 2025, eqs. 83-93), the memory of HOPE.

Notable: keys, values, steps and retentions (and queries, if adaptive) are made by memories that
learn while they read, as does the one that answers; each makes its own target from the shared
value; all are linear with a residual, one of each a head, on a learned projection of the convolved
tokens; the outer gradient reaches every first memory through all writes. The rule is in
`self_modifying_rule`, its slow twin in `self_modifying_reference`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from hope_core.memories.contract import Recalling
from hope_core.memories.self_modifying_rule import (
    Answers,
    Biases,
    Boxes,
    Inputs,
    Weights,
    project,
    remember,
)
from hope_core.memories.stability import chunk_map_bound, half_life, stability_bound
from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.heads import HeadOutlet, logit, read_heads
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.norms import unit_length
from hope_core.nn.state import State, common_position

if TYPE_CHECKING:
    from hope_core.config.memories import SelfModifyingSettings

Matrices = tuple[Tensor | None, ...]


@dataclass(frozen=True)
class SelfModifyingState(State):
    """What the memories have become, and where in their chunks the text stands.

    live, momenta (or None) and frozen (at the chunk's start) hold the fields of `Weights`, each
    (B, H, rows, K); window (B, width - 1, D); position (B,) int64 counts the tokens read.
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
    with L = |M k - vhat|^2 / 2 and, for each deviation, a setting.
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
        self.convolution = CausalConvolution(width, convolution)
        self.project = Linear(width, (2 if adaptive else 3) * width)
        self.key = nn.Parameter(torch.empty(heads, K, K))
        self.value = nn.Parameter(torch.empty(heads, K, K))
        self.step = nn.Parameter(torch.empty(heads, rows, K))
        self.retention = nn.Parameter(torch.empty(heads, rows, K))
        self.memory = nn.Parameter(torch.empty(heads, K, K))
        self.query = nn.Parameter(torch.empty(heads, K, K)) if adaptive else None
        self.step_bias = nn.Parameter(torch.empty(heads))
        self.retention_bias = nn.Parameter(torch.empty(heads))
        self.outlet = HeadOutlet(width, heads=heads)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, SelfModifyingState]:
        """The answers and the memories after the last token."""
        before, position = self._before(x, state)
        seen = self._see(x, before.window)
        answers, _, boxes = self._learn(seen, before, position=position)
        after = SelfModifyingState(
            tuple(boxes.live),
            None if boxes.momenta is None else tuple(boxes.momenta),
            tuple(boxes.frozen),
            seen.window,
            before.position + x.shape[1],
        )
        return self.outlet(answers.y, seen.output_gate), after

    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, SelfModifyingState]:
        """What the main memory of `at` answers to x; nothing is written."""
        state, at = cast("SelfModifyingState", state), cast("SelfModifyingState", at)
        seen = self._see(x, state.window)
        weights = _weights(at.live)
        with torch.autocast(x.device.type, enabled=False):
            q = seen.q
            if q is None:
                assert weights.query is not None
                q = unit_length(self._answer(weights.query, seen.x))
            y = self._answer(weights.memory, q)
        return self.outlet(y, seen.output_gate), replace(state, window=seen.window)

    def initial_state(self, batch: int) -> SelfModifyingState:
        """The learned memories, an empty window, the start of every chunk."""
        first = Weights(self.key, self.value, self.step, self.retention, self.memory, self.query)
        live = tuple(None if W is None else W.expand(batch, -1, -1, -1) for W in first)
        momenta = None
        if self.settings.momentum:
            momenta = tuple(None if W is None else torch.zeros_like(W) for W in live)
        position = torch.zeros(batch, dtype=torch.int64, device=self.key.device)
        window = self.convolution.initial_window(batch)
        return SelfModifyingState(live, momenta, live, window, position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Fresh weights.

        ==================  =========================================================
        convolution         normal, std 0.3 for every token of the window
        project             normal, std D^-1/2
        key, value, query   normal, std K^-1/2
        step, retention     normal, std 0.1 K^-1/2; biases so that at first
                            eta = eta_scale and alpha = first_retention
        memory              normal, std 0.1 K^-1/2 (K^-1/2 without residual)
        outlet              its own
        ==================  =========================================================
        """
        self.convolution.init_weights(generator)
        init_linear(self.project, generator)
        scale = self.key.shape[-1] ** -0.5
        for box in (self.key, self.value, self.query):
            if box is not None:
                nn.init.normal_(box, std=scale, generator=generator)
        for box in (self.step, self.retention):
            nn.init.normal_(box, std=0.1 * scale, generator=generator)
        small = 0.1 if self.settings.residual else 1.0
        nn.init.normal_(self.memory, std=small * scale, generator=generator)
        nn.init.constant_(self.step_bias, math.log(math.e - 1))
        nn.init.constant_(self.retention_bias, logit(self.settings.first_retention))
        self.outlet.init_weights(generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """How the memories take x, averaged over the batch.

        memory_norm, momentum_norm (H,): Frobenius norms of the main memory and its momentum after
        the last token; stability_bound, half_life (H,): of the main memory; surprise (T,): length
        of M_{t-1} k_t - vhat_t, averaged over heads; as Titans names them, alpha: the share
        forgotten, eta: the momentum, theta: the step, (H, T) each.
        """
        before, position = self._before(x, state)
        seen = self._see(x, before.window)
        answers, inputs, boxes = self._learn(seen, before, position=position, ask_keys=True)
        surprise = torch.linalg.vector_norm(answers.y - answers.targets, dim=-1)
        theta = inputs.eta.mean(0).mT
        momentum = {} if boxes.momenta is None else {"momentum_norm": boxes.momenta.memory}
        norms = {"memory_norm": boxes.live.memory, **momentum}
        return {
            **{name: torch.linalg.matrix_norm(M).mean(0) for name, M in norms.items()},
            "stability_bound": self._bound(inputs),
            "half_life": half_life(1 - inputs.alpha),
            "surprise": surprise.mean((0, 2)),
            "alpha": (1 - inputs.alpha).mean(0).mT,
            "eta": torch.full_like(theta, self.settings.momentum),
            "theta": theta,
        }

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """For each memory: its answer, its target and known answer, the erasure and the write."""
        boxes = self.key, self.value, self.step, self.retention, self.memory, self.query
        return 5 * 2 * sum(box.numel() for box in boxes if box is not None)

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """All that writes, where reading from snapshots hides it until the second chunk."""
        if self.settings.read == "online" or self.settings.chunk_memory < length:
            return ()
        boxes = self.key, self.value, self.step, self.retention
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
    ) -> tuple[Answers, Inputs, Boxes]:
        """Read and write all tokens, asking the main memory with their queries or their keys."""
        biases = Biases(self.step_bias, self.retention_bias)
        boxes = Boxes(
            _weights(before.live),
            None if before.momenta is None else _weights(before.momenta),
            _weights(before.frozen),
        )
        with torch.autocast(seen.x.device.type, enabled=False):
            inputs, boxes = project(
                seen.x, seen.q, biases, boxes, settings=self.settings, position=position
            )
            ask = inputs.k if ask_keys else inputs.q
            answers, boxes = remember(
                inputs, boxes, ask=ask, settings=self.settings, position=position
            )
        return answers, inputs, boxes

    def _bound(self, inputs: Inputs) -> Tensor:
        """With a live gradient that of the largest step; else that of a chunk's writes."""
        rule = self.settings
        write = rule.grad_scale * inputs.eta / (1 - rule.momentum)
        erase = rule.erase_scale * inputs.eta
        if rule.gradient == "live":
            return stability_bound(inputs.k, erase + write)
        return chunk_map_bound(inputs.k, inputs.alpha, erase, write, chunk=rule.chunk_memory)

    def _answer(self, weights: Tensor, x: Tensor) -> Tensor:
        y = read_heads(weights, x)
        return x + y if self.settings.residual else y


def _weights(matrices: Matrices) -> Weights:
    return Weights(*matrices)  # type: ignore[arg-type]
