"""Self-modifying Titans whose memories are two-layer networks (Nested Learning, eqs. 89-91).

Notable: M(x) = x + W1 gelu(W2 x); gradients are taken at the weights of the chunk's start, which
makes each layer a linear memory with a key of its own (memory-math.md 2.3): k for W2, gelu(W2 k)
for W1, whose step is eta / (1 + eta |gelu(W2 k)|^2) (eq. 57). Networks with answers of the same
width run side by side, as more heads of one recurrence.
Shapes: B batch, T time, H heads, K head width, N hidden width, R answer's width (K, or 1 for
scalar gates); x, q, k, v (B, T, H, K); eta, alpha (B, T, H).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, dot_sign, squash
from hope_core.nn.heads import read_heads
from hope_core.nn.norms import unit_length
from hope_core.ops.mlp_memory import MlpWeights, chunk_spans
from hope_core.ops.mlp_memory.network import activation, slope
from hope_core.ops.recurrence import recurrence

if TYPE_CHECKING:
    from hope_core.config.self_modifying import SelfModifyingSettings
    from hope_core.memories.self_modifying_parts import Matrices

NAMES = ("key", "value", "step", "retention", "memory", "query")
"""Of the networks, in the order of a state's matrices."""
Networks = dict[str, MlpWeights]
"""Inner (B, H, N, K) and outer (B, H, R, N) of each network, or their momenta."""


class NetworkBoxes(NamedTuple):
    """All networks: as they stand, their momenta (or None), and as their chunks began."""

    live: Networks
    momenta: Networks | None
    frozen: Networks


def networks(matrices: Matrices) -> Networks:
    """The networks of a state's matrices: the inner layers first, then the outer ones."""
    half = len(NAMES)
    pairs = zip(NAMES, matrices[:half], matrices[half:], strict=True)
    return {n: MlpWeights(W2, W1) for n, W2, W1 in pairs if W2 is not None and W1 is not None}


def matrices(named: Networks) -> Matrices:
    """A state's matrices; None for a network that there is not."""
    found = [named.get(name) for name in NAMES]
    return tuple(W and W.inner for W in found) + tuple(W and W.outer for W in found)


def answer(W: MlpWeights, x: Tensor, *, residual: bool) -> Tensor:
    """W1 gelu(W2 x), and x added where there is a residual."""
    y = read_heads(W.outer, activation(read_heads(W.inner, x)))
    return x + y if residual else y


def project(
    x: Tensor,
    q: Tensor | None,
    biases: Biases,
    boxes: NetworkBoxes,
    *,
    settings: SelfModifyingSettings,
    position: int,
) -> tuple[Inputs, NetworkBoxes]:
    """Let the other networks make keys, values, steps, retentions (and queries), and learn.

    Arguments and results as those of the linear rule.
    """
    live, S, frozen = boxes
    groups = _groups(live, settings)
    made = []
    for span in chunk_spans(x.shape[1], settings.chunk_other, position=position):
        if (position + span.start) % settings.chunk_other == 0:
            frozen = {**frozen, **{name: live[name] for names in groups for name in names}}
        found = {
            name: answer(frozen[name], x[:, span], residual=has_residual(name, settings))
            for names in groups
            for name in names
        }
        gates = found["step"].mean(-1), found["retention"].mean(-1)
        eta, alpha = squash(*gates, biases, settings)
        k = unit_length(found["key"])
        v = unit_length(found["value"]) if settings.unit_values else found["value"]
        queries = unit_length(found["query"]) if q is None else q[:, span]
        made.append(Inputs(queries, k, v, eta, alpha))
        for names in groups:
            part = Inputs(*(torch.cat([t] * len(names), dim=2) for t in made[-1]))
            start = _joined(frozen, names)
            _, after, surprise = _write(
                _joined(live, names),
                None if S is None else _joined(S, names),
                start,
                part,
                ask=part.k,
                target=answer(start, part.v, residual=has_residual(names[0], settings)),
                residual=has_residual(names[0], settings),
                settings=settings,
            )
            live = {**live, **_parted(after, names)}
            S = None if S is None or surprise is None else {**S, **_parted(surprise, names)}
    inputs = Inputs(*(torch.cat(parts, dim=1) for parts in zip(*made, strict=True)))
    return inputs, NetworkBoxes(live, S, frozen)


