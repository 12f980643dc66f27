"""Self-modifying networks token by token: slow, obvious, the measure of their chunk form.

Nested Learning, eqs. 83-91, with the decisions of `SelfModifyingSettings`. Every network on its own
and every weight written out at every token; use float64 and short texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn.functional import gelu

from hope_core.memories.self_modifying_networks import NetworkBoxes, Networks
from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, dot_sign, squash
from hope_core.nn.norms import unit_length
from hope_core.ops.mlp_memory import MlpWeights
from hope_core.ops.mlp_memory.network import slope

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.self_modifying import SelfModifyingSettings


def reference(
    x: Tensor,
    q: Tensor | None,
    biases: Biases,
    boxes: NetworkBoxes,
    *,
    settings: SelfModifyingSettings,
    position: int,
) -> tuple[Inputs, Answers, NetworkBoxes]:
    """What `project` and `remember` compute together; arguments as there."""
    live, frozen = dict(boxes.live), dict(boxes.frozen)
    nothing = {n: MlpWeights(*(torch.zeros_like(layer) for layer in W)) for n, W in live.items()}
    S = nothing if boxes.momenta is None else dict(boxes.momenta)
    steps = []
    for t in range(x.shape[1]):
        for name in live:
            chunk = settings.chunk_memory if name == "memory" else settings.chunk_other
            if (position + t) % chunk == 0:
                frozen[name] = live[name]
        made = {name: _answer(name, W, x[:, t], settings) for name, W in frozen.items()}
        k = unit_length(made["key"])
        v = unit_length(made["value"]) if settings.unit_values else made["value"]
        query = unit_length(made["query"]) if q is None else q[:, t]
        gates = made["step"].mean(-1), made["retention"].mean(-1)
        eta, alpha = squash(*gates, biases, settings)
        source = frozen if settings.read == "snapshot" else live
        y = _answer("memory", source["memory"], query, settings)
        target = _answer("memory", frozen["memory"], v, settings)
        steps.append((query, k, v, eta, alpha, y, target))
        for name in live:
            live[name], S[name] = _moved(name, live, S, frozen, (k, v, eta, alpha), settings)
    columns = [torch.stack(column, dim=1) for column in zip(*steps, strict=True)]
    after = NetworkBoxes(live, None if boxes.momenta is None else S, frozen)
    return Inputs(*columns[:5]), Answers(*columns[5:]), after


def _moved(
    name: str,
    live: Networks,
    S: Networks,
    frozen: Networks,
    token: tuple[Tensor, Tensor, Tensor, Tensor],
    settings: SelfModifyingSettings,
) -> tuple[MlpWeights, MlpWeights]:
    """One write of one network: eq. 88 for either layer, with the layer's own input as its key."""
    k, v, eta, alpha = token
    start = frozen[name]
    held = start.detach() if settings.outer_gradient == "first_order" else start
    raw = _times(held.inner, k)
    hidden = gelu(raw)
    wanted = _answer(name, start, v, settings)
    error = _answer(name, held, k, settings) - wanted
    if settings.loss == "dot_product":
        error = -dot_sign(settings) * wanted
    error_inner = _times(held.outer.mT, error) * slope(raw)
    unbounded = eta / (1 - eta) if settings.bounded_step else eta
    eta_outer = unbounded / (1 + unbounded * hidden.square().sum(-1))
    each = settings.erase_layers == "each"
    layers = (
        (live[name].inner, S[name].inner, k, error_inner, eta, settings.erase_scale),
        (
            live[name].outer,
            S[name].outer,
            hidden,
            error,
            eta_outer if each else eta,
            settings.erase_scale if each else 0.0,
        ),
    )
    moved = []
    for W, surprise, key, wrong, step, erase in layers:
        s, a = step[..., None, None], alpha[..., None, None]
        slopes = settings.grad_scale * wrong[..., None] * key[..., None, :]
        after = settings.momentum * surprise - s * slopes
        erased = erase * _times(W, key)[..., None] * key[..., None, :]
        moved.append((a * W - s * erased + after, after))
    (inner, S_inner), (outer, S_outer) = moved
    return MlpWeights(inner, outer), MlpWeights(S_inner, S_outer)


def _answer(name: str, W: MlpWeights, x: Tensor, settings: SelfModifyingSettings) -> Tensor:
    """M(x) = x + W1 gelu(W2 x), without the x where there is no residual (eqs. 89 and 91)."""
    y = _times(W.outer, gelu(_times(W.inner, x)))
    scalar = name in ("step", "retention") and settings.gate_form == "scalar"
    return y + x if settings.residual and not scalar else y


def _times(W: Tensor, x: Tensor) -> Tensor:
    return (W @ x[..., None]).squeeze(-1)
