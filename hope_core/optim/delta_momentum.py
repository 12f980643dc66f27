"""Delta momentum (Nested Learning, Behrouz et al. 2025, eq. 49): a momentum that corrects itself.

Notable: before a gradient is written, what the momentum already holds along that gradient is
erased, as the delta rule does with a key; gradients are scaled first, since g^T g must not exceed
the identity; eta = (1 - decay) x learning rate, so that one learning rate serves AdamW too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from hope_core.optim.matrix import MatrixOptimizer, with_adamw

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from torch import Tensor, nn

    from hope_core.config.optimizers import DeltaMomentumSettings


def delta_momentum_parts(
    settings: DeltaMomentumSettings, parameters: Sequence[nn.Parameter], tables: Set[int]
) -> list[torch.optim.Optimizer]:
    """Delta momentum over the hidden matrices, AdamW over the rest."""
    betas = (settings.rest_beta1, settings.rest_beta2)
    return with_adamw(partial(DeltaMomentum, settings=settings), parameters, tables, betas=betas)


class DeltaMomentum(MatrixOptimizer):
    """W += m, m <- m (a I - erasure u^T u) - eta P g (eq. 49), u = g / |g|.

    P is AdamW's preconditioner, 1 / (sqrt(V) + epsilon) with V the bias-corrected mean of g^2, or
    the identity. The learning rate stands inside m: what was written keeps the rate it came with.
    """

    def __init__(self, matrices: list[nn.Parameter], settings: DeltaMomentumSettings) -> None:
        super().__init__(matrices, weight_decay=settings.weight_decay)
        self._settings = settings

    def first_state(self, matrix: Tensor) -> dict[str, Any]:
        """An empty momentum; with a preconditioner the squares and the number of steps."""
        state: dict[str, Any] = {"momentum": torch.zeros_like(matrix)}
        if self._settings.preconditioned:
            state |= {"steps": 0, "squares": torch.zeros_like(matrix)}
        return state

    def move(self, gradient: Tensor, state: dict[str, Any], rate: float) -> Tensor:
        """Eq. 49 for one matrix."""
        settings = self._settings
        m: Tensor = state["momentum"]
        unit = gradient / (torch.linalg.matrix_norm(gradient) + torch.finfo(m.dtype).tiny)
        held = torch.linalg.multi_dot([m, unit.mT, unit])
        write = self._preconditioned(gradient, state)
        m.mul_(settings.decay).sub_(held, alpha=settings.erasure)
        m.sub_(write, alpha=(1.0 - settings.decay) * rate)
        return m

    def _preconditioned(self, gradient: Tensor, state: dict[str, Any]) -> Tensor:
        settings = self._settings
        if not settings.preconditioned:
            return gradient
        state["steps"] += 1
        squares: Tensor = state["squares"]
        squares.lerp_(gradient.square(), 1.0 - settings.rest_beta2)
        mean: Tensor = squares / (1.0 - settings.rest_beta2 ** state["steps"])
        return gradient / (mean.sqrt() + settings.epsilon)
