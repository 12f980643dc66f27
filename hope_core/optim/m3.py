"""M3, multi-scale momentum Muon (Nested Learning, Behrouz et al. 2025, Algorithm 1).

Notable: two momenta on two clocks, both orthogonalised, over one second moment. `m3_literal` is the
algorithm as printed: nothing decays, its sums only grow. `m3_ema` lets all three decay and gives
each step the length of AdamW's, so that one learning rate serves both.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from hope_core.config.optimizers import M3EmaSettings
from hope_core.optim.matrix import MatrixOptimizer, orthogonalised, with_adamw, with_rms

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from torch import Tensor, nn

    from hope_core.config.optimizers import M3Settings


def m3_parts(
    settings: M3Settings, parameters: Sequence[nn.Parameter], tables: Set[int]
) -> list[torch.optim.Optimizer]:
    """M3 over the hidden matrices, AdamW over the rest."""
    betas = (settings.rest_beta1, settings.rest_beta2)
    return with_adamw(partial(M3, settings=settings), parameters, tables, betas=betas)


class M3(MatrixOptimizer):
    """Steps along -(O1 + slow_weight O2) / (sqrt(V) + epsilon), O = Newton-Schulz of a momentum.

        M1 += beta1 g,  V += beta2 g^2                           at every step
        M2 += beta3 (sum of the last f gradients),  O2 = NS(M2)  at every f-th, for the next f
    With decay each `x += beta y` is x <- beta x + (1 - beta) y.
    """

    def __init__(self, matrices: list[nn.Parameter], settings: M3Settings) -> None:
        super().__init__(matrices, weight_decay=settings.weight_decay)
        self._settings = settings

    def first_state(self, matrix: Tensor) -> dict[str, Any]:
        """Five matrices of zeros, and the number of steps."""
        names = ("fast", "slow", "slow_direction", "gathered", "squares")
        return {"steps": 0, **{name: torch.zeros_like(matrix) for name in names}}

    def move(self, gradient: Tensor, state: dict[str, Any], rate: float) -> Tensor:
        """Algorithm 1 for one matrix."""
        settings = self._settings
        state["steps"] += 1
        self._add(state["fast"], gradient, settings.beta1)
        self._add(state["squares"], gradient.square(), settings.beta2)
        state["gathered"].add_(gradient)
        direction = self._orthogonalised(state["fast"])
        direction = direction + settings.slow_weight * state["slow_direction"]
        move: Tensor = -direction / (state["squares"].sqrt() + settings.epsilon)
        if state["steps"] % settings.slow_every == 0:
            self._add(state["slow"], state["gathered"], settings.beta3)
            state["slow_direction"] = self._orthogonalised(state["slow"])
            state["gathered"].zero_()
        if isinstance(settings, M3EmaSettings):
            move = with_rms(move, settings.update_rms)
        return rate * move

    def _add(self, total: Tensor, new: Tensor, beta: float) -> None:
        if isinstance(self._settings, M3EmaSettings):
            total.mul_(beta).add_(new, alpha=1.0 - beta)
        else:
            total.add_(new, alpha=beta)

    def _orthogonalised(self, matrix: Tensor) -> Tensor:
        settings = self._settings
        return orthogonalised(
            matrix, polynomial=settings.polynomial, iterations=settings.iterations
        )
