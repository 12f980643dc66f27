"""What the optimizers of hidden matrices share: the walk over matrices, Newton-Schulz, step length.

A rule moves one matrix and keeps its state; biases, norms, kernels and tables are AdamW's.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Literal

import torch

from hope_core.optim.adamw import adamw, split_matrices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from torch import Tensor, nn

Polynomial = Literal["quintic", "cubic"]

COEFFICIENTS: dict[Polynomial, tuple[float, float, float]] = {
    "quintic": (3.4445, -4.7750, 2.0315),
    "cubic": (1.5, -0.5, 0.0),
}
"""x <- a x + b x^3 + c x^5 on singular values: the quintic of Muon is quick and rough, the cubic
exact in the limit."""


class MatrixOptimizer(torch.optim.Optimizer):
    """Moves each matrix by a rule: W <- (1 - lr weight_decay) W + move.

    A rule says what it keeps of a matrix (`first_state`) and how far it moves (`move`). All that it
    keeps is tensors of the device and plain numbers, so that a run goes on bit for bit.
    """

    def __init__(self, matrices: Iterable[nn.Parameter], *, weight_decay: float) -> None:
        super().__init__(matrices, {"lr": 0.0, "weight_decay": weight_decay})

    @abstractmethod
    def first_state(self, matrix: Tensor) -> dict[str, Any]:
        """What is kept of a matrix before its first step."""

    @abstractmethod
    def move(self, gradient: Tensor, state: dict[str, Any], rate: float) -> Tensor:
        """How far one matrix goes at this learning rate; updates the state."""

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Move every matrix that has a gradient; there is no closure to evaluate again."""
        assert closure is None, "the loss is computed before the step"
        for group in self.param_groups:
            for matrix in group["params"]:
                if matrix.grad is None:
                    continue
                state = self.state[matrix]
                if not state:
                    state.update(self.first_state(matrix))
                move = self.move(matrix.grad, state, group["lr"])
                matrix.mul_(1.0 - group["lr"] * group["weight_decay"])
                matrix.add_(move)


def with_adamw(
    rule: Callable[[list[nn.Parameter]], torch.optim.Optimizer],
    parameters: Sequence[nn.Parameter],
    tables: Set[int],
    *,
    betas: tuple[float, float],
) -> list[torch.optim.Optimizer]:
    """The rule over the hidden matrices, AdamW without decay over everything else."""
    matrices, rest = split_matrices(parameters, tables)
    parts = adamw([(rest, 0.0)], beta1=betas[0], beta2=betas[1])
    return [*parts, rule(matrices)] if matrices else parts


def orthogonalised(matrix: Tensor, *, polynomial: Polynomial, iterations: int) -> Tensor:
    """The nearest matrix whose singular values are all near 1, by Newton-Schulz steps.

    Shapes: (R, C) -> (R, C). A matrix of zeros stays one.
    """
    a, b, c = COEFFICIENTS[polynomial]
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.mT
    x: Tensor = wide / (torch.linalg.matrix_norm(wide) + torch.finfo(wide.dtype).tiny)
    for _ in range(iterations):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide is matrix else x.mT


def with_rms(move: Tensor, rms: float) -> Tensor:
    """The move scaled to this root mean square; as it is for 0."""
    if not rms:
        return move
    length = move.square().mean().sqrt()
    scaled: Tensor = move * (rms / (length + torch.finfo(move.dtype).tiny))
    return scaled