def remember(
    inputs: Inputs,
    boxes: NetworkBoxes,
    *,
    ask: Tensor,
    settings: SelfModifyingSettings,
    position: int,
) -> tuple[Answers, NetworkBoxes]:
    """Let the main network answer `ask` (B, T, H, K), each before its token is written, and learn.

    Arguments and results as `project`.
    """
    live, frozen = boxes.live["memory"], boxes.frozen["memory"]
    S = None if boxes.momenta is None else boxes.momenta["memory"]
    residual = settings.residual
    reads, targets = [], []
    for span in chunk_spans(ask.shape[1], settings.chunk_memory, position=position):
        if (position + span.start) % settings.chunk_memory == 0:
            frozen = live
        part = Inputs(*(x[:, span] for x in inputs))
        asked = ask[:, span]
        targets.append(answer(frozen, part.v, residual=residual))
        y, live, S = _write(
            live,
            S,
            frozen,
            part,
            ask=asked,
            target=targets[-1],
            residual=residual,
            settings=settings,
        )
        y = asked + y if residual else y
        reads.append(answer(frozen, asked, residual=residual) if settings.read == "snapshot" else y)
    answers = Answers(torch.cat(reads, dim=1), torch.cat(targets, dim=1))
    momenta = boxes.momenta
    if momenta is not None and S is not None:
        momenta = {**momenta, "memory": S}
    after = NetworkBoxes(
        {**boxes.live, "memory": live}, momenta, {**boxes.frozen, "memory": frozen}
    )
    return answers, after


def has_residual(name: str, settings: SelfModifyingSettings) -> bool:
    """Whether this network adds its input: scalar gates cannot."""
    scalar = name in ("step", "retention") and settings.gate_form == "scalar"
    return settings.residual and not scalar


def outer_step(eta: Tensor, hidden: Tensor, settings: SelfModifyingSettings) -> Tensor:
    """The step of the outer layer, whose input h has any length: s / (1 + s |h|^2) (eq. 57).

    s is the step before it was bounded. Without any erasure there, it is that of the inner layer.
    """
    if settings.erase_layers == "first":
        return eta
    given = 1 - eta if settings.bounded_step else 1.0
    return eta / (given + eta * hidden.square().sum(-1))


def _write(
    live: MlpWeights,
    S: MlpWeights | None,
    frozen: MlpWeights,
    part: Inputs,
    *,
    ask: Tensor,
    target: Tensor,
    residual: bool,
    settings: SelfModifyingSettings,
) -> tuple[Tensor, MlpWeights, MlpWeights | None]:
    """Some tokens of one chunk: what is read without the residual, the layers, the momenta."""
    held = frozen.detach() if settings.outer_gradient == "first_order" else frozen
    raw = read_heads(held.inner, part.k)
    hidden = activation(raw)
    if settings.loss == "dot_product":
        error = -dot_sign(settings) * target
    else:
        error = read_heads(held.outer, hidden) - target
        error = error + part.k if residual else error
    error_inner = read_heads(held.outer.mT, error) * slope(raw)
    eta_outer = outer_step(part.eta, hidden, settings)
    chunk = max(settings.chunk_memory, settings.chunk_other)

    def layer(
        asked: Tensor,
        x: Tensor,
        wrong: Tensor,
        eta: Tensor,
        W: Tensor,
        S: Tensor | None,
        erase: float,
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        return recurrence(
            asked,
            x,
            -wrong,
            part.alpha,
            erase * eta if erase else None,
            None if S is None else torch.full_like(eta, settings.momentum),
            settings.grad_scale * eta,
            torch.zeros_like(eta),
            W,
            S,
            read="before",
            chunk=chunk,
        )

    S_inner, S_outer = (None, None) if S is None else S
    erase = settings.erase_scale
    a, inner, S_inner = layer(ask, part.k, error_inner, part.eta, live.inner, S_inner, erase)
    erase = erase if settings.erase_layers == "each" else 0.0
    y, outer, S_outer = layer(activation(a), hidden, error, eta_outer, live.outer, S_outer, erase)
    moved = None if S_inner is None or S_outer is None else MlpWeights(S_inner, S_outer)
    return y, MlpWeights(inner, outer), moved


def _groups(live: Networks, settings: SelfModifyingSettings) -> list[list[str]]:
    """All networks but the main one, those with answers of one width together."""
    wide = ["key", "value", *(["query"] if "query" in live else [])]
    gates = ["step", "retention"]
    return [wide + gates] if settings.gate_form == "square" else [wide, gates]


def _joined(named: Networks, names: list[str]) -> MlpWeights:
    """Some networks side by side, as more heads."""
    return MlpWeights(
        torch.cat([named[name].inner for name in names], dim=1),
        torch.cat([named[name].outer for name in names], dim=1),
    )


def _parted(joined: MlpWeights, names: list[str]) -> Networks:
    """What `_joined` put side by side."""
    pairs = zip(*(W.chunk(len(names), dim=1) for W in joined), strict=True)
    return {name: MlpWeights(*pair) for name, pair in zip(names, pairs, strict=True)}
