"""The action in plain torch, on any device: the measure of the compiled form."""

from __future__ import annotations

import torch
from torch import Tensor

SMALLEST_SQUARE = 1e-24
"""Added to squared lengths, so that a channel of zeros has a finite slope."""


def act(x: Tensor, matrix: Tensor) -> Tensor:
    """Y = s A x for each channel, s = |x| / |A x|: x (R, 4 C), matrix (4, 4, C) -> (R, 4 C)."""
    before = x.chunk(4, dim=-1)
    after = [_row(before, row) for row in matrix]
    scale = torch.sqrt((_square(before) + SMALLEST_SQUARE) / (_square(after) + SMALLEST_SQUARE))
    return torch.cat([part * scale for part in after], dim=-1)


def _row(before: tuple[Tensor, ...], row: Tensor) -> Tensor:
    """One line of a product of matrix and vector, for every channel."""
    total = before[0] * row[0]
    for part, factor in zip(before[1:], row[1:], strict=True):
        total = torch.addcmul(total, part, factor)
    return total


def _square(values: tuple[Tensor, ...] | list[Tensor]) -> Tensor:
    """Sum of squares of a channel's four numbers."""
    total = values[0].square()
    for value in values[1:]:
        total = torch.addcmul(total, value, value)
    return total
