"""Deep momentum gradient descent (Nested Learning, Behrouz et al. 2025, eq. 50).

Notable: the momentum of a matrix is a two-layer residual memory of the gradients seen, m(u) =
-(u + tanh(u A^T) B^T) for each row u; it learns by its own inner gradient, and the matrix moves by
its answer to the newest gradient. Eq. 50 leaves the inner objective open: here <m(u), u>, which
asks of the memory the opposite of each gradient, as plain momentum minimises <m, g>. Forgetting
leads A back to its first weights, for a memory of zeros would never learn again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from hope_core.optim.matrix import MatrixOptimizer, with_adamw, with_rms

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from torch import Tensor, nn

    from hope_core.config.optimizers import DmgdSettings


def dmgd_parts(
    settings: DmgdSettings, parameters: Sequence[nn.Parameter], tables: Set[int]
) -> list[torch.optim.Optimizer]:
    """DMGD over the hidden matrices, AdamW over the rest."""
    betas = (settings.rest_beta1, settings.rest_beta2)
    return with_adamw(partial(Dmgd, settings=settings), parameters, tables, betas=betas)


class Dmgd(MatrixOptimizer):
    """W += m(u), m <- decay m - inner_rate grad <m(u), u> / R (eq. 50).

    u is the gradient (R, C), scaled so that its rows have length 1 in the mean square. Kept for
    each matrix: A (hidden, C), its first weights, and B (C, hidden), which starts at 0: at first
    the step is plain gradient descent.
    """

    def __init__(self, matrices: list[nn.Parameter], settings: DmgdSettings) -> None:
        super().__init__(matrices, weight_decay=settings.weight_decay)
        self._settings = settings

    def first_state(self, matrix: Tensor) -> dict[str, Any]:
        """A memory that has seen nothing; its first weights depend on the width alone."""
        width, hidden = matrix.shape[1], self._settings.hidden
        first = torch.randn(hidden, width, generator=torch.Generator().manual_seed(0)).to(matrix)
        return {"first": first, "inner": first.clone(), "outer": matrix.new_zeros(width, hidden)}

    def move(self, gradient: Tensor, state: dict[str, Any], rate: float) -> Tensor:
        """Eq. 50 for one matrix: learn, then answer."""
        settings = self._settings
        rows = gradient.shape[0]
        length = torch.linalg.matrix_norm(gradient) * rows**-0.5
        u = gradient / (length + torch.finfo(gradient.dtype).tiny)
        A, B = state["inner"], state["outer"]
        hidden = torch.tanh(u @ A.mT)
        to_outer = u.mT @ hidden / rows
        to_inner = ((u @ B) * (1.0 - hidden.square())).mT @ u / rows
        A.lerp_(state["first"], 1.0 - settings.decay).add_(to_inner, alpha=settings.inner_rate)
        B.mul_(settings.decay).add_(to_outer, alpha=settings.inner_rate)
        return -rate * with_rms(u + torch.tanh(u @ A.mT) @ B.mT, settings.update_rms)
