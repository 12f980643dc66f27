"""Phase compression of complex slots: few bits for each phase and each size, and what it costs.

Notable: the phase is stored in `bits` bits; the size in as many, on a logarithmic scale below the
largest of its slot, whose logarithm is one number a slot. With 8 bits that is a quarter of a pair
of 32-bit floats. Gradients pass straight through, so no angle is ever differentiated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear

SMALLEST = 1e-12
RANGE = 12.0
"""Sizes below e^-12 of a slot's largest are kept as that."""


@dataclass(frozen=True)
class Compressed:
    """phase, size (..., C) int32 codes; scale (..., 1): log of the slot's largest size; bits."""

    phase: Tensor
    size: Tensor
    scale: Tensor
    bits: int

    @property
    def bytes(self) -> int:
        """What the codes need when packed, with 4 bytes for each slot's scale."""
        return -(-2 * self.bits * self.phase.numel() // 8) + 4 * self.scale.numel()


def compress(x: Tensor, *, bits: int) -> Compressed:
    """The codes of complex slots x (..., 2 C): real parts, then imaginary parts."""
    real, imaginary = x.detach().float().chunk(2, dim=-1)
    steps = 2**bits
    phase = torch.round(torch.atan2(imaginary, real) * (steps / math.tau)).long() % steps
    size = 0.5 * torch.log(real.square() + imaginary.square() + SMALLEST**2)
    scale = size.amax(dim=-1, keepdim=True)
    level = torch.round((size - scale).clamp(-RANGE, 0.0) * (-(steps - 1) / RANGE))
    return Compressed(phase.int(), level.int(), scale, bits)


def restore(codes: Compressed) -> Tensor:
    """The complex slots that codes stand for, (..., 2 C) float32."""
    steps = 2**codes.bits
    angle = codes.phase * (math.tau / steps)
    size = torch.exp(codes.scale - codes.size * (RANGE / (steps - 1)))
    return torch.cat([size * angle.cos(), size * angle.sin()], dim=-1)


class PhaseCompression(nn.Module):
    """What can be read back of complex slots after their compression; the gradient passes through.

    Shapes: x (..., 2 C) -> (..., 2 C). No parameters.
    """

    def __init__(self, *, bits: int) -> None:
        super().__init__()
        self.bits = bits

    def forward(self, x: Tensor) -> Tensor:
        """The slots as their codes give them back."""
        return x + (restore(compress(x, bits=self.bits)).to(x.dtype) - x).detach()

    def report(self, x: Tensor) -> dict[str, float]:
        """bytes, bytes_before (pairs of 32-bit floats) and error, relative to the slots' length."""
        codes = compress(x, bits=self.bits)
        error = torch.linalg.vector_norm(restore(codes) - x.float())
        length = torch.linalg.vector_norm(x.float()).clamp_min(SMALLEST)
        return {
            "bytes": float(codes.bytes),
            "bytes_before": 4.0 * x.numel(),
            "error": float((error / length).detach()),
        }


class LinearBottleneck(nn.Module):
    """W_2 W_1 x: the rank-W/2 map that the public code calls phase compression; W -> W / 2 -> W."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.down = Linear(width, width // 2)
        self.up = Linear(width // 2, width)

    def forward(self, x: Tensor) -> Tensor:
        """X through the bottleneck."""
        y: Tensor = self.up(self.down(x))
        return y

    def init_weights(self, generator: torch.Generator) -> None:
        """Both normal, std inputs^-1/2."""
        init_linear(self.down, generator)
        init_linear(self.up, generator)
