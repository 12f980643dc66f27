"""The first self-modifying memories, which the outer loss learns: outer layers, fresh weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor, nn

from hope_core.nn.heads import logit

if TYPE_CHECKING:
    from hope_core.config.self_modifying import SelfModifyingSettings


class First(Protocol):
    """One layer of each memory, (H, ., .) each, and the biases of the gates, (H,) each."""

    key: nn.Parameter
    value: nn.Parameter
    step: nn.Parameter
    retention: nn.Parameter
    memory: nn.Parameter
    query: nn.Parameter | None
    step_bias: nn.Parameter
    retention_bias: nn.Parameter


class OuterLayers(nn.Module):
    """The outer layers W1 of two-layer networks, one of each a head: (H, rows, N)."""

    def __init__(self, heads: int, width: int, hidden: int, *, rows: int, adaptive: bool) -> None:
        super().__init__()
        self.key = nn.Parameter(torch.empty(heads, width, hidden))
        self.value = nn.Parameter(torch.empty(heads, width, hidden))
        self.step = nn.Parameter(torch.empty(heads, rows, hidden))
        self.retention = nn.Parameter(torch.empty(heads, rows, hidden))
        self.memory = nn.Parameter(torch.empty(heads, width, hidden))
        self.query = nn.Parameter(torch.empty(heads, width, hidden)) if adaptive else None

    def layers(self) -> tuple[Tensor | None, ...]:
        """In the order of a state's matrices."""
        return self.key, self.value, self.step, self.retention, self.memory, self.query


def init_memories(
    first: First,
    outer: OuterLayers | None,
    generator: torch.Generator,
    *,
    settings: SelfModifyingSettings,
) -> None:
    """Fresh memories.

    ==================  =========================================================
    key, value, query   normal, std K^-1/2
    step, retention     normal, std 0.1 K^-1/2; biases so that at first
                        eta = eta_scale and the share kept is first_retention
    memory              normal, std 0.1 K^-1/2 (K^-1/2 without residual)
    ==================  =========================================================

    Of networks these are the outer layers, with N in the place of K; their inner ones are normal,
    std 2 N^-1/2, so that a unit key gives a unit hidden layer.
    """
    layers = first if outer is None else outer
    if outer is not None:
        for inner in (
            first.key,
            first.value,
            first.step,
            first.retention,
            first.memory,
            first.query,
        ):
            if inner is not None:
                nn.init.normal_(inner, std=2 * inner.shape[1] ** -0.5, generator=generator)
    scale = layers.key.shape[-1] ** -0.5
    for box in (layers.key, layers.value, layers.query):
        if box is not None:
            nn.init.normal_(box, std=scale, generator=generator)
    for box in (layers.step, layers.retention):
        nn.init.normal_(box, std=0.1 * scale, generator=generator)
    small = 0.1 if settings.residual else 1.0
    nn.init.normal_(layers.memory, std=small * scale, generator=generator)
    nn.init.constant_(first.step_bias, math.log(math.e - 1))
    kept = settings.first_retention
    share = kept if settings.gate_meaning == "retain" else 1 - kept
    nn.init.constant_(first.retention_bias, logit(share))
