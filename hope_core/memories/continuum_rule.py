"""How a level of the continuum moves inside a sequence (Nested Learning, eq. 71), in whole chunks.

Notable: the loss is local and associative, |MLP(n_t) - v_t|^2 / 2; its gradient is taken at the
chunk's first weights and takes effect at the next chunk's start; each sequence moves its own copy,
which is kept as low-rank factors for as long as they are smaller than the matrix they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import ClassVar, NamedTuple, Self

import torch
from torch import Tensor
from torch.nn.functional import relu

from hope_core.nn.state import State


@dataclass(frozen=True)
class Change(State):
    """What one layer's weights have moved by in each sequence: matrix + left^T right.

    Shapes: matrix (B, rows, columns), or None while the factors say it all; left (B, R, rows),
    right (B, R, columns), R tokens.
    """

    learned: ClassVar = ("matrix",)
    matrix: Tensor | None
    left: Tensor
    right: Tensor

    @classmethod
    def none(cls, weight: Tensor, batch: int) -> Self:
        """No change of these weights (rows, columns)."""
        rows, columns = weight.shape
        return cls(None, weight.new_zeros(batch, 0, rows), weight.new_zeros(batch, 0, columns))

    def gathered(self) -> Self:
        """The same change as one matrix, without factors."""
        matrix = self.left.mT @ self.right
        if self.matrix is not None:
            matrix = matrix + self.matrix
        return replace(self, matrix=matrix, left=self.left[:, :0], right=self.right[:, :0])

    def applied(self, weight: Tensor, x: Tensor) -> Tensor:
        """What the changed weights make of x: (B, C, columns) -> (B, C, rows)."""
        y = x @ weight.mT
        if self.matrix is not None:
            y = y + x @ self.matrix.mT
        return y + (x @ self.right.mT) @ self.left if self.left.shape[1] else y

    def applied_back(self, weight: Tensor, slope: Tensor) -> Tensor:
        """The slope at the input, from that at the output: (B, C, rows) -> (B, C, columns)."""
        y = slope @ weight
        if self.matrix is not None:
            y = y + slope @ self.matrix
        return y + (slope @ self.left.mT) @ self.right if self.left.shape[1] else y

    def plus(self, other: Change) -> Change:
        """Both changes together; factors that outgrow their matrix become one."""
        left = torch.cat([self.left, other.left], dim=1)
        right = torch.cat([self.right, other.right], dim=1)
        matrices = [m for m in (self.matrix, other.matrix) if m is not None]
        tokens, rows, columns = left.shape[1], left.shape[2], right.shape[2]
        if tokens * (rows + columns) > rows * columns:
            matrices.append(left.mT @ right)
            left, right = left[:, :0], right[:, :0]
        total = reduce(torch.add, matrices) if matrices else None
        return Change(total, left, right)


TINY = 1e-20
"""Keeps the step of a token without any error from being 0 / 0."""


class Layers(NamedTuple):
    """Both layers of a level: weights (N, D) and (D, N), or their changes."""

    up: Tensor
    down: Tensor


class Changes(NamedTuple):
    """What both layers have moved by."""

    up: Change
    down: Change

    def plus(self, other: Changes) -> Changes:
        """Both together, layer by layer."""
        return Changes(self.up.plus(other.up), self.down.plus(other.down))


def no_changes(weights: Layers, batch: int) -> Changes:
    """Weights as the outer loss has learned them."""
    return Changes(*(Change.none(weight, batch) for weight in weights))


def read_and_learn(
    weights: Layers, moved: Changes, n: Tensor, v: Tensor, step: Tensor
) -> tuple[Tensor, Changes]:
    """Answers to some tokens of one chunk, and how they will move the next chunk's weights.

    Both layers move against the gradient g by step |e|^2 / (|e|^2 + |g|^2), e = MLP(n) - v: to
    first order a token's write takes back at most that share of its error, however large n is.

    Args:
        weights: at the sequence's start.
        moved: by how much they differ in this chunk.
        n: what is read, (B, C, D).
        v: what should have been answered, (B, C, D).
        step: of each token, (B, C).
    """
    active = relu(moved.up.applied(weights.up, n))
    hidden = active.square()
    y = moved.down.applied(weights.down, hidden)
    error = y - v
    slope = moved.down.applied_back(weights.down, error) * 2 * active
    wrong = _squared(error)
    gradient = _squared(slope) * _squared(n) + wrong * _squared(hidden)
    move = -step[..., None] * wrong / (wrong + gradient + TINY)
    return y, Changes(Change(None, move * slope, n), Change(None, move * error, hidden))


def _squared(x: Tensor) -> Tensor:
    """|x|^2 of each token."""
    return x.square().sum(-1, keepdim=True)
