"""A level that learns inside the sequence, token by token, its gradient left to autograd.

Writes every sequence's weights out at every token, so keep sequences short.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import relu


def reference(
    weights: tuple[Tensor, Tensor],
    n: Tensor,
    v: Tensor,
    step: Tensor,
    *,
    chunk: int,
    restart: int = 0,
) -> Tensor:
    """The answers (B, T, D) of an MLP that follows eq. 71 of Nested Learning.

    Args:
        weights: up (N, D) and down (D, N) at the start.
        n: what is read, (B, T, D).
        v: what should have been answered, (B, T, D).
        step: of each token, (B, T).
        chunk: tokens between two updates.
        restart: updates after which the weights are the first ones again; 0: never.
    """
    first = tuple(weight.expand(len(n), -1, -1) for weight in weights)
    now, gathered = first, tuple(torch.zeros_like(weight) for weight in first)
    answers = []
    for t in range(n.shape[1]):
        y, gradients = _gradients(now, n[:, t], v[:, t])
        answers.append(y)
        wrong = (y - v[:, t]).square().sum(-1)
        length = sum(gradient.square().sum((1, 2)) for gradient in gradients)
        share = (step[:, t] * wrong / (wrong + length))[:, None, None]
        gathered = tuple(
            total - share * gradient for total, gradient in zip(gathered, gradients, strict=True)
        )
        if (t + 1) % chunk == 0:
            now = tuple(weight + total for weight, total in zip(now, gathered, strict=True))
            gathered = tuple(torch.zeros_like(weight) for weight in first)
        if restart and (t + 1) % (chunk * restart) == 0:
            now = first
    return torch.stack(answers, dim=1)


def _gradients(
    weights: tuple[Tensor, ...], n: Tensor, v: Tensor
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """What one token (B, D) is answered, and the slope of |MLP(n) - v|^2 / 2 for both layers."""
    up, down = weights
    y = (down @ relu(up @ n[..., None]).square()).squeeze(-1)
    loss = (y - v).square().sum() / 2
    return y, torch.autograd.grad(loss, weights, create_graph=True)
