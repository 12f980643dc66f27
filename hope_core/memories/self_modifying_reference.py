"""Self-modifying Titans token by token, as printed: slow, obvious, the measure of the chunk form.

Nested Learning, eqs. 83-93, with the decisions of `SelfModifyingSettings`. One function a formula;
every memory on its own; use float64 and short texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, dot_sign, squash
from hope_core.memories.self_modifying_rule import Boxes, Weights
from hope_core.nn.norms import unit_length

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.self_modifying import SelfModifyingSettings


def reference(
    x: Tensor,
    q: Tensor | None,
    biases: Biases,
    boxes: Boxes,
    *,
    settings: SelfModifyingSettings,
    position: int,
) -> tuple[Inputs, Answers, Boxes]:
    """What `project` and `remember` compute together; arguments as there."""
    live, frozen = _named(boxes.live), _named(boxes.frozen)
    S = {name: torch.zeros_like(W) for name, W in live.items()}
    S |= {} if boxes.momenta is None else _named(boxes.momenta)
    first_order = settings.outer_gradient == "first_order"
    steps = []
    for t in range(x.shape[1]):
        for name in S:
            if (position + t) % _chunk(name, settings) == 0:
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
        for name in S:
            known = frozen if settings.gradient == "snapshot" else live
            wanted = _answer(name, frozen[name], v, settings)
            held = known[name].detach() if first_order else known[name]
            error = _answer(name, held, k, settings) - wanted
            if settings.loss == "dot_product":
                error = -dot_sign(settings) * wanted
            e, a = eta[..., None, None], alpha[..., None, None]
            slope = settings.grad_scale * error[..., None] * k[..., None, :]
            erased = settings.erase_scale * _times(live[name], k)[..., None] * k[..., None, :]
            S[name] = settings.momentum * S[name] - e * slope
            live[name] = a * live[name] - e * erased + S[name]
    columns = [torch.stack(column, dim=1) for column in zip(*steps, strict=True)]
    momenta = None if boxes.momenta is None else _weights(S)
    after = Boxes(_weights(live), momenta, _weights(frozen))
    return Inputs(*columns[:5]), Answers(*columns[5:]), after


def _named(weights: Weights) -> dict[str, Tensor]:
    return {name: W for name, W in weights._asdict().items() if W is not None}


def _weights(named: dict[str, Tensor]) -> Weights:
    return Weights(*(named.get(name) for name in Weights._fields))  # type: ignore[arg-type]


def _chunk(name: str, settings: SelfModifyingSettings) -> int:
    return settings.chunk_memory if name == "memory" else settings.chunk_other


def _answer(name: str, W: Tensor, x: Tensor, settings: SelfModifyingSettings) -> Tensor:
    """M(x): W x + x, without the x where there is no residual (eqs. 89 and 91, one layer)."""
    scalar = name in ("step", "retention") and settings.gate_form == "scalar"
    return _times(W, x) + x if settings.residual and not scalar else _times(W, x)


def _times(W: Tensor, x: Tensor) -> Tensor:
    return (W @ x[..., None]).squeeze(-1)
