"""Rotary positions (Su et al. 2021): pairs of channels turn as positions grow."""

from __future__ import annotations

import torch
from torch import Tensor


def rotary_angles(
    start: int, length: int, width: int, *, like: Tensor, base: float = 10_000.0
) -> tuple[Tensor, Tensor]:
    """Cosine and sine, each (length, width / 2), of positions start .. start + length - 1.

    The angles are computed in float64, so that late positions stay exact, and handed back in the
    dtype and on the device of `like`.
    """
    half = torch.arange(width // 2, dtype=torch.float64, device=like.device)
    frequencies = base ** (-half / (width // 2))
    positions = torch.arange(start, start + length, dtype=torch.float64, device=like.device)
    angles = torch.outer(positions, frequencies)
    return angles.cos().to(like.dtype), angles.sin().to(like.dtype)


def rotate(x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
    """Tokens x (B, H, T, K), their halves turned against each other by `angles` of (T, K / 2)."""
    cosine, sine = (part.to(x.dtype) for part in angles)
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], dim=-1)
