"""Which rule self-modifying memories follow: that of matrices, or that of two-layer networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.memories import self_modifying_networks as networks
from hope_core.memories import self_modifying_rule as linear
from hope_core.memories.self_modifying_parts import Written

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.self_modifying import SelfModifyingSettings
    from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, Matrices


def learn(
    x: Tensor,
    q: Tensor | None,
    biases: Biases,
    before: Written,
    *,
    settings: SelfModifyingSettings,
    position: int,
    ask_keys: bool,
) -> tuple[Answers, Inputs, Written]:
    """Let all memories read and write some tokens.

    Args:
        x: what they read, (B, T, H, K).
        q: static queries, or None where a memory makes them.
        biases: of step and retention.
        before: the memories before the first token.
        settings: the rule.
        position: tokens read before these.
        ask_keys: whether the main memory is asked with keys in the place of queries.
    """
    live, momenta, frozen = before
    if settings.network == "mlp":
        nets = networks.NetworkBoxes(
            networks.networks(live),
            None if momenta is None else networks.networks(momenta),
            networks.networks(frozen),
        )
        inputs, nets = networks.project(x, q, biases, nets, settings=settings, position=position)
        ask = inputs.k if ask_keys else inputs.q
        answers, nets = networks.remember(
            inputs, nets, ask=ask, settings=settings, position=position
        )
        after = None if nets.momenta is None else networks.matrices(nets.momenta)
        moved = Written(networks.matrices(nets.live), after, networks.matrices(nets.frozen))
        return answers, inputs, moved
    boxes = linear.Boxes(
        _weights(live), None if momenta is None else _weights(momenta), _weights(frozen)
    )
    inputs, boxes = linear.project(x, q, biases, boxes, settings=settings, position=position)
    ask = inputs.k if ask_keys else inputs.q
    answers, boxes = linear.remember(inputs, boxes, ask=ask, settings=settings, position=position)
    return answers, inputs, Written(*(None if W is None else tuple(W) for W in boxes))  # type: ignore[arg-type]


def _weights(matrices: Matrices) -> linear.Weights:
    return linear.Weights(*matrices)  # type: ignore[arg-type]
