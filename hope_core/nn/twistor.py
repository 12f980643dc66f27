"""Twistors as plain real tensors: their four parts, their incidence and the twist J.

A twistor Z = (omega, pi) is a pair of complex vectors; up to a complex factor it is a point of
projective space CP^3 (channel by channel, a light ray of Penrose's geometry). No complex type is
used, because half precision has none.
Shapes: x (..., W) holds [omega_re, omega_im, pi_re, pi_im], W / 4 channels each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch

if TYPE_CHECKING:
    from torch import Tensor

SMALLEST_SQUARE = 1e-24
"""Squared lengths below it count as this, so that a twistor of zeros has a finite gradient."""


def parts(x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """omega_re, omega_im, pi_re, pi_im of x (..., W), each (..., W / 4)."""
    return cast("tuple[Tensor, Tensor, Tensor, Tensor]", x.chunk(4, dim=-1))


def twist(x: Tensor) -> Tensor:
    """J(omega, pi) = (conj pi, -conj omega): keeps lengths, stands at a right angle, J J = -1."""
    omega_re, omega_im, pi_re, pi_im = parts(x)
    return torch.cat([pi_re, -pi_im, -omega_re, omega_im], dim=-1)


def incidence(x: Tensor) -> tuple[Tensor, Tensor]:
    """<omega, pi> = sum omega conj(pi) of x (..., W): real and imaginary part, each (...)."""
    omega_re, omega_im, pi_re, pi_im = parts(x)
    real = (omega_re * pi_re + omega_im * pi_im).sum(-1)
    imaginary = (omega_im * pi_re - omega_re * pi_im).sum(-1)
    return real, imaginary


def unit_incidence(x: Tensor) -> tuple[Tensor, Tensor]:
    """<omega, pi> / (|omega| |pi|), real and imaginary part: does not depend on the lengths."""
    real, imaginary = incidence(x)
    omega, pi = x.chunk(2, dim=-1)
    lengths = _inverse_length(omega) * _inverse_length(pi)
    return real * lengths, imaginary * lengths


def helicity(x: Tensor) -> Tensor:
    """S = Re<omega, pi> / (|omega| |pi|) of x (..., W): in [-1, 1], 0 for a null twistor."""
    return unit_incidence(x)[0]


def _inverse_length(x: Tensor) -> Tensor:
    return x.square().sum(-1).clamp_min(SMALLEST_SQUARE).rsqrt()
